"""Sentences with places, and the exit code of every kind of problem."""

from __future__ import annotations

import pytest

from editor import errors
from editor.errors import Problem

CODES = {
    "InputProblem": 3,
    "TableError": 1,
    "ProviderRefused": 4,
    "OutcomeUnknown": 5,
    "NotSent": 6,
    "CannotWrite": 8,
    "ProjectDamaged": 3,
}


def test_a_problem_reads_as_its_filled_sentence() -> None:
    problem = Problem("{name} has {count} frames.", name="a {b}.gif", count=3)
    assert str(problem) == "a {b}.gif has 3 frames."


def test_template_and_values_stay_apart_for_translation() -> None:
    problem = Problem("{name} is empty.", name="a.png", details="libpng: no data")
    assert problem.template == "{name} is empty."
    assert problem.values == {"name": "a.png"}
    assert problem.details == "libpng: no data"
    assert "libpng" not in str(problem)


@pytest.mark.parametrize("kind", CODES)
def test_every_kind_has_its_exit_code(kind: str) -> None:
    problem: Problem = getattr(errors, kind)("Nothing has changed.")
    assert isinstance(problem, Problem)
    assert problem.exit_code == CODES[kind]


def test_no_kind_is_forgotten() -> None:
    ours = {kind for kind in Problem.__subclasses__() if kind.__module__ == errors.__name__}
    assert {kind.__name__ for kind in ours} == set(CODES)
