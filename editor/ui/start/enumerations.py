"""Enumerations that are made from lists of names and numbers, as Qt's are, in one go."""

from __future__ import annotations

import enum
import sys
from collections.abc import Collection, Mapping
from functools import cache, reduce
from operator import or_
from typing import Any

_PLAIN = frozenset({enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag})

_OWN = frozenset({"mro"}).union(*(vars(kind) for base in _PLAIN for kind in base.__mro__))
"""Names that mean something else to a member, or to its class."""

_HELD = ("_member_names_", "_member_map_", "_value2member_map_", "_unhashable_values_")
"""What every enumeration has of its own, empty without members."""

_KIND: Any = enum.EnumType
_usual = _KIND._create_
_frame = sys._getframe  # noqa: SLF001 - inspect takes longer to import than all of this


def quick() -> None:
    """Let enumerations be made of lists quickly from now on, each as it ever was.

    PySide makes those of a class as soon as the class is first named, 4300 names until the window
    is painted, and Python looks at each name a dozen times. Only where Python is the one whose
    enumerations this knows, 3.11. Drop this when PySide makes them as they are asked for.
    """
    if sys.version_info[:2] == (3, 11):
        _KIND._create_ = made


def made(
    cls: Any,  # noqa: ANN401 - whatever enumerations may be made of
    class_name: str,
    names: Any,  # noqa: ANN401 - Python takes words, pairs and mappings
    *,
    module: str | None = None,
    **others: Any,  # noqa: ANN401 - as they were given
) -> object:
    """What Python makes of these; pairs of names and whole numbers are put in afterwards."""
    module = module or _caller()
    pairs = None
    if cls in _PLAIN and not (others.get("type") or others.get("qualname")):
        pairs = _pairs(names)
    if module is None or pairs is None:
        return _usual(cls, class_name, names, module=module, **others)
    empty = _empty(cls, class_name, module, others.get("boundary"))
    _fill(empty, pairs)
    return empty


def _empty(cls: Any, name: str, module: str, boundary: Any) -> Any:  # noqa: ANN401 - as above
    """An enumeration without members: one like the first that Python made of its kind."""
    first = _first(cls, boundary)
    own = {held: type(first[held])() for held in _HELD}
    return type.__new__(_KIND, name, (cls,), {**first, **own, "__module__": module})


@cache
def _first(cls: Any, boundary: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    return dict(vars(_usual(cls, "First", (), module=__name__, boundary=boundary)))


def _caller() -> str | None:
    """The module that calls an enumeration to make another one, as Python finds it."""
    name: str | None = _frame(3).f_globals.get("__name__")  # above made() and __call__()
    return name


def _pairs(names: Any) -> dict[str, int] | None:  # noqa: ANN401 - as above
    """These as names and whole numbers, each name once and none that Python looks at; or None."""
    if not isinstance(names, list | tuple):
        return None
    try:
        pairs = dict(names)
    except (TypeError, ValueError):
        return None
    if len(pairs) != len(names) or not _OWN.isdisjoint(pairs):
        return None
    if {*map(type, pairs)} - {str} or {*map(type, pairs.values())} - {int}:
        return None
    return None if any(name[:1] in "_" for name in pairs) else pairs


def _fill(empty: Any, pairs: Mapping[str, int]) -> None:  # noqa: ANN401 - an enumeration
    by_name, by_value = empty._member_map_, empty._value2member_map_
    listed, new, whole = empty._member_names_, empty._new_member_, empty._use_args_
    flag = issubclass(empty, enum.Flag)
    for name, value in pairs.items():
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = new(empty, value) if whole else new(empty)
            member._name_, member._value_ = name, value
            member.__objclass__, member._sort_order_ = empty, len(listed)
            if not flag or _single(value):
                listed.append(name)
        by_name[name] = member
        type.__setattr__(empty, name, member)
    if flag:
        _note_bits(empty, pairs.values())


def _single(value: int) -> bool:
    return value > 0 and value.bit_count() == 1


def _note_bits(flags: Any, values: Collection[int]) -> None:  # noqa: ANN401 - as above
    """Let flags know which bits they have, and whether these are in order."""
    flags._flag_mask_ = reduce(or_, values, 0)
    flags._singles_mask_ = reduce(or_, filter(_single, values), 0)
    flags._all_bits_ = 2 ** flags._flag_mask_.bit_length() - 1
    order = [member.value for member in flags]
    if order != sorted(order):
        flags._iter_member_ = flags._iter_member_by_def_
