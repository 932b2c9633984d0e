"""Shapes are drawn by press, drag, click and key, and mean what the first modifier says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter

from editor.ui.canvas.sketch import Drawn, Manner, Sketch
from tests.widget.canvas.conftest import viewport

PLAIN, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Table:
    """A sketch over a picture of 400 x 300 at 1:1, with what it asked for and drew again."""

    def __init__(self, tool: str, manner: Manner | None = None) -> None:
        self.drawn: list[Drawn] = []
        self.dirty = QRect()
        self.sketch = Sketch(viewport(), self.drawn.append, self._update)
        self.sketch.tool = tool
        self.sketch.manner = manner or Manner()

    def _update(self, rect: QRect) -> None:
        self.dirty |= rect

    def press(self, x: float, y: float, modifiers=PLAIN, *, subtract: bool = False) -> None:
        self.sketch.press(QPointF(x, y), modifiers, subtract=subtract)

    def move(self, x: float, y: float, modifiers=PLAIN) -> None:
        self.sketch.move(QPointF(x, y), modifiers)

    def drag(self, *way: tuple[float, float], first=PLAIN, then=PLAIN) -> None:
        self.press(*way[0], first)
        for at in way[1:]:
            self.move(*at, then)
        self.sketch.release()

    def click(self, x: float, y: float) -> None:
        self.press(x, y)
        self.sketch.release()

    def seen(self) -> int:
        """Pixels that are not as they were once it is drawn."""
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        image.fill(0xFF808080)
        painter = QPainter(image)
        self.sketch.draw(painter)
        painter.end()
        places = [(x, y) for y in range(300) for x in range(400)]
        return sum(image.pixel(x, y) != 0xFF808080 for x, y in places)


@pytest.mark.parametrize(
    ("tool", "manner", "name"),
    [
        ("rectangle", Manner(), "rectangle"),
        ("rectangle", Manner(round=True), "ellipse"),
        ("object", Manner(), "box"),
    ],
)
def test_a_drag_draws_a_box(tool, manner, name) -> None:
    table = Table(tool, manner)
    table.drag((50, 60), (80, 90), (150, 100))
    assert table.drawn == [Drawn(name, ((50, 60), (150, 100)), "new")]
    assert not table.sketch.open


def test_a_box_tells_its_size_on_the_pane_while_it_is_dragged() -> None:
    table = Table("rectangle")
    table.press(50, 60)
    for at, size in (
        ((150, 100), "100 × 40"),
        ((399, 299), "349 × 239"),
        ((-30, -20), "50 × 60"),
        ((450, 20), "350 × 40"),
    ):
        table.dirty = QRect()
        table.move(*at)
        assert table.sketch.size == size
        chip = table.sketch._chip()
        assert QRect(0, 0, 400, 300).contains(chip)
        assert table.dirty.contains(chip)
    table.move(20, 30, SHIFT)
    assert table.sketch.size == "30 × 30"
    table.sketch.release()
    assert table.sketch.size == ""
    for tool in ("lasso", "refine"):
        other = Table(tool)
        other.press(50, 60)
        other.move(90, 90)
        assert other.sketch.size == ""


def test_a_click_is_no_box() -> None:
    table = Table("rectangle")
    table.click(50, 60)
    assert table.drawn == []
    assert not table.sketch.open


@pytest.mark.parametrize(
    ("first", "subtract", "how"),
    [
        (PLAIN, False, "new"),
        (SHIFT, False, "add"),
        (ALT, False, "subtract"),
        (ALT | SHIFT, False, "subtract"),
        (PLAIN, True, "subtract"),
        (SHIFT, True, "subtract"),
    ],
)
def test_the_modifier_at_the_press_says_what_it_does(first, subtract, how) -> None:
    table = Table("rectangle")
    table.press(50, 60, first, subtract=subtract)
    table.move(150, 100, first)
    table.sketch.release()
    assert table.drawn == [Drawn("rectangle", ((50, 60), (150, 100)), how)]


@pytest.mark.parametrize(
    ("then", "places"),
    [
        (SHIFT, ((50, 60), (150, 160))),
        (ALT, ((-50, 20), (150, 100))),
        (SHIFT | ALT, ((-50, -40), (150, 160))),
    ],
)
def test_modifiers_during_the_drag_square_and_centre(then, places) -> None:
    table = Table("rectangle")
    table.drag((50, 60), (150, 100), then=then)
    assert table.drawn == [Drawn("rectangle", places, "new")]


def test_a_modifier_of_the_press_changes_the_form_once_it_was_let_go() -> None:
    table = Table("rectangle")
    table.press(50, 60, SHIFT)
    table.move(150, 100, SHIFT)
    table.move(150, 100, PLAIN)
    table.move(150, 100, SHIFT)
    table.sketch.release()
    assert table.drawn == [Drawn("rectangle", ((50, 60), (150, 160)), "add")]


def test_a_box_drawn_up_and_left_is_squared_that_way() -> None:
    table = Table("rectangle")
    table.drag((150, 160), (100, 140), then=SHIFT)
    assert table.drawn == [Drawn("rectangle", ((150, 160), (100, 110)), "new")]


def test_what_is_carried_moves_as_a_whole() -> None:
    table = Table("rectangle")
    table.press(50, 60)
    table.move(150, 100)
    table.sketch.carry = True
    table.move(170, 130)
    table.sketch.carry = False
    table.move(180, 140)
    table.sketch.release()
    assert table.drawn == [Drawn("rectangle", ((70, 90), (180, 140)), "new")]


def test_a_dragged_lasso_is_done_when_the_button_goes_up() -> None:
    table = Table("lasso")
    table.drag((50, 50), (100, 50), (100, 100), (50, 100))
    assert table.drawn == [Drawn("lasso", ((50, 50), (100, 50), (100, 100), (50, 100)), "new")]


@pytest.mark.parametrize("end", ["enter", "first", "twice"])
def test_clicks_set_corners_until_it_is_closed(end) -> None:
    table = Table("lasso")
    for corner in ((50, 50), (100, 50), (100, 100)):
        table.click(*corner)
        table.move(corner[0] + 30, corner[1] + 9)
    assert table.drawn == []
    assert table.sketch.open
    if end == "enter":
        assert table.sketch.close()
    else:
        table.click(*((52, 51) if end == "first" else (100, 100)))
    assert table.drawn == [Drawn("lasso", ((50, 50), (100, 50), (100, 100)), "new")]
    assert not table.sketch.close()


def test_corners_and_drags_make_one_lasso() -> None:
    table = Table("lasso")
    table.click(50, 50)
    table.click(200, 50)
    table.drag((200, 150), (150, 160), (50, 150))
    (drawn,) = table.drawn
    assert drawn.places == ((50, 50), (200, 50), (200, 150), (150, 160), (50, 150))


def test_corners_are_taken_back_one_by_one() -> None:
    table = Table("lasso")
    for corner in ((50, 50), (100, 50), (100, 100)):
        table.click(*corner)
    assert table.sketch.back()
    table.click(60, 90)
    table.sketch.close()
    assert table.drawn[0].places == ((50, 50), (100, 50), (60, 90))
    table.click(50, 50)
    assert table.sketch.back()
    assert not table.sketch.open
    assert not table.sketch.back()


def test_less_than_a_triangle_is_nothing() -> None:
    table = Table("lasso")
    table.click(50, 50)
    table.click(100, 50)
    assert table.sketch.close()
    assert table.drawn == []


def test_it_can_be_given_up() -> None:
    table = Table("lasso")
    table.click(50, 50)
    assert table.sketch.drop()
    assert not table.sketch.drop()
    table.move(70, 70)
    table.sketch.release()
    assert table.drawn == []
    assert not table.sketch.open


def test_the_wand_asks_at_once() -> None:
    table = Table("wand")
    table.press(40, 50, SHIFT)
    assert table.drawn == [Drawn("wand", ((40, 50),), "add")]
    assert not table.sketch.open


@pytest.mark.parametrize(
    ("tool", "manner", "name"),
    [("refine", Manner(), "refine"), ("object", Manner(by_line=True), "scribble")],
)
def test_a_line_is_what_the_hand_draws_even_a_dot(tool, manner, name) -> None:
    table = Table(tool, manner)
    table.drag((50, 50), (90, 60), (120, 80))
    table.click(200, 200)
    assert table.drawn == [
        Drawn(name, ((50, 50), (90, 60), (120, 80)), "new"),
        Drawn(name, ((200, 200),), "new"),
    ]


@pytest.mark.parametrize("tool", ["rectangle", "lasso", "refine"])
def test_it_is_seen_while_it_is_drawn_and_drawn_again_where_it_was(tool) -> None:
    table = Table(tool)
    table.sketch.width = 24
    assert table.seen() == 0
    table.press(50, 60)
    table.move(150, 160)
    assert table.seen() > 100
    assert table.dirty.contains(QRect(50, 60, 100, 100))
    table.dirty = QRect()
    table.sketch.drop()
    assert table.dirty.contains(QRect(50, 60, 100, 100))
    assert table.seen() == 0
