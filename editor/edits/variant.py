"""Variant: a finished picture with the place it belongs to and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.capability.field import Value
from editor.edits.job import Job
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.plane import Coverage


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """One answer, ready to be joined.

    raster: the answer as it came, at its returned size. placement: the window it belongs to.
    coverage: the painted mask it was asked for, size of the source; None for the whole
    picture. base: digest of the base it was asked on. requested: settings as asked;
    effective: what the provider says it did. price: USD, None when unknown. seconds: from
    start to arrival.
    """

    id: str
    job: str
    round: str
    raster: Raster
    placement: Placement
    coverage: Coverage | None
    base: str
    provider: str
    model: str
    requested: Mapping[str, Value] = field(default_factory=dict)
    effective: Mapping[str, object] = field(default_factory=dict)
    price: float | None = None
    seconds: float = 0.0


def answer_to(job: Job, raster: Raster, placement: Placement) -> Variant:
    """The variant that a picture of a job is, before anything is told of how it was made."""
    request = job.request
    return Variant(
        id=job.id,
        job=job.id,
        round=job.round,
        raster=raster,
        placement=placement,
        coverage=request.coverage,
        base=request.base,
        provider=request.provider,
        model=request.model,
        requested=request.settings,
    )
