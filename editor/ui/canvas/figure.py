"""Figures: the three ways a shape is drawn: a box, a lasso, a line. Picture pixels, no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

Place = tuple[float, float]
"""x, y in picture pixels."""


@dataclass(slots=True)
class Pull:
    """One move of the pointer with the button down.

    before, to: where it was and is. square, centred, carry: the keys that are held.
    """

    before: Place
    to: Place
    square: bool = False
    centred: bool = False
    carry: bool = False


@dataclass(slots=True)
class Box:
    """A rectangle between the place that was pressed and the pointer."""

    anchor: Place
    free: Place
    square: bool = False
    centred: bool = False

    def press(self, place: Place) -> None:
        """Nothing: a box is one drag."""

    def pull(self, pull: Pull) -> None:
        """Move the free corner, or the whole box."""
        if pull.carry:
            dx, dy = pull.to[0] - pull.before[0], pull.to[1] - pull.before[1]
            self.anchor = self.anchor[0] + dx, self.anchor[1] + dy
            self.free = self.free[0] + dx, self.free[1] + dy
        else:
            self.free, self.square, self.centred = pull.to, pull.square, pull.centred

    def hover(self, place: Place) -> None:
        """Nothing: without a button there is no box."""

    def back(self) -> bool:
        """A box has no corner to take back."""
        return False

    def nudge(self, dx: float, dy: float, *, resize: bool) -> None:
        """Move the whole box, or its free corner alone, which never passes the other one."""
        (left, top), (right, bottom) = self.anchor, self.free
        self.free = right + dx, bottom + dy
        if resize:
            self.free = max(left + 1, self.free[0]), max(top + 1, self.free[1])
        else:
            self.anchor = left + dx, top + dy

    @property
    def places(self) -> tuple[Place, ...]:
        """Two corners across from each other."""
        (ax, ay), (bx, by) = self.anchor, self.free
        dx, dy = bx - ax, by - ay
        if self.square:
            side = max(abs(dx), abs(dy))
            dx, dy = side if dx >= 0 else -side, side if dy >= 0 else -side
        first = (ax - dx, ay - dy) if self.centred else (ax, ay)
        return first, (ax + dx, ay + dy)

    @property
    def outline(self) -> tuple[Place, ...]:
        """What is drawn meanwhile."""
        return self.places


@dataclass(slots=True)
class Lasso:
    """A closed line: by a drag, or corner by corner; what was set stays when a drag follows."""

    set: list[Place]
    free: Place | None = None

    def press(self, place: Place) -> None:
        """The pointer went down again: another corner, or another drag from here."""
        self.set.append(place)
        self.free = None

    def pull(self, pull: Pull) -> None:
        """The line goes on as the hand does."""
        self.set.append(pull.to)

    def hover(self, place: Place) -> None:
        """The side to the next corner follows the pointer."""
        self.free = place

    def back(self) -> bool:
        """Take the last corner back; False when there is no other."""
        if len(self.set) > 1:
            self.set.pop()
            return True
        return False

    @property
    def places(self) -> tuple[Place, ...]:
        """The corners that were set."""
        return tuple(self.set)

    @property
    def outline(self) -> tuple[Place, ...]:
        """What is drawn meanwhile."""
        return self.places if self.free is None else (*self.places, self.free)


@dataclass(slots=True)
class Line:
    """A line as the hand draws it."""

    set: list[Place] = field(default_factory=list)

    def press(self, place: Place) -> None:
        """Nothing: a line is one drag."""

    def pull(self, pull: Pull) -> None:
        """The line goes on."""
        self.set.append(pull.to)

    def hover(self, place: Place) -> None:
        """Nothing: without a button there is no line."""

    def back(self) -> bool:
        """A line has no corner to take back."""
        return False

    @property
    def places(self) -> tuple[Place, ...]:
        """Everything the pointer passed."""
        return tuple(self.set)

    @property
    def outline(self) -> tuple[Place, ...]:
        """What is drawn meanwhile."""
        return self.places


Figure = Box | Lasso | Line
