"""Tooltips have the corners of everything that lies over the window, whoever shows them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QStyleFactory, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from editor.ui import tips
from editor.ui.style import QuietStyle


@pytest.fixture(autouse=True)
def begun(qapp: QApplication) -> Iterator[None]:
    tips.begin(qapp)
    yield
    QToolTip.hideText()
    qapp.findChild(QuietStyle).setBaseStyle(QStyleFactory.create("Fusion"))


def shown_tip() -> QWidget:
    kind = Qt.WindowType.ToolTip
    (tip,) = [each for each in QApplication.topLevelWidgets() if each.windowType() is kind]
    return tip


def test_a_tip_is_round_from_its_first_frame_on_and_with_other_words(qtbot: QtBot) -> None:
    button = QPushButton("Keep")
    qtbot.addWidget(button)
    button.show()
    sizes = set()
    for words in ("Keep", "Keep what is shown, in a tip that is wider than the one before"):
        QToolTip.showText(QPoint(20, 20), words, button)
        tip = shown_tip()
        ends = tip.rect()
        for corner in (ends.topLeft(), ends.topRight(), ends.bottomLeft(), ends.bottomRight()):
            assert not tip.mask().contains(corner)
        assert tip.mask().contains(ends.adjusted(4, 0, -4, 0))
        assert tip.mask().contains(ends.adjusted(0, 4, 0, -4))
        sizes.add(tip.width())
    assert len(sizes) == 2


def test_it_is_begun_once(qapp: QApplication) -> None:
    quiet = qapp.findChild(QuietStyle)
    before = quiet.baseStyle()
    tips.begin(qapp)
    assert quiet.baseStyle() is before
