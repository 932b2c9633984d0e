"""Grain: what an answer lacks of the grain and the sharpness of the photograph around it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting import residue
from editor.compose.fitting.residue import Noise, Told

DETAIL = "Detail {share} % of the photo"
"""Said where an answer has fewer pixels, or softer ones, than the source; share in percent."""

SOFTEST, SHARPEST = 0.5, 20.0
"""Bounds of the gain of a band; beyond them noise and halos are made, not detail."""

SAME = 0.05
"""Share by which deviations may differ before anything is done; the eye does not see less."""

_DOUBT = 0.25
# Share of the noise's power by which that of a signal may be wrong.

Floats = NDArray[np.float32]


class Plan(NamedTuple):
    """What is to be done, by band of detail and by brightness.

    gain: of each band's signal, (2,). noise: variances of the answer, (2, SHADES). target: those
    it is brought down to.
    """

    gain: NDArray[np.float32]
    noise: NDArray[np.float32]
    target: NDArray[np.float32]

    @property
    def idle(self) -> bool:
        """Whether all stays as it is."""
        return bool((self.gain == 1).all()) and not self.noisy

    @property
    def noisy(self) -> bool:
        """Whether there is more noise than there should be."""
        return beyond(self.noise, self.target)

    @property
    def sharpens(self) -> bool:
        """Whether any detail grows."""
        return bool((self.gain > 1).any())

    @property
    def kept(self) -> Plan:
        """The same with nothing to do."""
        return Plan(np.ones_like(self.gain), self.noise, self.noise)


class Grain(NamedTuple):
    """What an answer lacks or has too much of.

    detail: for its brightness, tint: for what its colours add to it. lacks: deviations of the
    grain to be added, (SHADES,). field: of grain to be laid on, None for none.
    """

    detail: Plan
    tint: Plan
    lacks: NDArray[np.float32]
    field: Floats | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done."""
        return self.detail.idle and self.tint.idle and self.field is None


def planned(told: Told) -> Grain:
    """What is to be done with an answer, without a field."""
    source, answer = told.source, told.answer
    # What little signal there is beside much noise is known badly: then the gain is near 1.
    doubt = _DOUBT * np.maximum(source.floor, answer.floor)
    gain = np.sqrt((source.signal + doubt) / (answer.signal + doubt))
    gain = np.clip(gain, SOFTEST, SHARPEST)
    gain[source.signal < residue.FLAT + source.floor / 4] = 1
    gain[np.abs(gain - 1) < SAME] = 1
    lacks = np.maximum(source.noise - answer.noise, 0).sum(axis=0)
    seen = lacks > 2 * SAME * source.noise.sum(axis=0) + residue.FLAT / 4
    grain = np.sqrt(np.where(seen, lacks, 0)).astype(np.float32)
    return Grain(_plan(gain, source, answer), _plan(np.ones(2), *told.tints), grain)


def beyond(noise: Floats, target: Floats) -> bool:
    """Whether there is visibly more noise than there should be."""
    return bool((noise > target * (1 + 2 * SAME) + residue.FLAT / 4).any())


def _plan(gain: NDArray[np.float64], source: Noise, answer: Noise) -> Plan:
    target = np.minimum(source.noise, answer.noise)
    return Plan(*(part.astype(np.float32) for part in (gain, answer.noise, target)))
