"""The list of keys, over the stage."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from editor.ui.actions import commands, translated
from editor.ui.controls import paint
from editor.ui.theme import current

ROWS = 22


class KeyList(QWidget):
    """Every key of the stage and of the menus, in columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key-list")
        self.setAccessibleName(self.tr("Keys"))

    def showEvent(self, event: QShowEvent) -> None:
        if self.layout() is None:  # most never open it
            self._fill()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        paint.body(QPainter(self), self.rect(), colours.raised, colours.hairline)

    def _fill(self) -> None:
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.far * 2, sizes.far * 2, sizes.far * 2, sizes.far * 2)
        title = QLabel(self.tr("Keys"))
        title.setProperty("role", "title")
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(sizes.far)
        grid.setVerticalSpacing(sizes.small)
        for index, (key, does) in enumerate(self._entries()):
            row, block = index % ROWS, index // ROWS * 2
            grid.addWidget(_plain(key, "strong"), row, block)
            grid.addWidget(_plain(does, "quiet"), row, block + 1)
        column.addLayout(grid)
        column.addStretch(1)

    def _entries(self) -> list[tuple[str, str]]:
        stage = [
            ("B", self.tr("Brush")),
            ("E, X", self.tr("Erase instead of paint")),
            ("L", self.tr("Lasso: drag, or click corners; Enter closes")),
            ("M", self.tr("Rectangle, and again ellipse")),
            ("W", self.tr("Wand: what has one colour")),
            ("O", self.tr("Object in a box or under a scribble")),
            ("R", self.tr("Refine edge: brush along hair")),
            ("H", self.tr("Hand")),
            ("Z", self.tr("Zoom")),
            ("Q", self.tr("The mask as overlay, black and white, cut-out")),
            ("[  ]", self.tr("Smaller, larger brush")),
            ("Shift+[  ]", self.tr("Softer, harder brush")),
            (self.tr("Caps Lock"), self.tr("Precise cursor")),
            ("Alt+right-drag", self.tr("Size and hardness")),
            ("Alt", self.tr("Erase while painting")),
            ("Shift-click", self.tr("Straight line")),
            ("Space", self.tr("Pan while held")),
            (self.tr("0 to 9"), self.tr("The original and the results")),
            ("S", self.tr("Star the result")),
            (self.tr("Delete"), self.tr("Reject the shown result, or clear the mask")),
            ("\\", self.tr("The untouched source while held")),
            ("Enter", self.tr("Keep what is shown, or go to the prompt")),
            ("Esc", self.tr("Back")),
        ]
        comparing = [
            ("← →", self.tr("Another result, the line or the threshold")),
            ("Shift+← →", self.tr("The same in large steps")),
            ("PgUp, PgDown", self.tr("Pages of the grid")),
            ("Shift+drag", self.tr("Move one picture alone")),
            (self.tr("Shift+double-click"), self.tr("Put it back")),
        ]
        menus = [
            (_native(command.keys[0]), translated(command.text).replace("&", "").rstrip("…"))
            for command in commands()
            if command.keys
        ]
        return stage + comparing + menus


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
