"""Fields as command-line flags."""

from __future__ import annotations

from argparse import (
    SUPPRESS,
    ArgumentParser,
    ArgumentTypeError,
    BooleanOptionalAction,
    Namespace,
)
from collections.abc import Callable, Sequence
from typing import Any, assert_never

from editor.capability.field import (
    Choice,
    Extent,
    Field,
    Flag,
    Number,
    Text,
    Value,
    Whole,
    closest,
    complaint,
    parsed_size,
)
from editor.capability.provider import Model

LONGEST_SAID = 60
"""Characters of what was typed that are repeated beside what is wrong with it."""

Worded = Choice | Whole | Number | Text | Extent
"""The kinds whose flag is followed by a word."""


def flag(field: Field) -> str:
    """The flag of a field: "--output-format"."""
    return "--" + field.name.replace("_", "-")


def add_flags(parser: ArgumentParser, fields: Sequence[Field]) -> None:
    """One flag per field; an absent flag leaves the field at its default."""
    group = parser.add_argument_group("settings of the model")
    for field in fields:
        told: dict[str, Any] = {
            "dest": field.name,
            "default": SUPPRESS,
            "help": f"{field.help or field.label} {_usual(field)}".replace("%", "%%"),
        }
        if isinstance(field, Flag):
            group.add_argument(flag(field), action=BooleanOptionalAction, **told)
        else:
            group.add_argument(flag(field), type=_reader(field), metavar=_values(field), **told)


def settings_from(namespace: Namespace, model: Model) -> dict[str, Value]:
    """The settings that were given, by field name."""
    given = vars(namespace)
    return {field.name: given[field.name] for field in model.fields if field.name in given}


def _reader(field: Worded) -> Callable[[str], Value]:
    """What turns the words after a flag into a value that fits the field."""

    def read(words: str) -> Value:
        try:
            value = _parsed(field, words)
        except ValueError:
            value = words
        if reason := complaint(field, value):
            better = f"; the nearest is {closest(field, value)}" if parsed_size(value) else ""
            said = f"{words}: " if len(words) <= LONGEST_SAID else ""
            raise ArgumentTypeError(f"{said}{reason}{better}")
        return value

    return read


def _parsed(field: Worded, words: str) -> Value:
    match field:
        case Whole():
            return int(words)
        case Number():
            return float(words)
        case Choice() | Text() | Extent():
            return words
        case _:
            assert_never(field)


def _values(field: Worded) -> str:
    """The values of a field as the help shows them."""
    match field:
        case Choice():
            return "|".join(field.choices)
        case Whole() | Number():
            return f"{field.minimum}..{field.maximum}"
        case Text():
            return "TEXT"
        case Extent():
            return "WxH"
        case _:
            assert_never(field)


def _usual(field: Field) -> str:
    if field.off:
        return f"Off: {field.off}"
    if field.doubt:
        return f"Left alone unless you name it: {field.doubt}"
    match field.default:
        case "":
            return ""
        case bool():
            return f"Usually {'on' if field.default else 'off'}."
        case _:
            return f"Usually {field.default}."
