"""A pen as the system tells of it: its pressure, its eraser end, and no mouse beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journey.conftest import Start
from tests.journey.desk import Desk
from tests.journey.pen import Pen
from tests.journey.person import Person
from tests.journey.sight import chart
from tests.journey.still import coverage_of

UNMOVED = "Cannot create children for a parent that is in a different thread"
# Qt says so of the pen itself, which its driver makes on a thread of its own.


@pytest.fixture
def pen(person: Person, tmp_path) -> Iterator[Pen]:
    pen = Pen(tmp_path, person.screen().size)
    yield pen
    pen.end()


def test_a_pen_paints_by_its_pressure_and_erases_with_its_other_end(
    start: Start, person: Person, pen: Pen, tmp_path
) -> None:
    program = start(chart(tmp_path / "chart.png"), expected=UNMOVED, **pen.environ)
    program.opened()
    desk = Desk(person, program)
    pen.stroke((desk.at(250, 100), 0.2), (desk.at(250, 300), 1.0))
    desk.becomes_painted(300)
    pen.stroke((desk.at(200, 200), 1.0), (desk.at(300, 200), 1.0), rubber=True)
    desk.becomes_painted(200, False)
    mask = coverage_of(program.soft_mask(tmp_path / "soft.png")) >= 128
    assert 0 < 2 * mask[110].sum() < mask[290].sum()
    assert mask[110].sum() == mask[110, 225:275].sum(), "nothing beside the line"
    assert not mask[195:205].any()
    person.press("ctrl+z")
    desk.becomes_painted(200)
    person.press("ctrl+z")
    desk.becomes_painted(200, False)
    desk.becomes_painted(300, False)
    program.close()
