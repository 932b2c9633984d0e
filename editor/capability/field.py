"""The kinds of parameter a model may have; a closed set, so every use can match them all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from editor.capability.limits import ANYTHING, SizeRule, legal, nearest
from editor.capability.sentence import NOTHING, Sentence
from editor.imaging.geometry import Size

Value = str | int | float | bool

AUTO = "auto"
"""The value of an Extent that leaves the size to the framing."""

_SIZE = re.compile("([0-9]{1,6})x([0-9]{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What every field has.

    name: of the setting and of its flag. wire: the provider's name for it, "" for the same.
    only_with: other fields and the values they must have for this one to be in force.
    off: the sentence why this model never gets it; "" when it may be sent. doubt: the sentence
    why it is left alone unless the person wants it. group: the part of the panel it stands in.
    """

    name: str
    label: str
    help: str = ""
    wire: str = ""
    only_with: Mapping[str, tuple[Value, ...]] = field(default_factory=dict, hash=False)
    off: str = ""
    doubt: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(_Common):
    """One word of a few."""

    choices: tuple[str, ...]
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(_Common):
    """A whole number within bounds, both included."""

    minimum: int
    maximum: int
    default: int
    step: int = 1
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(_Common):
    """A number within bounds, both included."""

    minimum: float
    maximum: float
    default: float
    step: float = 0.1
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(_Common):
    """Yes or no."""

    default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(_Common):
    """Free words; longest counts characters."""

    default: str = ""
    longest: int = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent(_Common):
    """A size: "auto" leaves it to the framing, "1536x1024" names it.

    usual: sizes to offer where the rule knows no list of its own.
    """

    default: str = AUTO
    usual: tuple[str, ...] = ()
    rule: SizeRule = ANYTHING


Field = Choice | Whole | Number | Flag | Text | Extent


def complaint(field: Field, value: Value) -> Sentence:
    """Why the value does not fit the field, or "" when it does."""
    match field:
        case Choice():
            known = ", ".join(field.choices)
            return _unless(value in field.choices, "not one of {choices}", choices=known)
        case Whole():
            if isinstance(value, bool) or not isinstance(value, int):
                return Sentence("not a whole number")
            return _within(value, field)
        case Number():
            if isinstance(value, bool) or not isinstance(value, int | float):
                return Sentence("not a number")
            return _within(value, field)
        case Flag():
            return _unless(isinstance(value, bool), "not yes or no")
        case Text():
            if not isinstance(value, str):
                return Sentence("not text")
            short = len(value) <= field.longest
            return _unless(short, "longer than {longest:,} characters", longest=field.longest)
        case Extent():
            return _size_complaint(field, value)
        case _:
            assert_never(field)


def closest(field: Field, value: Value) -> Value | None:
    """The value closest to one that does not fit; None for text, which nobody can guess."""
    match field:
        case Whole() | Number():
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return _clamped(value, field) if is_number else field.default
        case Choice() | Flag():
            return field.default
        case Text():
            return None
        case Extent():
            size = parsed_size(value)
            return written_size(nearest(field.rule, size)) if size else field.default
        case _:
            assert_never(field)


def parsed_size(value: Value) -> Size | None:
    """The size that "1536x1024" names; None for "auto" and for everything that is no size."""
    found = _SIZE.fullmatch(str(value))
    return Size(int(found[1]), int(found[2])) if found else None


def written_size(size: Size) -> str:
    """A size the way settings and providers write it."""
    return f"{size.width}x{size.height}"


def _within(value: float, field: Whole | Number) -> Sentence:
    return _unless(
        field.minimum <= value <= field.maximum,
        "not within {minimum} to {maximum}",
        minimum=field.minimum,
        maximum=field.maximum,
    )


def _clamped(value: Value, field: Whole | Number) -> Value:
    inside = min(max(float(value), field.minimum), field.maximum)
    return int(inside) if isinstance(field, Whole) else inside


def _size_complaint(field: Extent, value: Value) -> Sentence:
    if value == AUTO:
        return NOTHING
    size = parsed_size(value)
    if size is None:
        return Sentence("write auto, or a size such as 1024x1024")
    return legal(field.rule, size)


def _unless(fine: bool, template: str, **values: object) -> Sentence:
    return NOTHING if fine else Sentence(template, **values)
