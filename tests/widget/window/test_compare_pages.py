"""Pages of the grid, and going through a comparison by keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.imaging.raster import Raster
from editor.ui.controls.chip import chip_size
from editor.ui.gallery.compare import BESIDE, Compare
from editor.ui.gallery.grid import PAGE
from editor.ui.gallery.linked import Compared
from editor.ui.gallery.pane import Pane
from tests.fakes.comparing import comparing

Key = Qt.Key
SOURCE = Raster(np.full((140, 200, 4), 200, np.uint8))


@pytest.fixture
def compare(qtbot: QtBot) -> Compare:
    found = comparing(qtbot, SOURCE.size, (900, 600))
    found.chosen.connect(lambda number: show(found, len(found._pages.pictures) - 1, number))
    return found


def show(compare: Compare, answers: int, current: int = 0) -> None:
    pictures = [Compared(0, "Original")]
    pictures += [Compared(number, f"v{number}") for number in range(1, answers + 1)]
    compare.show_pictures(SOURCE, SOURCE, pictures, current)


def names(compare: Compare) -> list[str]:
    panes = [pane for pane in compare.findChildren(Pane) if pane.isVisible()]
    return [pane.accessibleName() for pane in panes]


def page(first: int, last: int) -> list[str]:
    return ["Original", *(f"v{number}" for number in range(first, last + 1))]


def facts(compare: Compare) -> tuple[str, ...]:
    return compare.findChildren(Pane)[0]._look.facts


def ringed(compare: Compare) -> list[str]:
    panes = [pane for pane in compare.findChildren(Pane) if pane.isVisible()]
    return [pane.accessibleName() for pane in panes if pane._look.ringed]


def test_eight_and_the_original_are_a_page(compare: Compare) -> None:
    show(compare, PAGE)
    assert (compare.pages, names(compare), facts(compare)) == (1, page(1, 8), ())
    show(compare, 19)
    assert (compare.pages, names(compare)) == (3, page(1, 8))
    assert facts(compare) == ("page 1 of 3",)
    compare.turn_page(1)
    assert (names(compare), facts(compare)) == (page(9, 16), ("page 2 of 3",))
    compare.turn_page(5)
    assert (names(compare), facts(compare)) == (page(17, 19), ("page 3 of 3",))
    compare.turn_page(-9)
    assert names(compare) == page(1, 8)


def test_panes_stay_in_their_places_on_every_page(compare: Compare) -> None:
    show(compare, 10)
    before = [pane.geometry() for pane in compare.findChildren(Pane)][:3]
    compare.turn_page(1)
    assert [pane.geometry() for pane in compare.findChildren(Pane)][:3] == before


def test_the_page_follows_the_current_answer(compare: Compare) -> None:
    show(compare, 19, current=12)
    assert names(compare) == page(9, 16)
    show(compare, 19, current=0)
    assert names(compare) == page(9, 16)
    show(compare, 19, current=3)
    assert names(compare) == page(1, 8)
    compare.turn_page(1)
    show(compare, 19, current=3)
    assert names(compare) == page(9, 16)
    show(compare, 4, current=3)
    assert names(compare) == page(1, 4)


def test_arrows_walk_the_panes_and_the_pages(compare: Compare) -> None:
    show(compare, 10, current=1)
    for key, there in (
        (Key.Key_Right, "v2"),
        (Key.Key_Down, "v5"),
        (Key.Key_Left, "v4"),
        (Key.Key_Up, "v1"),
        (Key.Key_Left, "Original"),
        (Key.Key_Left, "Original"),
        (Key.Key_Down, "v3"),
        (Key.Key_Down, "v6"),
        (Key.Key_Down, "v9"),
        (Key.Key_Right, "v10"),
        (Key.Key_Right, "v10"),
        (Key.Key_Left, "v9"),
        (Key.Key_Left, "v8"),
    ):
        QTest.keyClick(compare, key)
        assert ringed(compare) == [there]
    assert names(compare) == page(1, 8)


def test_arrows_begin_at_the_original_when_the_current_one_is_elsewhere(compare: Compare) -> None:
    show(compare, 10, current=10)
    compare.turn_page(-1)
    assert ringed(compare) == []
    QTest.keyClick(compare, Key.Key_Right)
    assert ringed(compare) == ["v1"]


def test_side_by_side_arrows_go_to_the_next_answer(compare: Compare) -> None:
    stepped: list[int] = []
    compare.stepped.connect(stepped.append)
    show(compare, 3, current=2)
    compare.arrange(BESIDE)
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Up):
        QTest.keyClick(compare, key)
    assert stepped == [1, -1, 1, -1]
    QTest.keyClick(compare, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(compare, Key.Key_A)
    assert len(stepped) == 4


def test_nothing_to_compare_is_an_empty_ground(compare: Compare) -> None:
    assert names(compare) == []
    assert compare.lead is compare._viewport
    assert compare.pages == 1
    compare.turn_page(1)
    show(compare, 0)
    assert names(compare) == ["Original"]
    assert chip_size("Original").width() < compare.width()
