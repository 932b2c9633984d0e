"""Panes of a comparison: one viewport for all, a click chooses and a double click keeps."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.ui.gallery.compare import BESIDE, GRID, Compare
from editor.ui.gallery.grid import PAGE
from editor.ui.gallery.linked import Compared
from editor.ui.gallery.pane import Pane
from tests.fakes.comparing import comparing
from tests.fakes.shot import pixels

LEFT = Qt.MouseButton.LeftButton
RED, GREEN, BLUE = (0, 0, 255, 255), (0, 255, 0, 255), (255, 0, 0, 255)
BOX = Rect(60, 40, 140, 100)


def even(colour: tuple[int, ...], rows: int = 140, cols: int = 200) -> Raster:
    return Raster(np.full((rows, cols, 4), colour, np.uint8))


SOURCE, BASE = even(BLUE), even(GREEN)


def answer(colour: tuple[int, ...] = RED) -> Overlay:
    return Overlay(BOX, even(colour, BOX.size.height, BOX.size.width).pixels)


@pytest.fixture
def compare(qtbot: QtBot) -> Compare:
    return comparing(qtbot, SOURCE.size, (800, 600))


def show(compare: Compare, numbers: list[int], current: int = 0) -> None:
    pictures = [Compared(0, "Original")]
    pictures += [Compared(number, f"v{number}", answer()) for number in numbers]
    compare.show_pictures(SOURCE, BASE, pictures, current)


def panes(compare: Compare) -> list[Pane]:
    return [pane for pane in compare.findChildren(Pane) if pane.isVisible()]


def names(compare: Compare) -> list[str]:
    return [pane.accessibleName() for pane in panes(compare)]


def has(pane: Pane, colour: tuple[int, ...]) -> bool:
    return bool((pixels(pane) == colour).all(axis=2).any())


def test_the_grid_shows_the_original_and_each_answer(compare: Compare) -> None:
    show(compare, [1, 2])
    assert names(compare) == ["Original", "v1", "v2"]
    original, first, second = panes(compare)
    assert has(original, BLUE)
    assert not has(original, GREEN)
    assert not has(original, RED)
    for pane in (first, second):
        assert has(pane, GREEN)
        assert has(pane, RED)


def columns(compare: Compare) -> int:
    return len({pane.x() for pane in panes(compare)})


def test_the_grid_is_about_as_wide_as_high_and_has_an_end(compare: Compare) -> None:
    for count, across in ((1, 2), (3, 2), (4, 3), (8, 3), (12, 3)):
        show(compare, list(range(1, count + 1)))
        assert len(panes(compare)) == min(count, PAGE) + 1
        assert columns(compare) == across


def test_all_panes_are_of_one_size(compare: Compare) -> None:
    for width in (800, 801, 802):
        compare.resize(width, 601)
        show(compare, [1, 2, 3, 4])
        assert len({(pane.width(), pane.height()) for pane in panes(compare)}) == 1


def test_tall_pictures_stand_in_one_row(compare: Compare) -> None:
    tall = even(BLUE, 300, 100)
    compare._viewport.show(100, 300)
    pictures = [Compared(0, "Original"), Compared(1, "v1"), Compared(2, "v2")]
    compare.show_pictures(tall, tall, pictures, 0)
    assert columns(compare) == 3


def test_side_by_side_shows_the_current_answer(compare: Compare) -> None:
    compare.arrange(BESIDE)
    assert names(compare) == []
    show(compare, [1, 2, 3], current=2)
    assert names(compare) == ["Original", "v2"]
    show(compare, [1, 2, 3], current=0)
    assert names(compare) == ["Original", "Original"]
    show(compare, [2, 3], current=1)
    assert names(compare) == ["Original", "v2"]
    compare.arrange(GRID)
    show(compare, [1, 2, 3])
    assert len(panes(compare)) == 4


def test_the_current_answer_is_ringed_in_the_grid_only(compare: Compare) -> None:
    show(compare, [2, 3], current=3)
    ringed = [pixels(pane) for pane in panes(compare)]
    show(compare, [2, 3], current=2)
    other = [pixels(pane) for pane in panes(compare)]
    changed = [not np.array_equal(a, b) for a, b in zip(ringed, other, strict=True)]
    assert changed == [False, True, True]
    compare.arrange(BESIDE)
    beside = pixels(panes(compare)[1])
    assert tuple(beside[0, beside.shape[1] // 2]) == tuple(beside[0, -40])


def test_a_click_chooses_by_the_number_of_the_digit_key(compare: Compare) -> None:
    chosen: list[int] = []
    kept: list[int] = []
    compare.chosen.connect(chosen.append)
    compare.kept.connect(kept.append)
    show(compare, [2, 3])
    for pane in panes(compare):
        QTest.mouseClick(pane, LEFT)
    assert (chosen, kept) == ([0, 2, 3], [])


def test_a_double_click_keeps_and_does_not_choose_again(compare: Compare) -> None:
    heard: list[tuple[str, int]] = []
    compare.chosen.connect(lambda number: heard.append(("chosen", number)))
    compare.kept.connect(lambda number: heard.append(("kept", number)))
    show(compare, [1])
    pane = panes(compare)[1]
    QTest.mouseClick(pane, LEFT)
    QTest.mouseDClick(pane, LEFT)
    assert heard[-1] == ("kept", 1)
    assert heard.count(("kept", 1)) == 1


def drag(pane: Pane, by: QPoint) -> None:
    start = pane.rect().center()
    QTest.mousePress(pane, LEFT, pos=start)
    QTest.mouseMove(pane, start + by / 2)
    QTest.mouseMove(pane, start + by)
    QTest.mouseRelease(pane, LEFT, pos=start + by)


def turn(pane: Pane, angle: int) -> None:
    place, inverted = QPointF(pane.rect().center()), False
    event = QWheelEvent(
        place,
        pane.mapToGlobal(place),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        inverted,
    )
    QGuiApplication.sendEvent(pane, event)


def left_edge(pane: Pane, colour: tuple[int, ...]) -> int:
    return int(np.argwhere((pixels(pane) == colour).all(axis=2))[:, 1].min())


def test_zoom_and_pan_are_those_of_all_panes(compare: Compare) -> None:
    chosen: list[int] = []
    compare.chosen.connect(chosen.append)
    show(compare, [1, 2])
    original, first, second = panes(compare)
    turn(first, 240)
    edges = [left_edge(first, RED), left_edge(second, RED)]
    assert edges[0] == edges[1]
    drag(original, QPoint(60, 0))
    moved = [left_edge(first, RED), left_edge(second, RED)]
    assert moved[0] == moved[1]
    assert abs(moved[0] - edges[0] - 60) <= 1
    assert chosen == []
    QTest.mouseMove(original, QPoint(5, 5))
    assert left_edge(first, RED) == moved[0]
