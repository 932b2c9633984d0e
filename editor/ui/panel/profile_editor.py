"""ProfileEditor: a provider of one's own as text, with what is wrong beside its lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from editor.session.profiles import Draft, aside
from editor.ui.controls import paint
from editor.ui.controls.button import Button
from editor.ui.controls.code_text import CodeText
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.controls.row import FieldRow
from editor.ui.controls.text_field import TextField
from editor.ui.language import capital, label, sentence
from editor.ui.theme import current

TEMPLATE = "-"
"""The beginning that is no example; names of examples have letters."""


class ProfileEditor(QWidget):
    """Shows a Draft and reports: written and called as it is typed, begun with an example.

    doubted: whether it is to be removed, which is asked first; removed: yes.
    """

    written = Signal(str)
    called = Signal(str)
    begun = Signal(str)
    saved = Signal()
    left = Signal()
    doubted = Signal(bool)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("profile-editor")
        title = QLabel(self.tr("A provider of your own"))
        title.setObjectName("profile-title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("role", "title")
        self._begin = Combo("profile-begin", self.tr("Begin with"))
        self._begin.chosen.connect(lambda name: self.begun.emit("" if name == TEMPLATE else name))
        help = self.tr("Takes the place of what is written")
        self._begin_row = FieldRow("row-profile-begin", self.tr("Begin with"), self._begin, help)
        self._id = TextField("profile-id", self.tr("Name"), longest=40)
        self._id.changed.connect(self.called)
        self._id_row = FieldRow(
            "row-profile-id",
            self.tr("Name"),
            self._id,
            self.tr("Small letters, digits and hyphens; the file is called so"),
        )
        self.text = CodeText("profile-text", self.tr("Profile"))
        self.text.written.connect(self.written)
        self._said = Message("profile-said")
        self._find = Button("profile-find", self.tr("Go to the line"), "link")
        self._find.clicked.connect(self._go)
        self._save = Button("profile-save", self.tr("Save"))
        self._save.clicked.connect(self.saved)
        self._leave = Button("profile-leave", self.tr("Cancel"), "link")
        self._leave.clicked.connect(self.left)
        self._remove = Button("profile-remove", self.tr("Remove profile…"), "link")
        self._remove.clicked.connect(lambda: self.doubted.emit(True))
        self._doubt = Message("profile-doubt")
        self._yes = Button("profile-remove-now", self.tr("Remove"))
        self._yes.clicked.connect(self.removed)
        self._no = Button("profile-keep", self.tr("Keep it"), "link")
        self._no.clicked.connect(lambda: self.doubted.emit(False))
        self._line = 1
        self._lay_out(title)

    def show_draft(self, draft: Draft) -> None:
        """Show this; the text that is being typed stays as it is."""
        self._begin_row.setVisible(bool(draft.beginnings))
        options = [Option(TEMPLATE, self.tr("Everything, explained"))]
        options += [Option(name, label(_named(name))) for name in draft.beginnings]
        self._begin.show_options(options)
        begun = draft.id if draft.id in draft.beginnings else TEMPLATE
        self._begin.show_value(begun)
        self._id.show_value(draft.id)
        self.text.show_text(draft.text)
        faults = draft.faults or ()
        if draft.faults is not None:
            self.text.show_wrong({one.line: capital(sentence(one.sentence)) for one in faults})
        self._say(draft)
        self._ask(draft)

    def _ask(self, draft: Draft) -> None:
        """Offer to remove what is kept as a file; once that is wanted, say what it means."""
        words = self.tr(
            "It is no longer offered, and its key is forgotten. Past edits, their results and "
            "what they cost stay; the text is kept as {file}."
        )
        file = aside(draft.kept).name
        self._doubt.show_words(words.format(file=file) if draft.removing else "", "warn")
        self._remove.setVisible(bool(draft.kept) and not draft.removing)
        if draft.removing and not self._no.isVisible():
            self._no.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in (self._yes, self._no):
            button.setVisible(draft.removing)
        for button in (self._save, self._leave):
            button.setVisible(not draft.removing)

    def _say(self, draft: Draft) -> None:
        faults = draft.faults or ()
        if draft.removing:
            self._said.show_words("")
        elif draft.trouble is not None:
            self._said.show_words(sentence(draft.trouble), "error")
        elif faults:
            self._said.show_words(capital(sentence(faults[0].sentence)), "error")
        elif draft.sound:
            self._said.show_words(self.tr("Nothing is wrong with it."), "ok")
        else:
            self._said.show_words(self.tr("Looking…"))
        self._line = faults[0].line if faults else 1
        words = self.tr("Go to line {line}").format(line=self._line)
        self._find.setText(words)
        self._find.describe(words)
        self._find.setVisible(bool(faults) and not draft.removing)
        self._save.set_off("" if draft.sound else self.tr("Something is still wrong with it"))

    def _go(self) -> None:
        self.text.go_to(self._line)

    def _lay_out(self, title: QLabel) -> None:
        sizes = current().sizes
        find = QHBoxLayout()
        find.setContentsMargins(*paint.sides(self, 18, 0, 0, 0))
        find.addWidget(self._find)
        find.addStretch(1)
        ends = QHBoxLayout()
        ends.setSpacing(sizes.near)
        ends.addWidget(self._save)
        ends.addWidget(self._leave)
        ends.addWidget(self._yes)
        ends.addWidget(self._no)
        ends.addStretch(1)
        remove = QHBoxLayout()
        remove.addWidget(self._remove)
        remove.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.near)
        for part in (title, self._begin_row, self._id_row):
            column.addWidget(part)
        column.addWidget(self.text, 1)
        column.addWidget(self._said)
        column.addLayout(find)
        column.addWidget(self._doubt)
        column.addLayout(ends)
        column.addLayout(remove)


def _named(name: str) -> str:
    """The name of an example as its makers write it."""
    return _NAMES.get(name, name)


_NAMES = {
    "azure": "Azure OpenAI",
    "litellm": "LiteLLM",
    "localai": "LocalAI",
    "stable-diffusion-cpp": "stable-diffusion.cpp",
    "vllm-omni": "vLLM-Omni",
    "xai": "xAI",
}
