"""Grid: which answers stand on a page, where an arrow key leads, and how many go in a row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from editor.ui.gallery.linked import Compared

PAGE = 8
"""Answers of one page, beside the original."""

WORTH = 1.15
"""How much larger the pictures must become for another number of columns."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The original and the answers, page by page. at: the page that is seen, from 0."""

    pictures: tuple[Compared, ...] = ()
    at: int = 0

    @property
    def count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-(len(self.pictures) - 1) // PAGE))

    @property
    def fullest(self) -> int:
        """Pictures of the first page, for which all of them have room."""
        return max(1, min(len(self.pictures), PAGE + 1))

    @property
    def shown(self) -> tuple[Compared, ...]:
        """The original, which is on every page, and the answers of this one."""
        first = 1 + self.at * PAGE
        return (*self.pictures[:1], *self.pictures[first : first + PAGE])

    def of(self, pictures: tuple[Compared, ...]) -> Pages:
        """The same page of other pictures, or their last one."""
        return Pages(pictures, self.at).turned(0)

    def turned(self, by: int) -> Pages:
        """Another page, no farther than the first or the last."""
        return replace(self, at=min(max(self.at + by, 0), self.count - 1))

    def holding(self, number: int) -> Pages:
        """The page that holds an answer; the original is on each."""
        at = [place for place, shown in enumerate(self.pictures) if shown.number == number]
        return replace(self, at=(at[0] - 1) // PAGE) if at and at[0] else self

    def reached(self, number: int, by: int) -> int:
        """The number so many places after one, beyond the end that of another page."""
        shown = [picture.number for picture in self.shown]
        here = shown.index(number) if number in shown else 0
        there = here + by
        if there >= len(shown) and self.at < self.count - 1:
            return self.pictures[1 + (self.at + 1) * PAGE].number
        if there < 1 and here and self.at:
            return self.pictures[self.at * PAGE].number
        return shown[min(max(there, 0), len(shown) - 1)]


def columns_for(count: int, room: tuple[int, int], picture: tuple[int, int]) -> int:
    """So many that the pictures are large; about as many as rows when that is no matter.

    count: pictures, at least one. room, picture: width and height of all and of each, pixels.
    """
    usual = max(1, round(count**0.5 + 0.49))

    def zoom(columns: int) -> float:
        """How large each picture would be fitted."""
        rows = -(-count // columns)
        return min(room[0] / columns / picture[0], room[1] / rows / picture[1])

    best = max(range(1, count + 1), key=zoom)
    return best if zoom(best) > WORTH * zoom(usual) else usual
