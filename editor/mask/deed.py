"""Deed: what one step did to a mask, as data: the words for it are found where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from editor.mask.way import Way

Laying = Literal["new", "add", "subtract"]
"""Whether a shape takes the place of the mask, is joined to it, or is taken out of it."""

Name = Literal[
    "",
    "brush",
    "erase",
    "lasso",
    "rectangle",
    "ellipse",
    "wand",
    "object",
    "refine",
    "all",
    "none",
    "invert",
    "import",
    "paste",
    "last",
    "transparent",
    "extend",
    "mend",
    Way,
]
"""A tool, a command or a way; "" for what nobody knows any more."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done. how: of a shape. by: pixels, of a way that has a measure.

    made: UTC in ISO 8601, for the eyes only; "" when nobody knows. The same at another time is
    the same deed.
    """

    name: Name = ""
    how: Laying = "new"
    by: int = 0
    made: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """All of it but the time, in ASCII, as read() takes it."""
        return f"{self.name} {self.how} {self.by}"

    @classmethod
    def read(cls, text: str) -> Deed:
        """The deed of a text; one of nobody knows what when a later version wrote it."""
        name, _, rest = text.partition(" ")
        how, _, by = rest.partition(" ")
        if name in _NAMES and how in _LAYINGS and by.isdecimal() and len(by) <= DIGITS:
            return cls(_NAMES[name], _LAYINGS[how], int(by))
        return UNKNOWN


UNKNOWN = Deed()
DIGITS = 7
"""Of the largest measure of a way."""

_NAMES: Mapping[str, Name] = {name: name for name in get_args(Name)}
_LAYINGS: Mapping[str, Laying] = {how: how for how in get_args(Laying)}
