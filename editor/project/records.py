"""Frozen values to JSON and back; what comes back has the types it says, or is refused."""

from __future__ import annotations

import json
import types
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, NoReturn, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from editor.errors import ProjectDamaged

T = TypeVar("T")


def encode(value: object) -> str:
    """A dataclass, enum, tuple, mapping, bytes or plain value as ASCII text."""
    return json.dumps(_plain(value), allow_nan=False, separators=(",", ":"))


def decode(kind: type[T], text: str | bytes) -> T:
    """Read what encode() wrote.

    kind: a dataclass, or any type its fields may have. Missing fields get their default.
    Raises ProjectDamaged when a value is of another type.
    """
    try:
        return cast(T, _typed(kind, json.loads(text, parse_constant=_refuse)))
    except (ValueError, TypeError, RecursionError) as fault:
        raise ProjectDamaged(
            "A note in the project cannot be read; everything else is safe.", details=str(fault)
        ) from fault


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def _typed(kind: type[Any], value: object) -> object:
    if kind is object:
        return value
    if is_dataclass(kind):
        return _dataclass(kind, _checked(dict, value))
    if get_origin(kind) in {Union, types.UnionType}:
        return _one_of(get_args(kind), value)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), _checked(list, value))
    if get_origin(kind) is not None:
        of = get_args(kind)[1]
        return {key: _typed(of, item) for key, item in _checked(dict, value).items()}
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, tuple):
        return kind(*_tuple(tuple(_hints(kind).values()), _checked(list, value)))
    if kind is float and type(value) is int:
        return float(value)
    return bytes.fromhex(_checked(str, value)) if kind is bytes else _checked(kind, value)


def _dataclass(kind: type[Any], values: dict[str, object]) -> object:
    hints = _hints(cast("Hashable", kind))  # mypy takes the hash of the values for that of the type
    found = {}
    for field in fields(kind):
        if field.name in values:
            found[field.name] = _typed(hints[field.name], values[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"no {field.name}")
    return kind(**found)


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    """The types of the fields; to work them out anew takes longer than all the rest."""
    return get_type_hints(kind)


def _tuple(kinds: tuple[Any, ...], values: list[object]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(values)
    return tuple(_typed(kind, value) for kind, value in zip(kinds, values, strict=True))


def _one_of(kinds: tuple[Any, ...], value: object) -> object:
    if type(value) is int and int not in kinds and float in kinds:
        return float(value)
    if type(value) not in kinds:
        raise TypeError(f"not one of {kinds}")
    return value


def _checked(kind: type[T], value: object) -> T:
    """The value when it is exactly of this type: True is not a number here."""
    if type(value) is not kind:
        raise TypeError(f"not a {kind.__name__}")
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
