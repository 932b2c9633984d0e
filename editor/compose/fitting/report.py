"""Report: what was done to an answer so that it fits its surroundings, in figures and a line."""

from __future__ import annotations

from dataclasses import dataclass

MOVED = "moved {px} px, scaled {scale}, colour {colour} %"
ASTRAY = "not like the surroundings of the mask, so it was placed as it came"


@dataclass(frozen=True, slots=True)
class Report:
    """How an answer was fitted.

    shift: source pixels to the right and down by which it was moved in the middle of what is
    painted. scale: by which it was enlarged. colour: mean gain less 1. detail: its share of
    the fine detail that the photo has around it, None where it is as sharp or was not looked
    at. fitted: whether it was recognised in the surroundings; if not it lies in its placement,
    colours as they came.
    """

    shift: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    colour: float = 0.0
    detail: float | None = None
    fitted: bool = True

    @property
    def template(self) -> str:
        """The line to show, with {named} places."""
        return MOVED if self.fitted else ASTRAY

    @property
    def values(self) -> dict[str, str]:
        """What fills the places of the template."""
        return {
            "px": f"{(self.shift[0] ** 2 + self.shift[1] ** 2) ** 0.5:.0f}",
            "scale": f"{self.scale:.2f}",
            "colour": f"{round(self.colour * 100):+d}".replace("+0", "0"),
        }

    @property
    def line(self) -> str:
        """The line in English."""
        return self.template.format(**self.values)
