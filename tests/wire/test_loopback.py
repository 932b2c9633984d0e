"""One edit from the request to its end: real threads, real sockets, real files, a strict server."""

import contextlib
import io
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.edits.events import (
    Cancelled,
    Failed,
    Finished,
    Picture,
    Preview,
    Progress,
    Sent,
    Started,
    Unknown,
)
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.engine.choose import engine_for
from editor.engine.ledger import Ledger
from editor.engine.network import Network
from editor.engine.note import State
from editor.engine.remains import recovered
from editor.engine.remote import CLOSED, NO_END
from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown, ProviderRefused
from editor.imaging.raster import Raster
from editor.providers import refusal as words
from editor.providers.body import LINK_DEAD
from editor.providers.table import dialect
from editor.transport import addresses, failures
from tests.fakes.provider import KEY, Play

ROOT = Path(__file__).parents[2]
PLACE = load().provider("openai")
ENDS = (Finished, Cancelled, Failed, Unknown)


def noise(seed=1):
    pixels = np.random.default_rng(seed).integers(0, 256, (64, 64, 4), np.uint8)
    pixels = np.kron(pixels, np.ones((16, 16, 1), np.uint8))
    pixels[..., 3] = 255
    return Raster(pixels)


SOURCE = noise()
COVERAGE = np.zeros((1024, 1024), np.uint8)
COVERAGE[300:500, 200:600] = 255


class Desk:
    """The network thread, a ledger, and what has been heard."""

    def __init__(self, base_url):
        self.place = replace(PLACE, base_url=base_url)
        self.ledger = Ledger()
        self.heard = queue.SimpleQueue()
        self.network = Network(lambda job, event: self.heard.put((job, event)), at_once=4)
        self.network.start()

    def send(self, job="a", prompt="a red jacket", model="gpt-image-2", **changes):
        model = self.place.model(model)
        engine = engine_for(self.place, model, self.ledger, {"FRISKET_KEY_OPENAI": KEY})
        known = {"source": SOURCE, "coverage": COVERAGE, "frame": Frame.WHOLE}
        known |= {"prompt": prompt, "provider": "openai", "model": model.id}
        wish = EditRequest(**(known | changes))
        self.network.submit(job, engine, lambda: frame(wish, model))

    def until(self, *kinds):
        """Everything heard until one of these has come."""
        found = []
        while not found or not isinstance(found[-1][1], kinds):
            found.append(self.heard.get(timeout=20))
        return [event for _, event in found]

    def end(self):
        return self.until(*ENDS)

    @property
    def note(self):
        (note,) = self.ledger.notes()
        return note

    def close(self):
        self.network.close()
        self.ledger.close()


@pytest.fixture
def desk(provider):
    desk = Desk(provider.base_url)
    yield desk
    desk.close()


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGB"))


# -- a picture --------------------------------------------------------------------


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
    assert (seen.charged, seen.answered, seen.error) == (True, True, "")
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


def test_what_is_on_the_disk_gives_the_same_picture_again(desk, provider):
    desk.send(settings={"stream": True})
    picture = desk.end()[-2]
    raw = desk.ledger.raw(desk.note)
    (again,) = recovered(raw, dialect(desk.place.dialect), desk.place.base_url)
    assert again.data == picture.data


# -- no picture -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refuse", "end", "kind", "sentence", "state"),
    [
        ("moderation", Failed, ProviderRefused, words.MODERATION, State.REFUSED),
        ("key", Failed, ProviderRefused, words.KEY, State.REFUSED),
        ("quota", Failed, ProviderRefused, words.QUOTA, State.REFUSED),
        ("billing", Failed, ProviderRefused, words.QUOTA, State.REFUSED),
        ("verify", Failed, ProviderRefused, words.VERIFY, State.REFUSED),
        ("model", Failed, ProviderRefused, words.MODEL, State.REFUSED),
        ("rate", Failed, ProviderRefused, words.RATE_UNTIL, State.REFUSED),
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
    assert told.problem.template == failures.CUT
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


def test_a_cut_upload_was_not_sent(desk, provider):
    provider.play(Play(cut_upload=70_000))
    source = np.random.default_rng(5).integers(0, 256, (2048, 2048, 4), np.uint8)
    source[..., 3] = 255
    coverage = np.zeros((2048, 2048), np.uint8)
    coverage[300:500, 200:600] = 255
    desk.send(source=Raster(source), coverage=coverage)
    told = desk.end()[-1]
    assert isinstance(told.problem, NotSent)
    assert told.problem.template == failures.UPLOAD_STOPPED
    assert desk.note.state is State.NOT_SENT
    assert not provider.charges


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


# -- stopping ---------------------------------------------------------------------


def test_a_stop_after_the_last_byte_hangs_up_and_is_unknown(desk, provider):
    provider.play(Play(hold="head"))
    desk.send()
    desk.until(Sent)
    desk.network.stop("a")
    told = desk.end()[-1]
    assert (type(told), told.problem.template) == (Unknown, CLOSED)
    provider.wait_until(lambda log: log[0].left)
    assert desk.note.state is State.UNKNOWN


def test_a_stop_in_the_middle_of_a_stream_hangs_up(desk, provider):
    provider.play(Play(hold="end"))
    desk.send(settings={"stream": True, "partial_images": 1})
    desk.until(Preview)
    desk.network.stop("a")
    assert type(desk.end()[-1]) is Unknown
    provider.wait_until(lambda log: log[0].left)
    assert sum(provider.charges.values()) == 1


def test_a_job_that_waits_its_turn_is_in_the_ledger_and_can_be_stopped(desk, provider, monkeypatch):
    written, write = threading.Semaphore(0), desk.ledger.open
    monkeypatch.setattr(desk.ledger, "open", lambda asked: (write(asked), written.release())[0])
    provider.always(Play(hold="head"))
    for job in "abcd":
        desk.send(job)
    for _ in "abcd":
        desk.until(Sent)
    desk.send("e")
    for _ in "abcde":
        assert written.acquire(timeout=20)
    (waiting,) = [note for note in desk.ledger.notes() if note.asked.job == "e"]
    assert waiting.state is State.INTENT
    desk.network.stop("e")
    assert desk.heard.get(timeout=20) == ("e", Cancelled())
    provider.wait_until(lambda log: len(log) == 4)
    provider.release()


def test_closing_with_work_under_way(desk, provider):
    provider.play(Play(hold="head"))
    desk.send()
    desk.until(Sent)
    desk.network.close()
    assert type(desk.end()[-1]) is Unknown
    assert desk.note.state is State.UNKNOWN


# -- the program is killed --------------------------------------------------------

CHILD = """
import sys
from tests.wire.test_loopback import Desk
from editor.edits.events import Picture, Progress, Sent
desk = Desk(sys.argv[1])
desk.send(settings={"stream": True, "partial_images": 1})
desk.until({"sent": Sent, "picture": Picture}[sys.argv[2]])
print(sys.argv[2], flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def killed_at(moment, provider):
    """Another process sends until a moment, and is killed there."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, provider.base_url, moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    with child:
        assert child.stdout.readline() == f"{moment}\n"
        child.send_signal(signal.SIGKILL)
    ledger = Ledger()
    yield ledger, ledger.adopt()
    ledger.close()


def test_killed_while_waiting_it_is_unknown(provider):
    provider.play(Play(hold="head"))
    with killed_at("sent", provider) as (_, (adopted,)):
        assert adopted.state is State.UNKNOWN
    provider.wait_until(lambda log: log[0].left)


def test_killed_with_the_picture_only_in_memory_it_is_on_the_disk(provider):
    with killed_at("picture", provider) as (ledger, (adopted,)):
        assert adopted.state is State.RECEIVED
        raw = ledger.raw(adopted)
        (picture,) = recovered(raw, dialect("form-edits"), provider.base_url)
        assert pixels(picture).shape == (1024, 1024, 3)
    assert sum(provider.charges.values()) == 1
