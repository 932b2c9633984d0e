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

SMALL = 512
"""Longer side of a mask in pixels up to which as much again is wanted around it, however tight:
what fills the window has nothing to be like. Half of what models see natively."""

THIN = 3.0
"""Longer over shorter side of a mask from which a square is wanted around it: models lose strips
at the edge of their sight."""

OUTSIDE = 1 / 3
"""Share of a window that may lie beyond the picture to save a scale; more repeated edge leads a
model astray more than a scale costs."""


def with_context(box: Rect, share: float, picture: Size) -> Rect:
    """The box with context on every side, as far as the picture goes."""
    if max(box.size) <= SMALL:
        share = max(share, 1 / 2)
    return box.grown(max(LEAST_CONTEXT, round(share * max(box.size)))).clipped(picture)


def close(box: Rect, picture: Size) -> Rect:
    """The box with the least context a model can do with, as far as the picture goes."""
    return box.grown(LEAST_CONTEXT).clipped(picture)


def squared(want: Rect, box: Rect, picture: Size) -> Rect:
    """What is wanted around a thin mask as a square, as far as the picture goes."""
    if max(box.size) < THIN * min(box.size):
        return want
    side = max(want.size)
    across, down = side - want.size.width, side - want.size.height
    left, top = want.left - across // 2, want.top - down // 2
    square = Rect(left, top, left + side, top + side)
    return square.clipped(picture)


def seated(size: Size, about: Rect, hold: Rect, picture: Size) -> Rect:
    """A window of this size centred on one rectangle, holding another, inside the picture.

    Only a side that is longer than the picture's leaves it, by as much at both ends.
    """
    left = (about.left + about.right - size.width) // 2
    top = (about.top + about.bottom - size.height) // 2
    return placed(Rect(left, top, left + size.width, top + size.height), hold, picture)


def placed(window: Rect, hold: Rect, picture: Size) -> Rect:
    """The window moved as little as it takes to hold a rectangle and to stay in the picture."""
    width, height = window.size
    left = _seat(width, window.left, (hold.left, hold.right), picture.width)
    top = _seat(height, window.top, (hold.top, hold.bottom), picture.height)
    return Rect(left, top, left + width, top + height)


def trimmed(rule: Free, picture: Size, box: Rect) -> Placement | None:
    """The whole picture but for the few rim pixels that are off the grid, at 1:1."""
    size = Size(*(side // rule.multiple * rule.multiple for side in picture))
    if legal(rule, size) or not _holds(size, box.size):
        return None
    return Placement(seated(size, whole(picture), box, picture), size)


def most_of(rule: Free, picture: Size, box: Rect) -> Placement:
    """The whole picture, scaled; of one too long for the model the part around the mask.

    Both sides have one scale, for which the window may leave the picture a little. Only around
    a mask that is too long itself it leaves it by much.
    """
    width, height = picture
    size = Size(min(width, int(height * rule.ratio)), min(height, int(width * rule.ratio)))
    if not _holds(size, box.size):
        size = picture
    sent = nearest(rule, size)
    return Placement(seated(_around(size, sent), whole(picture), box, picture), sent)


def unscaled(rule: Free, picture: Size, want: Rect, most: int) -> Placement | None:
    """The smallest legal window around what is wanted at 1:1, of at most so many pixels."""
    size = _smallest(rule, want.size, picture, most)
    return Placement(seated(size, want, want, picture), size) if size else None


def beyond(rule: Free | Fixed, picture: Size, want: Rect, most: float) -> Placement | None:
    """The window around what is wanted at 1:1 that leaves the picture least.

    Of at most so many pixels; None when there is none or too much of it lies beyond.
    """
    fits = (size for size in _sizes(rule, want.size) if size.area <= most)
    size = min(fits, key=lambda size: (_outside(size, picture), size.area), default=None)
    if size is None or _outside(size, picture) > OUTSIDE * size.area:
        return None
    return Placement(seated(size, want, want, picture), size)


def scaled(rule: Free, picture: Size, want: Rect) -> Placement:
    """A window around what is wanted, sent at another size because no legal one fits at 1:1.

    It leaves the picture only where one scale for both sides asks for that.
    """
    size = _roomy(rule, picture, want.size)
    sent = nearest(rule, size)
    size = _in_shape(size, sent, want.size, picture)
    return Placement(seated(size, want, want, picture), sent)


def of_shape(rule: Fixed, picture: Size, want: Rect, least: float, most: float) -> Placement | None:
    """A window with the shape of one of the sizes, inside the picture.

    least, most: source pixels for one sent pixel. Of several the one that is resampled least,
    then the smallest.
    """
    fits = [
        (factor, size)
        for size in rule.sizes
        if (factor := _factor(size, want.size, picture)) is not None and least <= factor <= most
    ]
    if not fits:
        return None
    factor, sent = min(fits, key=lambda fit: (abs(math.log(fit[0])), fit[1].area))
    size = Size(
        min(math.ceil(sent.width * factor), picture.width),
        min(math.ceil(sent.height * factor), picture.height),
    )
    return Placement(seated(size, want, want, picture), sent)


def around(rule: Fixed, picture: Size, want: Rect) -> Placement:
    """The window in the shape of one of the sizes that leaves the picture least, at one scale."""
    fits = [(_around(want.size, sent), sent) for sent in rule.sizes]
    size, sent = min(fits, key=lambda fit: (_outside(fit[0], picture), fit[0].area))
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


def _seat(length: int, start: int, hold: tuple[int, int], room: int) -> int:
    if length > room:
        return (room - length) // 2
    start = min(max(start, hold[1] - length), hold[0])
    return min(max(start, 0), room - length)


def _outside(size: Size, picture: Size) -> int:
    """Pixels of a window that cannot lie in the picture."""
    return size.area - min(size.width, picture.width) * min(size.height, picture.height)


def _around(size: Size, shape: Size) -> Size:
    """The smallest size with the proportions of a shape that holds another size."""
    if size.width * shape.height >= size.height * shape.width:
        return Size(size.width, max(size.height, round(size.width * shape.height / shape.width)))
    return Size(max(size.width, round(size.height * shape.width / shape.height)), size.height)


def _sizes(rule: Free | Fixed, least: Size) -> Iterable[Size]:
    """Legal sizes that hold another one."""
    if isinstance(rule, Fixed):
        return (size for size in rule.sizes if _holds(size, least))
    return _legal_between(rule, least, Size(rule.longest, rule.longest))


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
    return _around(want, sent)


def _factor(size: Size, want: Size, picture: Size) -> float | None:
    """Source pixels for one sent pixel: 1 where possible, None when it cannot hold the want."""
    need = max(want.width / size.width, want.height / size.height)
    room = min(picture.width / size.width, picture.height / size.height)
    return None if need > room else max(need, min(1.0, room))


def _holds(size: Size, box: Size) -> bool:
    return size.width >= box.width and size.height >= box.height
