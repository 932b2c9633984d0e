"""A project says what lies on each picture."""

from __future__ import annotations

from editor.imaging.geometry import Rect
from editor.project.project import Kept, Move, Project, Step, StepKind, edit_id, lying, stands_at

EDITS = {
    id: Kept(f"v{id}", "Keep", Rect(0, 0, 1, 1), f"patch {id}", id=id, under=under)
    for id, under in {"1": (), "2": ("1",), "3": (), "4": ("1",)}.items()
}


def step(number: int, slot: str, before: str, after: str, *, done: bool = True) -> Step:
    return Step(number, StepKind.KEEP, slot, done, Move(before, after))


def names(project: Project, slot: str) -> list[str]:
    return [kept.id for kept in project.kept(slot)]


def test_what_lies_on_a_picture_is_where_its_newest_done_move_came_to() -> None:
    stroke = Step(2, StepKind.STROKE, "a")
    moves = (step(1, "a", "", "1"), stroke, step(3, "b", "", "3"), step(4, "a", "1", "2"))
    project = Project(edits=EDITS, timeline=(*moves, step(5, "a", "2", "4", done=False)))
    assert names(project, "a") == ["1", "2"]
    assert names(project, "b") == ["3"]
    assert names(project, "c") == []


def test_before_the_first_move_it_is_what_that_one_left() -> None:
    undone = step(9, "a", "2", "4", done=False)
    assert names(Project(edits=EDITS, timeline=(undone,)), "a") == ["1", "2"]
    assert stands_at([]) == ""


def test_an_edit_that_is_lost_is_left_out() -> None:
    rest = {id: kept for id, kept in EDITS.items() if id != "1"}
    assert [kept.id for kept in lying(rest, "2")] == ["2"]
    assert lying(rest, "1") == lying(rest, "") == ()


def test_the_same_edit_on_the_same_edits_has_the_same_name() -> None:
    assert edit_id("a", ["1"], "p") == edit_id("a", ("1",), "p")
    others = {edit_id("a", (), "p"), edit_id("b", ("1",), "p"), edit_id("a", ("1",), "q")}
    assert len({*others, edit_id("a", ("1",), "p")}) == 4


def test_an_empty_project_has_nothing() -> None:
    assert Project().kept("") == ()
