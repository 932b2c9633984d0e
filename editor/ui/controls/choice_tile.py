"""ChoiceTile: one of several things to choose, by its name and a quiet word about it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

_TALL, _PAD, _SIDE = 48, 10, 16


class ChoiceTile(QRadioButton):
    """Two lines on a rounded ground; arrow keys move the choice among its neighbours."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label
        self._note = ""
        self._icon = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        describe(self, label)

    def show_note(self, note: str, icon: str = "") -> None:
        """Say quietly what is known of it, with an icon before the words where one helps."""
        if (note, icon) != (self._note, self._icon):
            self._note, self._icon = note, icon
            describe(self, self._label, reason=note)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _TALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, _TALL)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        colours = theme.colours
        painter = QPainter(self)
        live = self.isEnabled()
        ground, line = colours.field, colours.outline if live else colours.hairline
        if self.isChecked():
            ground, line = colours.selected, colours.accent if live else colours.hairline
        elif live and (self.isDown() or self.underMouse()):
            ground = colours.pressed if self.isDown() else colours.hover
        paint.body(painter, self.rect(), ground, line)
        room = QRect(_PAD, 6, self.width() - 2 * _PAD, _SIDE + 2)
        ink = colours.text if live else colours.disabled
        paint.text(painter, room, self._label, ink, theme.font("strong"))
        below = room.translated(0, _SIDE + 3)
        quiet = colours.secondary if live else colours.disabled
        if self.isChecked() and live:
            quiet = colours.text
        if self._icon:
            at = paint.mirrored(self, QRect(_PAD - 2, below.top(), _SIDE, below.height()))
            inks = {"ok": colours.ok, "warning": colours.warn} if live else {}
            icons.paint(painter, self._icon, at, inks.get(self._icon, quiet))
            below = paint.mirrored(self, below.adjusted(_SIDE + 2, 0, 0, 0))
        paint.text(painter, below, self._note, quiet, theme.font("label"))
        if self.hasFocus():
            paint.ring(painter, self.rect())
