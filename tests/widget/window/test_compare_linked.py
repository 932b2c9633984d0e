"""All panes of all views are on the same source pixel, whatever is zoomed, panned or shown.

Each pixel of the pictures says where it lies, so that what is seen on the screen is measured.
"""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.compose.blend import Overlay
from editor.compose.difference import difference
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.ui.gallery.compare import BESIDE, DIFFERENCE, DIVIDER, GRID, VIEWS, Compare
from editor.ui.gallery.linked import Compared, Linked
from editor.ui.gallery.pane import Pane
from tests.fakes.comparing import comparing
from tests.fakes.shot import pixels

NONE, PLAIN = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
SIZE = Size(900, 600)
BOX = Rect(200, 100, 700, 500)
ANSWERED = 128
"""Set in the red of a pixel that an answer has changed."""


def placed() -> np.ndarray:
    """A picture whose pixels say where they are."""
    rows, cols = np.mgrid[0 : SIZE.height, 0 : SIZE.width]
    high = (cols >> 8) | (rows >> 8) << 3
    alpha = np.full_like(rows, 255)
    return np.dstack([cols & 255, rows & 255, high, alpha]).astype(np.uint8)


def place_in(colour: np.ndarray) -> tuple[int, int]:
    """The position that a colour stands for."""
    blue, green, red = (int(level) for level in colour[:3])
    return blue | (red & 7) << 8, green | (red >> 3 & 7) << 8


def answer() -> Overlay:
    part = placed()[BOX.rows_cols].copy()
    part[..., 2] |= ANSWERED
    return Overlay(BOX, part)


SOURCE, BASE, ANSWERS = Raster(placed()), Raster(placed()), [answer() for _ in range(3)]


@pytest.fixture
def compare(qtbot: QtBot) -> Compare:
    found = comparing(qtbot, SIZE, (1001, 700))
    pictures = [Compared(0, "Original")]
    pictures += [Compared(number, f"v{number}", each) for number, each in enumerate(ANSWERS, 1)]
    found.unmeasured.connect(lambda each: found.show_difference(each, difference(BASE, each, None)))
    found.show_pictures(SOURCE, BASE, pictures, 2)
    return found


def shown(compare: Compare) -> list[Linked]:
    return [part for part in compare.findChildren(Linked) if part.isVisible()]


def under(part: Linked, at: tuple[int, int]) -> tuple[int, int]:
    """The source pixel that is seen at a place of a pane."""
    return place_in(pixels(part)[at[1], at[0]])


def wheel(part: QWidget, at: QPointF, angle: int) -> None:
    inverted = False
    event = QWheelEvent(
        at,
        part.mapToGlobal(at),
        QPoint(),
        QPoint(0, angle),
        NONE,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        inverted,
    )
    QGuiApplication.sendEvent(part, event)


def drag(part: QWidget, start: QPoint, by: QPoint, keys: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mousePress(part, LEFT, keys, start)
    for share in (3, 2, 1):
        at = QPointF(start + by / share)
        # QTest moves without keys.
        event = QMouseEvent(QEvent.Type.MouseMove, at, part.mapToGlobal(at), NONE, LEFT, keys)
        QGuiApplication.sendEvent(part, event)
    QTest.mouseRelease(part, LEFT, keys, start + by)


def places(part: Linked) -> list[tuple[int, int]]:
    """Some places of a pane that no chip and no line covers."""
    wide, high = part.width(), part.height()
    return [(wide // 3, high // 3), (wide * 2 // 3, high * 3 // 4), (wide // 2 + 40, high // 2)]


def agree(compare: Compare) -> None:
    """Every pane of the view shows the same pixel at the same place, as its viewport says."""
    parts = [part for part in shown(compare) if part is not compare.difference]
    for at in places(shown(compare)[0]):
        x, y = shown(compare)[0].viewport.to_picture(at[0] + 0.5, at[1] + 0.5)
        for part in shown(compare):
            for viewport in part.viewports:
                assert viewport.to_picture(at[0] + 0.5, at[1] + 0.5) == (x, y)
        # Next to the border of two pixels Qt may take either.
        inside = 0.15 < x % 1 < 0.85 and 0.15 < y % 1 < 0.85
        if inside and 0 <= x < SIZE.width and 0 <= y < SIZE.height:
            assert [under(part, at) for part in parts] == [(int(x), int(y))] * len(parts)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("seed", range(4))
def test_panes_stay_on_the_same_pixel(compare: Compare, view: str, seed: int) -> None:
    """Pan and zoom with the mouse in any pane of a view; zooms at which no pixels are mixed."""
    chance = np.random.default_rng(seed)
    compare.arrange(view)
    compare.lead.set_zoom(1.0)
    agree(compare)
    for _ in range(6):
        part = shown(compare)[int(chance.integers(len(shown(compare))))]
        x, y, dx, dy = (int(value) for value in chance.integers(20, 200, 4))
        wheel(part, QPointF(x, y), int(chance.choice([480, 720, 120])))
        drag(part, QPoint(x, y), QPoint(dx - 100, dy - 100))
        compare.lead.set_zoom(float(chance.choice([1.0, 2.0, 2.7, 5.0])))
        agree(compare)
    assert not compare.lead.fitted


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_under_the_wheel_stays_there(compare: Compare, view: str) -> None:
    compare.arrange(view)
    compare.lead.set_zoom(0.8)
    for part in shown(compare):
        at = QPointF(part.width() * 0.4, part.height() * 0.6)
        before = part.viewport.to_picture(at.x(), at.y())
        wheel(part, at, 120)
        after = part.viewport.to_picture(at.x(), at.y())
        assert np.abs(np.subtract(before, after)).max() <= 0.51 / part.viewport.zoom


@pytest.mark.parametrize("zoom", [0.21, 0.5, 1.0, 3.3, 12.0])
def test_another_view_and_another_answer_move_nothing(compare: Compare, zoom: float) -> None:
    """The pixel in the middle of every pane of every view is the same."""
    compare.lead.set_zoom(zoom)
    compare.lead.pan(-33 * zoom, 21 * zoom)
    seen = compare.lead.centre
    for view in (*VIEWS, *reversed(VIEWS)):
        compare.arrange(view)
        for current in (1, 3):
            compare.show_pictures(SOURCE, BASE, compare._pages.pictures, current)
            for part in shown(compare):
                for viewport in part.viewports:
                    assert (viewport.zoom, viewport.centre) == (zoom, seen)
                    x, y = viewport.to_pane(*seen)
                    assert abs(x - part.width() / 2) <= 0.5
                    assert abs(y - part.height() / 2) <= 0.5


def test_a_fitted_picture_is_seen_whole_in_every_view(compare: Compare) -> None:
    shared = compare._viewport
    for view in VIEWS:
        compare.arrange(view)
        for part in shown(compare):
            left, top = part.viewport.to_pane(0, 0)
            right, bottom = part.viewport.to_pane(*SIZE)
            assert min(left, top) >= -1
            assert right <= part.width() + 1
            assert bottom <= part.height() + 1
            assert min(left, top) < 1 or part.viewport.zoom == 1.0
    assert shared.zoom == 1.0
    assert shared.fitted


@pytest.mark.parametrize("view", [GRID, BESIDE])
def test_shift_moves_one_pane_and_its_distance_stays(compare: Compare, view: str) -> None:
    compare.arrange(view)
    compare.lead.set_zoom(2.0)
    first, second = shown(compare)[:2]
    at = (first.width() // 2, first.height() // 2)
    middle = under(first, at)
    drag(second, QPoint(*at), QPoint(-40, 24), SHIFT)
    assert under(first, at) == middle
    assert under(second, at) == (middle[0] + 20, middle[1] - 12)
    drag(first, QPoint(*at), QPoint(30, 10))
    wheel(second, QPointF(*at), 240)
    compare.lead.set_zoom(4.0)
    apart = np.subtract(under(second, at), under(first, at))
    assert np.abs(apart - (20, -12)).max() <= 1
    assert second.viewport.aside
    QTest.mouseDClick(second, LEFT, SHIFT, QPoint(*at))
    assert not second.viewport.aside
    assert under(second, at) == under(first, at)


def test_shift_moves_one_side_of_the_divider(compare: Compare) -> None:
    compare.arrange(DIVIDER)
    compare.lead.set_zoom(2.0)
    (divider,) = shown(compare)
    left, right = (300, 300), (700, 300)
    before = under(divider, left), under(divider, right)
    drag(divider, QPoint(*right), QPoint(20, 10), SHIFT)
    assert under(divider, left) == before[0]
    assert under(divider, right) == (before[1][0] - 10, before[1][1] - 5)
    assert compare.rejoin()
    assert not compare.rejoin()
    assert (under(divider, left), under(divider, right)) == before


def test_the_difference_has_one_pane_and_nothing_to_move_alone(compare: Compare) -> None:
    compare.arrange(DIFFERENCE)
    compare.lead.set_zoom(2.0)
    before = compare.lead.centre
    drag(compare.difference, QPoint(300, 300), QPoint(20, 10), SHIFT)
    assert not compare.rejoin()
    assert np.subtract(before, compare.lead.centre).tolist() == [10, 5]


def test_another_picture_takes_back_what_was_moved_alone(compare: Compare) -> None:
    compare.arrange(BESIDE)
    second = shown(compare)[1]
    second.viewport.pan_alone(9, 9)
    compare._viewport.show(50, 40)
    assert not second.viewport.aside


def test_panning_makes_no_copies_and_decodes_nothing(
    compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that drawing takes at any zoom is there before; large answers are laid elsewhere."""
    monkeypatch.setattr("editor.ui.picture.QUICK", 0)
    compare._scene.base._answers = []  # they were drawn as small ones before
    asked: list[Overlay] = []
    compare.unready.connect(asked.append)
    compare.refresh()
    assert set(asked) == set(ANSWERS)
    panes = compare.findChildren(Pane)
    assert any(pane._look.picture is None for pane in panes)
    for each in ANSWERS:
        compare._scene.base.lay(each)
    for picture in (compare._scene.base, compare._scene.source):
        picture.prepare(0.01)
    compare.refresh()
    assert all(pane._look.picture is not None for pane in panes)

    def halve(*_: object) -> None:
        raise AssertionError("a copy was made while drawing")

    monkeypatch.setattr("editor.imaging.pyramid.Pyramid._halve", halve)
    for view in (GRID, BESIDE, DIVIDER):
        compare.arrange(view)
        for zoom in (0.1, 0.3, 1.0, 4.0):
            compare.lead.set_zoom(zoom)
            compare.lead.pan(7, 5)
            for part in shown(compare):
                pixels(part)
