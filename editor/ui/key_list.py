"""The list of keys, over the stage: searched, in groups, with what is printed on the keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.ui import printed
from editor.ui.actions import MENUS, translated
from editor.ui.controls.plate import Plate
from editor.ui.controls.text_field import TextField
from editor.ui.theme import current

WIDE = 360
"""Logical pixels of one column of groups."""


@dataclass(frozen=True, slots=True)
class Row:
    """A key and what it does. keys: {24} stands for what is printed on the key of that code."""

    keys: str
    does: str

    def holds(self, words: Sequence[str]) -> bool:
        """Whether each of these occurs in it. words: folded to one case."""
        said = f"{self.keys} {self.does}".casefold()
        return all(word in said for word in words)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title."""

    title: str
    rows: tuple[Row, ...]


class KeyList(Plate):
    """Every key of the stage and of the menus. left: Escape was pressed in its search."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("key-list", self.tr("Keys"), parent)
        self._signs: Mapping[int, str] = {}
        self._columns = 0
        self._unseen: QWidget | None = None
        self._making: Iterator[None] = iter(())
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._go_on)

    def showEvent(self, event: QShowEvent) -> None:
        if self.layout() is None:  # most never open it
            self._build()
        self._signs = printed.signs()  # another layout may be in use by now
        self._columns = 0
        self._about.setVisible(not self._signs)
        self.search.show_value("")
        self._fill()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Drop the words: they are made anew each time, and styled anew with every theme."""
        self._more.stop()
        if self.layout() is None:  # hidden before it was ever opened
            return
        for sheet in (self._unseen, self._area.takeWidget()):
            if sheet is not None:
                sheet.deleteLater()
        self._unseen = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.layout() is not None:
            self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave with Escape, and scroll with the keys that mean that."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        scrolls = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -10,
            Qt.Key.Key_PageDown: 10,
        }
        steps = scrolls.get(Qt.Key(event.key()))
        if steps is None:
            return False
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + steps * current().sizes.row)
        return True

    def _build(self) -> None:
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.far, sizes.far, sizes.far, sizes.far)
        column.setSpacing(sizes.apart)
        head = QHBoxLayout()
        head.setSpacing(sizes.far)
        head.addWidget(_plain(self.tr("Keys"), "title", self))
        self._about = _plain(self.tr("Letters are those of a US keyboard."), "quiet", self)
        hint = self.tr("Search keys")
        self.search = TextField("key-list-search", hint, hint=hint)
        self.search.setMaximumWidth(WIDE)
        self.search.changed.connect(lambda _: self._fill(anew=True))
        self.search.installEventFilter(self)
        head.addWidget(self._about)
        head.addStretch(1)
        head.addWidget(self.search, 1)
        column.addLayout(head)
        self._area = QScrollArea()
        self._area.setObjectName("key-list-area")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)

    def _fill(self, *, anew: bool = False) -> None:
        """Lay out what the search leaves in as many columns as there is room for."""
        columns = max((self.width() - 2 * current().sizes.far) // WIDE, 1)
        if columns == self._columns and not anew:
            return
        self._columns = columns
        if self._unseen is not None:
            self._unseen.deleteLater()
        # Words that moved to another widget would have the rules of the style matched again.
        self._unseen = QWidget(self._area.viewport())
        self._making = self._make(self._unseen, columns)
        self._more.start()

    def _go_on(self) -> None:
        """Do a turn's share; words by the hundred take some time to make."""
        if next(self._making, self) is None:
            self._more.start()

    def _make(self, sheet: QWidget, columns: int) -> Iterator[None]:
        """Fill a sheet, a group at a time, and put it in the place of the one that is seen."""
        row = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().sizes.far)
        for part in _shared(self._found(), columns):
            grid = _grid()
            row.addLayout(grid, 1)
            for group in part:
                _add(grid, group, sheet)
                yield
            grid.setRowStretch(grid.rowCount(), 1)
        self._unseen = None
        self._area.setWidget(sheet)
        sheet.setAutoFillBackground(False)  # the area has switched it on

    def _found(self) -> list[Group]:
        """What holds the words that are searched, as it is printed on this keyboard."""
        words = self.search.value().casefold().split()
        found = []
        for group in self._groups():
            rows = tuple(Row(printed.said(row.keys, self._signs), row.does) for row in group.rows)
            kept = tuple(row for row in rows if row.holds(words))
            if kept:
                found.append(Group(group.title, kept))
        return found or [Group(self.tr("No key does that"), ())]

    def _groups(self) -> Iterator[Group]:
        yield Group(
            self.tr("Tools"),
            (
                Row("{56}", self.tr("Brush")),
                Row("{26}, {53}", self.tr("Erase instead of paint")),
                Row("{46}", self.tr("Lasso: drag, or click corners; Enter closes")),
                Row("{58}", self.tr("Rectangle, and again ellipse")),
                Row("{25}", self.tr("Wand: what has one colour")),
                Row("{32}", self.tr("Object in a box or under a scribble")),
                Row("{27}", self.tr("Refine edge: brush along hair")),
                Row("{43}", self.tr("Hand")),
                Row("{52}", self.tr("Zoom")),
            ),
        )
        yield Group(
            self.tr("Painting"),
            (
                Row("{34}  {35}", self.tr("Smaller, larger brush")),
                Row("Shift+{34}  {35}", self.tr("Softer, harder brush")),
                Row("Alt+right-drag", self.tr("Size and hardness")),
                Row("Alt", self.tr("Erase, subtract a shape; from the middle in the drag")),
                Row("Shift", self.tr("Add a shape; square or one direction in the drag")),
                Row(self.tr("Right button"), self.tr("Erase, subtract a shape")),
                Row("Shift-click", self.tr("Straight line")),
                Row(self.tr("Wheel"), self.tr("Zoom; with Alt the size of the brush")),
                Row("Space", self.tr("Pan while held; moves a shape in the making")),
                Row("Ctrl+Space", self.tr("Zoom by click or drag while held; Alt makes smaller")),
                Row(self.tr("Caps Lock"), self.tr("Precise cursor")),
                Row("{24}", self.tr("The mask as overlay, black and white, cut-out")),
                Row("Tab", self.tr("Hide the panels, and show them again")),
            ),
        )
        yield Group(
            self.tr("Results"),
            (
                Row(self.tr("0 to 9"), self.tr("The original and the results")),
                Row("{39}", self.tr("Star the result")),
                Row(self.tr("Delete"), self.tr("Reject the shown result, or clear the mask")),
                Row("{51}", self.tr("The untouched source while held")),
                Row("Enter", self.tr("Keep what is shown, or go to the prompt")),
                Row("Esc", self.tr("Back")),
            ),
        )
        yield Group(
            self.tr("Comparing"),
            (
                Row("← →", self.tr("Another result, the line or the threshold")),
                Row("Shift+← →", self.tr("The same in large steps")),
                Row("PgUp, PgDown", self.tr("Pages of the grid")),
                Row("Shift+drag", self.tr("Move one picture alone")),
                Row(self.tr("Shift+double-click"), self.tr("Put it back")),
            ),
        )
        for title, entries in MENUS:
            rows = tuple(
                Row(_native(command.keys[0]), _unmarked(command.text).rstrip("…"))
                for command in entries
                if command.keys
            )
            if rows:
                yield Group(_unmarked(title), rows)


def _grid() -> QGridLayout:
    sizes = current().sizes
    grid = QGridLayout()
    grid.setHorizontalSpacing(sizes.apart)
    grid.setVerticalSpacing(sizes.small)
    grid.setColumnStretch(1, 1)
    return grid


def _add(grid: QGridLayout, group: Group, sheet: QWidget) -> None:
    """Put a group below those that are in a column of the sheet."""
    top = grid.rowCount() if grid.count() else 0
    title = _plain(group.title, "strong", sheet)
    title.setContentsMargins(0, current().sizes.near if top else 0, 0, 0)
    grid.addWidget(title, top, 0, 1, 2)
    for at, row in enumerate(group.rows, top + 1):
        grid.addWidget(_plain(row.keys, "", sheet), at, 0, Qt.AlignmentFlag.AlignTop)
        does = _plain(row.does, "quiet", sheet)
        does.setWordWrap(True)
        grid.addWidget(does, at, 1)


def _shared(groups: Sequence[Group], columns: int) -> list[list[Group]]:
    """The groups in their order over columns of about the same height."""
    most = sum(len(group.rows) + 2 for group in groups) / columns
    shares: list[list[Group]] = [[]]
    high = 0.0
    for group in groups:
        if high + (len(group.rows) + 2) / 2 > most and len(shares) < columns:
            shares.append([])
            high = 0.0
        shares[-1].append(group)
        high += len(group.rows) + 2
    return shares


def _unmarked(text: str) -> str:
    return translated(text).replace("&", "")


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(words: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    # By itself each label begins where its own words do, keys at another side than their titles.
    side = Qt.AlignmentFlag.AlignLeft
    if QGuiApplication.isRightToLeft():
        side = Qt.AlignmentFlag.AlignRight
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    if role:
        label.setProperty("role", role)
    label.ensurePolished()  # now, or all of them are when they are shown
    return label
