"""Jobs and variants lose their pixels on the way into a project, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.edits.job import State
from editor.errors import NotSent, Problem, ProviderRefused
from editor.project.project import StoredJob, StoredVariant
from editor.project.records import decode, encode
from editor.project.stored import (
    problem_of,
    stored_facts,
    stored_job,
    stored_variant,
    variant_of,
)
from tests.fakes.project import facts, job, variant


def test_a_variant_is_as_it_was() -> None:
    coverage = np.ones((5, 5), np.uint8)
    before = variant("v1", "slot", coverage)
    stored = stored_variant(before, "slot", "answer", "coverage")
    assert (stored.slot, stored.answer, stored.coverage) == ("slot", "answer", "coverage")
    again = variant_of(decode(StoredVariant, encode(stored)), before.raster, coverage)
    for name in set(type(before).__slots__) - {"raster", "coverage"}:
        assert getattr(again, name) == getattr(before, name)
    assert again.raster is before.raster
    assert again.coverage is coverage


def test_a_job_keeps_its_sentence() -> None:
    stored = stored_job(job("j", State.UNKNOWN), "slot")
    assert decode(StoredJob, encode(stored)) == stored
    assert stored.template == "No answer from {host}."
    assert stored.values == {"host": "there"}
    assert stored.details == "Foreign words."
    assert stored.task == "t-1"
    assert stored_job(replace(job("j", State.RUNNING), problem=None), "slot").template == ""


@pytest.mark.parametrize("kind", [ProviderRefused, NotSent, Problem])
def test_a_job_ends_the_same_way_again(kind: type[Problem]) -> None:
    before = kind("No answer from {host}.", details="Foreign words.", host="there")
    stored = stored_job(replace(job("j", State.FAILED), problem=before), "slot")
    after = problem_of(decode(StoredJob, encode(stored)))
    assert type(after) is kind
    assert (str(after), after.details) == (str(before), "Foreign words.")


def test_facts_go_without_what_the_bytes_hold() -> None:
    assert stored_facts(facts()) == replace(facts(), profile=b"", exif=b"", xmp=b"", colours=b"")
