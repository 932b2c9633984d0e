"""What a model charges: flat, or by tokens counted from size, quality and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.imaging.geometry import Size


@dataclass(frozen=True, slots=True)
class Ladder:
    """Output tokens from a rung per quality; finer qualities cut the picture finer.

    rungs: quality to patches along the long side. factor: quality to a multiple of the result.
    Source: the vendor's calculator, checked against recorded answers.
    """

    rungs: Mapping[str, int]
    factor: Mapping[str, float] = field(default_factory=dict)

    def tokens(self, quality: str, size: Size) -> float:
        """Tokens of one picture of this size."""
        rung, long, short = self.rungs[quality], max(size), min(size)
        across = (2 * rung * short + long) // (2 * long)
        counted = -(-rung * across * (2_000_000 + size.area) // 4_000_000)
        return counted * self.factor.get(quality, 1.0)


@dataclass(frozen=True, slots=True)
class Steps:
    """Output tokens by quality and shape: square, portrait, landscape."""

    shapes: Mapping[str, tuple[int, int, int]]

    def tokens(self, quality: str, size: Size) -> float:
        """Tokens of one picture of this shape."""
        square, portrait, landscape = self.shapes[quality]
        if size.width == size.height:
            return square
        return portrait if size.width < size.height else landscape


@dataclass(frozen=True, slots=True)
class Area:
    """Input tokens by area."""

    per_megapixel: int

    def tokens(self, size: Size, *, faithful: bool) -> float:
        """Tokens of one picture of this size."""
        return size.area * self.per_megapixel / (1024 * 1024)


@dataclass(frozen=True, slots=True)
class Tiles:
    """Input tokens by tiles of 512 pixels, more when the input is to be kept faithfully."""

    base: int
    tile: int
    faithful_square: int
    faithful_other: int

    def tokens(self, size: Size, *, faithful: bool) -> float:
        """Tokens of one picture of this size."""
        tiles = -(-size.width // 512) * -(-size.height // 512)
        extra = self.faithful_square if size.width == size.height else self.faithful_other
        return self.base + self.tile * tiles + (extra if faithful else 0)


@dataclass(frozen=True, slots=True)
class Flat:
    """The same for every picture, in USD."""

    picture: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """By tokens; prices in USD for a million of them.

    answer_text: text tokens that come with every picture. partial: output tokens of one
    preview. auto: the quality that "auto" turned out to be. doubt: a sentence when the
    figures are not the vendor's own.
    """

    text_in: float
    image_in: float
    image_out: float
    text_out: float = 0.0
    output: Ladder | Steps
    input: Area | Tiles
    answer_text: int = 0
    partial: int = 100
    auto: str = "medium"
    doubt: str = ""


Rates = Flat | Tokens
