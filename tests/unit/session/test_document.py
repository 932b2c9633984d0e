"""The open pictures: their order, their roles, what is a step of undo, and the target's base."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from editor.decoding.pool import Pool
from editor.errors import InputProblem, Problem, ProjectDamaged
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.project.project import Kept
from editor.session import loop
from editor.session.document import THUMB, Document
from editor.session.held import MOST, Held
from editor.session.timeline import Timeline
from tests.fakes.living import scene


class Shelf:
    """Keeps bytes in memory; those that are gone are damaged."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def keep(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return digest

    def read(self, digest: str) -> bytes:
        if digest not in self.kept:
            raise ProjectDamaged("A picture of the project is damaged.")
        return self.kept[digest]


class Desk:
    """A document with ids in order, and everything it tells."""

    def __init__(self, pool: Pool) -> None:
        ids = iter("abcdefghijklmnopqrstuvwxyz")
        self.shelf = Shelf()
        self.timeline = Timeline()
        self.document = Document(pool, self.shelf, self.timeline, lambda: next(ids))
        self.steps: list[bool] = []
        self.turns: list[str] = []
        self.problems: list[Problem] = []
        self.document.ordered.connect(self.steps.append)
        self.document.turned.connect(lambda: self.turns.append(self.names[:1]))
        self.document.noted.connect(self.problems.append)

    @property
    def names(self) -> str:
        """First letters of the open pictures' names, in order."""
        return "".join(held.name[0] for held in self.document.pictures)

    async def open(self, folder: Path, names: str, **more: bool) -> None:
        await self.document.open_files([folder / f"{name}.png" for name in names], **more)

    async def loaded(self) -> Raster:
        await self.document.load_base()
        base = self.document.base
        assert base is not None
        return base

    def undo(self) -> None:
        assert self.timeline.undo("")

    def redo(self) -> None:
        assert self.timeline.redo("")


Script = Callable[[Desk], Awaitable[None]]
Run = Callable[[Script], None]


@pytest.fixture
def desk(qapp: QApplication, pool: Pool) -> Run:
    def run(script: Script) -> None:
        async def main() -> None:
            found = Desk(pool)
            try:
                await script(found)
            finally:
                found.document.deleteLater()
                found.timeline.deleteLater()

        loop.run(qapp, main)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures a to e; each has a width of its own."""
    for number, name in enumerate("abcde"):
        scene(tmp_path / f"{name}.png", (600 + number, 40))
    return tmp_path


def test_the_first_picture_is_the_target_and_alone_has_its_pixels(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        target, other = desk.document.pictures
        assert (desk.names, desk.document.target) == ("ab", target)
        assert desk.document.base is not None
        assert desk.document.base.size == target.facts.size == (600, 40)
        assert other.facts.size == (601, 40)
        assert other.thumb.size.width == THUMB
        assert desk.document.references == (other,)
        assert other.path == folder / "b.png"
        assert desk.shelf.kept[other.digest] == (folder / "b.png").read_bytes()
        assert (desk.turns, desk.steps) == (["a"], [True, True])

    desk(script)


def test_files_that_cannot_be_opened_are_told_and_the_rest_is_opened(
    desk: Run, folder: Path
) -> None:
    (folder / "c.png").write_bytes(b"nothing of this kind")

    async def script(desk: Desk) -> None:
        await desk.open(folder, "axcb")
        assert desk.names == "ab"
        assert [type(problem) for problem in desk.problems] == [InputProblem] * 2

    desk(script)


def test_a_picture_may_be_put_before_the_others(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "a")
        data = (folder / "b.png").read_bytes()
        held = await desk.document.take(data, "b.png", first=True)
        assert (desk.names, desk.document.target) == ("ba", held)
        assert desk.document.base is not None
        assert desk.document.base.size == (601, 40)
        desk.undo()
        assert (desk.names, desk.document.base) == ("a", None)
        assert (await desk.loaded()).size == (600, 40)

    desk(script)


def test_one_picture_too_many_is_refused_by_name(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "a" * MOST)
        before = desk.document.pictures
        with pytest.raises(InputProblem, match=r"16 pictures, so b\.png was not opened"):
            await desk.document.take((folder / "b.png").read_bytes(), "b.png")
        assert desk.document.pictures == before

    desk(script)


def test_two_that_come_at_once_for_the_last_place_do_not_both_get_it(
    desk: Run, folder: Path
) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "a" * (MOST - 1))
        await asyncio.gather(desk.open(folder, "b"), desk.open(folder, "c"))
        assert len(desk.names) == MOST
        (problem,) = desk.problems
        assert problem.values["name"] in {"b.png", "c.png"}

    desk(script)


def test_replacing_gives_the_place_to_another_picture(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "abc")
        for slot, name, expected in (("b", "d", "adc"), ("a", "e", "edc")):
            data = (folder / f"{name}.png").read_bytes()
            await desk.document.replace(slot, data, f"{name}.png")
            assert desk.names == expected
        assert desk.turns == ["a", "e"]
        assert desk.document.base is not None
        assert desk.document.base.size == (604, 40)
        desk.undo()
        desk.undo()
        assert desk.names == "abc"

    desk(script)


def test_a_picture_that_cannot_replace_another_changes_nothing(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        before = desk.document.pictures
        with pytest.raises(InputProblem):
            await desk.document.replace("a", b"nothing", "x.png")
        assert desk.document.pictures == before
        assert len(desk.timeline.steps) == 2

    desk(script)


def test_order_and_removal_are_steps_that_go_back_and_forth(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "abc")
        desk.document.move("c", 0)
        desk.document.move("a", 99)
        desk.document.remove("b")
        seen = [desk.names]
        for back in (True, True, True, False, False, False):
            desk.undo() if back else desk.redo()
            seen.append(desk.names)
        assert seen == ["ca", "cba", "cab", "abc", "cab", "cba", "ca"]
        titles = [step.title for step in desk.timeline.steps[3:]]
        assert titles == ["Move c.png", "Move a.png", "Remove b.png"]

    desk(script)


def test_what_changes_nothing_is_no_step(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        desk.document.turn(1)
        await desk.open(folder, "a")
        desk.document.turn(1)
        desk.document.move("a", 3)
        desk.document.move("nobody", 0)
        desk.document.remove("nobody")
        assert (len(desk.timeline.steps), desk.turns) == (1, ["a"])

    desk(script)


def test_turning_goes_round_and_is_no_step(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "abc")
        for by in (1, 1, 1, -1):
            desk.document.turn(by)
        assert (desk.names, desk.turns) == ("cab", ["a", "b", "c", "a", "c"])
        assert (len(desk.timeline.steps), desk.steps) == (3, [True] * 3 + [False] * 4)
        assert desk.document.base is None
        assert (await desk.loaded()).size == (602, 40)

    desk(script)


def test_only_pictures_marked_as_references_are_sent_along(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        await desk.open(folder, "cd", reference=False)
        assert [held.name for held in desk.document.references] == ["b.png"]
        desk.document.use_as_references(["b", "d"], reference=False)
        assert desk.document.references == ()
        desk.document.use_as_references(["c", "d"], reference=True)
        assert [held.name for held in desk.document.references] == ["c.png", "d.png"]
        desk.document.turn(2)
        assert [held.name for held in desk.document.references] == ["d.png", "a.png"]

    desk(script)


def test_marking_the_target_leaves_its_pixels_alone(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        base = desk.document.base
        desk.document.use_as_references(["a", "b"], reference=False)
        assert desk.document.base is base
        assert desk.turns == ["a"]

    desk(script)


def test_a_base_that_is_on_its_way_arrives_though_roles_change(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        desk.document.turn(1)
        reading = loop.spawn(desk.document.load_base(), "read")
        await asyncio.sleep(0)
        desk.document.use_as_references(["a", "b"], reference=False)
        await desk.document.load_base()
        await reading
        assert desk.document.base is not None
        assert desk.document.base.size == (601, 40)

    desk(script)


def test_a_base_that_comes_too_late_is_not_shown(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "abc")
        desk.document.turn(1)
        first = loop.spawn(desk.document.load_base(), "read")
        await asyncio.sleep(0)
        desk.document.turn(1)
        second = loop.spawn(desk.document.load_base(), "read")
        await first
        await second
        assert desk.document.base is not None
        assert desk.document.base.size == (602, 40)

    desk(script)


def test_a_target_that_cannot_be_read_can_be_read_later(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        desk.document.turn(1)
        digest = desk.document.pictures[0].digest
        lost = desk.shelf.kept.pop(digest)
        with pytest.raises(ProjectDamaged):
            await desk.document.load_base()
        assert desk.document.base is None
        desk.shelf.kept[digest] = lost
        assert (await desk.loaded()).size == (601, 40)

    desk(script)


def test_closing_the_last_picture_leaves_nothing(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "a")
        desk.document.remove("a")
        assert (desk.document.target, desk.document.base) == (None, None)
        await desk.document.load_base()
        assert desk.turns == ["a", ""]
        desk.undo()
        assert desk.names == "a"

    desk(script)


def test_a_kept_edit_gives_the_target_another_base(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        other = Raster(np.zeros((40, 600, 4), np.uint8))
        bases: list[object] = []
        desk.document.based.connect(lambda: bases.append(desk.document.base))
        target, reference = desk.document.pictures
        desk.document.rebase(edited(target), other)
        assert bases == [other]
        desk.document.rebase(edited(reference), Raster(np.ones((40, 601, 4), np.uint8)))
        assert desk.document.base is other
        assert [len(held.kept) for held in desk.document.pictures] == [1, 1]
        assert desk.turns == ["a"]

    desk(script)


def edited(held: Held) -> Held:
    return replace(held, kept=(Kept("v1", "Keep v1", Rect(0, 0, 1, 1), "patch"),))


def test_undoing_the_order_does_not_undo_what_was_kept_since(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        base = desk.document.base
        assert base is not None
        desk.document.rebase(edited(desk.document.pictures[0]), base)
        desk.undo()
        assert desk.names == "a"
        assert len(desk.document.pictures[0].kept) == 1

    desk(script)


def test_a_restored_project_cannot_be_undone(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "ab")
        pictures = desk.document.pictures
        desk.timeline.steps.clear()
        desk.document.restore(pictures[::-1])
        assert (desk.names, desk.timeline.steps) == ("ba", [])
        assert desk.steps[-1] is False

    desk(script)


def test_the_source_of_an_edited_picture_is_what_was_opened(desk: Run, folder: Path) -> None:
    async def script(desk: Desk) -> None:
        await desk.open(folder, "a")
        held, base = desk.document.pictures[0], desk.document.base
        assert base is not None
        opened = await desk.document.source(edited(held))
        assert opened.facts.size == Size(600, 40)
        assert np.array_equal(opened.raster.pixels, base.pixels)

    desk(script)
