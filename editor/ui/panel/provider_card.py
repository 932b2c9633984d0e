"""ProviderCard: what a provider really honours, as its answers have shown."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from editor.capability.card import Card, words
from editor.session.providers import ProvidersState
from editor.ui.controls.message import Message
from editor.ui.language import sentence
from editor.ui.theme import current


class ProviderCard(QWidget):
    """Shows a Card, dated; it is not there while nothing is known."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("provider-card")
        title = QLabel(self.tr("What it honours"))
        title.setObjectName("card-title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("role", "label")
        self._seen = Message("card-seen")
        self._unverified = Message("card-unverified")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().sizes.small)
        for part in (title, self._seen, self._unverified):
            column.addWidget(part)

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

    def _words(self, card: Card) -> str:
        told = ", ".join(sentence(each) for each in words(card))
        if not told or card.seen is None:
            return ""
        day = QLocale().toString(QDate(card.seen.year, card.seen.month, card.seen.day), "d MMM")
        return self.tr("Seen {day}: {what}.").format(day=day, what=told)
