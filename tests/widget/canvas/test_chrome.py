from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.session.painting import Painting
from editor.ui.canvas.canvas import Canvas
from editor.ui.canvas.look import MaskLook, View
from editor.ui.theme import current
from tests.widget.canvas.conftest import GREEN, SIZE, Hand, raster

Shot = Callable[[], np.ndarray]


def test_the_ghost_line_goes_with_the_first_stroke(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    before = shot()
    canvas.show_hint(shown=True)
    assert not np.array_equal(shot()[260:], before[260:])
    hand.drag((100, 50))
    hand.move((100, 50))
    assert np.array_equal(shot()[260:], before[260:])


def test_a_mask_from_a_project_needs_no_ghost_line(qtbot: QtBot, painting: Painting) -> None:
    painting.fill_all()
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.attach(painting)
    assert not canvas.chrome._hint


def test_the_window_that_is_sent_is_framed(canvas: Canvas, hand: Hand, shot: Shot) -> None:
    before = shot()
    canvas.frame.show_window(Placement(Rect(50, 60, 350, 260), Size(600, 400)))
    assert np.array_equal(shot(), before)
    canvas.frame.say("send 600 × 400  200 %")
    line = shot()[60, 60:340]
    assert ((line == 0).all(axis=1) | (line == 255).all(axis=1)).all()
    canvas.frame.show_window(None)
    assert (shot()[60, 60:340] == GREEN).all()


def test_chips_tell_and_wrap(canvas: Canvas, shot: Shot) -> None:
    canvas.show_lock("0 of 1 000 000 changed")
    one_row = canvas.chrome.region().boundingRect()
    canvas.show_caption("Showing v2 - Enter keeps, Esc back, and some more words than fit")
    two_rows = canvas.chrome.region().boundingRect()
    assert two_rows.height() > one_row.height()
    assert two_rows.right() <= canvas.width() or two_rows.width() > canvas.width() - 30
    canvas.show_caption("")
    assert canvas.chrome.region().boundingRect() == one_row


def test_a_lock_that_holds_nothing_is_no_lock(canvas: Canvas, shot: Shot) -> None:
    amber = current().colours.on_chip_warn.getRgb()[:3]

    def warned() -> bool:
        return bool((shot() == amber).all(axis=-1).any())

    canvas.show_lock("0 of 12 changed")
    assert canvas.chrome._words["lock"] == "0 of 12 changed"
    assert not warned()
    canvas.show_lock("nothing is protected in this edit", open=True)
    assert (canvas.chrome._words["lock"], bool(canvas.chrome._words["open"])) == ("", True)
    assert warned()
    canvas.show_lock("")
    assert canvas.chrome._words["open"] == ""


def test_work_on_the_mask_is_told_while_it_goes_on(canvas: Canvas) -> None:
    before = canvas.chrome.region()
    canvas.chrome.show_work(on=True)
    assert canvas.chrome._words["work"] == "Working on the mask…  Esc stops"
    assert canvas.chrome.region() != before
    canvas.chrome.show_work(on=False)
    assert canvas.chrome.region() == before


def test_the_zoom_is_told_of_a_first_picture_that_fits_as_it_is(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    canvas.show_base(raster(Size(200, 100)))
    assert canvas.chrome._words["zoom"] == "100 %"


def test_the_brush_is_told_as_far_as_the_tool_has_one(canvas: Canvas, painting: Painting) -> None:
    def told() -> tuple[str, str]:
        return canvas.chrome._words["brush"], canvas.chrome._icon_of("brush")

    painting.set_brush(diameter=40, hardness=0.5)
    assert told() == ("40 px  50 % hard", "brush")
    painting.set_brush(erase=True)
    assert told() == ("40 px  50 % hard", "eraser")
    canvas.set_tool("refine")
    assert told() == ("40 px", "refine")
    canvas.set_tool("wand")
    assert told()[0] == ""
    canvas.set_tool("brush")
    assert told() == ("40 px  50 % hard", "eraser")


def test_the_zoom_is_told(canvas: Canvas) -> None:
    assert canvas.chrome._words["zoom"] == "100 %"
    canvas.viewport.set_zoom(0.255)
    assert canvas.chrome._words["zoom"] == "26 %"
    canvas.viewport.show(90_000, 90_000)
    assert canvas.chrome._words["zoom"] == "0.3 %"


def test_pixels_have_borders_above_800_percent(canvas: Canvas, shot: Shot) -> None:
    canvas.viewport.set_zoom(8.0)
    assert (shot()[60:280] == GREEN).all()
    canvas.viewport.set_zoom(10.0)
    left, top = (int(place) for place in canvas.viewport.origin)
    found = shot()
    assert (found[200, left % 10 :: 10] != GREEN).any(axis=1).all()
    assert (found[203 - (203 - top) % 10 + 5, left % 10 + 5 :: 10] == GREEN).all()


def test_chips_leave_the_corner_to_a_bar(canvas: Canvas) -> None:
    before = canvas.chrome.region()
    canvas.chrome.keep_free(QSize(canvas.width() - 100, 40))
    after = canvas.chrome.region()
    assert after.boundingRect().height() > before.boundingRect().height()
    top = [rect for rect in after if rect.top() == before.boundingRect().top()]
    assert max(rect.right() for rect in top) <= 100
    canvas.chrome.keep_free(QSize(canvas.width(), 80))
    assert canvas.chrome.region().boundingRect().top() >= 80
    canvas.chrome.keep_free(QSize())
    assert canvas.chrome.region() == before


@pytest.mark.parametrize("view", ["overlay", "mono", "cut-out"])
def test_the_rim_is_drawn_over_the_tint_alone(
    canvas: Canvas, painting: Painting, shot: Shot, view: View
) -> None:
    """In black and white and in the cut-out the mask itself shows where it ends."""
    box = np.zeros((SIZE.height, SIZE.width), np.uint8)
    box[100:200, 100:300] = 255
    painting.load(box)
    canvas.show_look(MaskLook(view))
    row = shot()[150]
    shows = view == "overlay"
    assert bool((row[100:104] != row[150]).any() or (row[98:100] == 255).any()) is shows
