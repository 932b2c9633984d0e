import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from editor.imaging.geometry import Rect
from editor.mask import region
from editor.mask.plane import MaskPlane
from editor.ui.canvas.look import MaskLook
from editor.ui.canvas.overlay import MaskOverlay
from editor.ui.canvas.rim import Rim, draw_frame
from editor.ui.viewport import Viewport
from tests.fakes.filling import fill_rect
from tests.widget.canvas import conftest
from tests.widget.canvas.conftest import SIZE, rgb, viewport

ALL = Rect(0, 0, 400, 300)
BOX = Rect(120, 90, 280, 210)


@pytest.fixture
def mask() -> MaskOverlay:
    plane = MaskPlane(SIZE)
    fill_rect(plane, BOX, 255)
    return MaskOverlay(plane, MaskLook(), QColor("red"))


def drawn(rim: Rim, view: Viewport, *parts: QRect) -> np.ndarray:
    return conftest.drawn(rim, view, *parts, ground=Qt.GlobalColor.green)


def measured(mask: MaskOverlay, view: Viewport, seen: Rect = ALL) -> Rim:
    rim = Rim()
    rim.measure(mask, view, seen)
    return rim


@pytest.mark.parametrize("zoom", [0.3, 0.5, 1.0, 1.5, 2.0, 2.4])
def test_the_rim_runs_around_what_is_painted(mask: MaskOverlay, zoom: float) -> None:
    view = viewport(zoom)
    found = drawn(measured(mask, view), view)
    marked = np.argwhere((found != (0, 255, 0)).any(axis=2))
    box = view.rect_to_pane(BOX)
    top, left = marked.min(axis=0)
    bottom, right = marked.max(axis=0)
    assert abs(max(box.left, 0) - left) <= max(1, zoom)
    assert abs(max(box.top, 0) - top) <= max(1, zoom)
    assert abs(min(box.right, 399) - right) <= max(1, zoom)
    assert abs(min(box.bottom, 299) - bottom) <= max(1, zoom)
    assert (found[150, 200] == (0, 255, 0)).all()


def test_the_rim_is_dark_and_light_in_turn(mask: MaskOverlay) -> None:
    view = viewport(1.0)
    line = drawn(measured(mask, view), view)[90, 130:270]
    dark, light = (line == 0).all(axis=1), (line == 255).all(axis=1)
    assert (dark | light).all()
    assert 40 < dark.sum() < 100


def test_holes_have_a_rim(mask: MaskOverlay) -> None:
    fill_rect(mask.plane, Rect(180, 130, 220, 170), 0)
    view = viewport(1.0)
    found = drawn(measured(mask, view), view)
    assert (found[129:131, 200] != (0, 255, 0)).any()


def test_at_high_zoom_the_rim_follows_the_pixels(mask: MaskOverlay) -> None:
    region.clear(mask.plane)
    fill_rect(mask.plane, Rect(200, 150, 203, 152), 255)
    view = viewport(10.0)
    marked = np.argwhere((drawn(measured(mask, view), view) != (0, 255, 0)).any(axis=2))
    box = view.rect_to_pane(Rect(200, 150, 203, 152))
    assert marked.min(axis=0).tolist() == [box.top, box.left]
    assert marked.max(axis=0).tolist() == [box.bottom, box.right]


def test_a_part_drawn_again_leaves_no_seam(mask: MaskOverlay) -> None:
    view = viewport(1.0)
    rim = measured(mask, view)
    whole, part = drawn(rim, view), drawn(rim, view, QRect(115, 85, 40, 60))
    assert np.array_equal(whole[85:145, 115:155], part[85:145, 115:155])
    part[85:145, 115:155] = (0, 255, 0)
    assert (part == (0, 255, 0)).all()


def test_it_is_known_where_it_was_drawn(mask: MaskOverlay) -> None:
    view = viewport(1.0)
    rim = measured(mask, view)
    marked = np.argwhere((drawn(rim, view) != (0, 255, 0)).any(axis=2))
    for row, col in marked.tolist():
        assert rim.box(view).contains(col, row)
    view.set_zoom(2.0)
    assert rim.box(view).isEmpty()
    assert (drawn(rim, view) == (0, 255, 0)).all()


def test_there_is_room_to_pan_before_it_is_measured_again(mask: MaskOverlay) -> None:
    view = viewport(1.0)
    rim = measured(mask, view, Rect(100, 100, 200, 150))
    assert rim.holds(view, Rect(80, 80, 180, 130))
    assert not rim.holds(view, Rect(0, 60, 100, 110))
    view.set_zoom(1.1)
    assert not rim.holds(view, Rect(100, 100, 200, 150))
    rim.forget()
    assert not rim.holds(viewport(1.0), Rect(100, 100, 200, 150))


def test_nothing_painted_has_no_rim(mask: MaskOverlay) -> None:
    region.clear(mask.plane)
    view = viewport(1.0)
    rim = measured(mask, view)
    assert (drawn(rim, view) == (0, 255, 0)).all()
    assert rim.holds(view, ALL)


def test_a_far_rim_is_not_drawn(mask: MaskOverlay) -> None:
    view = viewport(1.0)
    assert (drawn(measured(mask, view), view, QRect(0, 0, 50, 50)) == (0, 255, 0)).all()


def frame(box: Rect, rect: QRect) -> np.ndarray:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    with QPainter(image) as painter:
        painter.setClipRect(rect)
        draw_frame(painter, box, rect)
    return rgb(image)


def test_a_frame_drawn_in_parts_is_one_frame() -> None:
    box = Rect(-100_000, 40, 300, 200_000)
    whole = frame(box, QRect(0, 0, *SIZE))
    assert (whole[40, 100] != (0, 255, 0)).any()
    assert (whole[100, 300] != (0, 255, 0)).any()
    for rect in (QRect(37, 20, 50, 60), QRect(270, 101, 77, 93)):
        part = frame(box, rect)
        inside = slice(rect.top(), rect.bottom() + 1), slice(rect.left(), rect.right() + 1)
        assert np.array_equal(part[inside], whole[inside])


def test_a_frame_far_away_has_no_lines_here() -> None:
    found = frame(Rect(1000, 1000, 2000, 2000), QRect(0, 0, 400, 300))
    assert (found == (0, 255, 0)).all()
