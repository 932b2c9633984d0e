"""One edit from the request to its picture: real threads, sockets and files, a strict server."""

import io

import numpy as np
import pytest
from PIL import Image

from editor.edits.events import (
    Finished,
    Picture,
    Preview,
    Progress,
    Sent,
    Started,
)
from editor.engine.note import State
from editor.engine.remains import recovered
from editor.providers.table import dialect
from tests.fakes.desk import COVERAGE, ENDS, PLACE, SOURCE, noise
from tests.fakes.provider import Play


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGB"))


def test_one_body(desk, provider):
    desk.send()
    events = desk.end()
    assert events[0] == Started()
    assert events[-3:-1] == [Sent(), events[-2]]
    assert isinstance(events[-2], Picture)
    assert events[-1] == Finished()
    fractions = [event.fraction for event in events if isinstance(event, Progress)]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    answer, sent = pixels(events[-2]), SOURCE.pixels[..., 2::-1]
    assert answer.shape == sent.shape
    assert (answer != sent).any(axis=2).mean() > 0.9  # the provider redraws everything
    drift = np.abs(answer.astype(int) - sent)
    assert drift[600:].max() < 10
    assert drift[COVERAGE > 0].mean() > 40
    assert events[-2].facts["size"] == "1024x1024"
    assert events[-2].facts["usage"]["total_tokens"] == 296
    (seen,) = provider.log
    assert (seen.charged, seen.error) == (True, "")
    provider.wait_until(lambda log: log[0].answered)  # its last byte may be here before it knows
    assert desk.note.state is State.RECEIVED


def test_a_stream_with_previews(desk, provider):
    desk.send(settings={"stream": True, "partial_images": 2})
    events = desk.end()
    kinds = [type(event) for event in events if not isinstance(event, Progress)]
    assert kinds == [Started, Sent, Preview, Preview, Picture, Finished]


@pytest.mark.parametrize(
    "play",
    [
        Play(plain=True),
        Play(names="image_generation", done=True),
        Play(partials=0),
        Play(partials=3, link=True),
        Play(dribble=1000),
    ],
)
def test_streams_of_relays(desk, provider, play):
    provider.play(play)
    desk.send(settings={"stream": True, "partial_images": 1})
    assert isinstance(desk.end()[-2], Picture)


@pytest.mark.parametrize(("kind", "magic"), [("jpeg", b"\xff\xd8"), ("webp", b"RIFF")])
def test_other_formats(desk, kind, magic):
    desk.send(settings={"output_format": kind, "output_compression": 70})
    assert desk.end()[-2].data.startswith(magic)


def test_a_link_is_fetched_without_the_key(desk, provider):
    provider.play(Play(link=True))
    desk.send()
    picture = desk.end()[-2]
    assert picture.facts["size"] == "1024x1024"
    _, got = provider.log
    assert (got.method, "authorization" in got.headers) == ("GET", False)
    raw = desk.ledger.raw(desk.note)
    place = desk.place
    assert recovered(raw, dialect(place.dialect), place.base_url)[0].data == picture.data


def test_references_make_a_list(desk, provider):
    desk.send(references=(noise(2), noise(3)))
    assert desk.end()[-1] == Finished()
    assert [name for name, *_ in provider.log[0].files] == ["image[]"] * 3 + ["mask"]


def test_no_mask(desk, provider):
    desk.send(coverage=None)
    assert desk.end()[-1] == Finished()
    assert [name for name, *_ in provider.log[0].files] == ["image"]


@pytest.mark.parametrize("model", [model.id for model in PLACE.models])
def test_every_model_of_the_table_is_asked_rightly(desk, provider, model):
    desk.send(model=model, settings=dict(desk.place.model(model).presets["final"]))
    assert desk.end()[-1] == Finished()
    assert provider.log[0].error == ""


def test_a_round_is_that_many_requests_for_one(desk, provider):
    for job in "abcd":
        desk.send(job)
    heard = [desk.heard.get(timeout=20)]
    while sum(isinstance(event, ENDS) for _, event in heard) < 4:
        heard.append(desk.heard.get(timeout=20))
    found = [event for _, event in heard if isinstance(event, Picture)]
    assert len({event.data for event in found}) == 4
    assert list(provider.charges.values()) == [4]
    assert len({seen.headers["idempotency-key"] for seen in provider.log}) == 4


def test_what_is_on_the_disk_gives_the_same_picture_again(desk, provider):
    desk.send(settings={"stream": True})
    picture = desk.end()[-2]
    raw = desk.ledger.raw(desk.note)
    (again,) = recovered(raw, dialect(desk.place.dialect), desk.place.base_url)
    assert again.data == picture.data
