"""The open pictures: their order, their roles, and what is a step of undo."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from editor.errors import InputProblem
from editor.session.document import THUMB
from editor.session.held import MOST
from tests.fakes.document import Run, Table


def test_the_first_picture_is_the_target_and_alone_has_its_pixels(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        target, other = table.document.pictures
        assert (table.names, table.document.target) == ("ab", target)
        assert table.document.base is not None
        assert table.document.base.size == target.facts.size == (600, 40)
        assert other.facts.size == (601, 40)
        assert other.thumb.size.width == THUMB
        assert table.document.references == (other,)
        assert other.path == folder / "b.png"
        assert table.shelf.kept[other.digest] == (folder / "b.png").read_bytes()
        assert (table.turns, table.steps) == (["a"], [True, True])

    table(script)


def test_files_that_cannot_be_opened_are_told_and_the_rest_is_opened(
    table: Run, folder: Path
) -> None:
    (folder / "c.png").write_bytes(b"nothing of this kind")

    async def script(table: Table) -> None:
        await table.open(folder, "axcb")
        assert table.names == "ab"
        assert [type(problem) for problem in table.problems] == [InputProblem] * 2

    table(script)


def test_a_picture_may_be_put_before_the_others(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "a")
        data = (folder / "b.png").read_bytes()
        held = await table.document.take(data, "b.png", first=True)
        assert (table.names, table.document.target) == ("ba", held)
        assert table.document.base is not None
        assert table.document.base.size == (601, 40)
        table.undo()
        assert (table.names, table.document.base) == ("a", None)
        assert (await table.loaded()).size == (600, 40)

    table(script)


def test_one_picture_too_many_is_refused_by_name(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "a" * MOST)
        before = table.document.pictures
        with pytest.raises(InputProblem, match=r"16 pictures, so b\.png was not opened"):
            await table.document.take((folder / "b.png").read_bytes(), "b.png")
        assert table.document.pictures == before

    table(script)


def test_two_that_come_at_once_for_the_last_place_do_not_both_get_it(
    table: Run, folder: Path
) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "a" * (MOST - 1))
        await asyncio.gather(table.open(folder, "b"), table.open(folder, "c"))
        assert len(table.names) == MOST
        (problem,) = table.problems
        assert problem.values["name"] in {"b.png", "c.png"}

    table(script)


def test_replacing_gives_the_place_to_another_picture(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "abc")
        for slot, name, expected in (("b", "d", "adc"), ("a", "e", "edc")):
            data = (folder / f"{name}.png").read_bytes()
            await table.document.replace(slot, data, f"{name}.png")
            assert table.names == expected
        assert table.turns == ["a", "e"]
        assert table.document.base is not None
        assert table.document.base.size == (604, 40)
        table.undo()
        table.undo()
        assert table.names == "abc"

    table(script)


def test_a_picture_that_cannot_replace_another_changes_nothing(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        before = table.document.pictures
        with pytest.raises(InputProblem):
            await table.document.replace("a", b"nothing", "x.png")
        assert table.document.pictures == before
        assert len(table.timeline.steps) == 2

    table(script)


def test_order_and_removal_are_steps_that_go_back_and_forth(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "abc")
        table.document.move("c", 0)
        table.document.move("a", 99)
        table.document.remove("b")
        seen = [table.names]
        for back in (True, True, True, False, False, False):
            table.undo() if back else table.redo()
            seen.append(table.names)
        assert seen == ["ca", "cba", "cab", "abc", "cab", "cba", "ca"]
        titles = [step.title for step in table.timeline.steps[3:]]
        assert titles == ["Move c.png", "Move a.png", "Remove b.png"]

    table(script)


def test_what_changes_nothing_is_no_step(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        table.document.turn(1)
        await table.open(folder, "a")
        table.document.turn(1)
        table.document.move("a", 3)
        table.document.move("nobody", 0)
        table.document.remove("nobody")
        assert (len(table.timeline.steps), table.turns) == (1, ["a"])

    table(script)


def test_turning_goes_round_and_is_no_step(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "abc")
        for by in (1, 1, 1, -1):
            table.document.turn(by)
        assert (table.names, table.turns) == ("cab", ["a", "b", "c", "a", "c"])
        assert (len(table.timeline.steps), table.steps) == (3, [True] * 3 + [False] * 4)
        assert table.document.base is None
        assert (await table.loaded()).size == (602, 40)

    table(script)


def test_a_step_about_other_pictures_leaves_the_target_where_it_is(
    table: Run, folder: Path
) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "abcd")
        table.document.turn(1)
        seen = [table.names]
        for back in (True, True, False, True, True):
            table.undo() if back else table.redo()
            seen.append(table.names)
        assert seen == ["bcda", "bca", "ba", "bca", "ba", "a"]

    table(script)


def test_only_pictures_marked_as_references_are_sent_along(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        await table.open(folder, "cd", reference=False)
        assert [held.name for held in table.document.references] == ["b.png"]
        table.document.use_as_references(["b", "d"], reference=False)
        assert table.document.references == ()
        table.document.use_as_references(["c", "d"], reference=True)
        assert [held.name for held in table.document.references] == ["c.png", "d.png"]
        table.document.turn(2)
        assert [held.name for held in table.document.references] == ["d.png", "a.png"]

    table(script)


def test_a_restored_project_cannot_be_undone(table: Run, folder: Path) -> None:
    async def script(table: Table) -> None:
        await table.open(folder, "ab")
        pictures = table.document.pictures
        table.timeline.steps.clear()
        table.document.restore(pictures[::-1])
        assert (table.names, table.timeline.steps) == ("ba", [])
        assert table.steps[-1] is False

    table(script)
