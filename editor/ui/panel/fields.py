"""One control for each kind of field; each shows a value and reports another."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from editor.capability.field import Choice, Extent, Field, Flag, Number, Text, Value, Whole
from editor.ui.controls.combo import Combo
from editor.ui.controls.option import Option
from editor.ui.controls.scrub_number import ScrubNumber, Span
from editor.ui.controls.segmented import MOST, Segmented
from editor.ui.controls.switch import Switch
from editor.ui.controls.text_field import TextField
from editor.ui.language import label, word
from editor.ui.panel.count import CountControl
from editor.ui.panel.extent import ExtentControl

Report = Callable[[str, Value], None]
Control = Segmented | Combo | ScrubNumber | Switch | TextField | ExtentControl | CountControl


def control(field: Field, value: Value, report: Report) -> Control:
    """Build the control that shows the value and calls report(field.name, new value)."""
    name, words = f"field-{field.name}", label(field.label)
    match field:
        case Choice():
            made: Control = _choice(field, name, words, report)
        case Whole():
            made = _number(field, 0, name, words)
            made.changed.connect(lambda number: report(field.name, round(number)))
        case Number():
            made = _number(field, _decimals(field.step), name, words)
            made.changed.connect(lambda number: report(field.name, number))
        case Flag():
            made = Switch(name, words)
            made.clicked.connect(lambda on: report(field.name, on))
        case Text():
            made = TextField(name, words, longest=field.longest)
            made.changed.connect(lambda text: report(field.name, text))
        case Extent():
            made = ExtentControl(name, words, field)
            made.changed.connect(lambda size: report(field.name, size))
        case _:
            assert_never(field)
    show(made, value)
    return made


def show(made: Control, value: Value) -> None:
    """Show another value on a control, without a report."""
    match made:
        case ScrubNumber():
            made.show_value(float(value))
        case Switch():
            made.show_value(bool(value))
        case CountControl():
            made.show_value(int(value))
        case Segmented() | Combo() | TextField() | ExtentControl():
            made.show_value(str(value))
        case _:
            assert_never(made)


def _choice(field: Choice, name: str, words: str, report: Report) -> Segmented | Combo:
    options = [Option(value, word(value)) for value in field.choices]
    kind = Segmented if len(options) <= MOST else Combo
    made = kind(name, words, options)
    made.chosen.connect(lambda value: report(field.name, value))
    return made


def _number(field: Whole | Number, decimals: int, name: str, words: str) -> ScrubNumber:
    span = Span(
        field.minimum, field.maximum, field.step, field.default, label(field.unit), decimals
    )
    return ScrubNumber(name, words, span)


def _decimals(step: float) -> int:
    """How many digits after the point a step needs."""
    return len(f"{step:g}".partition(".")[2])
