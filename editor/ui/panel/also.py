"""AlsoAsk: further models that are asked for the same in one round."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.capability.provider import Model, Provider
from editor.session.form_state import FormState
from editor.ui.controls import paint
from editor.ui.controls.combo import Combo
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.option import Option
from editor.ui.controls.tooltip import plain
from editor.ui.language import label
from editor.ui.theme import current

_ADD = ""
"""The entry that is no model."""


class AlsoAsk(QWidget):
    """A list to add from, and a line for each model that is asked too.

    chosen carries a provider and a model, by their ids, and whether it is asked.
    """

    chosen = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("also")
        self.help = self.tr("Ask further models for the same; each brings as many results.")
        self.setAccessibleName(self.tr("Also ask"))
        self._add = Combo("also-add", self.tr("Add a model to the round"))
        self._add.chosen.connect(self._chosen)
        self._known: dict[str, tuple[Provider, Model]] = {}
        self._lines: dict[tuple[str, str], QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().sizes.small)
        self._column.addWidget(self._add)

    def show_form(self, state: FormState) -> None:
        """Offer what is not asked yet, and list what is."""
        remote = [place for place in state.catalog.providers if place.engine == "remote"]
        asked = {(state.provider.id, state.model.id), *state.also}
        self._known = {
            f"{place.id}/{model.id}": (place, model) for place in remote for model in place.models
        }
        options = [
            Option(id, label(model.label), label(place.label) if len(remote) > 1 else "")
            for id, (place, model) in self._known.items()
            if (place.id, model.id) not in asked and model.status != "gone"
        ]
        self._add.show_options([Option(_ADD, self.tr("Add a model…")), *options])
        self._add.show_value(_ADD)
        for pair in [pair for pair in self._lines if pair not in state.also]:
            line = self._lines.pop(pair)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for pair in state.also:
            if pair not in self._lines:
                name = label(state.catalog.model(*pair).label)
                self._lines[pair] = self._line(pair, name)
                self._column.addWidget(self._lines[pair])

    def _chosen(self, id: str) -> None:
        self._add.show_value(_ADD)
        if id in self._known:
            place, model = self._known[id]
            self.chosen.emit((place.id, model.id), True)

    def _line(self, pair: tuple[str, str], name: str) -> QWidget:
        line = QWidget()
        words = _Name(name)
        leave = self.tr("Do not ask {model}").format(model=name)
        button = IconButton(f"also-{'-'.join(pair)}", "close", leave, look="small")
        button.clicked.connect(lambda: self.chosen.emit(pair, False))
        row = QHBoxLayout(line)
        row.setContentsMargins(*paint.sides(self, current().sizes.near, 0, 0, 0))
        row.setSpacing(current().sizes.small)
        row.addWidget(words, 1)
        row.addWidget(button)
        return line


class _Name(QWidget):
    """One line that is shortened where it does not fit, so that it never widens the panel."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setToolTip(plain(words))
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        paint.text(painter, self.rect(), self._words, theme.colours.text, self.font(), paint.START)
