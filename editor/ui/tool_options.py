"""Tool options: what can be set of the tool in use, in a line or two over the picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.session.toolbox import MOST, TOLERANCE, Setup
from editor.ui.controls.bar import Bar
from editor.ui.controls.option import Option
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span
from editor.ui.controls.segmented import Segmented
from editor.ui.controls.switch import Switch
from editor.ui.theme import current


class ToolOptions(Bar):
    """Shows the options of one tool; nothing is seen for a tool without any.

    changed carries the name of a field of the Setup and its value; size_chosen a diameter in
    picture pixels, hardness_chosen 0.0 to 1.0. resized: it takes more or less room.
    left: a number was taken by Enter, and the keys belong to the picture again.
    """

    changed = Signal(str, object)
    size_chosen = Signal(float)
    hardness_chosen = Signal(float)
    resized = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tool-options", self.tr("Tool options"), parent)
        sizes = current().sizes
        rows = QVBoxLayout(self)
        rows.setContentsMargins(sizes.apart, sizes.small, sizes.apart, sizes.small)
        rows.setSpacing(sizes.small)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        for row in self._rows:
            row.setSpacing(sizes.near)
            rows.addLayout(row)
        self._row = self._rows[0]
        self._pen = False
        self._parts: dict[str, list[QWidget]] = {}
        self._size = self._number("size", self.tr("Size"), Span(1, MOST, unit="px"))
        self._size.changed.connect(self.size_chosen)
        self._hardness = self._number("hardness", self.tr("Hardness"), Span(0, 100, unit="%"))
        self._hardness.changed.connect(lambda share: self.hardness_chosen.emit(share / 100))
        self._smoothing = self._choice(
            "smoothing",
            self.tr("Smoothing"),
            [
                Option("off", self.tr("Off"), self.tr("The brush is where the pen is")),
                Option("light", self.tr("Light"), self.tr("Calms a shaky hand")),
                Option("strong", self.tr("Strong"), self.tr("For long, even curves")),
            ],
        )
        self._smoothing.chosen.connect(lambda value: self.changed.emit("smoothing", value))
        self._pressure, self._feel = self._pen_options()
        self._shape = self._choice(
            "shape",
            self.tr("Shape"),
            [Option("square", self.tr("Rectangle")), Option("round", self.tr("Ellipse"))],
        )
        self._shape.chosen.connect(lambda value: self.changed.emit("round", value == "round"))
        self._by = self._choice(
            "find-by",
            self.tr("Find by"),
            [
                Option("box", self.tr("Box"), self.tr("Drag a box around the object")),
                Option("line", self.tr("Scribble"), self.tr("Draw a line on the object")),
            ],
        )
        self._by.chosen.connect(lambda value: self.changed.emit("by_line", value == "line"))
        span = Span(0, TOLERANCE, default=Setup().tolerance)
        self._tolerance = self._number("tolerance", self.tr("Tolerance"), span)
        self._tolerance.changed.connect(lambda value: self.changed.emit("tolerance", round(value)))
        self._connected = Switch("tool-contiguous", self.tr("Connected only"))
        self._connected.clicked.connect(lambda on: self.changed.emit("contiguous", on))
        self._add("contiguous", self.tr("Connected"), self._connected)
        self._shown: tuple[str, ...] = ()
        self.show_tool("")

    def show_tool(self, tool: str) -> None:
        """Show the options of this tool."""
        self._tool = tool
        pen = ("pressure", "feel") if self._pen else ()
        self._shown = {
            "brush": ("size", "hardness", "smoothing", *pen),
            "rectangle": ("shape",),
            "wand": ("tolerance", "contiguous"),
            "object": ("find-by",),
            "refine": ("size",),
        }.get(tool, ())
        for name, widgets in self._parts.items():
            for widget in widgets:
                widget.setVisible(name in self._shown)
        self.setVisible(bool(self._shown))
        for row in self._rows:
            row.activate()
        self.adjustSize()
        self.resized.emit()

    def fit(self, room: int) -> None:
        """Take a second line where the brush has more to tell than goes into one."""
        words, choice = self._parts["smoothing"]
        for row, first in ((self._rows[0], len(self._parts["size"]) * 2), (self._rows[1], 0)):
            row.insertWidget(first, words)
            row.insertWidget(first + 1, choice)
            row.activate()
            if self.sizeHint().width() <= room:
                return

    def show_pen(self) -> None:
        """Offer from now on what a pen does by its pressure: there is one."""
        if not self._pen:
            self._pen = True
            self.show_tool(self._tool)

    @property
    def empty(self) -> bool:
        """Whether the tool in use has nothing to set."""
        return not self._shown

    def show_setup(self, setup: Setup) -> None:
        """Show how the tools are set."""
        self._smoothing.show_value(setup.smoothing)
        self._pressure.show_value(setup.pressure)
        self._feel.show_value(setup.feel)
        self._shape.show_value("round" if setup.round else "square")
        self._by.show_value("line" if setup.by_line else "box")
        self._tolerance.show_value(setup.tolerance)
        self._connected.show_value(setup.contiguous)

    def show_brush(self, diameter: float, hardness: float) -> None:
        """Show the brush as it is."""
        self._size.show_value(diameter)
        self._hardness.show_value(round(hardness * 100))

    def _pen_options(self) -> tuple[Segmented, Segmented]:
        """In a row of their own, which is seen once there is a pen."""
        self._row = self._rows[1]
        pressure = self._choice(
            "pressure",
            self.tr("Pressure"),
            [
                Option("size", self.tr("Size"), self.tr("A light hand paints narrow")),
                Option("strength", self.tr("Strength"), self.tr("A light hand paints faint")),
                Option("both", self.tr("Both"), self.tr("Narrow and faint")),
                Option("off", self.tr("Off"), self.tr("The whole brush, however light the hand")),
            ],
        )
        pressure.chosen.connect(lambda value: self.changed.emit("pressure", value))
        feel = self._choice(
            "feel",
            self.tr("Feel"),
            [
                Option("soft", self.tr("Soft"), self.tr("For a light hand")),
                Option("even", self.tr("Even"), self.tr("As the pen tells it")),
                Option("firm", self.tr("Firm"), self.tr("For a heavy hand")),
            ],
        )
        feel.chosen.connect(lambda value: self.changed.emit("feel", value))
        self._row.addStretch(1)
        self._row = self._rows[0]
        return pressure, feel

    def _number(self, name: str, label: str, span: Span) -> ScrubNumber:
        number = ScrubNumber(f"tool-{name}", label, span, self)
        number.end_by_enter()
        number.entered.connect(self.left)
        self._parts[name] = [ScrubLabel(label, number), number]
        for widget in self._parts[name]:
            self._row.addWidget(widget)
        return number

    def _choice(self, name: str, label: str, options: list[Option]) -> Segmented:
        choice = Segmented(f"tool-{name}", label, options)
        choice.setFixedWidth(choice.minimumSizeHint().width() + len(options) * current().sizes.near)
        self._add(name, label, choice)
        return choice

    def _add(self, name: str, label: str, control: QWidget) -> None:
        words = QLabel(label)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setBuddy(control)
        self._parts[name] = [words, control]
        for widget in self._parts[name]:
            self._row.addWidget(widget)
