"""Section: a part of the panel that folds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.tooltip import describe
from editor.ui.theme import current

_ANY = 16777215
"""Qt's own largest height, which means no limit."""


class Section(QWidget):
    """A titled body, made when it is first opened if a function makes it.

    `folded` tells the window what to remember, True when it was closed.
    """

    folded = Signal(bool)

    def __init__(
        self,
        name: str,
        title: str,
        body: QWidget | Callable[[], QWidget],
        *,
        open: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._make = body if callable(body) else None
        self._head = _Head(f"{name}-head", title, open)
        self._head.toggled.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._motion = QPropertyAnimation(self)
        self._motion.setPropertyName(b"maximumHeight")
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.finished.connect(self._settle)
        self._body: QWidget | None = None
        if isinstance(body, QWidget):
            self._hold(body)
        elif open:
            self._hold(body())

    @property
    def open(self) -> bool:
        """Whether the body is shown."""
        return self._head.isChecked()

    def show_summary(self, words: str) -> None:
        """Say beside the title what a folded body holds, such as "PNG"."""
        self._head.show_summary(words)

    def _hold(self, body: QWidget) -> None:
        self._body = body
        self._column.addWidget(body)
        self._motion.setTargetObject(body)
        body.setVisible(self.open)

    def _turn(self, open: bool) -> None:
        self._motion.stop()
        if self._body is None and self._make:
            self._hold(self._make())
        assert self._body is not None
        duration = current().motion.fold if self.isVisible() else 0
        if duration:
            tall = self._body.sizeHint().height()
            self._body.setMaximumHeight(0 if open else tall)
            self._motion.setDuration(duration)
            self._motion.setStartValue(0 if open else tall)
            self._motion.setEndValue(tall if open else 0)
            self._body.setVisible(True)
            self._motion.start()
        else:
            self._settle()
        self.folded.emit(not open)

    def _settle(self) -> None:
        if self._body:
            self._body.setMaximumHeight(_ANY)
            self._body.setVisible(self.open)


class _Head(QToolButton):
    """The title with its chevron, and the quiet summary while folded."""

    def __init__(self, name: str, title: str, open: bool) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = title
        self._summary = ""
        self.setCheckable(True)
        self.setChecked(open)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)
        describe(self, title)

    def show_summary(self, words: str) -> None:
        """Show these words at the far end while folded."""
        self._summary = words
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, current().sizes.icon_button)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        colours, far = theme.colours, theme.sizes.far
        painter = QPainter(self)
        live = self.isEnabled()
        quiet = colours.secondary if live else colours.disabled
        if live and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect(), colours.pressed if self.isDown() else colours.hover)
        ahead = "chevron-right"
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            ahead = "chevron-left"
        arrow = paint.mirrored(self, QRect(far - 3, 0, 16, self.height()))
        icons.paint(painter, "chevron-down" if self.isChecked() else ahead, arrow, quiet)
        room = self.rect().adjusted(far + 18, 0, -far, 0)
        title = theme.font("strong")
        wide = paint.width_of(self._title, title)
        tone = colours.text if live else colours.disabled
        paint.text(painter, paint.mirrored(self, room), self._title, tone, title, paint.START)
        if self._summary and not self.isChecked():
            rest = paint.mirrored(self, room.adjusted(wide + theme.sizes.apart, 0, 0, 0))
            paint.text(painter, rest, self._summary, quiet, theme.font("label"), paint.END)
        if self.hasFocus():
            paint.ring(painter, self.rect())
