from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QRegion

from editor.imaging.geometry import Size
from editor.session.painting import Painting
from editor.ui.canvas.frame import SendFrame
from editor.ui.canvas.gestures import Doing, Gestures
from editor.ui.canvas.sketch import Drawn, Manner, Sketch
from editor.ui.canvas.touch import Touch
from editor.ui.viewport import Viewport

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
MIDDLE, NONE = Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton
PLAIN, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SIZE = Size(400, 300)


@dataclass
class Surface:
    """A canvas of 400 x 300 at 1:1 that notes what it is told."""

    painting: Painting | None
    viewport: Viewport = field(default_factory=Viewport)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.viewport.resize(*SIZE)
        self.viewport.show(*SIZE)
        self.grips = SendFrame(None, self.viewport, QRegion)
        self.drawn: list[Drawn] = []
        self.sketch = Sketch(self.viewport, self.drawn.append, lambda _: None)

    def begun(self, *, painting: bool) -> None:
        self.said.append("begun" if painting else "drawing")

    def peek(self, *, on: bool) -> None:
        self.said.append(f"peek {on}")

    def doing_changed(self) -> None:
        self.said.append("doing")


@pytest.fixture
def surface(qapp: object) -> Surface:
    painting = Painting()
    painting.turn_to("one", SIZE)
    painting.set_brush(diameter=20, hardness=1.0)
    return Surface(painting)


@pytest.fixture
def gestures(surface: Surface) -> Gestures:
    return Gestures(surface)


def touch(
    x: float,
    y: float,
    button: Qt.MouseButton = LEFT,
    modifiers: Qt.KeyboardModifier = PLAIN,
    **how: object,
) -> Touch:
    return Touch(QPointF(x, y), button, modifiers, **how)


def painted(surface: Surface, x: int, y: int) -> int:
    assert surface.painting is not None
    assert surface.painting.plane is not None
    return int(surface.painting.plane.pixels[y, x])


def drag(gestures: Gestures, *touches: Touch) -> None:
    gestures.press(touches[0])
    for moved in touches[1:]:
        gestures.move(moved)
    gestures.release(touches[-1])


def key(
    gestures: Gestures,
    code: Qt.Key,
    modifiers: Qt.KeyboardModifier = PLAIN,
    *,
    down: bool = True,
    held: bool = False,
) -> bool:
    kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
    return gestures.key(QKeyEvent(kind, code, modifiers, "", held), down=down)


def test_the_left_button_paints(gestures: Gestures, surface: Surface) -> None:
    drag(gestures, touch(100, 100), touch(200, 100))
    assert painted(surface, 150, 100) == 255
    assert painted(surface, 150, 120) == 0
    assert "begun" in surface.said
    assert gestures.doing is Doing.NOTHING
    assert not surface.painting.painting


@pytest.mark.parametrize(
    "how", [{"button": RIGHT}, {"modifiers": ALT}, {"eraser": True, "pen": True}]
)
def test_right_button_alt_and_the_pens_end_erase(
    gestures: Gestures, surface: Surface, how: dict[str, object]
) -> None:
    surface.painting.fill_all()
    drag(gestures, touch(100, 100, **how), touch(200, 100, **how))
    assert painted(surface, 150, 100) == 0
    assert painted(surface, 150, 130) == 255


def test_erasing_while_the_brush_erases_paints(gestures: Gestures, surface: Surface) -> None:
    surface.painting.set_brush(erase=True)
    drag(gestures, touch(100, 100, RIGHT), touch(110, 100, RIGHT))
    assert painted(surface, 105, 100) == 255


def test_shift_joins_to_the_last_stroke(gestures: Gestures, surface: Surface) -> None:
    drag(gestures, touch(50, 50))
    drag(gestures, touch(50, 250, modifiers=SHIFT))
    assert painted(surface, 50, 150) == 255
    drag(gestures, touch(350, 250))
    assert painted(surface, 200, 250) == 0


def test_pressure_reaches_the_stroke(gestures: Gestures, surface: Surface) -> None:
    drag(
        gestures, touch(100, 100, pen=True, pressure=0.25), touch(200, 100, pen=True, pressure=0.25)
    )
    assert painted(surface, 150, 101) == 255
    assert painted(surface, 150, 106) == 0


def test_a_mouse_beside_the_pen_paints_nothing(gestures: Gestures, surface: Surface) -> None:
    gestures.press(touch(100, 100, pen=True))
    gestures.press(touch(100, 100))
    gestures.move(touch(100, 200))
    gestures.release(touch(100, 200))
    assert gestures.doing is Doing.PAINTING
    assert painted(surface, 100, 180) == 0
    gestures.release(touch(100, 100, pen=True))
    assert gestures.doing is Doing.NOTHING


def test_a_second_button_changes_nothing(gestures: Gestures, surface: Surface) -> None:
    gestures.press(touch(100, 100))
    gestures.press(touch(100, 100, RIGHT))
    gestures.release(touch(100, 100, RIGHT))
    assert surface.painting.painting
    gestures.release(touch(100, 100))
    assert not surface.painting.painting


@pytest.mark.parametrize("way", ["middle", "space", "hand"])
def test_panning(gestures: Gestures, surface: Surface, way: str) -> None:
    surface.viewport.set_zoom(2.0)
    before = surface.viewport.origin
    if way == "space":
        key(gestures, Qt.Key.Key_Space)
    if way == "hand":
        gestures.tool = "hand"
    button = MIDDLE if way == "middle" else LEFT
    drag(gestures, touch(100, 100, button), touch(130, 90, button), touch(135, 85, button))
    assert surface.viewport.origin == (before[0] + 35, before[1] - 15)
    assert surface.painting.plane.is_empty
    if way == "space":
        key(gestures, Qt.Key.Key_Space, held=True, down=False)
        assert gestures.pans
        key(gestures, Qt.Key.Key_Space, down=False)
        assert not gestures.pans


def test_alt_and_right_tune_the_brush(gestures: Gestures, surface: Surface) -> None:
    drag(gestures, touch(100, 100, RIGHT, ALT), touch(130, 150, RIGHT, ALT))
    assert surface.painting.brush.diameter == 80
    assert surface.painting.brush.hardness == pytest.approx(0.75)
    drag(gestures, touch(100, 100, RIGHT, ALT), touch(-900, -900, RIGHT, ALT))
    assert surface.painting.brush.diameter == 1
    assert surface.painting.brush.hardness == 1.0
    assert surface.painting.plane.is_empty


def test_the_zoom_tool(gestures: Gestures, surface: Surface) -> None:
    gestures.tool = "zoom"
    drag(gestures, touch(200, 150))
    assert surface.viewport.zoom == 2.0
    drag(gestures, touch(200, 150, modifiers=ALT))
    assert surface.viewport.zoom == 1.0
    drag(gestures, touch(200, 150, RIGHT))
    assert surface.viewport.zoom == 0.5
    assert gestures.doing is Doing.NOTHING
    assert surface.painting.plane.is_empty


def test_the_wheel_zooms_at_the_pointer(gestures: Gestures, surface: Surface) -> None:
    gestures.wheel(QPointF(40, 30), 120)
    assert surface.viewport.zoom == 1.25
    assert surface.viewport.to_pane(40, 30) == pytest.approx((40, 30), abs=1)
    gestures.wheel(QPointF(40, 30), -60)
    assert surface.viewport.zoom == pytest.approx(1.25 * 1.25**-0.5)


def test_a_stroke_that_was_taken_back_stays_so(gestures: Gestures, surface: Surface) -> None:
    gestures.press(touch(100, 100))
    surface.painting.abandon()
    gestures.move(touch(200, 100))
    gestures.release(touch(200, 100))
    assert surface.painting.plane.is_empty
    drag(gestures, touch(100, 100))
    assert painted(surface, 100, 100) == 255


def test_brackets_change_the_size(gestures: Gestures, surface: Surface) -> None:
    assert key(gestures, Qt.Key.Key_BracketRight)
    assert surface.painting.brush.diameter == 23
    key(gestures, Qt.Key.Key_BracketLeft)
    assert surface.painting.brush.diameter == 20
    for _ in range(40):
        key(gestures, Qt.Key.Key_BracketLeft, held=True)
    assert surface.painting.brush.diameter == 1
    key(gestures, Qt.Key.Key_BracketRight)
    assert surface.painting.brush.diameter == 2


def test_brackets_with_shift_change_the_hardness(gestures: Gestures, surface: Surface) -> None:
    key(gestures, Qt.Key.Key_BraceLeft, SHIFT)
    assert surface.painting.brush.hardness == pytest.approx(0.9)
    for _ in range(20):
        key(gestures, Qt.Key.Key_BraceLeft, SHIFT)
    assert surface.painting.brush.hardness == 0.0
    key(gestures, Qt.Key.Key_BraceRight, SHIFT)
    assert surface.painting.brush.hardness == pytest.approx(0.1)


def test_the_backslash_is_held_for_the_source(gestures: Gestures, surface: Surface) -> None:
    key(gestures, Qt.Key.Key_Backslash)
    key(gestures, Qt.Key.Key_Backslash, held=True)
    key(gestures, Qt.Key.Key_Backslash, held=True, down=False)
    assert surface.said == ["peek True"]
    key(gestures, Qt.Key.Key_Backslash, down=False)
    assert surface.said == ["peek True", "peek False"]


def test_keys_let_go_elsewhere_are_not_held(gestures: Gestures, surface: Surface) -> None:
    key(gestures, Qt.Key.Key_Space)
    gestures.lost()
    assert not gestures.pans
    assert "peek False" in surface.said


def test_other_keys_are_left_to_others(gestures: Gestures) -> None:
    assert not key(gestures, Qt.Key.Key_B)
    assert not key(gestures, Qt.Key.Key_BracketLeft, down=False)


def test_without_a_mask_only_the_view_moves(surface: Surface) -> None:
    surface.painting = None
    gestures = Gestures(surface)
    drag(gestures, touch(100, 100), touch(150, 100))
    drag(gestures, touch(100, 100, RIGHT, ALT), touch(150, 100, RIGHT, ALT))
    assert key(gestures, Qt.Key.Key_BracketLeft)
    surface.viewport.set_zoom(2.0)
    before = surface.viewport.origin
    drag(gestures, touch(100, 100, MIDDLE), touch(110, 100, MIDDLE))
    assert surface.viewport.origin == (before[0] + 10, before[1])


def test_side_buttons_do_nothing(gestures: Gestures, surface: Surface) -> None:
    drag(gestures, touch(100, 100, Qt.MouseButton.BackButton), touch(150, 100))
    assert surface.painting.plane.is_empty


def drawing(gestures: Gestures, surface: Surface, tool: str) -> None:
    gestures.tool = surface.sketch.tool = tool


def test_a_shape_tool_draws_and_paints_nothing(gestures: Gestures, surface: Surface) -> None:
    drawing(gestures, surface, "rectangle")
    gestures.press(touch(50, 50))
    assert gestures.doing is Doing.SKETCHING
    gestures.move(touch(90, 80))
    gestures.release(touch(90, 80))
    assert surface.drawn == [Drawn("rectangle", ((50, 50), (90, 80)), "new")]
    assert surface.painting.plane.is_empty
    assert "drawing" in surface.said
    assert "begun" not in surface.said


@pytest.mark.parametrize("how", [{"button": RIGHT}, {"eraser": True, "pen": True}, {"flip": True}])
def test_a_shape_is_taken_away_by_what_erases(
    gestures: Gestures, surface: Surface, how: dict[str, object]
) -> None:
    drawing(gestures, surface, "rectangle")
    surface.painting.set_brush(erase=bool(how.pop("flip", False)))
    drag(gestures, touch(50, 50, **how), touch(90, 80, **how))
    assert [drawn.how for drawn in surface.drawn] == ["subtract"]


def test_space_moves_a_rectangle_in_the_making(gestures: Gestures, surface: Surface) -> None:
    drawing(gestures, surface, "rectangle")
    gestures.press(touch(50, 50))
    gestures.move(touch(90, 80))
    key(gestures, Qt.Key.Key_Space)
    gestures.move(touch(100, 100))
    key(gestures, Qt.Key.Key_Space, down=False)
    gestures.release(touch(100, 100))
    assert surface.drawn == [Drawn("rectangle", ((60, 70), (100, 100)), "new")]


def test_between_two_corners_space_pans_and_the_line_follows(
    gestures: Gestures, surface: Surface
) -> None:
    drawing(gestures, surface, "lasso")
    drag(gestures, touch(50, 50))
    key(gestures, Qt.Key.Key_Space)
    drag(gestures, touch(50, 50), touch(70, 50))
    key(gestures, Qt.Key.Key_Space, down=False)
    gestures.move(touch(200, 60))
    assert surface.sketch.open
    assert surface.viewport.to_pane(50, 50) == (70, 50)


def test_an_object_by_a_line(gestures: Gestures, surface: Surface) -> None:
    drawing(gestures, surface, "object")
    surface.sketch.manner = Manner(by_line=True)
    drag(gestures, touch(50, 50), touch(90, 80))
    assert surface.drawn == [Drawn("scribble", ((50, 50), (90, 80)), "new")]


def test_a_shape_tool_points_with_a_cross_and_the_rim_with_the_ring(
    gestures: Gestures, surface: Surface
) -> None:
    for tool, shape in (
        ("lasso", Qt.CursorShape.CrossCursor),
        ("wand", Qt.CursorShape.CrossCursor),
        ("refine", Qt.CursorShape.BlankCursor),
        ("brush", Qt.CursorShape.BlankCursor),
    ):
        gestures.tool = tool
        assert gestures.cursor(brush=True) is shape
    assert gestures.cursor(brush=False) is Qt.CursorShape.ArrowCursor
