"""Panel: the settings of the model, in hand-written groups; it shows the form and reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from editor.capability.field import Field, Value, Whole, parsed_size
from editor.capability.provider import Model
from editor.capability.values import why_off
from editor.session.form_state import FormState
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.controls.row import FieldRow
from editor.ui.controls.scroll import Scroll
from editor.ui.controls.section import Section
from editor.ui.controls.segmented import Segmented
from editor.ui.language import by, capital, label, sentence, word
from editor.ui.panel.count import CountControl
from editor.ui.panel.fields import Control, control, show
from editor.ui.panel.groups import Groups, grouped
from editor.ui.panel.model_choice import ModelChoice
from editor.ui.theme import current


class Panel(Scroll):
    """Rebuilt when the model changes, otherwise updated in place, so that nothing jumps.

    field_changed carries a field's name and its new value; count_chosen the number of
    variants.
    """

    provider_chosen = Signal(str)
    model_chosen = Signal(str)
    provider_wanted = Signal()
    also_chosen = Signal(object, bool)
    preset_chosen = Signal(str)
    frame_chosen = Signal(str)
    count_chosen = Signal(int)
    field_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", self.tr("Model and settings"), parent)
        sizes = current().sizes
        self.setMinimumWidth(sizes.panel_least)
        self.setMaximumWidth(sizes.panel_most)
        self._choice = ModelChoice()
        self._choice.provider_chosen.connect(self.provider_chosen)
        self._choice.model_chosen.connect(self.model_chosen)
        self._choice.provider_wanted.connect(self.provider_wanted)
        self._choice.also_chosen.connect(self.also_chosen)
        self._speed = Segmented("preset", self.tr("Speed"), self._speeds())
        self._speed.chosen.connect(self.preset_chosen)
        self._frame = Segmented("frame", self.tr("Frame"), self._frames())
        self._frame.chosen.connect(self.frame_chosen)
        self._frame_row = FieldRow("row-frame", self.tr("Frame"), self._frame)
        self._open = {"output": False, "advanced": False, "missing": False}
        self._state: FormState | None = None
        self._groups = Groups((), (), (), ())
        self._rows: dict[str, tuple[FieldRow, Control]] = {}
        self._fixes: dict[str, Value] = {}
        self._sections: dict[str, Section] = {}
        self._main = _Body()
        self._column = QVBoxLayout()
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(current().sizes.panel, 600)

    def show_form(self, state: FormState) -> None:
        """Show this form."""
        new = self._state is None or self._state.model != state.model
        self._state = state
        if new:
            self._build(state.model)
        self._choice.show_form(state)
        self._speed.show_value(state.preset)
        self._frame.show_value("own" if state.window else state.frame)
        nothing = self.tr("Nothing is sent, so there is no frame to choose.")
        self._frame.set_off(nothing if state.offline else "")
        self._fixes = {one.field: one.fix for one in state.troubles if one.fix is not None}
        self._update(state)
        for name in ("output", "advanced"):
            if section := self._sections.get(name):
                section.show_summary(_summary(getattr(self._groups, name), state))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(self.viewport().rect(), current().colours.panel)

    def _lay_out(self) -> None:
        sizes = current().sizes
        whole = QWidget()
        whole.setObjectName("panel-body")
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, sizes.apart, 0, sizes.apart)
        outer.setSpacing(0)
        top = _Body()
        top.column.addWidget(self._choice)
        top.column.addWidget(self._speed)
        outer.addWidget(top)
        outer.addWidget(self._main)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setWidget(whole)

    def _build(self, model: Model) -> None:
        """Make the rows of another model; the frame keeps its place as the last of the first."""
        self._groups = grouped(model)
        self._frame_row.setParent(None)
        self._main.clear()
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._rows, self._sections = {}, {}
        for field in self._groups.main:
            self._main.column.addWidget(self._row(field))
        self._main.column.addWidget(self._frame_row)
        self._frame_row.show()
        groups = self._groups
        if groups.output:
            self._add("output", self.tr("Output"), lambda: self._body(groups.output))
        if groups.advanced:
            self._add("advanced", self.tr("Advanced"), lambda: self._body(groups.advanced))
        if groups.missing:
            missing = self._add(
                "missing", self.tr("Not for this model"), lambda: self._missing(groups.missing)
            )
            missing.show_summary(", ".join(label(field.label) for field in groups.missing))

    def _row(self, field: Field) -> FieldRow:
        if field.name == "count" and isinstance(field, Whole):
            count = CountControl("field-count", label(field.label), field)
            count.changed.connect(self.count_chosen)
            made: Control = count
        else:
            made = control(field, field.default, self.field_changed.emit)
        row = FieldRow(f"row-{field.name}", label(field.label), made, label(field.help))
        row.fix_taken.connect(lambda name=field.name: self._take_fix(name))
        self._rows[field.name] = row, made
        return row

    def _update(self, state: FormState) -> None:
        for name in self._rows:
            field = state.model.field(name)
            if field is not None:
                self._update_row(field, state)

    def _update_row(self, field: Field, state: FormState) -> None:
        row, made = self._rows[field.name]
        value = state.settings.get(field.name, field.default)
        show(made, state.count if field.name == "count" else value)
        off = self._condition(field, state) if why_off(field, state.model, state.settings) else ""
        made.set_off(off)
        row.show_off(off)
        if not off:
            row.show_limit(label(field.doubt))
        trouble = state.trouble(field.name)
        fix = self._fixes.get(field.name)
        offer = "" if fix is None else self.tr("Use {value}").format(value=_words(fix))
        row.show_trouble(capital(sentence(trouble.sentence)) if trouble else "", offer)

    def _condition(self, field: Field, state: FormState) -> str:
        """What another field must say before this one is sent."""
        words = []
        for name, allowed in field.only_with.items():
            other = state.model.field(name)
            if other is not None:
                values = ", ".join(self._yes_no(value) for value in allowed)
                words.append(f"{label(other.label)}: {values}")
        return self.tr("Only with {conditions}").format(conditions="; ".join(words))

    def _yes_no(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.tr("on") if value else self.tr("off")
        return _words(value)

    def _take_fix(self, name: str) -> None:
        if name in self._fixes:
            self.field_changed.emit(name, self._fixes[name])

    def _body(self, fields: Sequence[Field]) -> QWidget:
        """Make the rows of a section that is opened for the first time."""
        body = _Body()
        for field in fields:
            body.column.addWidget(self._row(field))
        if self._state:
            self._update(self._state)
        return body

    def _missing(self, fields: Sequence[Field]) -> QWidget:
        body = _Body()
        words = self.tr("{field}: {reason}")
        for field in fields:
            line = words.format(field=label(field.label), reason=label(field.off))
            body.column.addWidget(Message(f"missing-{field.name}", line))
        return body

    def _add(self, name: str, title: str, body: Callable[[], QWidget]) -> Section:
        section = Section(f"section-{name}", title, body, open=self._open[name])
        section.folded.connect(lambda closed, name=name: self._folded(name, closed))
        self._column.addWidget(section)
        self._sections[name] = section
        return section

    def _folded(self, name: str, closed: bool) -> None:
        self._open[name] = not closed

    def _speeds(self) -> list[Option]:
        return [
            Option("draft", self.tr("Draft"), self.tr("Fast and cheap, to try things")),
            Option("final", self.tr("Final"), self.tr("Slow and careful, to keep")),
        ]

    def _frames(self) -> list[Option]:
        return [
            Option("tight", self.tr("Tight"), self.tr("Send little around the mask")),
            Option("balanced", self.tr("Balanced"), self.tr("Send the mask and some context")),
            Option("whole", self.tr("Whole"), self.tr("Send the whole picture")),
            Option("own", self.tr("Own"), self.tr("Send the dashed window; drag its handles")),
        ]


class _Body(QWidget):
    """Rows with the panel's margins."""

    def __init__(self) -> None:
        super().__init__()
        sizes = current().sizes
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(sizes.far, sizes.small, sizes.far, sizes.near)
        self.column.setSpacing(sizes.near)

    def clear(self) -> None:
        """Let go of every row."""
        while item := self.column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()


def _summary(fields: Sequence[Field], state: FormState) -> str:
    """What differs from the model's own ways, and always the format."""
    values = ((field, state.settings.get(field.name, field.default)) for field in fields)
    return ", ".join(
        _told(field, value)
        for field, value in values
        if field.name == "output_format" or value != field.default
    )


def _told(field: Field, value: Value) -> str:
    """A setting in few words: a bare number would tell nothing."""
    if isinstance(value, bool):
        return label(field.label)
    if isinstance(value, str):
        return _words(value)
    words = QCoreApplication.translate("Panel", "{label} {value}")
    return words.format(label=label(field.label), value=value)


def _words(value: Value) -> str:
    size = parsed_size(value)
    if size:
        return by(*size)
    return word(value) if isinstance(value, str) else str(value)
