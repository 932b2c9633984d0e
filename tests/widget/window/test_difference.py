"""The difference view: black where nothing has changed, colours and numbers where something has."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from editor.compose.blend import Overlay
from editor.compose.difference import Difference, difference
from editor.imaging.geometry import Rect
from editor.imaging.raster import Raster
from editor.ui.gallery.compare import DIFFERENCE, LEVELS, Compare
from editor.ui.gallery.difference import MOST, SMALL, DifferenceView
from editor.ui.gallery.linked import Compared
from editor.ui.language import grouped
from editor.ui.theme import current
from tests.fakes.comparing import comparing
from tests.fakes.pseudo_locale import PseudoLocale
from tests.fakes.shot import pixels

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
WIDE, HIGH = 600, 400
GREY, BLACK = 100, (0, 0, 0)
BOX = Rect(200, 150, 400, 350)


def base() -> Raster:
    return Raster(np.full((HIGH, WIDE, 4), (GREY, GREY, GREY, 255), np.uint8))


def answer(leak: int = 0) -> Overlay:
    """Small changes above, large ones below, both inside; a leak of so many pixels outside."""
    part = base().pixels[BOX.rows_cols].copy()
    part[50:100, 50:150, 1] += 5
    part[100:150, 50:150, 1] += 90
    part[0, :leak, 2] += 30
    return Overlay(BOX, part)


def painted() -> np.ndarray:
    coverage = np.zeros((HIGH, WIDE), np.uint8)
    coverage[200:300, 250:350] = 255
    return coverage


@pytest.fixture
def compare(qtbot: QtBot) -> Compare:
    return comparing(qtbot, (WIDE, HIGH), (WIDE, HIGH), DIFFERENCE)


SOURCE = base()


def show(compare: Compare, laid: Overlay, *, measured: bool = True, current: int = 1) -> Difference:
    shown = [Compared(0, "Original"), Compared(1, "v1", laid)]
    compare.show_pictures(SOURCE, SOURCE, shown, current)
    found = difference(SOURCE, laid, painted())
    if measured:
        compare.show_difference(laid, found)
    return found


def at(view: DifferenceView, x: int, y: int) -> tuple[int, ...]:
    """Red, green and blue where a source pixel is drawn."""
    left, top = map(int, view.viewport.to_pane(x + 0.5, y + 0.5))
    blue, green, red = pixels(view)[top, left, :3]
    return int(red), int(green), int(blue)


def inks() -> tuple[tuple[int, ...], tuple[int, ...]]:
    presets = current().overlay.presets
    return presets["blue"].getRgb()[:3], presets["yellow"].getRgb()[:3]


def told(view: DifferenceView) -> str:
    return view.accessibleDescription()


def test_black_is_the_same_and_each_class_has_its_colour(compare: Compare) -> None:
    show(compare, answer())
    view, (small, large) = compare.difference, inks()
    for x, y in ((100, 100), (210, 160), (390, 340), (500, 300)):
        assert at(view, x, y) == BLACK
    assert at(view, 300, 220) == small
    assert at(view, 300, 280) == large


def test_inside_and_outside_are_told_apart(compare: Compare) -> None:
    show(compare, answer())
    outside = WIDE * HIGH - 10000
    words = told(compare.difference)
    assert "Inside the mask: 0 same, 5,000 small, 5,000 large" in words
    assert f"Outside: 0 of {grouped(outside)} changed" in words
    show(compare, answer(leak=3))
    assert f"Outside: {grouped(outside - 3)} same, 0 small, 3 large" in told(compare.difference)
    assert at(compare.difference, 201, 150) == inks()[1]


def test_the_counts_are_of_what_is_seen(compare: Compare) -> None:
    """Counted on the screen at 100 %, where no chip and no bar lies."""
    found = show(compare, answer(leak=7))
    view = compare.difference
    view.bar.hide()
    seen = pixels(view)[BOX.rows_cols][..., 2::-1]
    small, large = ((seen == ink).all(axis=2).sum() for ink in inks())
    inside, outside = found.tallies(view.threshold)
    assert (small, large) == (inside.small + outside.small, inside.large + outside.large)


def test_the_threshold_goes_by_keys_and_number(compare: Compare) -> None:
    show(compare, answer())
    view, (small, large) = compare.difference, inks()
    assert view.threshold == SMALL
    QTest.keyClick(compare, Key.Key_Left)
    assert view.threshold == SMALL - 1
    for _ in range(3):
        QTest.keyClick(compare, Key.Key_Left)
    assert at(view, 300, 220) == large
    assert "0 small, 10,000 large" in told(view)
    for _ in range(6):
        QTest.keyClick(compare, Key.Key_Right, SHIFT)
    assert view.threshold == 4 + 6 * LEVELS
    assert at(view, 300, 280) == small
    assert "10,000 small, 0 large" in told(view)
    assert not view.bar.number.findChild(QLineEdit).hasSelectedText()
    for _ in range(20):
        QTest.keyClick(compare, Key.Key_Right, SHIFT)
    assert view.threshold == MOST
    view.bar.number.reset()
    assert (at(view, 300, 220), at(view, 300, 280)) == (small, large)


def test_other_arrows_go_to_another_answer(compare: Compare) -> None:
    stepped: list[int] = []
    compare.stepped.connect(stepped.append)
    show(compare, answer())
    QTest.keyClick(compare, Key.Key_Up)
    QTest.keyClick(compare, Key.Key_Down)
    assert stepped == [-1, 1]


def test_nothing_is_black_before_it_was_compared(compare: Compare) -> None:
    asked: list[Overlay] = []
    compare.unmeasured.connect(asked.append)
    laid = answer()
    found = show(compare, laid, measured=False)
    assert asked == [laid]
    assert "Comparing…" in told(compare.difference)
    ground = current().colours.surround.getRgb()[:3]
    assert at(compare.difference, 100, 300) == ground
    compare.show_difference(answer(), found)
    assert "Comparing…" in told(compare.difference)
    compare.show_difference(laid, found)
    assert at(compare.difference, 100, 300) == BLACK


def test_the_original_is_shown_as_it_is(compare: Compare) -> None:
    asked: list[Overlay] = []
    compare.unmeasured.connect(asked.append)
    show(compare, answer(), measured=False, current=0)
    assert asked == []
    assert told(compare.difference) == "Original"
    assert at(compare.difference, 300, 280) == (GREY, GREY, GREY)


def test_one_changed_pixel_is_seen_at_every_zoom(compare: Compare) -> None:
    part = base().pixels[BOX.rows_cols].copy()
    part[77, 33] = (0, 0, 0, 255)
    show(compare, Overlay(BOX, part))
    compare.difference.bar.hide()
    for zoom in (0.25, 0.3, 0.41, 0.5, 0.77, 0.99, 1.0, 1.3, 3.0):
        compare.lead.set_zoom(zoom)
        seen = pixels(compare.difference)[60:, :, 2::-1]
        assert (seen == inks()[1]).all(axis=2).any(), zoom
    compare.lead.set_zoom(0.25)


def test_the_source_is_shown_while_its_key_is_held(compare: Compare) -> None:
    show(compare, answer())
    compare.setFocus()
    QTest.keyPress(compare, Key.Key_Backslash)
    assert at(compare.difference, 300, 280) == (GREY, GREY, GREY)
    compare.focusOutEvent(None)
    assert at(compare.difference, 300, 280) == inks()[1]


def test_every_word_passes_a_look_up(compare: Compare, pseudo: PseudoLocale) -> None:
    show(compare, answer(leak=1))
    for words, _, _ in compare.difference.chips():
        assert words.startswith("⟦"), words
    compare.show_pictures(SOURCE, SOURCE, [Compared(0, "⟦"), Compared(1, "⟦v1", answer())], 1)
    assert all(words.startswith("⟦") for words, _, _ in compare.difference.chips())
