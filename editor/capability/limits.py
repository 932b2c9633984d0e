"""What a model accepts: size rules with the nearest legal size, counts, bytes and formats."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from editor.capability.sentence import NOTHING, Sentence
from editor.imaging.geometry import Size

ANY_RATIO = 65_536.0
"""No side is so many times as long as another."""


@dataclass(frozen=True, slots=True)
class Free:
    """Any size on a grid: sides are multiples of `multiple`, none over `longest` pixels.

    most, least: pixels in all. ratio: the long side over the short side at most.
    """

    multiple: int
    longest: int
    most: int
    ratio: float = ANY_RATIO
    least: int = 1


@dataclass(frozen=True, slots=True)
class Fixed:
    """Only these sizes."""

    sizes: tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class Anything:
    """Every size of at least one pixel."""


SizeRule = Free | Fixed | Anything

ANYTHING = Anything()

_SHAPE = 8.0
"""How much more a difference in shape counts than one in scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request to a model may hold.

    pictures: the target and its references together. picture_bytes, mask_bytes: of one encoded
    file, 0 for no limit. formats: media types taken. prompt: characters. native: the area in
    pixels up to which the whole picture is sent by itself. side: the longest side of a
    reference, in pixels; larger ones are scaled down. least: pixels in all that a window has
    where nobody chose its size: a rule may allow less than a model can work with. grow: pixels
    by which the sent mask is wider than the painted one, because models leave a rim.
    """

    sizes: SizeRule = ANYTHING
    pictures: int = 1
    picture_bytes: int = 0
    mask_bytes: int = 0
    formats: tuple[str, ...] = ()
    prompt: int = 0
    native: int = 0
    side: int = 2048
    least: int = 0
    grow: int = 0

    @property
    def references(self) -> int:
        """How many pictures may follow the target."""
        return self.pictures - 1


def legal(rule: SizeRule, size: Size) -> Sentence:
    """Why the model would refuse this size, or "" when it is legal."""
    if min(size) < 1:
        return Sentence("a side needs at least one pixel")
    match rule:
        case Free():
            return _free_complaint(rule, size)
        case Fixed():
            known = ", ".join(f"{width}x{height}" for width, height in rule.sizes)
            return NOTHING if size in rule.sizes else Sentence("not one of {sizes}", sizes=known)
        case Anything():
            return NOTHING
        case _:
            assert_never(rule)


@lru_cache(256)  # over a free grid it takes a millisecond, and is asked at each stroke and turn
def nearest(rule: SizeRule, size: Size) -> Size:
    """The legal size closest to this one in shape and scale; a legal size is its own answer.

    Both are measured in logarithms, and shape weighs more, so that a size too small or too
    large keeps its proportions. Fixed sizes are chosen by their shape first.
    """
    size = Size(max(size.width, 1), max(size.height, 1))
    match rule:
        case Free():
            candidates = (_best_height(rule, size, width) for width in _sides(rule))
            return min((found for found in candidates if found), key=lambda at: _far(at, size))
        case Fixed():
            return min(rule.sizes, key=lambda at: (_bent(at, size), _far(at, size)))
        case Anything():
            return size
        case _:
            assert_never(rule)


def heights(rule: Free, width: int) -> range:
    """The legal heights for a width; empty when the width has none."""
    low = max(width / rule.ratio, rule.least / width)
    high = min(rule.longest, int(width * rule.ratio), rule.most // width)
    step = rule.multiple
    return range(math.ceil(low / step) * step, high + 1, step)


def widths(rule: Free) -> range:
    """Every width that the grid has, legal heights or not."""
    return _sides(rule)


def _sides(rule: Free) -> range:
    return range(rule.multiple, rule.longest + 1, rule.multiple)


def _free_complaint(rule: Free, size: Size) -> Sentence:
    if size.width % rule.multiple or size.height % rule.multiple:
        return Sentence("sides must be multiples of {multiple}", multiple=rule.multiple)
    if max(size) > rule.longest:
        return Sentence("no side may be longer than {longest} pixels", longest=rule.longest)
    if max(size) > rule.ratio * min(size):
        return Sentence("no more than {ratio:g} times as long as wide", ratio=rule.ratio)
    if size.area < rule.least:
        return Sentence("at least {least:,} pixels in all", least=rule.least)
    if size.area > rule.most:
        return Sentence("at most {most:,} pixels in all", most=rule.most)
    return NOTHING


def _best_height(rule: Free, size: Size, width: int) -> Size | None:
    allowed = heights(rule, width)
    if not allowed:
        return None
    below = width * size.height // size.width // rule.multiple * rule.multiple
    around = (min(max(side, allowed[0]), allowed[-1]) for side in (below, below + rule.multiple))
    return min((Size(width, side) for side in around), key=lambda at: _far(at, size))


def _far(one: Size, other: Size) -> float:
    return abs(math.log(one.area / other.area)) + _SHAPE * _bent(one, other)


def _bent(one: Size, other: Size) -> float:
    """How different two shapes are, whatever their scale."""
    return abs(math.log(one.width * other.height / (one.height * other.width)))
