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


Fits = Callable[[Any], bool]


def misfit(kind: Callable[..., object], key: str, value: Any) -> Sentence:  # noqa: ANN401 - TOML may hold anything
    """Why the value is none for this parameter of a class, or "" when it is one."""
    hint, fits = _wanted(kind)[key]
    if type(value) is hint or fits(value):
        return NOTHING
    if get_origin(hint) is Literal:
        known = ", ".join(word for word in get_args(hint) if word)
        return Sentence("{key} is not one of {known}", key=key, known=known)
    return Sentence("{key} is not {wanted}", key=key, wanted=_NAMES.get(hint, "what belongs there"))


@cache
def _wanted(kind: Callable[..., object]) -> Mapping[str, tuple[Any, Fits]]:
    """The annotations of a class, each with what tells whether a value fits it.

    The table asks thousands of times before the window is painted: an annotation is taken apart
    once.
    """
    return {key: (hint, _fitting(hint)) for key, hint in get_type_hints(kind).items()}


def _fitting(hint: Any) -> Fits:  # noqa: ANN401 - an annotation is any object
    if hint is Any:
        return lambda _: True
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: value in inner
    if origin in {Union, UnionType}:
        every = [_fitting(each) for each in inner]
        return lambda value: type(value) in inner or any(fits(value) for fits in every)
    if origin is tuple:
        return _fitting_tuple(inner)
    if origin is not None and issubclass(origin, Mapping):
        name_fits, value_fits = map(_fitting, inner)
        return lambda value: (
            isinstance(value, Mapping)
            and all(name_fits(name) and value_fits(each) for name, each in value.items())
        )
    if hint is float:
        return lambda value: isinstance(value, int | float) and not isinstance(value, bool)
    return lambda value: (
        isinstance(value, hint) and (hint is not int or not isinstance(value, bool))
    )


def _fitting_tuple(inner: tuple[Any, ...]) -> Fits:
    if inner[-1] is Ellipsis:
        fits = _fitting(inner[0])
        return lambda value: isinstance(value, tuple | list) and all(map(fits, value))
    every = [_fitting(each) for each in inner]
    return lambda value: (
        isinstance(value, tuple | list)
        and len(value) == len(every)
        and all(fits(each) for fits, each in zip(every, value, strict=True))
    )
