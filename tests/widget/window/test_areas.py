"""Walking through the areas of a window, whatever takes keys in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from editor.ui import areas


def test_each_area_in_turn_and_those_without_controls_left_out(
    active: Callable[[QWidget], None],
) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    text, proxy, barren, panel, stage = QLineEdit(), QWidget(), QWidget(), QWidget(), QWidget()
    proxy.setFocusProxy(text)
    QVBoxLayout(proxy).addWidget(text)
    stage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    off, on = QPushButton("off"), QPushButton("on")
    off.setEnabled(False)
    buttons = QVBoxLayout(panel)
    buttons.addWidget(off)
    buttons.addWidget(on)
    parts = (proxy, barren, panel, stage)
    for part in parts:
        column.addWidget(part)
    active(window)
    stage.setFocus()
    walked = []
    for _ in range(4):
        areas.walk(parts, window.focusWidget())
        walked.append(window.focusWidget())
    assert walked == [text, on, stage, text]
    areas.walk(parts, None)
    assert window.focusWidget() is text
    areas.walk((barren,), text)
    assert window.focusWidget() is text
