"""Switch: yes or no."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

_WIDE, _HIGH, _KNOB = 34, 18, 10


class Switch(QCheckBox):
    """A track with a knob; the knob's side and the filled track both say that it is on."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._label = label
        describe(self, label)

    def value(self) -> bool:
        """Whether it is on."""
        return self.isChecked()

    def show_value(self, on: bool) -> None:
        """Show this without reporting it; `clicked` reports what the person did."""
        self.setChecked(on)

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, reason=reason)

    def sizeHint(self) -> QSize:
        return QSize(_WIDE + 6, current().sizes.row)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = paint.mirrored(self, QRect(0, (self.height() - _HIGH) // 2 - 3, _WIDE + 6, 24))
        track = QRectF(around.adjusted(3, 3, -3, -3)).adjusted(0.5, 0.5, -0.5, -0.5)
        on, live = self.isChecked(), self.isEnabled()
        hovered = live and (self.underMouse() or self.isDown())
        line = colours.outline if live else colours.hairline
        fill = colours.hover if hovered else colours.field
        if on:
            fill = colours.primary_hover if hovered else colours.primary
            line = fill
        if on and not live:
            fill = line = colours.hairline
        painter.setPen(QPen(line, 1.0))
        painter.setBrush(fill)
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        knob = colours.on_primary if on else colours.outline
        painter.setBrush(knob if live else colours.disabled)
        right = on is (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
        reach = track.height() / 2
        x = track.right() - reach if right else track.left() + reach
        painter.drawEllipse(QPointF(x, track.center().y()), _KNOB / 2, _KNOB / 2)
        if self.hasFocus():
            paint.ring(painter, around)
