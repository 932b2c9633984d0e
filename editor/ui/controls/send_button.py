"""SendButton: the primary button, which says what happens when it is pressed and what it costs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QToolTip

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current


class SendButton(QToolButton):
    """`asked`: somebody is about to look what it does. tall: logical pixels."""

    asked = Signal()

    def __init__(self, name: str, tall: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._words = ""
        self._price = ""
        self._dear = False
        self._said = ("", "", "")
        self.setFixedHeight(tall)

    def show_words(
        self,
        words: str,
        price: str = "",
        spoken: str = "",
        reason: str = "",
        *,
        dear: str = "",
    ) -> None:
        """Say what it does. spoken: the whole sentence; reason: why it is off, "" when it is on.

        dear: why its price is amber, "" where it is not.
        """
        self._words, self._price, self._dear = words, price, bool(dear)
        self.setEnabled(not reason)
        self._said = (spoken or words, reason or dear, self._said[2])
        self._describe()
        self.updateGeometry()
        self.update()

    def show_amount(self, amount: str) -> None:
        """Say how much goes where when it is pressed; "" when that is not known."""
        self._said = (*self._said[:2], amount)
        self._describe()
        if self.underMouse() and QToolTip.isVisible():  # it opened before this was known
            QToolTip.showText(QCursor.pos(), self.toolTip(), self)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.FocusIn}:
            self.asked.emit()
        return super().event(event)

    def _describe(self) -> None:
        spoken, reason, amount = self._said
        lines = "\n".join(filter(None, (amount, reason)))
        describe(self, spoken, keys="Ctrl+Enter", reason=lines)

    def sizeHint(self) -> QSize:
        theme = current()
        strong, body = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("body"))
        gap = theme.sizes.near if self._price else 0
        words = strong.horizontalAdvance(self._words) + gap + body.horizontalAdvance(self._price)
        return QSize(10 + theme.sizes.icon + 6 + words + 14, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        colours = theme.colours
        painter = QPainter(self)
        rect = self.rect()
        if self.hasFocus():
            paint.ring(painter, rect)
            rect = rect.adjusted(3, 3, -3, -3)
        fill, ink = colours.primary, colours.on_primary
        if not self.isEnabled():
            fill, ink = colours.hairline, colours.disabled
        elif self.isDown():
            fill = colours.primary_pressed
        elif self.underMouse():
            fill = colours.primary_hover
        paint.body(painter, rect, fill)
        side = theme.sizes.icon
        inner = QRect(10, 0, self.width() - 24, self.height())
        icons.paint(painter, "send", paint.mirrored(self, QRect(10, 0, side, self.height())), ink)
        inner.adjust(side + 6, 0, 0, 0)
        strong = theme.font("strong")
        paint.text(painter, paint.mirrored(self, inner), self._words, ink, strong)
        inner.adjust(paint.width_of(self._words, strong) + theme.sizes.near, 0, 4, 0)
        if self._price and self._dear and self.isEnabled():
            around = paint.mirrored(self, inner.adjusted(-4, 7, 2, -7))
            paint.body(painter, around, colours.warn)
            ink = colours.field
        if self._price:
            paint.text(painter, paint.mirrored(self, inner), self._price, ink, theme.font("body"))
