"""ProviderPanel: adding a provider: whose it is, its key, where it is asked, and what it keeps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.session.profiles import Draft
from editor.session.provider_state import ProvidersState
from editor.ui.controls.button import RING, Button, reaching
from editor.ui.controls.message import Message
from editor.ui.controls.scroll import Scroll
from editor.ui.language import label, sentence
from editor.ui.panel.key_part import KeyPart
from editor.ui.panel.profile_editor import ProfileEditor
from editor.ui.panel.provider_card import ProviderCard
from editor.ui.panel.provider_tiles import ProviderTiles
from editor.ui.theme import current


class ProviderPanel(Scroll):
    """Takes the place of the settings; shows a ProvidersState and reports.

    left: back to the prompt. resumed: the edits that wait may go on. dropped: they are not sent
    any more. used: the shown provider is taken for the next edits. The parts report the rest.
    """

    left = Signal()
    resumed = Signal()
    dropped = Signal()
    used = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("providers", self.tr("Providers"), parent)
        sizes = current().sizes
        self.setMinimumWidth(sizes.panel_least)
        self.done = Button("providers-done", self.tr("Done"))
        self.done.describe(self.tr("Back to the prompt"))
        self.done.clicked.connect(self.left)
        self._trouble = Message("providers-trouble")
        self._details = Message("providers-details")
        self._waiting = Message("providers-waiting")
        self._resume = Button("providers-resume", self.tr("Resume"))
        self._resume.describe(self.tr("Send the edits that wait"))
        self._resume.clicked.connect(self.resumed)
        self._drop = Button("providers-drop", self.tr("Stop queued"), "link")
        self._drop.describe(self.tr("Send none of the edits that wait; nothing is charged"))
        self._drop.clicked.connect(self.dropped)
        for button in (self._resume, self._drop):
            button.hide()
        self._local = Message("providers-local")
        self.tiles = ProviderTiles()
        self.key = KeyPart()
        self.card = ProviderCard()
        self.profile = ProfileEditor()
        self.profile.hide()
        self._rest = QWidget()
        self._use = Button("providers-use", "")
        self._use.clicked.connect(self.used)
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(current().sizes.panel, 600)

    def show_state(self, state: ProvidersState, *, in_use: bool) -> None:
        """Show this. in_use: the shown provider is the one that is asked now."""
        self._trouble.show_words(sentence(state.trouble) if state.trouble else "", "error")
        self._details.show_words(state.trouble.details if state.trouble else "")
        waits = waiting(state)
        self._waiting.show_words(waits)
        self._resume.setVisible(bool(waits))
        self._drop.setVisible(bool(waits))
        self._resume.set_off("" if state.ready else self.tr("There is no key yet"))
        self._local.show_words(
            self.tr("This project stays on this computer: no provider is asked.")
            if state.local
            else ""
        )
        self.tiles.show_state(state)
        self.key.show_state(state)
        self.card.show_state(state)
        words = self.tr("Use {provider}").format(provider=label(state.chosen.label))
        self._use.setText(words.replace("&", "&&"))
        self._use.describe(words)
        self._use.setVisible(state.ready and not in_use and not state.local)

    def show_draft(self, draft: Draft | None) -> None:
        """Show a profile in the making in the place of everything else; None for none."""
        if draft is not None:
            self.profile.show_draft(draft)
        left = draft is None and self.profile.isVisible()
        self.profile.setVisible(draft is not None)
        self._rest.setVisible(draft is None)
        if left:
            self.start()

    def start(self) -> None:
        """Give the keyboard to what comes first: the address, the key, or the way back."""
        self.ensureVisible(0, 0)
        (self.key.first or self.done).setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Give the keyboard to what comes first, unless it chooses among the tiles."""
        if not self.tiles.isAncestorOf(QApplication.focusWidget() or self):
            self.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(self.viewport().rect(), current().colours.panel)

    def _lay_out(self) -> None:
        sizes = current().sizes
        title = QLabel(self.tr("Providers"))
        title.setObjectName("providers-title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.done)
        resume = QHBoxLayout()
        resume.setSpacing(sizes.near)
        resume.addWidget(self._resume)
        resume.addWidget(self._drop)
        resume.addStretch(1)
        use = QHBoxLayout()
        use.addWidget(self._use)
        use.addStretch(1)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(RING, 0, RING, 0)
        rest.setSpacing(sizes.apart)
        rest.addWidget(self._local)
        rest.addWidget(self.tiles)
        rest.addLayout(reaching(self.key))
        rest.addLayout(use)
        rest.addWidget(self.card)
        rest.addStretch(1)
        body = QWidget()
        body.setObjectName("providers-body")
        column = QVBoxLayout(body)
        column.setContentsMargins(sizes.far, sizes.apart, sizes.far, sizes.apart)
        column.setSpacing(sizes.apart)
        column.addLayout(head)
        for part in (self._trouble, self._details, self._waiting):
            column.addWidget(part)
        column.addLayout(resume)
        column.addLayout(reaching(self._rest))
        column.addWidget(self.profile, 1)
        self.setWidget(body)


def waiting(state: ProvidersState) -> str:
    """How many edits wait for what troubles the shown provider, "" for none."""
    if not state.trouble or not state.waiting:
        return ""
    if state.waiting == 1:
        return _tr("One edit waits; nothing was lost.")
    return _tr("{count} edits wait; nothing was lost.").format(count=state.waiting)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ProviderPanel", words)
