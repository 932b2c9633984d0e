from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QCursor, QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.session.painting import Painting
from editor.ui import style
from editor.ui.canvas.canvas import Canvas
from tests.fakes.pseudo_locale import PseudoLocale
from tests.widget.canvas.conftest import GREEN, SIZE, Hand, noise, on_screen, raster

Shot = Callable[[], np.ndarray]
RIGHT = Qt.MouseButton.RightButton
RED = (0xFF, 0x3B, 0x30)
SURROUND = (0x1E, 0x1E, 0x1E)


def tinted(strength: float) -> list[int]:
    return [round(g + (r - g) * strength) for g, r in zip(GREEN, RED, strict=True)]


def close(found: np.ndarray, wanted: list[int]) -> bool:
    return bool(np.abs(found.astype(int) - wanted).max() <= 2)


def test_an_empty_canvas_is_its_surround(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(60, 40)
    canvas.show_hint(shown=False)
    image = canvas.grab().toImage()
    assert image.pixelColor(30, 20).getRgb()[:3] == SURROUND
    Hand(canvas).drag((10, 10), (30, 30))


def test_a_stroke_is_seen_fainter_while_it_is_painted(
    canvas: Canvas, hand: Hand, shot: Shot
) -> None:
    hand.press((100, 150))
    hand.move((200, 150))
    assert close(shot()[150, 120], tinted(0.30))
    hand.release((200, 150))
    assert close(shot()[150, 120], tinted(0.45))
    assert close(shot()[200, 120], list(GREEN))


def test_a_press_is_drawn_within_it_and_not_again(
    canvas: Canvas, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.move((100, 150))
    QApplication.processEvents()
    drawn: list[QRect] = []
    draw = canvas.paintEvent
    monkeypatch.setattr(
        canvas, "paintEvent", lambda event: (drawn.append(event.rect()), draw(event))
    )
    hand.press((100, 150))
    at_once = len(drawn)
    QApplication.processEvents()
    assert at_once == len(drawn) > 0


def test_the_rim_comes_when_the_stroke_ends_and_goes_with_undo(
    canvas: Canvas, hand: Hand, painting: Painting, shot: Shot
) -> None:
    hand.drag((100, 150), (300, 150))
    line = shot()[130, 140:260]
    assert ((line == 0).all(axis=1) | (line == 255).all(axis=1)).all()
    painting.undo("one")
    hand.move((5, 290))
    assert close(shot()[100:200, 60:340], list(GREEN))
    painting.redo("one")
    assert close(shot()[150, 200], tinted(0.45))


def test_the_rim_follows_what_is_only_tried(
    canvas: Canvas, hand: Hand, painting: Painting, shot: Shot
) -> None:
    """The line says where the mask ends, also while a number is still being chosen."""
    hand.drag((100, 150), (300, 150))
    hand.move((5, 290))
    line = shot()[130, 140:260]
    draft = painting.plane.draft()
    larger = Rect(60, 90, 340, 210)
    painting.show(draft.becoming(larger, np.full((120, 280), 255, np.uint8)))
    seen = shot()
    assert close(seen[130, 140:260], tinted(0.45))
    assert (seen[90, 140:260] == line).all()


@pytest.mark.parametrize("seed", range(12))
def test_everything_is_drawn_again_that_changes(
    canvas: Canvas, hand: Hand, painting: Painting, seed: int
) -> None:
    """What dirty rectangles and scrolling leave on the screen is what a full paint draws."""
    chance = np.random.default_rng(seed)
    canvas.show_base(noise(seed=seed))
    canvas.frame.show_window(Placement(Rect(40, 30, 300, 210), Size(260, 180)))
    canvas.frame.say("send")
    canvas.viewport.set_zoom(float(chance.choice([0.5, 1.0, 1.0, 1.5, 2.0, 3.0, 10.0])))
    for _ in range(12):
        x, y, dx, dy = (float(value) for value in chance.uniform(-50, 350, 4))
        match chance.choice(["stroke", "press", "erase", "pan", "undo", "tune", "say", "point"]):
            case "stroke":
                hand.drag((x, y), (x + dx / 4, y + dy / 4), (x + dy / 2, y))
            case "press":
                hand.press((x, y))
                hand.move((x + dx / 4, y))
                painting.abandon()
                hand.release((x, y))
            case "erase":
                hand.drag((x, y), (x + dx / 2, y + dy / 2), button=RIGHT)
            case "pan":
                hand.drag((x, y), (y, x), button=Qt.MouseButton.MiddleButton)
            case "undo" if painting.mask_of("one").history.can_undo:
                painting.undo("one")
            case "tune":
                painting.set_brush(diameter=float(chance.integers(1, 260)))
            case "say":
                canvas.show_lock("0" * int(chance.integers(0, 9)))
            case "point":
                hand.move((x, y))
        seen = on_screen(canvas).astype(int)
        canvas.update()
        assert np.abs(seen - on_screen(canvas)).max() <= 3


def test_the_cursor_is_a_ring_of_the_brush(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    hand.move((200, 150))
    assert canvas.cursor().shape() is Qt.CursorShape.BlankCursor
    row = shot()[150]
    assert (row[180] > 150).all()
    assert (row[220] > 150).all()
    assert (row[179] < 100).all()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert close(shot()[150], list(GREEN))


def test_the_ring_stays_at_the_pointer_when_the_canvas_grows_under_it(
    canvas: Canvas, hand: Hand, shot: Shot
) -> None:
    hand.move((200, 150))
    QCursor.setPos(canvas.mapToGlobal(QPoint(200, 150)))
    canvas.setGeometry(canvas.x() - 35, canvas.y(), canvas.width() + 35, canvas.height())
    row = shot()[150]
    assert (row[215] > 150).all()
    assert (row[255] > 150).all()
    canvas.setGeometry(canvas.x() + 300, canvas.y(), canvas.width() - 300, canvas.height())
    assert canvas._ring.at is None, "the pointer is beside it"


@pytest.mark.parametrize(
    ("tool", "shape"),
    [("hand", Qt.CursorShape.OpenHandCursor), ("zoom", Qt.CursorShape.PointingHandCursor)],
)
def test_other_tools_have_other_cursors(
    canvas: Canvas, hand: Hand, shot: Shot, qtbot: QtBot, tool: str, shape: Qt.CursorShape
) -> None:
    hand.move((200, 150))
    with qtbot.waitSignal(canvas.tool_changed) as told:
        canvas.set_tool(tool)
    assert told.args == [tool]
    assert canvas.tool == tool
    assert canvas.cursor().shape() is shape
    assert close(shot()[150], list(GREEN))
    hand.press((200, 150))
    wanted = Qt.CursorShape.ClosedHandCursor if tool == "hand" else shape
    assert canvas.cursor().shape() is wanted
    hand.release((200, 150))


def test_tuning_keeps_the_ring_in_place(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    how = {"button": RIGHT, "modifiers": Qt.KeyboardModifier.AltModifier}
    hand.press((200, 150), **how)
    hand.move((230, 150), **how)
    row = shot()[150]
    assert (row[150] > 150).all()
    assert (row[250] > 150).all()
    assert close(row[170], tinted(0.30)), "what a dab would cover is seen"
    hand.release((230, 150), **how)
    row = shot()[150]
    assert close(row[230], list(GREEN))
    assert (row[180] > 150).all(), "a press would paint around the pointer"
    assert (row[280] > 150).all()


def test_an_answer_hides_the_mask_until_somebody_paints(
    canvas: Canvas, hand: Hand, shot: Shot
) -> None:
    hand.drag((100, 150), (200, 150))
    answer = Overlay(Rect(80, 120, 220, 180), raster(Size(140, 60), (10, 20, 200)).pixels)
    canvas.show_variant(answer, editing=False)
    assert shot()[150, 150].tolist() == [10, 20, 200]
    assert shot()[100, 150].tolist() == list(GREEN)
    begun = []
    canvas.stroke_begun.connect(lambda: begun.append(True))
    hand.press((300, 50))
    assert begun == [True]
    assert close(shot()[50, 300], tinted(0.30))
    hand.release((300, 50))
    canvas.show_variant(None, editing=True)
    assert close(shot()[150, 150], tinted(0.45))


def test_the_source_is_shown_while_its_key_is_held(
    canvas: Canvas, hand: Hand, shot: Shot, qtbot: QtBot
) -> None:
    hand.drag((100, 150), (200, 150))
    heard = []
    canvas.peeked.connect(heard.append)
    hand.key(Qt.Key.Key_Backslash, up=False)
    canvas.show_source(raster(colour=(1, 2, 3)))
    assert shot()[150, 150].tolist() == [1, 2, 3]
    hand.key(Qt.Key.Key_Backslash, down=False)
    assert close(shot()[150, 150], tinted(0.45))
    assert heard == [True, False]


def test_a_source_that_comes_too_late_is_not_shown(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    hand.key(Qt.Key.Key_Backslash)
    canvas.show_source(raster(colour=(1, 2, 3)))
    assert shot()[150, 150].tolist() == list(GREEN)
    canvas.show_source(None)


def test_losing_the_keyboard_ends_the_look_at_the_source(canvas: Canvas, hand: Hand) -> None:
    heard = []
    canvas.peeked.connect(heard.append)
    hand.key(Qt.Key.Key_Backslash, up=False)
    QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusOut))
    assert heard == [True, False]


def test_the_overlay_can_be_hidden(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    hand.drag((100, 150), (200, 150))
    hand.move((5, 290))
    canvas.show_overlay(shown=False)
    assert close(shot()[100:200], list(GREEN))
    canvas.show_overlay(shown=True)
    assert close(shot()[150, 150], tinted(0.45))


def test_another_picture_has_another_mask(
    canvas: Canvas, hand: Hand, painting: Painting, shot: Shot
) -> None:
    hand.drag((100, 150), (200, 150))
    hand.move((5, 290))
    shot()
    painting.turn_to("two", SIZE)
    hand.move((5, 290))
    assert close(shot()[100:200], list(GREEN))
    painting.turn_to("one", SIZE)
    assert close(shot()[150, 150], tinted(0.45))
    painting.leave()
    canvas.show_base(None)
    assert canvas.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert (shot() == SURROUND).all()


def test_zoom_commands(canvas: Canvas) -> None:
    canvas.viewport.set_zoom(2.0)
    canvas.viewport.show_actual()
    assert canvas.viewport.zoom == 1.0
    canvas.viewport.pan(30, 40)
    assert not canvas.viewport.fitted
    canvas.viewport.fit()
    assert canvas.viewport.zoom == 1.0


def test_room_below_the_picture_stays_free_at_fit(canvas: Canvas, shot: Shot) -> None:
    canvas.reserve(bottom=100)
    assert canvas.viewport.zoom == pytest.approx(200 / 300)
    assert (shot()[201:] == SURROUND).all()


def test_the_wheel_zooms(canvas: Canvas) -> None:
    for turned in (QPoint(0, 120), QPoint(120, 0)):
        event = QWheelEvent(
            QPointF(200, 150),
            canvas.mapToGlobal(QPointF(200, 150)),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas, event)
    assert canvas.viewport.zoom == pytest.approx(1.25**2)


def test_a_double_click_paints_twice(canvas: Canvas, hand: Hand, painting: Painting) -> None:
    hand.drag((100, 150))
    hand.mouse(QEvent.Type.MouseButtonDblClick, (150, 150))
    hand.release((150, 150))
    assert painting.plane.pixels[150, 150] == 255


def test_keys_that_the_canvas_does_not_use_go_on(canvas: Canvas, qtbot: QtBot) -> None:
    hand = Hand(canvas)
    hand.key(Qt.Key.Key_F12)
    hand.key(Qt.Key.Key_BracketRight)
    assert canvas.painting.brush.diameter == 46


def test_the_look_follows_the_theme(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    canvas.show_base(raster(Size(100, 100)))
    style.apply(QApplication.instance(), "light", still=True)
    assert shot()[250, 380].tolist() == [0xDC] * 3


def test_every_word_can_be_translated(
    qtbot: QtBot, painting: Painting, pseudo: PseudoLocale
) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.attach(painting)
    words = [canvas.accessibleName(), canvas.chrome._words_of("hint")]
    canvas.chrome.show_work(on=True)
    words += [canvas.chrome._words[name] for name in ("zoom", "brush", "work")]
    canvas.viewport.set_zoom(2)
    assert all(any(ord(sign) > 127 for sign in said) for said in words if said)


def test_the_canvas_can_be_found(canvas: Canvas) -> None:
    assert canvas.objectName() == "canvas"
    assert canvas.accessibleName()
    assert canvas.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert QRect(0, 0, *SIZE) == canvas.rect()
