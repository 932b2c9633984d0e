"""Entries of the table to fields, limits and rates; whatever does not fit together is refused."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NoReturn, Protocol, TypeVar

from editor.capability.field import (
    Choice,
    Extent,
    Field,
    Flag,
    Number,
    Text,
    Value,
    Whole,
    complaint,
    parsed_size,
)
from editor.capability.limits import (
    ANY_RATIO,
    Anything,
    Fixed,
    Free,
    Limits,
    SizeRule,
    heights,
    widths,
)
from editor.capability.rates import Area, Flat, Ladder, Rates, Steps, Tiles, Tokens
from editor.capability.sentence import Sentence
from editor.capability.shape import misfit
from editor.errors import TableError

Entry = Mapping[str, Any]
T = TypeVar("T")

_KINDS: Mapping[str, Callable[..., Field]] = {
    "choice": Choice,
    "whole": Whole,
    "number": Number,
    "flag": Flag,
    "text": Text,
    "extent": Extent,
}


def refuse(place: str, reason: str, /, **values: object) -> NoReturn:
    """Raise the TableError that names provider, model and field; its reason is a Sentence."""
    raise TableError(
        "The table of models contradicts itself at {place}: {reason}.",
        place=place,
        reason=Sentence(reason, **values),
    )


def no_twins(place: str, names: Iterable[str], what: str) -> None:
    """Refuse a name that comes twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            refuse(f"{place}/{name}", "the {what} is there twice", what=what)
        seen.add(name)


def made(place: str, kind: Callable[..., T], entry: Entry) -> T:
    """The object of this kind; a key that it does not have, or lacks, is refused."""
    known = _parameters(kind)
    for key in entry:
        if key not in known:
            refuse(place, "unexpected key '{key}'", key=key)
        if reason := misfit(kind, key, entry[key]):
            refuse(place, reason.template, **reason.values)
    for name, parameter in known.items():
        if parameter.default is parameter.empty and name not in entry:
            refuse(place, "missing key '{key}'", key=name)
    return kind(**{key: _frozen(value) for key, value in entry.items()})


@cache
def _parameters(kind: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(kind).parameters


class _Written(Protocol):
    """What an entry of a model looks like before it is read."""

    id: str
    like: str
    fields: tuple[str | Mapping[str, Any], ...]
    limits: Mapping[str, Any]
    presets: Mapping[str, Mapping[str, Any]]
    prices: Mapping[str, Any]
    snapshots: tuple[str, ...]


def entries(place: str, key: str, value: object) -> Sequence[Entry]:
    """The entries of models; one that does not look like one is refused."""
    if not isinstance(value, list | tuple) or not all(isinstance(each, dict) for each in value):
        refuse(place, "{key} is no table", key=key)
    for entry in value:
        for name in _Written.__annotations__.keys() & entry.keys():
            if reason := misfit(_Written, name, entry[name]):
                refuse(place, reason.template, **reason.values)
    return value


def merged(base: Entry, changes: Entry) -> dict[str, Any]:
    """One entry like another, with changes; fields are changed by name, or added."""
    result = {**base, **changes}
    by_name = {_name(use): use for use in base.get("fields", [])}
    for use in changes.get("fields", []):
        before = by_name.get(_name(use), {})
        by_name[_name(use)] = {**_as_entry(before), **_as_entry(use)}
    result["fields"] = list(by_name.values())
    return result


def fields(
    place: str, uses: Sequence[str | Entry], shared: Entry, rule: SizeRule
) -> tuple[Field, ...]:
    """The fields of one model, each a shared one or a shared one with changes."""
    built = tuple(_field(place, _as_entry(use), shared, rule) for use in uses)
    no_twins(place, [field.name for field in built], "field")
    no_twins(place, [field.wire or field.name for field in built], "wire name")
    for field in built:
        _check(f"{place}/{field.name}", field, built)
    return built


def limits(place: str, entry: Entry) -> Limits:
    """The limits of one model, but for the length of its prompt, which its field knows."""
    sizes = _size_rule(place, entry.get("sizes", "any"))
    return made(place, Limits, {**entry, "sizes": sizes})


def settings(place: str, chosen: Entry, known: Sequence[Field]) -> Mapping[str, Value]:
    """A preset: values that its fields take."""
    by_name = {field.name: field for field in known}
    for name, value in chosen.items():
        if name not in by_name:
            refuse(place, "there is no field {key}", key=name)
        if by_name[name].off or by_name[name].doubt:
            refuse(place, "{key} is off", key=name)
        if reason := complaint(by_name[name], value):
            refuse(place, "{key} is {reason}", key=name, reason=reason)
    return dict(chosen)


def rates(place: str, entry: Entry, known: Sequence[Field]) -> Rates:
    """What a model charges; every quality it offers needs its figure."""
    if "picture" in entry:
        return made(place, Flat, entry)
    output, counted = entry.get("output", {}), entry.get("input", {})
    entries(place, "prices", [output, counted])
    result = made(
        place,
        Tokens,
        {
            **entry,
            "output": made(place, Ladder if "rungs" in output else Steps, output),
            "input": made(place, Area if "per_megapixel" in counted else Tiles, counted),
        },
    )
    figures = result.output.rungs if isinstance(result.output, Ladder) else result.output.shapes
    qualities = next((field for field in known if field.name == "quality"), None)
    offered = set(qualities.choices) - {"auto"} if isinstance(qualities, Choice) else set()
    for quality in sorted({result.auto} | offered):
        if quality not in figures:
            refuse(place, "there is no figure for quality {quality}", quality=quality)
    return result


def _field(place: str, use: Entry, shared: Entry, rule: SizeRule) -> Field:
    name = _name(use)
    place = f"{place}/{name}"
    if name not in shared:
        refuse(place, "fields.toml does not know it")
    entry = {**shared[name], **use}
    kind = _KINDS.get(entry.pop("kind", ""))
    if kind is None:
        refuse(place, "its kind is not one of {known}", known=", ".join(_KINDS))
    field = made(place, kind, entry)
    return replace(field, rule=rule) if isinstance(field, Extent) else field


def _check(place: str, field: Field, neighbours: Sequence[Field]) -> None:
    if reason := complaint(field, field.default):
        refuse(place, "its default is {reason}", reason=reason)
    for size in field.usual if isinstance(field, Extent) else ():
        if reason := complaint(field, size):
            refuse(place, "the usual size {size} is {reason}", size=size, reason=reason)
    by_name = {other.name: other for other in neighbours}
    for name, values in field.only_with.items():
        if name not in by_name or name == field.name:
            refuse(place, "it depends on {key}, which is not there", key=name)
        for value in values:
            if reason := complaint(by_name[name], value):
                refuse(
                    place,
                    "it depends on {key} = {value}, which is {reason}",
                    key=name,
                    value=value,
                    reason=reason,
                )


def _size_rule(place: str, entry: str | Entry) -> SizeRule:
    if isinstance(entry, str):
        if entry == "any":
            return Anything()
        refuse(place, "no size rule is called {entry}", entry=entry)
    if not isinstance(entry, Mapping):
        refuse(place, "no size rule is called {entry}", entry=entry)
    if "choices" not in entry:
        rule = made(place, Free, entry)
        if not 1 <= rule.multiple <= rule.longest < ANY_RATIO or not rule.ratio > 0:
            refuse(place, "its size rule allows no size")
        if not any(heights(rule, width) for width in widths(rule)):
            refuse(place, "its size rule allows no size")
        return rule
    choices = entry["choices"]
    sizes = [parsed_size(written) for written in choices] if isinstance(choices, list) else []
    known = tuple(size for size in sizes if size is not None and min(size) > 0)
    if not known or len(known) < len(sizes):
        refuse(place, "its sizes are written like 1024x1024")
    return Fixed(known)


def _name(use: str | Entry) -> str:
    return use if isinstance(use, str) else str(use.get("name", ""))


def _as_entry(use: str | Entry) -> Entry:
    return {"name": use} if isinstance(use, str) else use


def _frozen(value: Any) -> Any:  # noqa: ANN401 - TOML may hold anything
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
