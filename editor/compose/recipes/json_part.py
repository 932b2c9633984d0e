"""JsonPart: an object of a JSON file that somebody may have changed, read value by value."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import NoReturn

from editor.capability.field import Value

_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOST = 1 << 40
# Whole numbers in a recipe count pixels; beyond this they are nonsense.
_LONGEST_NAME = 255
# Bytes; no file system takes more.


class Unfit(ValueError):
    """A value is missing, or is not what it should be; the text is its place in the file."""


class JsonPart:
    """One object. Every reader takes the name of a value and raises Unfit with its place.

    inside: all its values, as they were read.
    """

    def __init__(self, value: object, place: str = "") -> None:
        if not isinstance(value, dict):
            raise Unfit(place or "its JSON")
        self.inside: dict[str, object] = value
        self._place = place

    def place(self, name: str) -> str:
        """Where a value lies: "steps[0].join.feather"."""
        return f"{self._place}.{name}" if self._place else name

    def text(self, name: str) -> str:
        value = self.inside.get(name)
        return value if isinstance(value, str) else self._refuse(name)

    def bare_name(self, name: str) -> str:
        """A file's name that cannot lead out of its folder."""
        value = self.text(name)
        length = len(value.encode("utf-8", "surrogatepass"))
        plain = not set(value) & set("/\\:\0") and value not in {"", ".", ".."}
        return value if plain and length <= _LONGEST_NAME else self._refuse(name)

    def digest(self, name: str) -> str:
        """SHA-256 in hex."""
        value = self.text(name)
        return value if _DIGEST.fullmatch(value) else self._refuse(name)

    def whole(self, name: str, least: int = -_MOST) -> int:
        value = self.inside.get(name)
        if type(value) is not int or not least <= value <= _MOST:
            self._refuse(name)
        return value

    def wholes(self, name: str, count: int) -> tuple[int, ...]:
        """So many whole numbers."""
        value = self.inside.get(name)
        if not isinstance(value, list) or len(value) != count:
            self._refuse(name)
        if any(type(item) is not int or abs(item) > _MOST for item in value):
            self._refuse(name)
        return tuple(value)

    def number(self, name: str) -> float:
        """A finite number, never negative."""
        value = self.inside.get(name)
        if type(value) not in {int, float}:
            self._refuse(name)
        found = float(value)  # type: ignore[arg-type]  # int or float by now
        return found if math.isfinite(found) and found >= 0 else self._refuse(name)

    def number_or_none(self, name: str) -> float | None:
        return None if self.inside.get(name) is None else self.number(name)

    def flag(self, name: str) -> bool:
        value = self.inside.get(name)
        return value if isinstance(value, bool) else self._refuse(name)

    def anything(self, name: str) -> Mapping[str, object]:
        """An object with whatever it holds."""
        return self.part(name).inside

    def texts(self, name: str) -> Mapping[str, str]:
        """An object of texts."""
        inner = self.part(name)
        return {key: inner.text(key) for key in inner.inside}

    def values(self, name: str) -> Mapping[str, Value]:
        """An object of settings."""
        inner = self.part(name)
        return {key: inner.value(key) for key in inner.inside}

    def value(self, name: str) -> Value:
        """One setting."""
        value = self.inside.get(name)
        return value if isinstance(value, str | int | float | bool) else self._refuse(name)

    def part(self, name: str) -> JsonPart:
        """The object of this name."""
        return JsonPart(self.inside.get(name), self.place(name))

    def part_or_none(self, name: str) -> JsonPart | None:
        """The same where null stands for nothing; a missing one is unfit."""
        return None if self.inside.get(name, 0) is None else self.part(name)

    def parts(self, name: str) -> list[JsonPart]:
        """A list of objects."""
        value = self.inside.get(name)
        if not isinstance(value, list):
            self._refuse(name)
        return [JsonPart(item, f"{self.place(name)}[{at}]") for at, item in enumerate(value)]

    def _refuse(self, name: str) -> NoReturn:
        raise Unfit(self.place(name))


def parsed(data: bytes) -> JsonPart:
    """The object that a file holds. Raises Unfit when it is no JSON object."""
    try:
        return JsonPart(json.loads(data))
    except Unfit:
        raise
    except (ValueError, RecursionError) as fault:
        raise Unfit("its JSON") from fault
