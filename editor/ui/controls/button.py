"""Button: a worded action, plain or as a link; the one primary button is the prompt bar's."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from editor.ui import icons
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

Kind = Literal["plain", "primary", "link", "quiet"]

RING = 4
"""Logical pixels around the words of a link, for its focus ring."""


class Button(QPushButton):
    """Looks as the style sheet says for its kind; clicking leaves the keyboard where it was."""

    def __init__(
        self,
        name: str,
        label: str,
        kind: Kind = "plain",
        *,
        icon: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent)
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._label = label
        self._keys = keys
        describe(self, label, keys=keys)
        if icon:
            self.setIcon(icons.icon(icon, "on_primary" if kind == "primary" else "text"))
        if kind in {"link", "quiet"}:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def describe(self, label: str) -> None:
        """Say in full what a button with a short text does."""
        self._label = label
        describe(self, label, keys=self._keys)

    def set_off(self, reason: str) -> None:
        """Switch the button off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, keys=self._keys, reason=reason)


def flush(*links: Button) -> QHBoxLayout:
    """A line of links whose words begin where those above and below do; their rings reach out.

    There must be room for them: what lies outside of a widget is cut off.
    """
    line = reaching(*links)
    line.addStretch(1)
    return line


def reaching(*parts: QWidget) -> QHBoxLayout:
    """A line that begins a ring before its column does, and ends a ring after it."""
    line = QHBoxLayout()
    line.setSpacing(current().sizes.near)
    line.addSpacing(-RING)
    for part in parts:
        line.addWidget(part)
    line.addSpacing(-RING)
    return line
