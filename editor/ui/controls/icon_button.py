"""IconButton: one of our icons as a button, with its keys and reason in the tooltip."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

Look = Literal["tool", "small", "over"]


class IconButton(QToolButton):
    """A square button; clicking it leaves the keyboard where it was.

    look: "tool" is 32 px, "small" 24 px and quiet, "over" lies on a picture and brings its own
    dark ground.
    Make it checkable for tools and views: checked, its icon is filled on the selected colour.
    """

    def __init__(
        self,
        name: str,
        icon: str,
        label: str,
        keys: str = "",
        look: Look = "tool",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = icon
        self._label = label
        self._keys = keys
        self._small = look != "tool"
        self._over = look == "over"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        describe(self, label, keys=keys)
        side = self.sizeHint()
        self.setFixedSize(side)

    def sizeHint(self) -> QSize:
        sizes = current().sizes
        side = sizes.target if self._small else sizes.icon_button
        return QSize(side, side)

    def show_icon(self, icon: str, label: str) -> None:
        """Show another icon for another meaning, such as fold and unfold."""
        if (icon, label) == (self._icon, self._label):
            return
        self._icon, self._label = icon, label
        describe(self, label, keys=self._keys)
        self.update()

    def show_keys(self, keys: str) -> None:
        """Tell other keys than before, as on another keyboard."""
        if keys != self._keys:
            self._keys = keys
            describe(self, self._label, keys=keys, reason=self.accessibleDescription())

    def set_off(self, reason: str) -> None:
        """Switch the button off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, keys=self._keys, reason=reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        if self._over:
            paint.body(painter, self.rect().adjusted(2, 2, -2, -2), colours.chip)
        elif self.isEnabled() and (self.isDown() or self.isChecked() or self.underMouse()):
            ground = colours.selected if self.isChecked() else colours.hover
            line = colours.accent if self.isChecked() and self.underMouse() else None
            paint.body(painter, self.rect(), colours.pressed if self.isDown() else ground, line)
        quiet = colours.secondary if self._small and not self.underMouse() else colours.text
        if self._over:
            quiet = colours.accent if self.underMouse() else colours.on_chip
        colour = quiet if self.isEnabled() else colours.disabled
        inner = self.rect().adjusted(4, 4, -4, -4) if self._small else self.rect()
        icons.paint(painter, self._icon, inner, colour, filled=self.isChecked())
        if self.hasFocus():
            paint.ring(painter, self.rect())
