"""ModelChoice: who does the work, with what, and what that model takes."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.capability.limits import Limits
from editor.capability.provider import Model
from editor.session.form_state import FormState
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.controls.row import FieldRow
from editor.ui.language import label, sentence, word
from editor.ui.panel.also import AlsoAsk
from editor.ui.theme import current

_ADD = "+"
"""The entry that is no provider; ids in the table are words."""

_MEGA = 1_000_000


class ModelChoice(QWidget):
    """Provider, model, the model's limits and how long it will live, and who else is asked.

    also_chosen carries a provider and a model, and whether it is asked too.
    """

    provider_chosen = Signal(str)
    model_chosen = Signal(str)
    provider_wanted = Signal()
    also_chosen = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("model-choice")
        self._provider = Combo("provider", self.tr("Provider"))
        self._model = Combo("model", self.tr("Model"))
        self._provider.chosen.connect(self._choose_provider)
        self._model.chosen.connect(self.model_chosen)
        self._rows = FieldRow("row-provider", self.tr("Provider"), self._provider)
        self._row = FieldRow("row-model", self.tr("Model"), self._model)
        self._status = Message("model-status")
        self._local = Message("model-local")
        self._also = AlsoAsk()
        self._also.chosen.connect(self.also_chosen)
        self._also_row = FieldRow("row-also", self.tr("Also ask"), self._also, self._also.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().sizes.near)
        for part in (self._rows, self._local, self._row, self._status, self._also_row):
            column.addWidget(part)

    def show_form(self, state: FormState) -> None:
        """Show what the form has, and what its model takes."""
        providers = [Option(one.id, label(one.label)) for one in state.offered]
        add = [] if state.local else [Option(_ADD, self.tr("Add a provider…"))]
        self._provider.show_options([*providers, *add])
        stays = self.tr("This project stays on this computer.")
        self._local.show_words(stays if state.local else "")
        self._provider.show_value(state.provider.id)
        models = {model.id: model for model in state.provider.models}
        models.setdefault(state.model.id, state.model)
        self._model.show_options([self._entry(model) for model in models.values()])
        self._model.show_value(state.model.id)
        self._row.show_limit("" if state.offline else self._limits(state.model.limits))
        trouble = state.trouble("pictures")
        self._row.show_trouble(sentence(trouble.sentence) if trouble else "")
        self._show_status(state.model)
        self._also.show_form(state)
        self._also_row.setVisible(not state.offline)
        trouble = state.trouble("also")
        self._also_row.show_trouble(sentence(trouble.sentence) if trouble else "")

    def _choose_provider(self, value: str) -> None:
        if value == _ADD:
            self.provider_wanted.emit()
        else:
            self.provider_chosen.emit(value)

    def _entry(self, model: Model) -> Option:
        note = ""
        if model.status == "ending" and model.until:
            note = self.tr("until {date}").format(date=_date(model))
        elif model.status == "gone":
            note = self.tr("shut down")
        elif model.doubt:
            note = self.tr("doubtful")
        return Option(model.id, label(model.label or model.id), note)

    def _limits(self, limits: Limits) -> str:
        formats = ", ".join(word(kind.partition("/")[2]) for kind in limits.formats)
        count, size = limits.pictures, f"{limits.picture_bytes / _MEGA:g}"
        if count > 1:
            words = self.tr("Up to {count} pictures")
            if limits.picture_bytes:
                words = self.tr("Up to {count} pictures of {size} MB")
        else:
            words = self.tr("One picture of {size} MB") if limits.picture_bytes else ""
        taken = words.format(count=count, size=size)
        return ": ".join(part for part in (taken, formats) if part)

    def _show_status(self, model: Model) -> None:
        if model.status == "ending" and model.until:
            date = _date(model)
            words = self.tr("This model stops working on {date}.").format(date=date)
            self._status.show_words(words, "warn")
        elif model.status == "gone":
            words = self.tr("Its maker shut this model down; other providers may still have it.")
            self._status.show_words(words, "warn")
        elif model.doubt:
            self._status.show_words(label(model.doubt), "warn")
        else:
            self._status.show_words("")


def _date(model: Model) -> str:
    assert model.until is not None
    day = QDate(model.until.year, model.until.month, model.until.day)
    return QLocale().toString(day, "d MMM yyyy")
