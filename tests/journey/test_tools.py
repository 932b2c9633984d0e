"""Every tool of the mask by its key on several keyboards, against a model of what it draws.

One mask holds what all tools drew, each in a place of its own, and is exported once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.journey import still
from tests.journey.desk import Desk
from tests.journey.person import Person, Point
from tests.journey.program import Program
from tests.journey.still import FURRY, HARES, LEAVES, TRUNKS, Pixels, Place, box, disc, line

LAYOUTS = ("us", "de", "fr", "ru", "ara")
KEYS = {
    "brush": "56",
    "erase": "26",
    "lasso": "46",
    "rectangle": "58",
    "wand": "25",
    "object": "32",
    "refine": "27",
    "hand": "43",
    "zoom": "52",
}
ZERO = "19"
# Keycodes: where a US keyboard has the letters of the tools, and that digit.

BY_BOX, BY_SCRIBBLE = (1087, 112), (1144, 112)
MENU_BAR = (81, 60, 1518, 86)
# On the screen: the two ways to find an object, and left, top, right, bottom of the menus.

FOUND = np.s_[372:520, 290:]
# Rows and columns of what is found by its colours, not drawn.

WIDTH = 31
# Pixels of the first brush, 4 % of the picture's shorter side.


class Painted:
    """Draws with the program and on a model of its mask."""

    def __init__(self, desk: Desk, layout: str) -> None:
        self.desk, self.layout, self.model = desk, layout, np.zeros((768, 1024), np.uint8)

    def use(self, tool: str) -> None:
        self.desk.person.press(KEYS[tool])

    def drag(self, *way: Place, held: str = "", button: int = 1) -> None:
        """Drag through places of the picture with a key held."""
        points = [self.desk.at(*place) for place in way]
        if not held:
            self.desk.person.drag(points, button)
            return
        with self.desk.person.holding(held):
            self.desk.person.drag(points, button)

    def click(self, place: Place, held: str = "") -> None:
        self.drag(place, held=held)

    def has(self, added: Pixels, at: Place) -> None:
        """Something was added, and the screen shows it at a place."""
        self.model |= added
        self.seen(at)

    def lacks(self, taken: Pixels, at: Place) -> None:
        """Something was taken out."""
        self.model[taken > 0] = 0
        self.seen(at, False)

    def seen(self, at: Place, painted: bool = True) -> None:
        sight, here = self.desk.sight, self.desk.at(*at)
        sight.becomes(lambda: sight.painted(here) is painted)


@pytest.fixture(scope="module")
def desk(person: Person, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One program for all keyboards: the first rectangle takes the place of the last mask."""
    folder = tmp_path_factory.mktemp("tools")
    program = Program(person, folder / "home", [still.still(folder / "still.png")])
    try:
        program.shown()
        program.opened()
        yield Desk(person, program)
        program.close()
    finally:
        person.layout("us")
        program.end()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_tool_draws_what_its_model_does(desk: Desk, layout: str, tmp_path: Path) -> None:
    desk.person.layout(layout)
    painted = Painted(desk, layout)
    for draw in (rectangles, ellipses, lassos, corners, strokes, flips, moved, leaves):
        draw(painted)
    objects(painted)
    rim(painted)
    leaves_the_menus_alone(desk)
    desk.person.shoot(f"tools-{layout}")
    desk.person.layout("us")
    coverage = still.coverage_of(desk.program.soft_mask(tmp_path / "soft.png"))
    compare(coverage, painted.model)


def rectangles(painted: Painted) -> None:
    """Plain begins anew, Shift adds, Alt takes out."""
    painted.use("rectangle")
    painted.drag((60, 90), (160, 200))
    painted.has(box((60, 90), (160, 200)), (80, 110))
    painted.seen((350, 110), False)  # and what the last keyboard left is gone
    painted.drag((140, 150), (220, 240), held="shift")
    painted.has(box((140, 150), (220, 240)), (200, 220))
    painted.drag((120, 120), (180, 180), held="alt")
    painted.lacks(box((120, 120), (180, 180)), (150, 150))


def ellipses(painted: Painted) -> None:
    """The key of the rectangle, pressed again."""
    painted.use("rectangle")
    painted.drag((270, 90), (430, 240), held="shift")
    painted.has(disc((350, 165), 80, 75), (350, 110))
    painted.drag((320, 140), (390, 190), held="alt")
    painted.lacks(disc((355, 165), 35, 25), (355, 165))
    painted.use("rectangle")


def lassos(painted: Painted) -> None:
    way = (480, 90), (660, 90), (660, 240)
    painted.use("lasso")
    painted.drag(*way, held="shift")
    painted.has(still.polygon(way), (640, 120))
    way = (600, 110), (650, 110), (650, 190)
    painted.drag(*way, held="alt")
    painted.lacks(still.polygon(way), (640, 130))


def corners(painted: Painted) -> None:
    """Click by click; Enter closes."""
    for way, held in (
        (((720, 90), (960, 90), (960, 240), (840, 170), (720, 240)), "shift"),
        (((800, 110), (880, 110), (840, 150)), "alt"),
    ):
        painted.click(way[0], held)
        for place in way[1:]:
            painted.click(place)
        painted.desk.person.press("Return")
        if held == "shift":
            painted.has(still.polygon(way), (740, 110))
        else:
            painted.lacks(still.polygon(way), (840, 125))


def strokes(painted: Painted) -> None:
    """Shift-click joins, Alt erases."""
    painted.use("brush")
    painted.drag((70, 300), (210, 300))
    painted.click((210, 350), held="shift")
    painted.has(line((70, 300), (210, 300), WIDTH), (100, 300))
    painted.has(line((210, 300), (210, 350), WIDTH), (210, 335))
    painted.drag((140, 270), (140, 340), held="alt")
    painted.lacks(line((140, 270), (140, 340), WIDTH), (140, 300))


def flips(painted: Painted) -> None:
    """The brush, turned to erase and back."""
    painted.drag((300, 320), (460, 320))
    painted.has(line((300, 320), (460, 320), WIDTH), (320, 320))
    painted.use("erase")
    painted.drag((380, 290), (380, 350))
    painted.lacks(line((380, 290), (380, 350), WIDTH), (380, 320))
    painted.use("erase")


def moved(painted: Painted) -> None:
    """Zoom and hand move the picture and paint nothing; the brush paints where it is then."""
    desk, here = painted.desk, painted.desk.at(600, 600)
    beside: Point = (here[0] + 100, here[1] - 80)
    painted.use("zoom")
    desk.person.click(here)  # one click ends at 100 %
    desk.sight.becomes(lambda: desk.sight.near(beside, (700, 520)))
    painted.use("hand")
    desk.person.drag([here, beside])
    desk.sight.becomes(lambda: desk.sight.near(beside, (600, 600)))
    painted.use("brush")
    desk.person.drag([here, (here[0] + 60, here[1])])
    desk.sight.becomes(lambda: desk.sight.painted(here))
    # On a French keyboard a digit needs Shift, with Ctrl as without.
    desk.person.press(f"ctrl+shift+{ZERO}" if painted.layout == "fr" else f"ctrl+{ZERO}")
    painted.has(line((500, 680), (560, 680), WIDTH), (530, 680))


def leaves(painted: Painted) -> None:
    """The wand takes one flat colour that hangs together."""
    painted.use("wand")
    for leaf in LEAVES:
        painted.click(leaf, held="shift")
        painted.has(disc(leaf, still.LEAF), leaf)
    painted.click(LEAVES[1], held="alt")
    painted.lacks(disc(LEAVES[1], still.LEAF + 3), LEAVES[1])


def objects(painted: Painted) -> None:
    """By a box around it and by a line on it; the model of both stays out of the mask's."""
    person = painted.desk.person
    painted.use("object")
    for (x, y), held in ((HARES[0], "shift"), (HARES[1], "shift"), (HARES[1], "alt")):
        painted.drag((x - 62, y - 46), (x + 62, y + 46), held=held)
        painted.seen((x, y), held == "shift")
    person.click(BY_SCRIBBLE)
    for (x, y), held in ((TRUNKS[0], "shift"), (TRUNKS[1], "shift"), (TRUNKS[1], "alt")):
        painted.drag((x - 20, y - 20), (x + 20, y + 20), held=held)
        painted.seen((x, y), held == "shift")
    person.click(BY_BOX)


def rim(painted: Painted) -> None:
    """An ellipse over what fades away, its rim brushed along."""
    x, y = FURRY
    painted.use("rectangle")
    painted.use("rectangle")
    painted.drag((x - 46, y - 46), (x + 46, y + 46), held="shift")
    painted.seen(FURRY)
    painted.use("rectangle")
    painted.use("refine")
    sight, inside = painted.desk.sight, painted.desk.at(x - 42, y)
    before = sight.at(inside).astype(int)
    angles = np.linspace(0, 2 * np.pi, 24)
    painted.drag(*((x + 46 * np.cos(at), y + 46 * np.sin(at)) for at in angles))

    def refined() -> bool:
        """Less of the tint's red, and nothing of the brushed line's blue."""
        red, _, blue = sight.at(inside).astype(int)
        return bool(red < before[0] - 12 and blue < before[2] + 30)

    sight.becomes(refined)


def leaves_the_menus_alone(desk: Desk) -> None:
    before = desk.person.screen().crop(MENU_BAR).tobytes()
    desk.person.tap("Alt_L")
    desk.person.settle()
    assert desk.person.screen().crop(MENU_BAR).tobytes() == before


def compare(coverage: Pixels, model: Pixels) -> None:
    """All that has a model to the pixel, the objects by their overlap, the rim by its error."""
    hard = np.where(coverage >= 128, 255, 0).astype(np.uint8)
    exact = hard.copy()
    exact[FOUND] = model[FOUND]
    assert still.unlike(exact, model) == 0
    hares, trunks = only(hard, 290, 580), only(hard, 580, 830)
    assert still.overlap(hares, disc(HARES[0], *still.HARE)) >= 0.95
    assert still.overlap(trunks, still.trunk(TRUNKS[0])) >= 0.95
    alpha, before = (plane.astype(int) for plane in (still.fading(), disc(FURRY, still.FUR)))
    error = np.abs(only(coverage, 830, 1024).astype(int) - alpha).sum()
    assert error <= 0.5 * np.abs(before - alpha).sum()


def only(plane: Pixels, left: int, right: int) -> Pixels:
    """What lies in the row of things between two columns."""
    found = np.zeros_like(plane)
    found[FOUND[0], left:right] = plane[FOUND[0], left:right]
    return found
