"""The tool column: what the pen does, undo and redo, and the views of the results."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from editor.ui.controls import paint
from editor.ui.controls.icon_button import IconButton
from editor.ui.theme import current

FLIPPED = frozenset({"brush", "lasso", "rectangle", "wand", "object"})
"""The tools that the eraser turns round: they take away where they would paint or add."""


class Tools(QWidget):
    """Shows the tool in use; chosen carries its name, asked the id of a command."""

    chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setAccessibleName(self.tr("Tools"))
        sizes = current().sizes
        self.setFixedWidth(sizes.tools)
        labels = {
            "brush": (self.tr("Brush"), "B"),
            "lasso": (self.tr("Lasso"), "L"),
            "rectangle": (self.tr("Rectangle or ellipse"), "M"),
            "wand": (self.tr("Wand"), "W"),
            "object": (self.tr("Object"), "O"),
            "refine": (self.tr("Refine edge"), "R"),
            "hand": (self.tr("Hand"), "H"),
            "zoom": (self.tr("Zoom"), "Z"),
        }
        self._tools = {
            name: IconButton(f"tool-{name}", name, label, keys)
            for name, (label, keys) in labels.items()
        }
        self._erase = IconButton("erase", "eraser", self.tr("Erase instead of paint"), "E")
        self._undo = IconButton("tools-undo", "undo", self.tr("Undo"), "Ctrl+Z")
        self._redo = IconButton("tools-redo", "redo", self.tr("Redo"), "Ctrl+Shift+Z")
        self._views = {
            "grid": IconButton("tools-grid", "grid", self.tr("Grid of results"), "F7"),
            "beside": IconButton("tools-beside", "beside", self.tr("Side by side"), "F8"),
            "divider": IconButton("tools-divider", "divider", self.tr("Divider"), "F9"),
            "difference": IconButton(
                "tools-difference", "difference", self.tr("Difference"), "F10"
            ),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.small, sizes.near, sizes.small, sizes.near)
        column.setSpacing(0)
        for name, button in self._tools.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, tool=name: self.chosen.emit(tool))
            _put(column, button)
            if name == "brush":
                _put(column, self._erase)
        column.addItem(_gap(sizes.far))
        for button, command in ((self._undo, "undo"), (self._redo, "redo")):
            button.clicked.connect(lambda _=False, id=command: self.asked.emit(id))
            _put(column, button)
        column.addStretch()
        for command, button in self._views.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, id=command: self.asked.emit(id))
            _put(column, button)
        self._erase.setCheckable(True)
        self._erase.clicked.connect(lambda _=False: self.asked.emit("flip"))
        self.show_tool("brush", erase=False)
        nothing = self.tr("There is no picture yet")
        self.show_history(nothing, nothing)
        self.show_view("edit", nothing)

    def show_tool(self, tool: str, *, erase: bool) -> None:
        for name, button in self._tools.items():
            button.setChecked(name == tool)
        self._erase.setChecked(erase and tool in FLIPPED)

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Tell what is printed on the keys of this keyboard. keys: by the command they give."""
        for name, button in self._tools.items():
            button.show_keys(keys[f"tool:{name}"])
        self._erase.show_keys(keys["flip"])

    def show_rectangle(self, *, round: bool) -> None:
        """Show whether the rectangle is an ellipse."""
        self._tools["rectangle"].show_icon(
            "ellipse" if round else "rectangle", self.tr("Rectangle or ellipse")
        )

    def show_history(self, undo: str, redo: str) -> None:
        """Say why nothing can be undone or redone; "" where something can."""
        self._undo.set_off(undo)
        self._redo.set_off(redo)

    def show_view(self, view: str, off: str) -> None:
        """Mark the view of the stage. off: why there is nothing to compare, "" when there is."""
        for name, button in self._views.items():
            button.setChecked(name == view)
            button.set_off(off)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.panel)
        edge = QRect(self.width() - 1, 0, 1, self.height())
        painter.fillRect(paint.mirrored(self, edge), colours.hairline)


def _put(column: QVBoxLayout, button: IconButton) -> None:
    """Add a button a little below the one before it."""
    if column.count():
        column.addItem(_gap(current().sizes.small))
    column.addWidget(button)


def _gap(high: int) -> QSpacerItem:
    """Room that a low window takes back, so that all of it fits on a small screen."""
    return QSpacerItem(0, high, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
