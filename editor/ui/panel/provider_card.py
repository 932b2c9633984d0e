"""ProviderCard: what a provider really honours, as its answers have shown."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.capability.card import Card, words
from editor.capability.provider import Model
from editor.edits.probe import cost
from editor.session.probing import Probed
from editor.session.provider_state import ProvidersState
from editor.ui.controls.button import Button
from editor.ui.controls.message import Message, Tone
from editor.ui.language import label, money, sentence
from editor.ui.theme import current


class ProviderCard(QWidget):
    """Shows a Card, dated. probe_wanted: the paid test of what becomes of masks."""

    probe_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("provider-card")
        title = QLabel(self.tr("What it honours"))
        title.setObjectName("card-title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("role", "label")
        self._seen = Message("card-seen")
        self._unverified = Message("card-unverified")
        self._probe = Button("card-probe", self.tr("Does it obey masks?"))
        self._probe.clicked.connect(self.probe_wanted)
        self._price = Message("card-price")
        self._probed = Message("card-probed")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().sizes.small)
        for part in (title, self._seen, self._unverified):
            column.addWidget(part)
        column.addSpacing(current().sizes.small)
        probe = QHBoxLayout()
        probe.setSpacing(current().sizes.near)
        probe.addWidget(self._probe)
        probe.addWidget(self._price, 1, Qt.AlignmentFlag.AlignVCenter)
        probe.addStretch()  # takes what is left where nothing is said of a price
        column.addLayout(probe)
        column.addWidget(self._probed)

    def show_state(self, state: ProvidersState) -> None:
        """Show what is known of the chosen provider."""
        card = state.card
        if seen := self._words(card):
            doubted = any(tally.ignored for tally in card.tallies.values())
            self._seen.show_words(seen, "warn" if doubted else "ok")
        else:
            self._seen.show_words(self.tr("Nothing yet; it is learnt from answers."))
        models = ", ".join(card.unverified)
        wants = self.tr("Wants a verified organisation: {models}").format(models=models)
        self._unverified.show_words(wants if models else "", "warn")

    def show_probe(self, probed: Probed, state: ProvidersState, model: Model) -> None:
        """Offer the test of this model with its price, and tell how the last one came out."""
        here = probed.provider == state.chosen.id
        price = cost(model)
        if price is None:
            told = self.tr("unknown price")
        else:
            told = self.tr("about {price}").format(price=money(price)) if price else ""
        self._price.show_words(told)
        spoken = self.tr("Sends a small test picture with half a mask to {model}, once")
        self._probe.describe(spoken.format(model=label(model.label)))
        self._probe.set_off(self._reason(probed, state, model))
        said = sentence(probed.said) if here and probed.said else ""
        mood: Tone = "quiet" if probed.obeyed is None else "ok" if probed.obeyed else "warn"
        self._probed.show_words(said, mood)

    def _reason(self, probed: Probed, state: ProvidersState, model: Model) -> str:
        """Why the test cannot be made now."""
        if probed.busy:
            return self.tr("The test picture is under way")
        if not model.mask:
            return self.tr("This model takes no mask")
        if state.local:
            return self.tr("This project stays on this computer")
        return "" if state.ready else self.tr("There is no key yet")

    def _words(self, card: Card) -> str:
        told = ", ".join(sentence(each) for each in words(card))
        if not told or card.seen is None:
            return ""
        day = QLocale().toString(QDate(card.seen.year, card.seen.month, card.seen.day), "d MMM")
        return self.tr("Seen {day}: {what}.").format(day=day, what=told)
