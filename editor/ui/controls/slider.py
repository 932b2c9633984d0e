"""Slider: a whole number to drag, with its words beside it; a double click gives it back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

_KNOB, _TRACK, _LEAST = 14, 4, 44
"""Logical pixels: the knob's diameter, the track's height and its least length."""

_PAGE = 10

_INSET = 4
"""Logical pixels between the words and the edge, where the focus ring is."""

_OWN = {
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
}


class Slider(QSlider):
    """Reports by `chosen` what the person chose, and by `reset` that it is to be automatic.

    Arrow keys step, PageUp and PageDown step by ten, Backspace resets as a double click does.
    """

    chosen = Signal(int)
    reset = Signal()

    def __init__(
        self, name: str, label: str, most: int, note: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setRange(0, most)
        self.setPageStep(_PAGE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._label, self._note, self._words = label, note, ""
        self._widest: tuple[str, ...] = ()
        describe(self, label, reason=note)
        self.actionTriggered.connect(lambda _: self.chosen.emit(self.sliderPosition()))

    def show_value(self, value: int, words: str) -> None:
        """Show a value without reporting it, and what it stands for."""
        blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(blocked)
        self._words = words
        self.update()

    def make_room(self, words: Iterable[str]) -> None:
        """Keep so much room beside the track that any of these words fit."""
        self._widest = tuple(words)
        self.updateGeometry()
        self.update()

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self, self._label, reason=reason or self._note)

    def sizeHint(self) -> QSize:
        return QSize(160, current().sizes.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST + _KNOB + self._room(), current().sizes.row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._take(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._take(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.reset.emit()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move the knob from the commands that have them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() in _OWN)
            if event.isAccepted():
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.reset.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the panel scrolls; a number must not change by the way

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        live = self.isEnabled()
        track = self._track()
        middle = track.center().y() + 0.5
        at = QPointF(self._place(), middle)
        line = QRectF(track.left(), middle - _TRACK / 2, track.width(), _TRACK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.outline if live else colours.hairline)
        painter.drawRoundedRect(line, _TRACK / 2, _TRACK / 2)
        if live:
            painter.setBrush(colours.accent)
            start = line.left() if self._forward() else line.right()
            painter.drawRoundedRect(
                QRectF(min(start, at.x()), line.top(), abs(at.x() - start), _TRACK), 2, 2
            )
        fill = colours.hover if self.underMouse() or self.isSliderDown() else colours.raised
        painter.setPen(QPen(colours.accent if live else colours.hairline, 1.5))
        painter.setBrush(fill)
        painter.drawEllipse(at, _KNOB / 2 - 1, _KNOB / 2 - 1)
        room = self._room()
        words = paint.mirrored(self, QRect(self.width() - room, 0, room - _INSET, self.height()))
        colour = colours.secondary if live else colours.disabled
        paint.text(painter, words, self._words, colour, self.font(), paint.END)
        if self.hasFocus():
            paint.ring(painter, self.rect())

    def _take(self, event: QMouseEvent) -> None:
        track = self._track()
        share = (event.position().x() - track.left()) / max(track.width(), 1)
        share = share if self._forward() else 1 - share
        value = round(min(max(share, 0.0), 1.0) * self.maximum())
        self.setValue(value)
        self.chosen.emit(value)

    def _track(self) -> QRect:
        wide = self.width() - self._room() - _KNOB
        return paint.mirrored(self, QRect(_KNOB // 2 + 2, 0, wide, self.height()))

    def _room(self) -> int:
        """How wide the column of words is, with the gap before it."""
        widest = max((paint.width_of(words, self.font()) for words in self._widest), default=0)
        return widest + current().sizes.near + _INSET

    def _place(self) -> float:
        track = self._track()
        share = self.value() / self.maximum()
        return track.left() + track.width() * (share if self._forward() else 1 - share)

    def _forward(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.LeftToRight
