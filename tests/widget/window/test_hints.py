"""The hint line: keys on the left as far as there is room, facts on the right, spoken as well."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from editor.ui.hints import HintLine
from tests.fakes.shot import pixels


@pytest.fixture
def line(qtbot: QtBot) -> HintLine:
    shown = HintLine()
    qtbot.addWidget(shown)
    shown.resize(600, shown.height())
    shown.show()
    return shown


def inked(line: HintLine) -> tuple[bool, bool]:
    """Whether anything is written in the left third and in the right third."""
    shot = pixels(line)[2:]
    third = shot.shape[1] // 3
    parts = shot[:, :third], shot[:, -third:]
    return tuple(bool((part != part[0, 0]).any()) for part in parts)


def test_keys_stand_left_and_facts_right(line: HintLine) -> None:
    assert inked(line) == (False, False)
    line.show_hints((("Alt", "erase"),))
    assert inked(line) == (True, False)
    line.show_facts("8-bit sRGB")
    assert inked(line) == (True, True)
    line.show_hints(())
    assert inked(line) == (False, True)


def test_hints_are_spoken(line: HintLine) -> None:
    line.show_hints((("Alt", "erase"), ("Space", "pan")))
    assert line.accessibleDescription() == "Alt: erase, Space: pan"


def test_hints_that_do_not_fit_are_left_out_whole(line: HintLine) -> None:
    line.show_hints((("Alt", "erase"),))
    alone = pixels(line)
    line.show_hints((("Alt", "erase"), ("Ctrl", "something " * 20)))
    assert np.array_equal(pixels(line), alone)


def test_empty_facts_leave_no_gap(line: HintLine) -> None:
    line.show_facts("8-bit sRGB")
    alone = pixels(line)
    line.show_facts("", "8-bit sRGB", "")
    assert np.array_equal(pixels(line), alone)
    line.show_facts("16-bit Display P3", "8-bit sRGB")
    assert not np.array_equal(pixels(line), alone)
