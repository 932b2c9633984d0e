"""PromptBar: where the wish is written, with the one button that sends it.

Keys. Ctrl+Enter sends. Enter and Shift+Enter start a new line and never send: a request costs
money, Enter on the canvas leads here, and an Enter pressed once too often must not buy anything.
Enter in an empty bar does nothing, and a key that is held down adds no lines. Up in the first
line and Down in the last walk through earlier prompts. Escape leaves.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from editor.ui.controls import paint
from editor.ui.controls.button import RING, Button
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.message import Message, Tone
from editor.ui.controls.option import Option
from editor.ui.controls.prompt_text import PromptText
from editor.ui.controls.send_button import SendButton
from editor.ui.theme import current

_RESIZED = Qt.WidgetAttribute.WA_Resized
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_BOTTOM = Qt.AlignmentFlag.AlignBottom
_INSIDE = 4
"""Logical pixels between the bar's frame and its button."""


class PromptBar(QWidget):
    """A frame that grows with its text up to five lines; it holds no state of the program.

    `sent` asks for a round, `stopped` to stop all, `left` comes with Escape, `changed` carries
    what is written. The text is hidden, and kept, while a sentence stands in its place. `grew`
    says that sizeHint() may be another: place the bar again.
    """

    sent = Signal()
    stopped = Signal()
    left = Signal()
    changed = Signal(str)
    picture_pasted = Signal()
    link_taken = Signal()
    taken = Signal(str)
    grew = Signal()

    def __init__(self, name: str = "prompt", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        sizes = current().sizes
        self.setMaximumWidth(sizes.prompt_widest)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text = PromptText(f"{name}-text")
        self.standing = QLabel()
        self.standing.setObjectName(f"{name}-standing")
        self.standing.setTextFormat(Qt.TextFormat.PlainText)
        self.standing.setWordWrap(True)
        self.standing.setMinimumHeight(sizes.prompt - 2 * _INSIDE)
        self.standing.hide()
        self.send = SendButton(f"{name}-send", sizes.prompt - 2 * _INSIDE)
        self.stop = IconButton(f"{name}-stop", "stop", self.tr("Stop all"), "Shift+Esc")
        self.stop.hide()
        self.hint = Message(f"{name}-hint")
        self.link = Button(f"{name}-link", "", "link")
        self.link.hide()
        self._below = QWidget()
        self._below.hide()
        self._links, self._tools = QHBoxLayout(), QHBoxLayout()
        self._offers: list[Button] = []
        self._lay_out()
        self.send.clicked.connect(self.sent)
        self.stop.clicked.connect(self.stopped)
        self.link.clicked.connect(self.link_taken)
        self.text.sent.connect(self.attempt)
        self.text.left.connect(self.left)
        self.text.picture_pasted.connect(self.picture_pasted)
        self.text.textChanged.connect(self._text_changed)
        self.setFocusProxy(self.text)

    def show_text(self, words: str) -> None:
        """Show another prompt, without reporting it."""
        if words != self.text.toPlainText():
            blocked = self.text.blockSignals(True)
            self.text.setPlainText(words)
            self.text.blockSignals(blocked)
            self.text.fit()

    def show_standing(self, words: str, link: str = "") -> None:
        """Let a sentence and a link stand where the text is; "" brings the text back."""
        self.standing.setText(words)
        self.standing.setVisible(bool(words))
        self.text.setVisible(not words)
        self.link.setText(link.replace("&", "&&"))
        self.link.setAccessibleName(link)
        self.link.setVisible(bool(words and link))
        self.setFocusProxy(self.send if words else self.text)

    def show_hint(self, words: str, tone: Tone = "quiet") -> None:
        """Say under the text why it cannot be sent, or what is wrong; "" for nothing."""
        self.hint.show_words(words, tone)
        self._below.setVisible(bool(words or self._offers))

    def add_tool(self, button: QWidget) -> None:
        """Put a small control before those that stop and send."""
        self._tools.insertWidget(0, button)

    def add_line(self, line: QWidget) -> None:
        """Put a line below all else, as wide as the bar."""
        self._lines.addWidget(line)

    def show_offers(self, offers: Sequence[Option]) -> None:
        """Offer ways on beside the hint, each a link; none takes the line away."""
        if [offer.value for offer in offers] == [
            str(one.property("value")) for one in self._offers
        ]:
            return
        for old in self._offers:
            self._links.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._offers = [self._offer(offer) for offer in offers]
        for button in self._offers:
            self._links.addWidget(button, 0, _MIDDLE)
        self._below.setVisible(bool(self.hint.words or offers))

    def focus_offer(self, value: str) -> None:
        """Give the keyboard to an offer."""
        for button in self._offers:
            if button.property("value") == value:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, offer: Option) -> Button:
        button = Button(f"{self.objectName()}-{offer.value}", offer.label, "link")
        button.setProperty("value", offer.value)
        if offer.note:
            button.describe(f"{offer.label}: {offer.note}")
        button.clicked.connect(lambda: self.taken.emit(offer.value))
        return button

    def show_running(self, running: bool) -> None:
        """Offer to stop all, or not."""
        self.stop.setVisible(running)

    def sizeHint(self) -> QSize:
        """As wide as it may be, and as tall as its words are at its present width."""
        widest = self.maximumWidth()
        wide = self.width() if self.testAttribute(_RESIZED) else widest
        self._lines.activate()  # a nested layout remembers old heights until then
        tall = self.heightForWidth(min(wide, widest))
        return QSize(widest, tall if tall > 0 else super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.grew.emit()
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.field(QPainter(self), self.rect(), focused=self.text.hasFocus())

    def _lay_out(self) -> None:
        sizes = current().sizes
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self.text)
        words.addWidget(self.standing)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(sizes.far)
        below.addSpacing(sizes.near)
        below.addWidget(self.hint, 1, _MIDDLE)
        below.addLayout(self._links)
        below.addStretch()  # takes what is left where the hint has no words
        self._links.setSpacing(sizes.far)
        self._links.addSpacing(-RING)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(_INSIDE, _INSIDE, _INSIDE, _INSIDE)
        self._lines.setSpacing(_INSIDE)
        row = QHBoxLayout()
        self._lines.addLayout(row)
        self._lines.addWidget(self._below)
        row.setSpacing(sizes.near)
        row.addSpacing(sizes.near)  # unlike a margin it changes sides with the language
        row.addLayout(words, 1)
        row.addWidget(self.link, 0, _MIDDLE)
        row.addLayout(self._tools)
        row.setAlignment(self._tools, _BOTTOM)
        row.addWidget(self.send, 0, _BOTTOM)
        # They are lower than the button that sends, and stand in the middle of its height.
        lift = (self.send.height() - self.stop.height()) // 2
        self._tools.setContentsMargins(0, 0, 0, lift)
        self._tools.setSpacing(sizes.near)
        self._tools.addWidget(self.stop)

    def attempt(self) -> None:
        """Send as Ctrl+Enter does: only while the button is on."""
        if self.send.isEnabled():
            self.sent.emit()

    def _text_changed(self) -> None:
        self.changed.emit(self.text.toPlainText())
