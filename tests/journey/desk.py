"""Desk: a program that shows the chart, with hands on it and eyes for what they do."""

from __future__ import annotations

from tests.journey.person import Person, Point
from tests.journey.program import Program
from tests.journey.sight import SPOT, Sight

LATIN = {"us", "de", "fr"}
# Layouts that have the letters of the shortcuts.

LETTERS = {"a": "38", "d": "40", "h": "43", "z": "52"}
# Keycodes: where a US keyboard has these letters.


class Desk:
    """The program with the chart, hands and eyes."""

    def __init__(self, person: Person, program: Program) -> None:
        self.person, self.program, self.sight = person, program, Sight(person)

    def cover(self) -> None:
        """Paint over the black spot."""
        left, top, right, bottom = SPOT
        for y in range(top, bottom + 20, 20):
            self.program.paint((left - 20, y), (right + 20, y))

    def answered(self) -> None:
        """Have the black spot replaced once, and leave the answer in the strip."""
        self.program.opened()
        self.cover()
        self.person.press("Return")
        self.person.type("nothing")
        self.program.send()
        self.person.press("Escape")
        self.person.click(self.at(100, 100))
        self.person.press("ctrl+d")
        self.sight.becomes(lambda: not self.sight.painted(self.at(100, 100)))

    def at(self, x: float, y: float) -> Point:
        return self.program.at(x, y)

    def letter(self, letter: str, layout: str, shift: bool = False) -> None:
        """Ctrl with the key that means a letter, or has its place where none means it."""
        key = letter if layout in LATIN else LETTERS[letter]
        self.person.press(f"ctrl+shift+{key}" if shift else f"ctrl+{key}")

    def stroke(self, y: float) -> None:
        self.program.paint((200, y), (300, y))

    def becomes_painted(self, y: float, painted: bool = True) -> None:
        place = self.at(250, y)
        self.sight.becomes(lambda: self.sight.painted(place) is painted)
