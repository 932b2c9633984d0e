"""A project says what lies on each picture."""

from __future__ import annotations

from editor.imaging.geometry import Rect
from editor.project.project import Kept, Project, Step, StepKind


def step(number: int, slot: str, *, done: bool = True) -> Step:
    kept = Kept(f"v{number}", "Keep", Rect(0, 0, 1, 1), "digest")
    return Step(number, StepKind.KEEP, slot, done, kept)


def test_what_is_kept_lies_in_its_order_and_only_when_it_is_done() -> None:
    stroke = Step(2, StepKind.STROKE, "a")
    timeline = (step(1, "a"), stroke, step(3, "b"), step(4, "a"), step(5, "a", done=False))
    project = Project(timeline=timeline)
    assert [kept.variant for kept in project.kept("a")] == ["v1", "v4"]
    assert [kept.variant for kept in project.kept("b")] == ["v3"]
    assert project.kept("c") == ()


def test_an_empty_project_has_nothing() -> None:
    assert Project().kept("") == ()
