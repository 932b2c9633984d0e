"""A variant keeps what is needed to join it, now or after a restart."""

import numpy as np

from editor.edits.job import Job
from editor.edits.request import EditRequest
from editor.edits.variant import Variant, answer_to
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster


def test_variants_are_told_apart_by_identity():
    raster = Raster(np.zeros((2, 3, 4), np.uint8))
    placement = Placement(Rect(0, 0, 3, 2), Size(3, 2))
    one, other = (
        Variant("v1", "j1", "r1", raster, placement, None, "base", "openai", "gpt-image-2")
        for _ in range(2)
    )
    assert one != other
    assert one.price is None
    assert (one.requested, one.effective, one.seconds) == ({}, {}, 0.0)


def test_an_answer_belongs_where_its_job_does():
    source, came = (Raster(np.zeros((2, 3, 4), np.uint8)) for _ in range(2))
    coverage = np.full((2, 3), 255, np.uint8)
    settings = {"quality": "low"}
    request = EditRequest(
        source, coverage, "x", "openai", "gpt-image-2", settings=settings, base="base"
    )
    placement = Placement(Rect(0, 0, 3, 2), Size(1024, 1024))
    found = answer_to(Job("j", "r", request), came, placement)
    assert (found.id, found.job, found.round, found.base) == ("j", "j", "r", "base")
    assert (found.provider, found.model, found.requested) == ("openai", "gpt-image-2", settings)
    assert (found.raster, found.placement) == (came, placement)
    assert found.coverage is coverage
