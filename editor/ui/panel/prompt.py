"""Prompt: the prompt bar as the form has it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from editor.capability.field import Text
from editor.session.form_state import FormState
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.long_field import LongField
from editor.ui.controls.prompt_bar import PromptBar
from editor.ui.panel.cost import offer, reason
from editor.ui.panel.mentions import Mentions

_NEAR = 0.8
"""Share of the longest prompt from which its length is shown."""


class Prompt(PromptBar):
    """Shows the form and reports like every prompt bar; `link_taken` asks for a provider.

    On this computer no words are read: a sentence stands there, and what was typed is kept.
    plea_chosen: whether a sentence that asks to keep the rest follows the prompt;
    plea_changed carries it.
    """

    plea_chosen = Signal(bool)
    plea_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("prompt", parent)
        self._reason = ""
        self._question = ""
        self._reader = ""
        self._limit = 1.0
        self._state: FormState | None = None
        self.mentions = Mentions(self.text)
        words = self.tr("Ask to keep the rest: a sentence follows the prompt")
        self.plead = IconButton("prompt-plead", "lock", words)
        self.plead.setCheckable(True)
        self.plead.clicked.connect(self.plea_chosen)
        self.plea = LongField("prompt-plea", self.tr("Sentence that follows the prompt"))
        self.plea.changed.connect(self.plea_changed)
        for part in (self.plead, self.plea):
            part.hide()  # until a form says that words are read
        self.add_tool(self.plead)
        self.add_line(self.plea)

    def show_limit(self, limit: float) -> None:
        """Show a price above this many USD in amber."""
        self._limit = limit
        if self._state is not None:
            self._show_send(self._state)

    def show_reader(self, reader: str) -> None:
        """Offer the provider of this name where no words are read; "" to add one."""
        if reader != self._reader:
            self._reader = reader
            if self._state is not None and self._state.offline and not self._state.local:
                self.show_standing(self.standing.text(), self._use_words())

    def show_question(self, words: str) -> None:
        """Ask this before it is sent; "" when there is nothing to ask."""
        self._question = words
        if self._state is not None:
            self._show_reason(self._state)

    def show_form(self, state: FormState, *, running: bool = False) -> None:
        """Show the prompt, what sending it costs, and why it cannot be sent."""
        self._state = state
        self.show_text(state.prompt)
        self._reason = reason(state)
        self._show_send(state)
        self.show_running(running)
        self.plead.setVisible(not state.offline)
        self.plead.setChecked(state.pleads)
        self.plea.setVisible(state.pleads and not state.offline)
        if not self.plea.hasFocus() and self.plea.value() != state.plea_words:
            self.plea.show_value(state.plea_words)
        if state.offline:
            self.show_standing(
                self.tr("Remove what is painted (no internet, no prompt)"),
                "" if state.local else self._use_words(),
            )
        else:
            self.show_standing("")
        self.text.setPlaceholderText(self._placeholder(state))
        self._show_reason(state)

    def attempt(self) -> None:
        """Send, or say at last why not."""
        if self._reason:
            self.show_hint(self._reason, "warn")
        super().attempt()

    def _use_words(self) -> str:
        if not self._reader:
            return self.tr("Use words: add a provider")
        return self.tr("Use words: {provider}").format(provider=self._reader)

    def _show_send(self, state: FormState) -> None:
        what = offer(state, self._limit)
        self.send.show_words(what.words, what.price, what.spoken, self._reason, dear=what.dear)

    def _placeholder(self, state: FormState) -> str:
        if any(trouble.field == "mask" for trouble in state.troubles) or not state.pictures:
            return self.tr("Paint over what may change, then say what should be there")
        return self.tr("What should be there instead? Ctrl+Enter sends")

    def _show_reason(self, state: FormState) -> None:
        """Stay quiet until there are words that could be sent."""
        missing = not state.prompt.strip() or state.offline
        if self._question:
            self.show_hint(self._question, "warn")
        elif self._reason and not missing:
            waits = {trouble.field for trouble in state.troubles} <= {"mask"}
            self.show_hint(self._reason, "quiet" if waits else "error")
        elif state.covers:
            self.show_hint(self.tr("Edit first makes a mask of what is transparent."), "quiet")
        else:
            self.show_hint(self._length(state))

    def _length(self, state: FormState) -> str:
        field = state.model.field("prompt")
        if not isinstance(field, Text) or field.off:
            return ""
        length = len(state.prompt) + len(state.plea)
        if length < _NEAR * field.longest:
            return ""
        count = QLocale().toString
        words = self.tr("{length} of {longest} characters")
        return words.format(length=count(length), longest=count(field.longest))
