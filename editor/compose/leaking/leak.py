"""Leak: how much an answer changed outside of its mask, and whether the mask was obeyed at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from editor.compose.fitting.fit import Fit
from editor.compose.leaking.change import LARGE, SMALL, Change, change
from editor.compose.patch import Where
from editor.edits.variant import Variant
from editor.imaging import cv
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster

DROPPED = (
    "The provider ignored the mask and redrew other things too. A gateway may have dropped it, "
    "or the model takes none. What you protected stays."
)
RESTYLED = (
    "The provider ignored the mask and gave the whole picture another look. "
    "The model may take no mask. What you protected stays."
)
UNRELATED = (
    "The provider ignored the mask and sent another picture; it may not have seen yours. "
    "What you protected stays."
)

BROAD = 0.3
"""Share of what was to stay from which an answer is said to have ignored the mask."""

_TINTED = 0.1
# Mean change of colour that is still a drift; full alarm at twice as much.

_OTHER = 0.65
# Share of other shapes from which an answer is another picture.

_NOISE = 6.0
# Colour difference that redrawing leaves anywhere; less is not counted as change.

_BESIDE = 10
# Pixels of a frame around the mask that are not held against an answer.

_FEWEST = 0.03
# Share of a window that must be protected for an alarm: less is no picture.


@dataclass(frozen=True, slots=True)
class Leak:
    """What an answer did outside of its mask, after its drift was taken off.

    over3, over10: shares of the protected pixels of its window with a CIE 1976 colour
    difference above 3 and 10. contained: share of all change that lies inside the mask.
    shift: source pixels; scale: as in the fit's report. returned: size of the answer.
    ignored: the alarm; cause: the sentence that tells it and what is likely behind it, or empty.
    """

    over3: float
    over10: float
    contained: float
    shift: tuple[float, float]
    scale: float
    returned: Size
    ignored: bool = False
    cause: str = ""


def leak(base: Raster, variant: Variant, fit: Fit) -> Leak:
    """Measure what an answer changed of what was to stay. Pure; some 60 ms at any size.

    base: what it was asked on. fit: how it was put in.
    """
    return of_change(change(base, variant, fit), variant, fit)


def of_change(found: Change, variant: Variant, fit: Fit) -> Leak:
    """The same of a change that is known."""
    seen = found.frame.seen
    cause = _cause(found)
    return Leak(
        over3=_share(found.difference[seen] > SMALL),
        over10=_share(found.difference[seen] > LARGE),
        contained=_contained(found),
        shift=fit.report.shift,
        scale=fit.report.scale,
        returned=variant.raster.size,
        ignored=bool(cause),
        cause=cause,
    )


def breadth(found: Change) -> float:
    """How broadly the protected part changed, 0.0 and more: colours, shapes and tone together."""
    seen = _far(found)
    strange = max(found.tone - _TINTED, 0.0) * BROAD / _TINTED
    return _share(found.difference[seen] > LARGE) + _share(found.other[seen]) + strange


def _cause(found: Change) -> str:
    seen = _far(found)
    if _share(seen) < _FEWEST or breadth(found) < BROAD:
        return ""
    other = _share(found.other[seen])
    if other > _OTHER:
        return UNRELATED
    return DROPPED if other > BROAD / 2 else RESTYLED


def _far(found: Change) -> Where:
    """Protected places so far from the mask that a shadow or a shape that grew is no matter."""
    near = cv.dilate(found.frame.painted.view(np.uint8), cv.disc(_BESIDE))
    far: Where = found.frame.seen & (near == 0)
    return far


def _contained(found: Change) -> float:
    """1.0 where nothing changed outside."""
    excess = np.maximum(found.difference - _NOISE, 0)
    outside = float(excess[found.frame.seen].sum())
    inside = float(excess[found.frame.painted].sum())
    return inside / (inside + outside) if outside > 0 else 1.0


def _share(where: Where) -> float:
    return float(where.mean()) if where.size else 0.0
