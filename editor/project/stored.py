"""Jobs and variants as a project keeps them, and a variant as it was."""

from __future__ import annotations

from dataclasses import replace

from editor.edits.job import Job
from editor.edits.variant import Variant
from editor.errors import NotSent, Problem, ProviderRefused
from editor.imaging.facts import Facts
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.patch import Coverage
from editor.project.project import StoredJob, StoredVariant

_KINDS = {"refused": ProviderRefused, "not-sent": NotSent}
"""What a tile tells apart from other failures."""


def stored_job(job: Job, slot: str) -> StoredJob:
    """The state of a job, without its pictures. slot: the picture it edits."""
    problem = job.problem
    return StoredJob(
        id=job.id,
        round=job.round,
        slot=slot,
        state=job.state,
        task=job.task,
        template=problem.template if problem else "",
        values={name: str(value) for name, value in problem.values.items()} if problem else {},
        details=problem.details if problem else "",
        kind=next((name for name, kind in _KINDS.items() if isinstance(problem, kind)), ""),
    )


def problem_of(stored: StoredJob) -> Problem:
    """What a job ended with, as it was told then."""
    kind = _KINDS.get(stored.kind, Problem)
    return kind(stored.template, details=stored.details, **stored.values)


def stored_variant(variant: Variant, slot: str, answer: str, coverage: str) -> StoredVariant:
    """A variant without its pixels. answer, coverage: digests of their blobs."""
    return StoredVariant(
        id=variant.id,
        job=variant.job,
        round=variant.round,
        slot=slot,
        answer=answer,
        placement=variant.placement,
        base=variant.base,
        provider=variant.provider,
        model=variant.model,
        coverage=coverage,
        requested=variant.requested,
        effective=variant.effective,
        price=variant.price,
        seconds=variant.seconds,
    )


def stored_request(job: Job, slot: str, placement: Placement, coverage: str) -> StoredVariant:
    """What a job is sent for, as the variant that it will become. coverage: digest, or ""."""
    request = job.request
    return StoredVariant(
        id=job.id,
        job=job.id,
        round=job.round,
        slot=slot,
        answer="",
        placement=placement,
        base=request.base,
        provider=request.provider,
        model=request.model,
        coverage=coverage,
        requested=request.settings,
    )


def variant_of(stored: StoredVariant, raster: Raster, coverage: Coverage | None) -> Variant:
    """A variant as it was, with the pixels of its answer decoded again."""
    return Variant(
        id=stored.id,
        job=stored.job,
        round=stored.round,
        raster=raster,
        placement=stored.placement,
        coverage=coverage,
        base=stored.base,
        provider=stored.provider,
        model=stored.model,
        requested=stored.requested,
        effective=stored.effective,
        price=stored.price,
        seconds=stored.seconds,
    )


def stored_facts(facts: Facts) -> Facts:
    """Facts without the blocks that are read again from the picture's bytes."""
    return replace(facts, profile=b"", exif=b"", xmp=b"", colours=b"")
