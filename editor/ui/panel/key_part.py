"""KeyPart: the key and the address of one provider, and whether the key works."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from editor.preferences.secrets import key_name
from editor.session.provider_state import ProvidersState
from editor.ui.controls.button import RING, Button, flush
from editor.ui.controls.key_field import KeyField
from editor.ui.controls.message import Message
from editor.ui.controls.row import FieldRow
from editor.ui.controls.text_field import TextField
from editor.ui.language import bound, label, note, sentence
from editor.ui.theme import current


class KeyPart(QWidget):
    """Shows where a key is, never what it is. It is a ring wider than its words at both ends.

    address_typed carries what stands in the field while it is typed, address_given what was
    confirmed. page_wanted: the provider's own page where keys are made. profile_wanted: the text
    of a profile of one's own.
    """

    key_given = Signal(str)
    address_typed = Signal(str)
    address_given = Signal(str)
    tested = Signal()
    forgotten = Signal()
    page_wanted = Signal()
    profile_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("key-part")
        self._shown = ""
        self._missing_address = False
        self._note = Message("provider-note")
        self.address = TextField("provider-address", self.tr("Address"))
        self.address.changed.connect(self.address_typed)
        self.address.editingFinished.connect(lambda: self.address_given.emit(self.address.value()))
        self._address_row = FieldRow("row-address", self.tr("Address"), self.address)
        self.field = KeyField("provider-key", self.tr("Key"), self.tr("Keep"))
        self.field.given.connect(self.key_given)
        self._key_row = FieldRow("row-key", self.tr("Key"), self.field)
        self._kept = Message("key-kept")
        self._page = Button("key-page", self.tr("Get a key…"), "link")
        self._page.clicked.connect(self.page_wanted)
        self._forget = Button("key-forget", self.tr("Forget the key"), "link")
        self._forget.clicked.connect(self.forgotten)
        self._profile = Button("key-profile", self.tr("Edit the profile…"), "link")
        self._profile.clicked.connect(self.profile_wanted)
        self._test = Button("key-test", self.tr("Test the key"))
        self._test.clicked.connect(self.tested)
        self._verdict = Message("key-verdict")
        self._details = Message("key-details")
        self._lay_out()

    @property
    def first(self) -> QWidget | None:
        """What is filled in first: an address where there is none, else the key."""
        if self._missing_address:
            return self.address
        return self.field if self.field.isVisibleTo(self) else None

    def show_state(self, state: ProvidersState) -> None:
        """Show the key and the address of the chosen provider."""
        provider, keyless = state.chosen, state.chosen.auth == "none"
        new, self._shown = provider.id != self._shown, provider.id
        self._note.show_words(label(provider.note))
        self._show_address(state, new=new)
        if new:
            self.field.clear()
        self._key_row.setVisible(not keyless)
        self.field.show_hint(self._hint(state))
        self.field.show_wrong(state.refused is not None)
        self._key_row.show_trouble(sentence(state.refused) if state.refused else "")
        self._kept.show_words(self._where(state), "warn" if state.told else "quiet")
        self._page.setVisible(bool(provider.key_page) and not keyless)
        self._page.describe(self.tr("Opens {page}").format(page=provider.key_page))
        self._forget.setVisible(state.key in {"keyring", "session"})
        self._profile.setVisible(provider.custom)
        self._show_test(state)

    def _show_address(self, state: ProvidersState, *, new: bool) -> None:
        provider = state.chosen
        self._address_row.setVisible(not provider.custom)
        own = state.addresses.get(provider.id, "")
        if new or not self.address.hasFocus():
            self.address.show_value(own)
        usual = "" if own else provider.base_url
        self.address.setPlaceholderText(usual or "https://…/v1")
        self.address.show_wrong(bool(state.wrong))
        self._address_row.show_trouble(note(state.wrong) if state.wrong else "")
        self._missing_address = not provider.base_url and not provider.custom
        missing = self._missing_address and not state.wrong
        self._address_row.show_limit(
            self.tr("The base address of your provider, up to /v1") if missing else ""
        )

    def _hint(self, state: ProvidersState) -> str:
        if state.key is None:
            return self.tr("Paste the key here")
        if state.key == "environment":
            return self.tr("From the environment")
        return self.tr("Kept - paste another")

    def _where(self, state: ProvidersState) -> str:
        if state.told:
            return note(state.told)
        if state.key == "environment":
            words = self.tr("{variable} holds the key; it wins over any other.")
            return words.format(variable=key_name(state.chosen.id))
        if state.key == "keyring":
            return self.tr("The keyring of this computer keeps the key.")
        if state.key == "session":
            return self.tr("The key is kept until Frisket is closed.")
        return ""

    def _show_test(self, state: ProvidersState) -> None:
        busy = state.busy == "test"
        keyless = state.chosen.auth == "none"
        words = self.tr("Test the connection") if keyless else self.tr("Test the key")
        self._test.setText(self.tr("Testing…") if busy else words)
        self._test.describe(self.tr("Asks for what costs nothing"))
        if state.local:
            reason = self.tr("This project stays on this computer")
        elif busy or state.busy:
            reason = self.tr("One moment")
        else:
            reason = "" if state.ready else self._missing(state)
        self._test.set_off(reason)
        found = state.verdict
        self._verdict.show_words(sentence(found) if found else "", found.mood if found else "quiet")
        self._details.show_words(bound(found.details) if found else "")

    def _missing(self, state: ProvidersState) -> str:
        if not state.chosen.base_url:
            return self.tr("There is no address yet")
        return self.tr("There is no key yet")

    def _lay_out(self) -> None:
        sizes = current().sizes
        test = QHBoxLayout()
        test.addWidget(self._test)
        test.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(RING, 0, RING, 0)
        column.setSpacing(sizes.near)
        for part in (self._note, self._address_row, self._key_row, self._kept):
            column.addWidget(part)
        column.addLayout(flush(self._page, self._forget))
        column.addLayout(flush(self._profile))
        column.addLayout(test)
        column.addWidget(self._verdict)
        column.addWidget(self._details)
