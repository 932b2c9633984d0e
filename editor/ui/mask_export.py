"""Mask export: a small panel that asks how the mask becomes a file."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QWidget

from editor.ui.controls.button import Button
from editor.ui.controls.option import Option
from editor.ui.controls.popup import Popup
from editor.ui.controls.segmented import Segmented
from editor.ui.theme import current


class MaskExportPanel(Popup):
    """A popup; wanted: write it as is chosen, copy_wanted: put it on the clipboard like that."""

    wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("mask-export", self.tr("Export mask"), parent)
        sizes = current().sizes
        form = QFormLayout(self)
        form.setContentsMargins(sizes.apart, sizes.apart, sizes.apart, sizes.apart)
        form.setHorizontalSpacing(sizes.apart)
        form.setVerticalSpacing(sizes.near)
        exact, levels = self.tr("A pixel changes or is kept"), self.tr("Soft edges stay soft")
        self._edges = self._choice(
            "edges",
            self.tr("Edges"),
            [Option("hard", self.tr("Exact"), exact), Option("soft", self.tr("Soft"), levels)],
        )
        both = self.tr("What may change is transparent and white: for providers and editors")
        plain = self.tr("What may change is white: for programs that know no transparency")
        self._coding = self._choice(
            "coding",
            self.tr("Coding"),
            [
                Option("dual", self.tr("Transparent"), both),
                Option("grey", self.tr("Black and white"), plain),
            ],
        )
        self._extent = self._choice(
            "extent",
            self.tr("Extent"),
            [Option("whole", self.tr("Whole picture")), Option("frame", self.tr("Sent frame"))],
        )
        for control in (self._edges, self._coding, self._extent):
            words = QLabel(control.accessibleName())
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setBuddy(control)
            form.addRow(words, control)
        row = QHBoxLayout()
        row.setSpacing(sizes.near)
        row.addStretch(1)
        copy = Button("mask-export-copy", self.tr("Copy"))
        copy.clicked.connect(self._copy)
        save = Button("mask-export-save", self.tr("Export…"))
        save.clicked.connect(self._save)
        for button in (copy, save):
            row.addWidget(button)
        form.addRow(row)

    @property
    def soft(self) -> bool:
        return self._edges.value() == "soft"

    @property
    def grey(self) -> bool:
        return self._coding.value() == "grey"

    @property
    def framed(self) -> bool:
        return self._extent.isEnabled() and self._extent.value() == "frame"

    def offer(self, stage: QWidget, below: int, *, framed: bool) -> None:
        """Open at the right of the stage, below so many pixels at its top.

        framed: only a part of the picture is sent.
        """
        self._extent.set_off("" if framed else self.tr("The whole picture is sent"))
        near = current().sizes.near
        self.adjustSize()
        left = stage.width() - self.width() - near
        self.move(stage.mapToGlobal(QPoint(left, below + near)))
        self.show()

    def _choice(self, name: str, label: str, options: list[Option]) -> Segmented:
        choice = Segmented(f"mask-export-{name}", label, options)
        choice.show_value(options[0].value)
        return choice

    def _copy(self) -> None:
        self.hide()
        self.copy_wanted.emit()

    def _save(self) -> None:
        self.hide()
        self.wanted.emit()
