"""A job moves with each event and stays where it ended."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.edits.events import (
    Accepted,
    Cancelled,
    Failed,
    Finished,
    Limited,
    Picture,
    Preview,
    Progress,
    Sent,
    Started,
    Unknown,
)
from editor.edits.job import Job, State, advance
from editor.edits.request import EditRequest
from editor.errors import NotSent, OutcomeUnknown
from editor.imaging.raster import Raster

REQUEST = EditRequest(
    source=Raster(np.zeros((1, 1, 4), np.uint8)),
    coverage=None,
    prompt="a boat",
    provider="openai",
    model="gpt-image-2",
)
REFUSED = NotSent("Nothing left this computer.")
LOST = OutcomeUnknown("Sent whole, not answered.")

events = st.sampled_from(
    [
        Started(),
        Progress(0.5),
        Sent(),
        Accepted("t1"),
        Limited(12.0),
        Preview(0, b"p"),
        Picture(0, b"p"),
        Finished(),
        Cancelled(),
        Failed(REFUSED),
        Unknown(LOST),
    ]
)


def after(*heard):
    job = Job("j1", "r1", REQUEST)
    for event in heard:
        job = advance(job, event)
    return job


def test_a_job_waits_first():
    assert after().state is State.WAITING
    assert not after().state.ended


def test_the_way_of_a_job_that_goes_well():
    assert after(Started()).state is State.RUNNING
    assert after(Started(), Progress(0.4)).progress == 0.4
    assert after(Started(), Progress(0.4, 2048)).total == 2048
    sent = after(Started(), Progress(0.4), Sent())
    assert (sent.sent, sent.progress) == (True, 1.0)
    assert after(Started(), Sent(), Accepted("t1")).task == "t1"
    quiet = after(Started(), Sent())
    assert advance(quiet, Preview(0, b"p")) is quiet
    assert advance(quiet, Picture(0, b"p")) is quiet
    done = after(Started(), Sent(), Picture(0, b"p"), Finished())
    assert (done.state, done.progress) == (State.DONE, 1.0)


def test_a_limited_job_waits_and_starts_again():
    limited = after(Started(), Limited(12.0))
    assert (limited.state, limited.wait) == (State.WAITING, 12.0)
    again = advance(limited, Started())
    assert (again.state, again.wait) == (State.RUNNING, 0.0)


@pytest.mark.parametrize(
    ("end", "state", "problem"),
    [
        (Finished(), State.DONE, None),
        (Cancelled(), State.CANCELLED, None),
        (Failed(REFUSED), State.FAILED, REFUSED),
        (Unknown(LOST), State.UNKNOWN, LOST),
    ],
)
def test_every_end_has_its_state(end, state, problem):
    job = after(Started(), end)
    assert (job.state, job.problem) == (state, problem)
    assert job.state.ended


@given(st.lists(events))
def test_an_ended_job_no_longer_moves(heard):
    job = after(Started(), Cancelled())
    for event in heard:
        assert advance(job, event) is job
