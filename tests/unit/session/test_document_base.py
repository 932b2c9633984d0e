"""The target's pixels: read once, shown only while they are wanted, with what was kept on them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from editor.errors import ProjectDamaged
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.project.project import Kept
from editor.session import loop
from editor.session.held import Held
from tests.fakes.document import Run, Table


def test_marking_the_target_leaves_its_pixels_alone(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        base = table.document.base
        table.document.use_as_references(["a", "b"], reference=False)
        assert table.document.base is base
        assert table.turns == ["a"]

    table(script)


def test_a_base_that_is_on_its_way_arrives_though_roles_change(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        table.document.turn(1)
        reading = loop.spawn(table.document.load_base(), "read")
        await asyncio.sleep(0)
        table.document.use_as_references(["a", "b"], reference=False)
        await table.document.load_base()
        await reading
        assert table.document.base is not None
        assert table.document.base.size == (601, 40)

    table(script)


def test_a_base_that_comes_too_late_is_not_shown(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "abc")
        table.document.turn(1)
        first = loop.spawn(table.document.load_base(), "read")
        await asyncio.sleep(0)
        table.document.turn(1)
        second = loop.spawn(table.document.load_base(), "read")
        await first
        await second
        assert table.document.base is not None
        assert table.document.base.size == (602, 40)

    table(script)


def test_a_target_that_cannot_be_read_can_be_read_later(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        table.document.turn(1)
        digest = table.document.pictures[0].digest
        lost = table.shelf.kept.pop(digest)
        with pytest.raises(ProjectDamaged):
            await table.document.load_base()
        assert table.document.base is None
        table.shelf.kept[digest] = lost
        assert (await table.loaded()).size == (601, 40)

    table(script)


def test_closing_the_last_picture_leaves_nothing(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "a")
        table.document.remove("a")
        assert (table.document.target, table.document.base) == (None, None)
        await table.document.load_base()
        assert table.turns == ["a", ""]
        table.undo()
        assert table.names == "a"

    table(script)


def test_a_kept_edit_gives_the_target_another_base(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        other = Raster(np.zeros((40, 600, 4), np.uint8))
        bases: list[object] = []
        table.document.based.connect(lambda: bases.append(table.document.base))
        target, reference = table.document.pictures
        table.document.rebase(edited(target), other)
        assert bases == [other]
        table.document.rebase(edited(reference), Raster(np.ones((40, 601, 4), np.uint8)))
        assert table.document.base is other
        assert [len(held.kept) for held in table.document.pictures] == [1, 1]
        assert table.turns == ["a"]

    table(script)


def edited(held: Held) -> Held:
    return replace(held, kept=(Kept("v1", "Keep v1", Rect(0, 0, 1, 1), "patch"),))


def test_undoing_the_order_does_not_undo_what_was_kept_since(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        base = table.document.base
        assert base is not None
        table.document.rebase(edited(table.document.pictures[0]), base)
        table.undo()
        assert table.names == "a"
        assert len(table.document.pictures[0].kept) == 1

    table(script)


def test_the_source_of_an_edited_picture_is_what_was_opened(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "a")
        held, base = table.document.pictures[0], table.document.base
        assert base is not None
        opened = await table.document.source(edited(held))
        assert opened.facts.size == Size(600, 40)
        assert np.array_equal(opened.raster.pixels, base.pixels)

    table(script)
