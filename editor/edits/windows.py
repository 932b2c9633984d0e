"""Windows of a legal size around a mask, in pure arithmetic: what framing chooses from.

Everything is in source pixels; `want` is the box of the mask with its context, always inside
the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from editor.capability.limits import Fixed, Free, heights, legal, nearest
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement

LEAST_CONTEXT = 32
"""Pixels around the mask that are always wanted: a model must see what it continues."""

TIGHT_CONTEXT = 1 / 8
"""Context on each side as a share of the longer side of the mask."""


def with_context(box: Rect, share: float, picture: Size) -> Rect:
    """The box with context on every side, as far as the picture goes."""
    return box.grown(max(LEAST_CONTEXT, round(share * max(box.size)))).clipped(picture)


def seated(size: Size, about: Rect, hold: Rect, picture: Size) -> Rect:
    """A window of this size inside the picture, centred on one rectangle, holding another."""
    left = _seat(size.width, (about.left, about.right), (hold.left, hold.right), picture.width)
    top = _seat(size.height, (about.top, about.bottom), (hold.top, hold.bottom), picture.height)
    return Rect(left, top, left + size.width, top + size.height)


def trimmed(rule: Free, picture: Size, box: Rect) -> Placement | None:
    """The whole picture but for the few rim pixels that are off the grid, at 1:1."""
    size = Size(*(side // rule.multiple * rule.multiple for side in picture))
    if legal(rule, size) or not _holds(size, box.size):
        return None
    return Placement(seated(size, whole(picture), box, picture), size)


def most_of(rule: Free, picture: Size, box: Rect) -> Placement:
    """The whole picture, scaled; of one too long for the model the part around the mask.

    Only a mask that is too long itself gets its picture squeezed.
    """
    width, height = picture
    size = Size(min(width, int(height * rule.ratio)), min(height, int(width * rule.ratio)))
    if not _holds(size, box.size):
        size = picture
    return Placement(seated(size, whole(picture), box, picture), nearest(rule, size))


def unscaled(rule: Free, picture: Size, want: Rect, most: int) -> Placement | None:
    """The smallest legal window around what is wanted at 1:1, of at most so many pixels."""
    size = _smallest(rule, want.size, picture, most)
    return Placement(seated(size, want, want, picture), size) if size else None


def scaled(rule: Free, picture: Size, want: Rect) -> Placement:
    """A window around what is wanted, sent at another size because no legal one fits at 1:1."""
    size = _roomy(rule, picture, want.size)
    sent = nearest(rule, size)
    size = _in_shape(size, sent, want.size, picture)
    return Placement(seated(size, want, want, picture), sent)


def of_shape(rule: Fixed, picture: Size, want: Rect, most: float) -> Placement | None:
    """A window with the shape of one of the sizes, scaled down by at most so much.

    Of several the one that is resampled least, then the smallest.
    """
    fits = [
        (factor, size)
        for size in rule.sizes
        if (factor := _factor(size, want.size, picture)) is not None and factor <= most
    ]
    if not fits:
        return None
    factor, sent = min(fits, key=lambda fit: (abs(math.log(fit[0])), fit[1].area))
    size = Size(
        min(math.ceil(sent.width * factor), picture.width),
        min(math.ceil(sent.height * factor), picture.height),
    )
    return Placement(seated(size, want, want, picture), sent)


def widest(rule: Fixed, picture: Size, box: Rect) -> Placement | None:
    """The largest part of the picture in the shape that is most like it, with one scale."""
    sent = nearest(rule, picture)
    factor = min(picture.width / sent.width, picture.height / sent.height)
    size = Size(
        min(round(sent.width * factor), picture.width),
        min(round(sent.height * factor), picture.height),
    )
    if not _holds(size, box.size):
        return None
    return Placement(seated(size, whole(picture), box, picture), sent)


def _seat(length: int, about: tuple[int, int], hold: tuple[int, int], room: int) -> int:
    start = (about[0] + about[1] - length) // 2
    start = min(max(start, hold[1] - length), hold[0])
    return min(max(start, 0), room - length)


def _smallest(rule: Free, least: Size, room: Size, most: int) -> Size | None:
    shape = math.log(least.width / least.height)
    return min(
        (size for size in _legal_between(rule, least, room) if size.area <= most),
        key=lambda size: (size.area, abs(math.log(size.width / size.height) - shape)),
        default=None,
    )


def _legal_between(rule: Free, least: Size, room: Size) -> Iterable[Size]:
    step = rule.multiple
    low = -(-least.height // step) * step
    for width in range(-(-least.width // step) * step, min(room.width, rule.longest) + 1, step):
        allowed = heights(rule, width)
        if allowed:
            height = max(allowed[0], low)
            if height <= min(allowed[-1], room.height):
                yield Size(width, height)


def _roomy(rule: Free, picture: Size, want: Size) -> Size:
    """What is wanted, widened to a legal area and shape as far as the picture goes."""
    width, height = want
    if want.area < rule.least:
        side = math.isqrt(rule.least - 1) + 1
        width = min(picture.width, max(width, side))
        height = min(picture.height, max(height, side, -(-rule.least // width)))
        width = min(picture.width, max(width, -(-rule.least // height)))
    width = min(picture.width, max(width, math.ceil(height / rule.ratio)))
    height = min(picture.height, max(height, math.ceil(width / rule.ratio)))
    width = max(want.width, min(width, int(height * rule.ratio)))
    return Size(width, max(want.height, min(height, int(width * rule.ratio))))


def _in_shape(size: Size, sent: Size, want: Size, picture: Size) -> Size:
    """The size with the proportions of what is sent, so that both sides have one scale."""
    height = round(size.width * sent.height / sent.width)
    if want.height <= height <= picture.height:
        return Size(size.width, height)
    width = round(size.height * sent.width / sent.height)
    if want.width <= width <= picture.width:
        return Size(width, size.height)
    return size


def _factor(size: Size, want: Size, picture: Size) -> float | None:
    """Source pixels for one sent pixel: 1 where possible, None when it cannot hold the want."""
    need = max(want.width / size.width, want.height / size.height)
    room = min(picture.width / size.width, picture.height / size.height)
    return None if need > room else max(need, min(1.0, room))


def _holds(size: Size, box: Size) -> bool:
    return size.width >= box.width and size.height >= box.height
