"""Keys with several layouts: by their place on the canvas, by their letter with Ctrl."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journey.loopback import Loopback
from tests.journey.person import Person, Point
from tests.journey.program import Program
from tests.journey.sight import SPOT, Sight, chart

LAYOUTS = ("us", "de", "fr", "ru", "ara")
LATIN = {"us", "de", "fr"}

B, E, H, Z = "56", "26", "43", "52"
LEFT_BRACKET, RIGHT_BRACKET, BACKSLASH = "34", "35", "51"
ZERO, ONE = "19", "10"
# Keycodes: where a US keyboard has these signs.

LETTERS = {"a": "38", "d": "40", "h": "43", "z": "52"}


@pytest.fixture(scope="module")
def desk(
    person: Person, served: Loopback, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A program with the chart and one answer that takes the black spot out."""
    folder = tmp_path_factory.mktemp("keys")
    program = Program(person, folder / "home", [chart(folder / "chart.png")], **served.environ)
    try:
        program.shown()
        desk = Desk(person, program)
        desk.answered()
        yield desk
        program.close()
    finally:
        person.layout("us")
        program.end()


class Desk:
    """The program with the chart, hands and eyes."""

    def __init__(self, person: Person, program: Program) -> None:
        self.person, self.program, self.sight = person, program, Sight(person)

    def answered(self) -> None:
        """Have the black spot replaced once, and leave the answer in the strip."""
        self.program.opened()
        left, top, right, bottom = SPOT
        for y in range(top, bottom + 20, 20):
            self.program.paint((left - 20, y), (right + 20, y))
        self.person.press("Return")
        self.person.type("nothing")
        self.person.press("ctrl+Return")
        self.program.log.awaited("showing answer 1")
        self.person.press("Escape")
        self.person.click(self.at(100, 100))
        self.person.press("ctrl+d")
        self.sight.becomes(lambda: not self.sight.painted(self.at(100, 100)))

    def at(self, x: float, y: float) -> Point:
        return self.program.at(x, y)

    def letter(self, letter: str, layout: str, shift: bool = False) -> None:
        """Ctrl with the key that means a letter, or has its place where none means it."""
        key = letter if layout in LATIN else LETTERS[letter]
        self.person.press(f"ctrl+shift+{key}" if shift else f"ctrl+{key}")

    def stroke(self, y: float) -> None:
        self.program.paint((200, y), (300, y))

    def becomes_painted(self, y: float, painted: bool = True) -> None:
        place = self.at(250, y)
        self.sight.becomes(lambda: self.sight.painted(place) is painted)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_by_place_and_control_by_meaning(desk: Desk, layout: str) -> None:
    desk.person.layout(layout)
    paints_and_erases(desk, layout)
    pans_and_zooms(desk, layout)
    sizes(desk, layout)
    shows(desk)


def paints_and_erases(desk: Desk, layout: str) -> None:
    desk.person.press(B)
    desk.stroke(200)
    desk.becomes_painted(200)
    desk.person.press(E)
    desk.stroke(200)
    desk.becomes_painted(200, False)
    desk.letter("z", layout)
    desk.becomes_painted(200)
    desk.letter("z", layout, shift=True)
    desk.becomes_painted(200, False)
    desk.person.press(E)
    desk.letter("a", layout)
    desk.becomes_painted(600)
    desk.letter("h", layout)
    desk.becomes_painted(600, False)
    desk.letter("h", layout)
    desk.becomes_painted(600)
    desk.letter("d", layout)
    desk.becomes_painted(600, False)


def pans_and_zooms(desk: Desk, layout: str) -> None:
    here, sight = desk.at(300, 500), desk.sight
    beside = here[0] + 100, here[1]
    desk.person.press(H)
    desk.person.drag([here, beside])
    sight.becomes(lambda: sight.near(beside, (300, 500)))
    desk.person.drag([beside, here])
    sight.becomes(lambda: sight.near(here, (300, 500)))
    desk.person.press(Z)
    for magnified in (1, 2):
        desk.person.click(here)
        sight.becomes(lambda zoom=magnified: sight.near(beside, (300 + 100 / zoom, 500)))
        assert sight.near(here, (300, 500))
    desk.person.click(here, button=3)
    sight.becomes(lambda: sight.near(beside, (400, 500)))
    # On a French keyboard a digit needs Shift, with Ctrl as without.
    desk.person.press(f"ctrl+shift+{ZERO}" if layout == "fr" else f"ctrl+{ZERO}")
    sight.becomes(lambda: sight.near(beside, (300 + 100 / desk.program.zoom, 500)))
    desk.person.press(B)


def sizes(desk: Desk, layout: str) -> None:
    here, sight = desk.at(250, 300), desk.sight
    desk.person.click(here)
    desk.becomes_painted(300)
    before = sight.width(here)
    desk.letter("z", layout)
    desk.becomes_painted(300, False)
    for _ in range(4):
        desk.person.press(LEFT_BRACKET)
    desk.person.click(here)
    desk.becomes_painted(300)
    assert sight.width(here) < 0.8 * before
    desk.letter("z", layout)
    for _ in range(4):
        desk.person.press(RIGHT_BRACKET)
    desk.becomes_painted(300, False)


def shows(desk: Desk) -> None:
    """The spot is black in the original, gone in the answer, and tinted in the base."""
    spot, sight = desk.at(512, 384), desk.sight
    desk.stroke(384 - 84)
    desk.person.press(ONE)
    sight.becomes(lambda: max(sight.at(spot)) > 60)
    desk.becomes_painted(300, False)
    desk.person.press(ZERO)
    sight.becomes(lambda: max(sight.at(spot)) < 20)
    desk.person.press(ONE)
    sight.becomes(lambda: max(sight.at(spot)) > 60)
    with desk.person.holding(BACKSLASH):
        sight.becomes(lambda: max(sight.at(spot)) < 20)
    sight.becomes(lambda: max(sight.at(spot)) > 60)
    desk.person.press("Escape")
    desk.becomes_painted(300)
    desk.person.press("Delete")
    desk.becomes_painted(300, False)
