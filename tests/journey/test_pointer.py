"""The pointer with its buttons, its wheel and the keys that change what it does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journey.desk import Desk
from tests.journey.person import Person
from tests.journey.program import Program
from tests.journey.sight import chart

MENU_BAR = (81, 60, 1518, 86)
# Left, top, right, bottom on the screen.


@pytest.fixture(scope="module")
def opened(person: Person, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("pointer")
    program = Program(person, folder / "home", [chart(folder / "chart.png")])
    try:
        program.shown()
        program.opened()
        yield Desk(person, program)
        program.close()
    finally:
        program.end()


@pytest.fixture
def desk(opened: Desk) -> Iterator[Desk]:
    """The chart without a mask, whole."""
    yield opened
    for keys in ("ctrl+a", "ctrl+d", "ctrl+0"):
        opened.person.press(keys)
    opened.becomes_painted(200, False)


def test_a_lone_alt_leaves_the_menus_alone(desk: Desk) -> None:
    desk.person.click(desk.at(600, 600))
    desk.stroke(200)
    desk.person.settle()
    before = desk.person.screen().crop(MENU_BAR).tobytes()
    desk.person.tap("Alt_L")
    desk.person.settle()
    assert desk.person.screen().crop(MENU_BAR).tobytes() == before
    desk.person.press("e")
    desk.stroke(200)
    desk.becomes_painted(200, False)
    desk.person.press("e")


def test_alt_and_the_right_button_erase(desk: Desk) -> None:
    desk.stroke(200)
    desk.stroke(400)
    desk.becomes_painted(400)
    with desk.person.holding("alt"):
        desk.stroke(200)
    desk.becomes_painted(200, False)
    desk.person.drag([desk.at(200, 400), desk.at(300, 400)], button=3)
    desk.becomes_painted(400, False)


def test_shift_joins_by_a_line(desk: Desk) -> None:
    desk.person.click(desk.at(150, 200))
    with desk.person.holding("shift"):
        desk.person.click(desk.at(350, 200))
    desk.becomes_painted(200)


def test_space_and_the_middle_button_pan(desk: Desk) -> None:
    here, sight = desk.at(300, 500), desk.sight
    beside = here[0] + 120, here[1] - 40
    with desk.person.holding("space"):
        desk.person.drag([here, beside])
    sight.becomes(lambda: sight.near(beside, (300, 500)))
    desk.person.drag([beside, here], button=2)
    sight.becomes(lambda: sight.near(here, (300, 500)))
    assert not sight.painted(desk.at(320, 500))


def test_the_wheel_zooms_at_the_pointer(desk: Desk) -> None:
    here, sight = desk.at(300, 500), desk.sight
    beside = here[0] + 100, here[1]
    desk.person.wheel(here, 4)
    sight.becomes(lambda: sight.near(beside, (300 + 100 / 1.25**3, 500)))  # one click ends at 100 %
    assert sight.near(here, (300, 500))
    desk.person.wheel(here, -4)
    sight.becomes(lambda: sight.under(beside)[0] > 410)
    assert sight.near(here, (300, 500))


def test_alt_and_a_right_drag_change_the_brush(desk: Desk) -> None:
    here, sight = desk.at(250, 200), desk.sight
    desk.person.click(here)
    desk.becomes_painted(200)
    before = sight.width(here)
    desk.person.press("ctrl+z")
    desk.becomes_painted(200, False)
    with desk.person.holding("alt"):
        desk.person.drag([here, (here[0] + 20, here[1])], button=3)
    assert not sight.painted(here)
    desk.person.click(here)
    desk.becomes_painted(200)
    assert abs(sight.width(here) - before - 40) <= 8
