"""Keys with several layouts: by their place on the canvas, by their letter with Ctrl."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journey.desk import Desk
from tests.journey.loopback import Loopback
from tests.journey.person import Person
from tests.journey.program import Program
from tests.journey.sight import chart

LAYOUTS = ("us", "de", "fr", "ru", "ara")
B, E, H, Z = "56", "26", "43", "52"
LEFT_BRACKET, RIGHT_BRACKET, BACKSLASH = "34", "35", "51"
ZERO, ONE = "19", "10"
# Keycodes: where a US keyboard has these signs.

PROMPT = (279, 740, 870, 806)
PANEL = (1202, 92, 1518, 737)
# Left, top, right, bottom on the screen.

REFERENCE_ZONE = (950, 250)
# Upper right of the zones that open over the stage.

INK, ACCENT = (0xE6, 0xE6, 0xE6), (0x4C, 0x9A, 0xFF)
# Colours of the dark theme.


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


def test_keys_that_no_layout_moves(desk: Desk) -> None:
    desk.person.layout("us")
    desk.stroke(650)  # with a mask the prompt has nothing to remark
    desk.becomes_painted(650)
    desk.person.settle()
    enter_and_escape(desk)
    views(desk)
    areas(desk)
    next_picture(desk)


def enter_and_escape(desk: Desk) -> None:
    """Enter goes to the prompt and keeps what is shown; Escape takes back and leaves."""
    spot, sight, person = desk.at(512, 384), desk.sight, desk.person
    person.press("Return")
    types(desk)
    person.press("Escape")
    person.down([desk.at(200 + 10 * step, 200) for step in range(10)])
    desk.becomes_painted(200)
    person.tap("Escape")
    person.up()
    desk.becomes_painted(200, False)
    person.press(ONE)
    sight.becomes(lambda: max(sight.at(spot)) > 60)
    desk.program.keep()
    person.press("ctrl+z")
    person.press("ctrl+z")
    sight.becomes(lambda: max(sight.at(spot)) < 20)


def views(desk: Desk) -> None:
    """The grid and the two side by side show the right border of the picture in the middle."""
    middle, sight = desk.at(480, 200), desk.sight
    for key in ("F7", "F8"):
        desk.person.press(key)
        sight.becomes(lambda: sight.under(middle)[0] > 700)
        desk.person.shoot(f"view-{key}")
        desk.person.press(key)
        sight.becomes(lambda: sight.near(middle, (480, 200)))


def areas(desk: Desk) -> None:
    """F6 goes from the canvas to the prompt, the panel, the strip and back."""
    person, sight = desk.person, desk.sight
    person.press("F6")
    types(desk)
    before = sight.count(PANEL, ACCENT)
    person.press("F6")
    sight.becomes(lambda: sight.count(PANEL, ACCENT) > before + 30)
    person.shoot("keyboard-in-the-panel")
    person.press("F6")
    sight.becomes(lambda: sight.count(PANEL, ACCENT) == before)
    person.press("F6")
    with person.holding(BACKSLASH):
        desk.becomes_painted(650, False)
    desk.becomes_painted(650)


def types(desk: Desk) -> None:
    """What is typed comes into the prompt; it is taken back."""
    before = desk.sight.count(PROMPT, INK, 90)
    desk.person.type("mmmmmm")
    desk.sight.becomes(lambda: desk.sight.count(PROMPT, INK, 90) > before + 60)
    for _ in range(6):
        desk.person.press("BackSpace")
    desk.sight.becomes(lambda: desk.sight.count(PROMPT, INK, 90) < before + 30)


def next_picture(desk: Desk) -> None:
    """PageDown turns to the next picture, which has another blue, and PageUp back."""
    other = chart(desk.program.home.parent / "other.png", blue=40)
    here, sight = desk.at(300, 600), desk.sight
    desk.person.drop([other], REFERENCE_ZONE)
    desk.program.log.awaited("2 pictures in the strip")
    for key, blue in (("Next", 40), ("Prior", 128)):
        desk.person.press(key)
        sight.becomes(lambda blue=blue: abs(int(sight.at(here)[2]) - blue) < 8)
