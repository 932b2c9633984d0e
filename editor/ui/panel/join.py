"""Join panel: how the answer on the stage is put in: two sliders, and what is let through."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.session.tuned import Tuned, Way
from editor.ui.controls.button import Button, flush
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.controls.row import FieldRow
from editor.ui.controls.segmented import Segmented
from editor.ui.controls.slider import Slider
from editor.ui.language import capital, grouped, sentence
from editor.ui.theme import current

STEPS = 100
SOFTEST = 160
"""Pixels of the widest edge; the slider's squares reach it, so that narrow ones are easy."""


class JoinPanel(QWidget):
    """Shows how an answer is joined and reports what the person wants otherwise.

    edge_chosen carries pixels and match_chosen a share, None to leave it to the program.
    way_chosen: what the brush and a click on the picture do. undone: as it was painted again.
    """

    edge_chosen = Signal(object)
    match_chosen = Signal(object)
    way_chosen = Signal(str)
    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("join")
        sizes = current().sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.far, sizes.small, sizes.far, sizes.near)
        column.setSpacing(sizes.near)
        again = self.tr("A double click leaves it to Frisket")
        self._edge = Slider("join-edge", self.tr("Edge"), STEPS, again)
        self._edge.chosen.connect(lambda at: self.edge_chosen.emit(_pixels(at)))
        self._edge.reset.connect(lambda: self.edge_chosen.emit(None))
        self._match = Slider("join-match", self.tr("Match"), STEPS, again)
        self._match.chosen.connect(lambda at: self.match_chosen.emit(at / STEPS))
        self._match.reset.connect(lambda: self.match_chosen.emit(None))
        self._way = Segmented("join-way", self.tr("Let through"), self._ways())
        self._way.chosen.connect(self.way_chosen)
        self._said = Message("join-said")
        self._counted = Message("join-counted")
        self._back = Button("join-back", self.tr("As it was painted"), "link")
        self._back.clicked.connect(self.undone)
        widest = [
            self._words(self._length(SOFTEST), auto=True),
            self._words(self._percent(1.0), auto=True),
        ]
        for slider in (self._edge, self._match):
            slider.make_room(widest)  # the same, so that their tracks end at one place
        edge_help = self.tr("How far the answer fades in from the rim")
        match_help = self.tr("How far it takes the colours around it")
        column.addWidget(self._said)
        column.addWidget(FieldRow("row-join-edge", self.tr("Edge"), self._edge, edge_help))
        column.addWidget(FieldRow("row-join-match", self.tr("Match"), self._match, match_help))
        column.addWidget(FieldRow("row-join-way", self.tr("Let through"), self._way))
        column.addWidget(self._counted)
        column.addLayout(flush(self._back))

    def show_tuned(self, tuned: Tuned) -> None:
        """Show how the answer on the stage is joined."""
        self._said.show_words("\n".join(capital(sentence(line)) for line in tuned.told))
        length = self._length(tuned.edge)
        self._edge.show_value(_step(tuned.edge), self._words(length, tuned.edge_auto))
        share = self._percent(tuned.match)
        self._match.show_value(round(tuned.match * STEPS), self._words(share, tuned.match_auto))
        self.show_way(tuned.way)
        self._counted.show_words(self._count(tuned))
        self._back.setVisible(bool(tuned.widened or tuned.narrowed))

    def show_way(self, way: Way) -> None:
        """Show what the brush and a click on the picture do."""
        self._way.show_value(way)

    def _count(self, tuned: Tuned) -> str:
        words = []
        if tuned.widened:
            let = self.tr("{count} px beyond the mask may change.")
            words.append(let.format(count=grouped(tuned.widened)))
        if tuned.narrowed:
            kept = self.tr("{count} px inside it stay.")
            words.append(kept.format(count=grouped(tuned.narrowed)))
        return " ".join(words)

    def _length(self, pixels: float) -> str:
        return self.tr("{count} px").format(count=f"{pixels:.0f}")

    def _percent(self, share: float) -> str:
        return self.tr("{share} %").format(share=f"{share * 100:.0f}")

    def _words(self, value: str, auto: bool) -> str:
        return self.tr("auto {value}").format(value=value) if auto else value

    def _ways(self) -> list[Option]:
        return [
            Option(Way.OFF, self.tr("Off"), self.tr("The brush paints the next mask")),
            Option(Way.PICK, self.tr("Pick"), self.tr("Click a shadow or a reflection outside")),
            Option(Way.BRUSH, self.tr("Brush"), self.tr("Paint what may change; Alt keeps it out")),
        ]


def _pixels(step: int) -> float:
    return SOFTEST * (step / STEPS) ** 2


def _step(pixels: float) -> int:
    return min(round(STEPS * math.sqrt(pixels / SOFTEST)), STEPS)
