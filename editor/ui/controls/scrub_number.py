"""ScrubNumber: a number to type, to step and to drag by its label, with a dot that resets it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QToolButton, QWidget

from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

PIXELS_A_STEP = 3
"""Logical pixels: far enough that a click never changes a number, near enough for a wrist."""

_SIDE = 8
"""Logical pixels between the frame and the digits."""

_INNER = 2
"""Logical pixels that a line of text keeps free at both ends by itself."""

_COARSE = 10
"""Shift drags in tens of steps, as Photoshop and Krita do."""


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers that may be chosen; both ends included.

    default: what the dot resets to; None for a number without one. unit: behind the number;
    currency: a sign before it. decimals: digits after the point.
    """

    least: float
    most: float
    step: float = 1.0
    default: float | None = None
    unit: str = ""
    decimals: int = 0
    currency: str = ""


class ScrubNumber(QWidget):
    """Reports each new number by `changed`; whole numbers arrive as floats without a fraction.

    entered: Enter took the number, where end_by_enter() was called; elsewhere the key goes on.
    """

    changed = Signal(float)
    entered = Signal()

    def __init__(self, name: str, label: str, span: Span, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._span = span
        self._label = label
        self._field = _Field(f"{name}-field", span)
        self._dot = _Dot(f"{name}-reset", self._reset_words(), self._field)
        self._dot.clicked.connect(self.reset)
        self._field.valueChanged.connect(self._report)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, 1)
        self.setFocusProxy(self._field)
        describe(self._field, label)
        self.show_value(span.least if span.default is None else span.default)

    def value(self) -> float:
        """The number shown."""
        return self._field.value()

    def show_value(self, value: float) -> None:
        """Show a number without reporting it; what is being typed is left alone."""
        if value != self._field.value():
            blocked = self._field.blockSignals(True)
            self._field.setValue(value)
            self._field.blockSignals(blocked)
        self._show_dot()

    def report_typing(self) -> None:
        """Report what is typed digit by digit, where a look at it costs nothing."""
        self._field.setKeyboardTracking(True)

    def end_by_enter(self) -> None:
        """Let Enter take the number and mean nothing else."""
        self._field.entered.connect(self.entered)
        self._field.ends = True

    def show_wrong(self, wrong: bool) -> None:
        """Mark the number as one that the model refuses."""
        self._field.show_wrong(wrong)

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self.setEnabled(not reason)
        describe(self._field, self._label, reason=reason)
        self._show_dot()

    def step_by(self, steps: int) -> None:
        """Move by so many steps, as the arrow keys and the dragged label do."""
        if self.isEnabled():
            self._field.stepBy(steps)
            if not self._field.hasFocus():  # Qt selects it all the same, as if one could type
                self._field.lineEdit().deselect()

    def reset(self) -> None:
        """Go back to the default, as the dot and a double click on the label do."""
        if self._span.default is not None and self.isEnabled():
            self._field.setValue(self._span.default)

    def minimumSizeHint(self) -> QSize:
        widest = self._field.words(self._span.most)
        room = 2 * _SIDE if self._span.default is None else _SIDE + current().sizes.target
        wide = paint.width_of(widest, self.font()) + room + 2 * _INNER
        return QSize(wide, current().sizes.row)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _reset_words(self) -> str:
        default = self._field.words(self._span.default or 0.0)
        return self.tr("Reset to {value}").format(value=default)

    def _show_dot(self) -> None:
        default = self._span.default
        changed = default is not None and self._field.value() != default
        self._dot.setVisible(changed and self.isEnabled())

    def _report(self, value: float) -> None:
        self._show_dot()
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

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._number.reset()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None


class _Field(QDoubleSpinBox):
    """The typed part; it has no arrows of its own, the label is the handle.

    ends: Enter goes no further than here, and is told.
    """

    entered = Signal()

    def __init__(self, name: str, span: Span) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setDecimals(span.decimals)
        self.setRange(span.least, span.most)
        self.setSingleStep(span.step)
        self.setPrefix(span.currency)
        self.setSuffix(f" {span.unit}" if span.unit else "")
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrame(False)
        self.setFixedHeight(current().sizes.row)
        self.lineEdit().setTextMargins(_SIDE - 2, 0, _SIDE - 2, 0)
        self._wrong = self.ends = False

    def words(self, value: float) -> str:
        """A number as it stands in the field."""
        return self.prefix() + self.textFromValue(value) + self.suffix()

    def show_wrong(self, wrong: bool) -> None:
        """Give the field its error line."""
        self._wrong = wrong
        self.update()

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Let a number beyond the span be typed; it stops at the end once it is left."""
        found = super().validate(text, at)
        if found[0] is QValidator.State.Invalid and self._typed(text) is not None:
            return QValidator.State.Intermediate, text, at
        return found

    def fixup(self, text: str) -> str:
        """The nearest number that may be chosen; what is none stays as it is."""
        number = self._typed(text)
        if number is None:
            return text
        return self.words(min(max(number, self.minimum()), self.maximum()))

    def event(self, event: QEvent) -> bool:
        """Let the window undo and redo where no digit was typed that could be taken back."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            line, keys = self.lineEdit(), QKeySequence.StandardKey
            undoes = event.matches(keys.Undo) and not line.isUndoAvailable()
            if undoes or (event.matches(keys.Redo) and not line.isRedoAvailable()):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if self.ends and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
            self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Leave the outline free, over which Qt lays the text by itself with each new style."""
        self.lineEdit().setGeometry(self.rect().adjusted(2, 2, -2, -2))

    def _typed(self, text: str) -> float | None:
        """The number that a text says, in digits alone and no finer than the field's."""
        digits = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()
        whole, point, rest = digits.partition(self.locale().decimalPoint())
        if not (whole.removeprefix("-") + (rest or "0")).isdecimal() or len(rest) > self.decimals():
            return None
        number, known = self.locale().toDouble(digits)
        return number if known and (not point or self.decimals()) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        line = colours.outline if self.isEnabled() else colours.hairline
        line = colours.error if self._wrong else line
        paint.field(QPainter(self), self.rect(), line, focused=self.hasFocus())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Dot(QToolButton):
    """Inside the field where it begins, seen only while the number is not the default."""

    def __init__(self, name: str, label: str, field: QWidget) -> None:
        super().__init__(field)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        side = current().sizes.target
        self.setFixedSize(side, side)
        self.move(2, 2)
        describe(self, label)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent)
        reach = 4.0 if self.underMouse() else 3.0
        painter.drawEllipse(self.rect().toRectF().center(), reach, reach)
        if self.hasFocus():
            paint.ring(painter, self.rect())
