"""Entries of the table to fields, limits and rates; whatever does not fit together is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from inspect import Parameter, signature
from typing import Any, NoReturn, TypeVar

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
from editor.capability.limits import Anything, Fixed, Free, Limits, SizeRule, heights, widths
from editor.capability.rates import Area, Flat, Ladder, Rates, Steps, Tiles, Tokens
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


def refuse(place: str, reason: str) -> NoReturn:
    """Raise the TableError that names provider, model and field."""
    raise TableError(
        "The table of models contradicts itself at {place}: {reason}.", place=place, reason=reason
    )


def one_of(place: str, name: str, value: str, known: Sequence[str]) -> None:
    """Refuse a word that is not one of the known."""
    if value not in known:
        refuse(place, f"{name} is not one of {', '.join(known)}")


def no_twins(place: str, names: Iterable[str], what: str) -> None:
    """Refuse a name that comes twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            refuse(f"{place}/{name}", f"the {what} is there twice")
        seen.add(name)


def made(place: str, kind: Callable[..., T], entry: Entry) -> T:
    """The object of this kind; a key that it does not have, or lacks, is refused."""
    known = _parameters(kind)
    for key in entry:
        if key not in known:
            refuse(place, f"unexpected key {key!r}")
    for name, parameter in known.items():
        if parameter.default is parameter.empty and name not in entry:
            refuse(place, f"missing key {name!r}")
    return kind(**{key: _frozen(value) for key, value in entry.items()})


@cache
def _parameters(kind: Callable[..., object]) -> Mapping[str, Parameter]:
    return signature(kind).parameters


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
    return made(place, Limits, {**entry, "sizes": _size_rule(place, entry.get("sizes", "any"))})


def settings(place: str, chosen: Entry, known: Sequence[Field]) -> Mapping[str, Value]:
    """A preset: values that its fields take."""
    by_name = {field.name: field for field in known}
    for name, value in chosen.items():
        if name not in by_name:
            refuse(place, f"there is no field {name}")
        if by_name[name].off:
            refuse(place, f"{name} is off")
        if reason := complaint(by_name[name], value):
            refuse(place, f"{name} is {reason}")
    return dict(chosen)


def rates(place: str, entry: Entry, known: Sequence[Field]) -> Rates:
    """What a model charges; every quality it offers needs its figure."""
    if "picture" in entry:
        return made(place, Flat, entry)
    output, counted = dict(entry.get("output", {})), dict(entry.get("input", {}))
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
            refuse(place, f"there is no figure for quality {quality}")
    return result


def _field(place: str, use: Entry, shared: Entry, rule: SizeRule) -> Field:
    name = _name(use)
    place = f"{place}/{name}"
    if name not in shared:
        refuse(place, "fields.toml does not know it")
    entry = {**shared[name], **use}
    kind = _KINDS.get(entry.pop("kind", ""))
    if kind is None:
        refuse(place, f"its kind is not one of {', '.join(_KINDS)}")
    field = made(place, kind, entry)
    return replace(field, rule=rule) if isinstance(field, Extent) else field


def _check(place: str, field: Field, neighbours: Sequence[Field]) -> None:
    if reason := complaint(field, field.default):
        refuse(place, f"its default is {reason}")
    by_name = {other.name: other for other in neighbours}
    for name, values in field.only_with.items():
        if name not in by_name or name == field.name:
            refuse(place, f"it depends on {name}, which is not there")
        for value in values:
            if reason := complaint(by_name[name], value):
                refuse(place, f"it depends on {name} = {value}, which is {reason}")


def _size_rule(place: str, entry: str | Entry) -> SizeRule:
    if isinstance(entry, str):
        return Anything() if entry == "any" else refuse(place, f"no size rule is called {entry}")
    if "choices" not in entry:
        rule = made(place, Free, entry)
        if not any(heights(rule, width) for width in widths(rule)):
            refuse(place, "its size rule allows no size")
        return rule
    sizes = [parsed_size(written) for written in entry["choices"]]
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
