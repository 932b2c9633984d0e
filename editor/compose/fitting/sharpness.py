"""Sharpness: how far the detail of a soft answer is brought back, measured beside the mask."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import residue
from editor.compose.fitting.grain import SHARPEST, SOFTEST, Plan
from editor.compose.fitting.part import Part
from editor.compose.fitting.residue import Told
from editor.imaging.parallel import at_once

_ROUNDS = 4
_MOST = 1.2
# Power of all detail over the wanted one: a tenth more of deviation is not seen.

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Where = NDArray[np.bool_]
Powers = NDArray[np.float64]
Seen = list[tuple[Part, Where]]


def measured(plan: Plan, came: Seen, source: Bytes, told: Told) -> Plan:
    """A plan whose gains give an answer as much detail in each band as the source has.

    came: parts of the answer, with the places at which they may be compared. The bands overlap,
    and what a blur left of a band lies at its wide end, so that the gains are found by doing it
    and measuring what is still missing: equalised power spectra (Cannon, 1976), which takes no
    model of the blur and no exact alignment.
    """
    open_to_change = plan.gain != 1
    if not open_to_change.any():
        return plan
    wanted = _powers(came, lambda part: residue.grey(source[part.rect.rows_cols]))
    wanted = np.maximum(wanted - told.source.floor, residue.FLAT / 100)
    left = np.minimum(told.source.floor, told.answer.floor)
    for _ in range(_ROUNDS):
        reached = _powers(came, partial(Part.sharpened, plan=plan))
        reached = np.maximum(reached - left, residue.FLAT / 100)
        factor, of_all = wanted / reached, float(_MOST * wanted.sum() / reached.sum())
        if of_all < 1:
            # Hardly more in all: what overshoots in the wide band is a halo.
            factor = np.minimum(factor, of_all)
        gain = np.clip(plan.gain * np.sqrt(factor), SOFTEST, SHARPEST)
        plan = plan._replace(gain=np.where(open_to_change, gain, 1).astype(np.float32))
    return plan


def weaker(plan: Plan, share: float) -> Plan:
    """A plan of which the gains are taken in part."""
    return plan._replace(gain=1 + np.float32(share) * (plan.gain - 1))


def _powers(came: Seen, grey: Callable[[Part], Floats]) -> Powers:
    """Mean power of both bands of the brightness of parts, where it may be compared."""

    def powers(seen: tuple[Part, Where]) -> Powers:
        part, where = seen
        bands = residue.layers(grey(part)).fine
        return np.array([(band[where] ** 2).sum(dtype=np.float64) for band in bands])

    count = sum(int(np.count_nonzero(where)) for _, where in came)
    found: Powers = np.sum(at_once(powers, came), axis=0) / max(count, 1)
    return found
