"""Lint: a quiet chip in the corner of the stage that says how the mask is, and what it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.controls.message import Message
from editor.ui.controls.plate import Plate
from editor.ui.controls.tooltip import describe
from editor.ui.language import sentence
from editor.ui.theme import current

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.mask.lint import Finding
    from editor.mask.mend import Mend
    from editor.session.linting import Report


class LintChip(QToolButton):
    """Tells the share of the picture that may change, and whether there is something to check.

    widest: logical pixels across that its words ever take.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lint-chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.words = ""
        self._odd = False
        self.widest = chip_size(self._words(0.999, 99), "ok").width()
        self._ask(self.tr("Check the mask"))
        self.hide()

    def show_report(self, report: Report | None) -> None:
        """Say what is known of the mask; None hides the chip."""
        self.setVisible(report is not None)
        if report is None:
            return
        self._odd = report.warnings > 0
        self.words = self._words(report.share, report.warnings)
        self._ask(self.words)
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        size = chip_size(self.words, "ok")
        return QSize(size.width(), max(size.height(), current().sizes.target))

    def place(self, stage: QRect, *, taken: int, mirrored: bool) -> QPoint:
        """Where it lies whatever it says; see corner()."""
        return corner(stage, self.size(), self.widest, taken=taken, mirrored=mirrored)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        high = chip_size(self.words, "ok").height()
        tone = colours.on_chip_warn if self._odd else colours.on_chip
        icon = "warning" if self._odd else "ok"
        rect = paint_chip(painter, QPoint(0, (self.height() - high) // 2), self.words, icon, tone)
        if self.hasFocus():
            paint.ring(painter, rect)
        elif self.underMouse() or self.isChecked():
            paint.body(painter, rect, None, colours.outline)

    def _words(self, share: float, warnings: int) -> str:
        words = self.tr("mask {share} %").format(share=_percent(share))
        if warnings:
            words += "   " + self.tr("to check: {count}").format(count=warnings)
        return words

    def _ask(self, label: str) -> None:
        describe(self, label)


class LintPanel(Plate):
    """Lists what is odd, each with its change in one click. fixed carries the Finding."""

    fixed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("lint-panel", self.tr("What is odd about the mask"), parent)
        self.setFixedWidth(current().sizes.toast)
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.apart, sizes.near, sizes.apart, sizes.apart)
        column.setSpacing(sizes.near)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "strong")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setHorizontalSpacing(sizes.apart)
        self._grid.setVerticalSpacing(sizes.near)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        self.hide()

    def show_report(self, report: Report) -> None:
        """List what was found, warnings first."""
        share = _percent(report.share)
        self._title.setText(self.tr("{share} % of the picture may change").format(share=share))
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, finding in enumerate(report.findings):
            self._add(row, finding)
        if not report.findings:
            nothing = Message("lint-nothing", self.tr("Nothing is odd about this mask."), "ok")
            self._lay(nothing, 0, 0)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def _add(self, row: int, finding: Finding) -> None:
        words = sentence(finding)
        told = Message(f"lint-{row}", words, "warn" if finding.level == "warn" else "quiet")
        self._lay(told, row, 0)
        if finding.fix:
            fix = Button(f"lint-fix-{row}", self._does(finding.fix[0][0]), "link")
            fix.describe(self.tr("Change the mask; one undo takes it back"))
            fix.clicked.connect(lambda: self.fixed.emit(finding))
            self._lay(fix, row, 1)

    def _does(self, change: Mend) -> str:
        """What a click does that begins with this change."""
        named = {"invert": self.tr("Invert"), "withdraw": self.tr("Keep a border")}
        return named.get(change, self.tr("Fix"))

    def _lay(self, widget: QWidget, row: int, column: int) -> None:
        """Add a widget to a list that may be seen already: Qt would show it too late to count."""
        beside = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag(0)
        self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter | beside)
        widget.show()


def corner(stage: QRect, size: QSize, widest: int, *, taken: int, mirrored: bool) -> QPoint:
    """Where the chip lies: in the last corner of the stage, clear of the prompt in its middle.

    widest: of the chip with any words, so that it stays in its place when they change. taken:
    logical pixels at the bottom that the prompt keeps. mirrored: that corner is the left.
    """
    sizes = current().sizes
    beside = (stage.width() - min(sizes.prompt_widest, stage.width() - 2 * sizes.far)) // 2
    left = sizes.apart if mirrored else stage.width() - sizes.apart - size.width()
    if beside >= widest + 2 * sizes.apart:
        middle = stage.height() - sizes.prompt_gap - sizes.prompt // 2
        return QPoint(left, middle - size.height() // 2)
    return QPoint(left, stage.height() - taken - size.height())


def _percent(share: float) -> str:
    """One place after the point where that tells something; never none or all of it by rounding."""
    if 0.0 < share < 0.0005:
        return "<0.1"
    if 0.995 <= share < 1.0:
        return ">99"
    return f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.1f}"
