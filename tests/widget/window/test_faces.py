"""What a tile says of a picture, of a job in each of its states, and of an answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.edits.effect import Effect
from editor.edits.job import Job, State
from editor.edits.request import EditRequest
from editor.edits.variant import Variant
from editor.errors import NotSent, OutcomeUnknown, ProviderRefused
from editor.imaging.facts import Facts
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.session.entries import Entry
from editor.session.held import Held
from editor.ui.controls.tile_face import NO_BADGE, Kind
from editor.ui.gallery.faces import Known, entry_face, facts_of, original_face, picture_face

SMALL = Raster(np.full((6, 8, 4), 255, np.uint8))
OTHER = Raster(np.full((3, 4, 4), 9, np.uint8))
HELD = Held("a", "photo.png", Facts("png", Size(80, 60)), "digest", SMALL)
WISH = EditRequest(SMALL, None, "a red kite", "openai", "gpt-image-2")
JOB = Job("j", "r", WISH)
ENTRY = Entry("j", "r", "j")


def test_the_target_a_reference_and_one_for_later_are_told_apart() -> None:
    target, reference = picture_face(HELD, 0, target=True), picture_face(HELD, 3)
    later = picture_face(replace(HELD, reference=False), 2)
    assert (target.words, target.number) == ("Target", NO_BADGE)
    assert (reference.words, reference.number) == ("photo.png", 3)
    assert (later.words, later.number) == ("Next", NO_BADGE)
    assert {face.kind for face in (target, reference, later)} == {Kind.PICTURE}


def test_a_picture_shows_what_was_kept_on_it_and_the_original_does_not() -> None:
    edited = replace(HELD, shown=OTHER)
    assert picture_face(edited, 0, target=True).picture.size().toTuple() == OTHER.size
    face = original_face(edited)
    assert (face.kind, face.number) == (Kind.ORIGINAL, 0)
    assert face.picture.size().toTuple() == SMALL.size


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, Kind.QUEUED),
        ({"wait": 12.0}, Kind.LIMITED),
        ({"state": State.RUNNING}, Kind.SENDING),
        ({"state": State.RUNNING, "sent": True}, Kind.WAITING),
        ({"state": State.RUNNING, "sent": True, "task": "t-7"}, Kind.ACCEPTED),
        ({"state": State.RUNNING, "request": replace(WISH, provider="offline")}, Kind.WORKING),
        ({"state": State.RUNNING, "sent": True, "task": "t-7", "left": True}, Kind.LEFT),
        ({"state": State.DONE}, Kind.ARRIVING),
        ({"state": State.FAILED}, Kind.FAILED),
        ({"state": State.FAILED, "problem": ProviderRefused("x")}, Kind.REFUSED),
        ({"state": State.FAILED, "problem": NotSent("x")}, Kind.UNSENT),
        ({"state": State.UNKNOWN}, Kind.UNKNOWN),
        ({"state": State.CANCELLED}, Kind.STOPPED),
    ],
)
def test_every_state_of_a_job_has_its_face(changes: dict[str, object], kind: Kind) -> None:
    face = entry_face(ENTRY, 2, replace(JOB, **changes), 7.0, 50.0)
    assert (face.kind, face.number) == (kind, 2)
    clocked = kind in {Kind.LIMITED, Kind.WAITING, Kind.ACCEPTED}  # others do not change by time
    assert (face.seconds, face.typical) == ((7.0, 50.0) if clocked else (0.0, 0.0))
    assert face.picture is None


def test_what_waits_in_a_paused_queue_says_so() -> None:
    assert entry_face(ENTRY, 1, JOB, 0.0, 0.0, Known(held=True)).kind is Kind.PAUSED
    limited = replace(JOB, wait=9.0)
    assert entry_face(ENTRY, 1, limited, 9.0, 0.0, Known(held=True)).kind is Kind.LIMITED


@pytest.mark.parametrize("kind", [ProviderRefused, OutcomeUnknown])
def test_a_job_that_ended_badly_tells_why(kind: type[Exception]) -> None:
    state = State.FAILED if kind is ProviderRefused else State.UNKNOWN
    job = replace(JOB, state=state, problem=kind("{provider} said no.", provider="OpenAI"))
    assert entry_face(ENTRY, 1, job, 0.0, 0.0).words == "OpenAI said no."


def test_a_preview_is_shown_while_the_answer_is_awaited() -> None:
    job = replace(JOB, state=State.RUNNING, progress=0.4)
    face = entry_face(replace(ENTRY, tile=OTHER), 1, job, 0.0, 0.0)
    assert face.picture.size().toTuple() == OTHER.size
    assert (face.kind, face.fraction) == (Kind.SENDING, 0.4)


def test_an_answer_tells_its_price_its_seconds_and_whether_it_is_out_of_date() -> None:
    variant = Variant(
        "v", "j", "r", SMALL, Placement(Rect(0, 0, 8, 6), SMALL.size), None, "", "openai", "m"
    )
    entry = replace(ENTRY, variant=replace(variant, price=0.04, seconds=31.0), stale=True)
    face = entry_face(entry, 3, replace(JOB, state=State.DONE), 99.0, 50.0)
    assert (face.kind, face.number, face.price, face.seconds) == (Kind.DONE, 3, 0.04, 31.0)
    assert face.stale
    assert not entry_face(replace(entry, stale=False), 3, None, 0.0, 0.0).stale


@pytest.mark.parametrize(
    ("model", "sent", "expected"),
    [
        ("GPT", SMALL.size, ("GPT", "8 × 6")),
        ("", Size(80, 60), ("8 × 6, asked for 80 × 60",)),
    ],
)
def test_what_is_known_of_an_answer(model: str, sent: Size, expected: tuple[str, ...]) -> None:
    place = Placement(Rect(0, 0, 8, 6), sent)
    variant = Variant("v", "j", "r", SMALL, place, None, "", "openai", "m")
    entry = replace(ENTRY, variant=variant, starred=True)
    assert facts_of(entry, Known(model)) == expected
    assert facts_of(ENTRY, Known(model)) == ()
    face = entry_face(entry, 1, None, 0.0, 0.0, Known(model))
    assert (face.facts, face.starred) == (expected, True)


def test_what_became_of_the_settings_is_told() -> None:
    place = Placement(Rect(0, 0, 8, 6), SMALL.size)
    told = {"usage": {"total_tokens": 4160}}
    variant = Variant("v", "j", "r", SMALL, place, None, "", "openai", "m", effective=told)
    effects = (
        Effect("size", "Size", "8x6", "8x6"),
        Effect("quality", "Quality", "high", "medium"),
        Effect("output_format", "Format", "png", "png"),
    )
    facts = facts_of(replace(ENTRY, variant=variant), Known("GPT", None, effects))
    assert facts == (
        "GPT",
        "8 × 6",
        "Quality: Medium, asked for High",
        "Format: PNG",
        "4,160 tokens",
    )


def test_a_job_that_nobody_knows_is_on_its_way() -> None:
    assert entry_face(ENTRY, 1, None, 0.0, 0.0).kind is Kind.ARRIVING


def test_what_came_back_changed_and_where_it_was_made_is_told() -> None:
    place = Placement(Rect(0, 0, 8, 6), SMALL.size)
    variant = Variant("v", "j", "r", SMALL, place, None, "", "openai", "m")
    entry = replace(ENTRY, variant=variant)
    face = entry_face(entry, 1, None, 0.0, 0.0, Known("GPT Image 2", 0.042))
    assert face.leak == 0.042
    assert face.facts[-1].startswith("4.2 % of what is around the mask")
    elsewhere = replace(ENTRY, variant=replace(variant, provider="elsewhere"))
    assert entry_face(elsewhere, 1, None, 0.0, 0.0).words == "Made elsewhere"
