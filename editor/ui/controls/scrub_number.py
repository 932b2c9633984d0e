"""ScrubNumber: a number to type, to step and to drag by its label, with a dot that resets it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QToolButton, QWidget

from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

PIXELS_A_STEP = 3
"""Logical pixels: far enough that a click never changes a number, near enough for a wrist."""

_COARSE = 10
"""Shift drags in tens of steps, as Photoshop and Krita do."""


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers that may be chosen; both ends included. decimals: digits after the point."""

    least: float
    most: float
    step: float = 1.0
    default: float = 0.0
    unit: str = ""
    decimals: int = 0


class ScrubNumber(QWidget):
    """Reports each new number by `changed`; whole numbers arrive as floats without a fraction."""

    changed = Signal(float)

    def __init__(self, name: str, label: str, span: Span, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._span = span
        self._label = label
        self._field = _Field(f"{name}-field", span)
        self._dot = _Dot(
            f"{name}-reset",
            self.tr("Reset to {value}").format(
                value=self._field.textFromValue(span.default) + self._field.suffix()
            ),
        )
        self._dot.clicked.connect(self._reset)
        self._field.valueChanged.connect(self._report)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._dot)
        row.addWidget(self._field, 1)
        self.setFocusProxy(self._field)
        self._field.setAccessibleName(label)
        describe(self._field, label)
        self.show_value(span.default)

    def value(self) -> float:
        """The number shown."""
        return self._field.value()

    def show_value(self, value: float) -> None:
        """Show a number without reporting it; what is being typed is left alone."""
        if value != self._field.value():
            blocked = self._field.blockSignals(True)
            self._field.setValue(value)
            self._field.blockSignals(blocked)
        self._dot.show_changed(self._field.value() != self._span.default and self.isEnabled())

    def show_wrong(self, wrong: bool) -> None:
        """Mark the number as one that the model refuses."""
        self._field.show_wrong(wrong)

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self._field, self._label, reason=reason)
        self._dot.show_changed(not reason and self._field.value() != self._span.default)

    def step_by(self, steps: int) -> None:
        """Move by so many steps, as the arrow keys and the dragged label do."""
        if self.isEnabled():
            self._field.stepBy(steps)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, current().sizes.row)

    def _reset(self) -> None:
        self._field.setValue(self._span.default)

    def _report(self, value: float) -> None:
        self._dot.show_changed(value != self._span.default)
        self.changed.emit(value)


class ScrubLabel(QLabel):
    """The label of a number: dragged sideways it steps the number, twice clicked it resets."""

    def __init__(self, words: str, number: ScrubNumber, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setObjectName(f"{number.objectName()}-label")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setBuddy(number)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._number = number
        self._last: QPointF | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is None:
            return
        steps = int((event.position().x() - self._last.x()) / PIXELS_A_STEP)
        if not steps:
            return
        self._last += QPointF(steps * PIXELS_A_STEP, 0)
        coarse = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._number.step_by(steps * _COARSE if coarse else steps)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None


class _Field(QDoubleSpinBox):
    """The typed part; it has no arrows of its own, the label is the handle."""

    def __init__(self, name: str, span: Span) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setDecimals(span.decimals)
        self.setRange(span.least, span.most)
        self.setSingleStep(span.step)
        self.setSuffix(f" {span.unit}" if span.unit else "")
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_wrong(self, wrong: bool) -> None:
        """Give the field its error line."""
        if bool(self.property("wrong")) is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Dot(QToolButton):
    """Seen only while the number is not the default; its place stays."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        side = current().sizes.target
        self.setFixedSize(side, side)
        describe(self, label)

    def show_changed(self, changed: bool) -> None:
        """Offer the reset, or not."""
        self.setEnabled(changed)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isEnabled():
            return
        colours = current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        reach = 4.0 if self.underMouse() else 3.0
        painter.drawEllipse(self.rect().toRectF().center(), reach, reach)
        if self.hasFocus():
            paint.ring(painter, self.rect())
