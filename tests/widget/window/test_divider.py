"""The divider: two pictures in one place, parted by a line that mouse and keys move."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.ui.gallery.compare import DIVIDER, LEAP, STEP, Compare
from editor.ui.gallery.divider import Divider
from editor.ui.gallery.linked import Compared
from tests.fakes.comparing import comparing
from tests.fakes.shot import pixels

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
RED, BLUE = (0, 0, 255, 255), (255, 0, 0, 255)
WIDE, HIGH = 600, 400


def even(colour: tuple[int, ...], wide: int = WIDE, high: int = HIGH) -> Raster:
    return Raster(np.full((high, wide, 4), colour, np.uint8))


SOURCE = even(BLUE)
ANSWER = Overlay(Rect(0, 0, WIDE, HIGH), even(RED).pixels)


@pytest.fixture
def compare(qtbot: QtBot) -> Compare:
    found = comparing(qtbot, (WIDE, HIGH), (WIDE, HIGH), DIVIDER)
    found.show_pictures(SOURCE, SOURCE, [Compared(0, "Original"), Compared(1, "v1", ANSWER)], 1)
    return found


@pytest.fixture
def divider(compare: Compare) -> Divider:
    return compare.divider


def border(divider: Divider) -> int:
    """Where the answer begins, as it is seen."""
    line = pixels(divider)
    line = line[HIGH * 3 // 4] if divider.upright else line[:, WIDE * 3 // 4]
    return int(np.flatnonzero((line == RED).all(axis=1))[0])


def near(found: int, wanted: float) -> bool:
    return abs(found - wanted) <= 4


def test_the_original_is_on_the_left_and_the_answer_on_the_right(divider: Divider) -> None:
    assert near(border(divider), WIDE / 2)
    row = pixels(divider)[HIGH * 3 // 4]
    assert (row[: WIDE // 2 - 4] == BLUE).all()
    assert (row[WIDE // 2 + 4 :] == RED).all()


def test_the_line_is_dragged(compare: Compare, divider: Divider) -> None:
    before = compare.lead.centre
    start, end = QPoint(WIDE // 2 + 2, 30), QPoint(150, 90)
    QTest.mouseMove(divider, start)
    assert divider.cursor().shape() is Qt.CursorShape.SplitHCursor
    QTest.mousePress(divider, LEFT, pos=start)
    QTest.mouseMove(divider, end)
    QTest.mouseRelease(divider, LEFT, pos=end)
    assert near(border(divider), 150)
    assert compare.lead.centre == before
    QTest.mouseMove(divider, QPoint(400, 90))
    assert near(border(divider), 150)
    assert divider.cursor().shape() is Qt.CursorShape.ArrowCursor
    QTest.mouseDClick(divider, LEFT, pos=QPoint(150, 90))
    assert near(border(divider), WIDE / 2)


def test_a_drag_beside_the_line_pans(compare: Compare, divider: Divider) -> None:
    compare.lead.set_zoom(2.0)
    x, y = compare.lead.centre
    QTest.mousePress(divider, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(divider, QPoint(120, 90))
    QTest.mouseRelease(divider, LEFT, pos=QPoint(120, 90))
    assert compare.lead.centre == (x - 10, y + 5)
    assert divider.place == 0.5


def test_keys_move_the_line_and_end_at_the_edges(compare: Compare, divider: Divider) -> None:
    QTest.keyClick(compare, Key.Key_Left)
    assert divider.place == pytest.approx(0.5 - STEP)
    QTest.keyClick(compare, Key.Key_Right, SHIFT)
    assert divider.place == pytest.approx(0.5 - STEP + LEAP)
    assert near(border(divider), WIDE * divider.place)
    for _ in range(9):
        QTest.keyClick(compare, Key.Key_Left, SHIFT)
    assert divider.place == 0.0
    assert divider.accessibleDescription() == "0%"
    for _ in range(11):
        QTest.keyClick(compare, Key.Key_Right, SHIFT)
    assert divider.place == 1.0


def test_the_line_lies_down_and_stands_up(compare: Compare, divider: Divider) -> None:
    stepped: list[int] = []
    compare.stepped.connect(stepped.append)
    QTest.keyClick(compare, Key.Key_Down)
    assert (stepped, divider.place) == ([1], 0.5)
    divider.turn()
    assert near(border(divider), HIGH / 2)
    QTest.keyClick(compare, Key.Key_Up, SHIFT)
    assert near(border(divider), HIGH * (0.5 - LEAP))
    QTest.keyClick(compare, Key.Key_Left)
    assert stepped == [1, -1]
    QTest.mouseMove(divider, QPoint(40, round(HIGH * divider.place)))
    assert divider.cursor().shape() is Qt.CursorShape.SplitVCursor
    divider.turn()
    assert divider.upright


@pytest.mark.parametrize("upright", [True, False])
def test_moving_the_line_leaves_nothing_behind(
    compare: Compare, divider: Divider, upright: bool
) -> None:
    """What the moved line leaves on the screen is what a full paint draws."""

    def seen() -> QImage:
        QApplication.processEvents()
        return compare.screen().grabWindow(compare.winId()).toImage()

    if not upright:
        divider.turn()
    for place in (0.3, 0.31, 0.9, 0.0, 1.0, 0.5):
        before = seen()
        divider.move_line(place - divider.place)
        after = seen()
        assert after != before
        divider.update()
        assert seen() == after


def test_a_double_click_keeps_and_a_click_does_nothing(compare: Compare, divider: Divider) -> None:
    chosen: list[int] = []
    kept: list[int] = []
    compare.chosen.connect(chosen.append)
    compare.kept.connect(kept.append)
    QTest.mouseClick(divider, LEFT, pos=QPoint(100, 100))
    QTest.mouseDClick(divider, LEFT, pos=QPoint(500, 100))
    assert (chosen, kept) == ([], [1])


def test_the_source_shows_on_both_sides_while_its_key_is_held(
    compare: Compare, divider: Divider
) -> None:
    compare.setFocus()
    QTest.keyPress(compare, Key.Key_Backslash)
    assert not (pixels(divider) == RED).all(axis=2).any()
    QTest.keyRelease(compare, Key.Key_Backslash)
    assert near(border(divider), WIDE / 2)
