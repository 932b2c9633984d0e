"""The window a person drew: the legal one most like it, around the mask and in the picture."""

from __future__ import annotations

import math

from editor.capability.limits import Anything, Free, SizeRule, legal, nearest
from editor.edits.windows import placed
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement

NEARLY = 0.04
"""How far a scale may be from 1:1 to be taken as 1:1, as a logarithm."""

STEP = 32
"""Pixels by which a window is moved or widened at least: two steps of the widest grid."""

Anchor = tuple[float, float]
"""What stays while a window is drawn, across and down: 0 its start, 1 its end, 0.5 its middle."""

MIDDLE: Anchor = (0.5, 0.5)


def own_window(
    rule: SizeRule, picture: Size, box: Rect, drawn: Rect, anchor: Anchor = MIDDLE
) -> Placement:
    """What is sent when the person drew the window.

    box: what is painted, which the window holds in any case; may be empty. drawn: in pixels of
    the source, not empty. It snaps to a size that is legal at 1:1 or, where that would be far
    from what was drawn, to a legal shape at one scale. A side longer than the picture's leaves
    it by as much at both ends, any other lies in it.
    """
    inside = drawn.clipped(picture)
    if anchor == MIDDLE or inside.empty:
        inside = placed(drawn, drawn, picture)
    want = inside.joined(box)
    sent, size = _sizes(rule, picture, want.size, _needed(want, box, anchor), anchor)
    left = want.left + round((want.size.width - size.width) * anchor[0])
    top = want.top + round((want.size.height - size.height) * anchor[1])
    window = Rect(left, top, left + size.width, top + size.height)
    return Placement(placed(window, window if box.empty else box, picture), sent)


def stepped(window: Rect, across: int = 0, down: int = 0, wider: int = 0) -> Rect:
    """A window moved or widened by so many eighths of its sides; narrowed by wider below 0."""
    wide, high = (max(side // 8, STEP) for side in window.size)
    more = wider * wide // 2, wider * high // 2
    if min(window.size.width + 2 * more[0], window.size.height + 2 * more[1]) < STEP:
        return window
    return Rect(
        window.left + across * wide - more[0],
        window.top + down * high - more[1],
        window.right + across * wide + more[0],
        window.bottom + down * high + more[1],
    )


def _needed(want: Rect, box: Rect, anchor: Anchor) -> Size:
    """The size from which the window holds the mask without moving what stays."""
    if box.empty:
        return Size(1, 1)
    reach = {0.0: Size(box.right - want.left, box.bottom - want.top), 0.5: box.size}
    reach[1.0] = Size(want.right - box.left, want.bottom - box.top)
    return Size(reach[anchor[0]].width, reach[anchor[1]].height)


def _sizes(
    rule: SizeRule, picture: Size, want: Size, hold: Size, anchor: Anchor
) -> tuple[Size, Size]:
    """The sent size and the size of the window for what was drawn."""
    if isinstance(rule, Anything):
        return want, want
    if isinstance(rule, Free):
        across, down = (_snapped(*side, rule.multiple) for side in zip(want, hold, strict=True))
        size = Size(across, down)
        if not legal(rule, size):
            return size, size
    sent = nearest(rule, want)
    factor = _factor(want, sent, anchor)
    if abs(math.log(factor)) <= NEARLY:
        factor = 1.0
    factor = max(min(factor, _covering(picture, sent)), _covering(hold, sent))
    size = Size(math.ceil(sent.width * factor - 1e-6), math.ceil(sent.height * factor - 1e-6))
    return sent, size


def _snapped(side: int, least: int, multiple: int) -> int:
    """The side on the grid, no shorter than what it must hold."""
    return max(round(side / multiple), -(-least // multiple), 1) * multiple


def _factor(want: Size, sent: Size, anchor: Anchor) -> float:
    """Source pixels for one sent pixel; the side that is drawn decides."""
    across, down = want.width / sent.width, want.height / sent.height
    if anchor[0] != 0.5 and anchor[1] == 0.5:
        return across
    if anchor[1] != 0.5 and anchor[0] == 0.5:
        return down
    return math.sqrt(across * down)


def _covering(size: Size, sent: Size) -> float:
    return max(size.width / sent.width, size.height / sent.height)
