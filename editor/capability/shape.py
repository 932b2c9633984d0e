"""Whether a value out of a TOML file has the type that an annotation asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from editor.capability.sentence import NOTHING, Sentence

_NAMES = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date",
}


def misfit(kind: Callable[..., object], key: str, value: Any) -> Sentence:  # noqa: ANN401 - TOML may hold anything
    """Why the value is none for this parameter of a class, or "" when it is one."""
    hint = _hints(kind)[key]
    if type(value) is hint or _fits(value, hint):
        return NOTHING
    if get_origin(hint) is Literal:
        known = ", ".join(word for word in get_args(hint) if word)
        return Sentence("{key} is not one of {known}", key=key, known=known)
    return Sentence("{key} is not {wanted}", key=key, wanted=_NAMES.get(hint, "what belongs there"))


@cache
def _hints(kind: Callable[..., object]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401 - an annotation is any object
    if hint is Any:
        return True
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return value in inner
    if origin in {Union, UnionType}:
        return type(value) in inner or any(_fits(value, each) for each in inner)
    if origin is tuple:
        return isinstance(value, tuple | list) and _fit_tuple(value, inner)
    if origin is not None and issubclass(origin, Mapping):
        return isinstance(value, Mapping) and all(
            _fits(name, inner[0]) and _fits(each, inner[1]) for name, each in value.items()
        )
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, hint) and (hint is not int or not isinstance(value, bool))


def _fit_tuple(value: tuple[object, ...] | list[object], inner: tuple[Any, ...]) -> bool:
    if inner[-1] is Ellipsis:
        return all(_fits(each, inner[0]) for each in value)
    return len(value) == len(inner) and all(map(_fits, value, inner))
