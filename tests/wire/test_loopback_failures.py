"""Edits that bring no picture: what is told, what the ledger says, what was charged."""

import numpy as np
import pytest

from editor.edits.events import (
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
from editor.engine.exchange import NO_END
from editor.engine.note import State
from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown, ProviderRefused
from editor.imaging.raster import Raster
from editor.providers import refusal as words
from editor.providers.body import LINK_DEAD
from editor.transport import addresses, sentences
from tests.fakes.provider import KEY, Play
from tests.fakes.refusals import REFUSALS


@pytest.mark.parametrize(
    ("refuse", "end", "kind", "sentence", "state"),
    [
        ("moderation", Failed, ProviderRefused, words.MODERATION, State.REFUSED),
        ("key", Failed, ProviderRefused, words.KEY, State.REFUSED),
        ("quota", Failed, ProviderRefused, words.QUOTA, State.REFUSED),
        ("billing", Failed, ProviderRefused, words.QUOTA, State.REFUSED),
        ("verify", Failed, ProviderRefused, words.VERIFY, State.REFUSED),
        ("model", Failed, ProviderRefused, words.MODEL, State.REFUSED),
        ("large", Failed, ProviderRefused, words.TOO_LARGE, State.REFUSED),
        ("redirect", Failed, ProviderRefused, words.REDIRECT, State.REFUSED),
        ("wrapped", Unknown, OutcomeUnknown, words.BROKE, State.UNKNOWN),
        ("text", Failed, ProviderRefused, words.VALUE, State.REFUSED),
        ("server", Unknown, OutcomeUnknown, words.BUSY, State.UNKNOWN),
        ("gateway", Unknown, OutcomeUnknown, words.GATEWAY, State.UNKNOWN),
        ("page", Failed, AnswerUnusable, None, State.UNUSABLE),
        ("empty", Failed, AnswerUnusable, None, State.UNUSABLE),
        ("array", Failed, AnswerUnusable, None, State.UNUSABLE),
        ("nothing", Failed, AnswerUnusable, None, State.UNUSABLE),
    ],
)
def test_refusals_and_failures(desk, provider, refuse, end, kind, sentence, state):
    provider.play(Play(refuse=refuse))
    desk.send()
    told = desk.end()[-1]
    assert type(told) is end
    assert type(told.problem) is kind
    assert told.problem.template == (sentence or told.problem.template)
    assert KEY not in told.problem.details
    assert desk.note.state is state
    assert desk.note.template == told.problem.template
    assert len(provider.log) == 1  # and no second one


def test_a_wrong_key(desk, provider, monkeypatch):
    monkeypatch.setattr(provider, "key", "another")
    desk.send()
    assert desk.end()[-1].problem.template == words.KEY
    assert not provider.log[0].charged


@pytest.mark.parametrize("cut", [0, 1, 1000, 30_000])
@pytest.mark.parametrize("stream", [False, True])
def test_a_cut_answer_is_unknown_and_its_bytes_are_kept(desk, provider, cut, stream):
    provider.play(Play(cut=cut))
    desk.send(settings={"stream": stream})
    told = desk.end()[-1]
    assert told.problem.template == sentences.CUT
    assert desk.note.state is State.UNKNOWN
    assert len(desk.ledger.raw(desk.note)) <= cut
    assert (len(provider.log), sum(provider.charges.values())) == (1, 1)


def test_a_stream_without_its_end(desk, provider):
    provider.play(Play(unfinished=True))
    desk.send(settings={"stream": True, "partial_images": 1})
    events = desk.end()
    assert isinstance(events[-2], Preview)
    assert events[-1].problem.template == NO_END
    assert desk.note.state is State.UNKNOWN


def test_an_upload_that_is_cut_twice_was_not_sent(desk, provider):
    provider.play(Play(cut_upload=70_000), Play(cut_upload=70_000))
    source = np.random.default_rng(5).integers(0, 256, (2048, 2048, 4), np.uint8)
    source[..., 3] = 255
    coverage = np.zeros((2048, 2048), np.uint8)
    coverage[300:500, 200:600] = 255
    desk.send(source=Raster(source), coverage=coverage)
    told = desk.end()[-1]
    assert isinstance(told.problem, NotSent)
    assert told.problem.template == sentences.UPLOAD_STOPPED
    assert desk.note.state is State.NOT_SENT
    assert len(provider.log) == 2
    assert not provider.charges


def test_a_limit_is_waited_for_in_sight_and_charged_once(desk, provider, monkeypatch):
    soon = REFUSALS["rate"]._replace(headers=(("retry-after-ms", "20"),))
    monkeypatch.setitem(REFUSALS, "rate", soon)
    provider.play(Play(refuse="rate"))
    desk.send()
    told = [event for event in desk.end() if not isinstance(event, Progress)]
    assert [type(event) for event in told] == [
        Started,
        Sent,
        Limited,
        Started,
        Sent,
        Picture,
        Finished,
    ]
    assert told[2] == Limited(1.0)
    assert desk.note.state is State.RECEIVED
    assert b"rate_limit" not in desk.ledger.raw(desk.note)
    first, second = provider.log
    assert first.digest == second.digest
    assert [seen.headers["idempotency-key"] for seen in provider.log] == [desk.note.id] * 2
    assert (first.charged, second.charged) == (False, True)


@pytest.mark.parametrize(
    ("href", "sentence"),
    [
        ("https://127.0.0.1:8443/a.png", addresses.ODD_LINK),
        ("https://127.0.0.1/a.png", addresses.PRIVATE_LINK),
        ("file:///etc/passwd", addresses.ODD_LINK),
    ],
)
def test_a_link_to_somewhere_else(desk, provider, href, sentence):
    provider.play(Play(href=href))
    desk.send()
    assert desk.end()[-1].problem.template == sentence
    assert desk.note.state is State.UNUSABLE
    assert href.encode() in desk.ledger.raw(desk.note)


def test_a_link_that_expired(desk, provider):
    provider.play(Play(href=provider.base_url.removesuffix("/v1") + "/files/gone.png"))
    desk.send()
    assert desk.end()[-1].problem.template == LINK_DEAD
