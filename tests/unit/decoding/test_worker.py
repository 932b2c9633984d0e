from __future__ import annotations

import os
import signal
import warnings
from multiprocessing import Pipe, reduction
from types import SimpleNamespace

import numpy as np
import pytest

from editor.decoding import segment, wire, worker
from editor.decoding.segment import Segment
from editor.imaging import codec
from tests.fakes.pictures import noise, png_of, saved

PNG = saved(noise(6, 5, 4), "PNG")


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Limits as the system would take them, and pixels that are expected, without taking them."""
    taken: dict[str, object] = {}
    fake = SimpleNamespace(
        RLIMIT_CORE="core",
        RLIMIT_AS="memory",
        RLIMIT_CPU="processor",
        setrlimit=taken.__setitem__,
        getrlimit=lambda _name: (1, 2),
    )
    monkeypatch.setattr(worker, "resource", fake)
    monkeypatch.setattr(worker.heap, "expect", lambda pixels: taken.__setitem__("pixels", pixels))
    return taken


def answered(do: str, data: bytes, *grants: bytes):
    """What a child says to a question; everything it may ask for is sent beforehand."""
    here, there = Pipe()
    wire.send(here, {"do": do, "name": "a.png", "longest": 3})
    here.send_bytes(data)
    for grant in grants:
        here.send_bytes(grant)
    worker._answer(there, 20.0)
    return here


@pytest.mark.parametrize("do", ["open", "preview", "native"])
@pytest.mark.parametrize("depth", [8, 16])
def test_pixels_travel_where_they_cannot_be_shared(do: str, depth: int) -> None:
    data = png_of(noise(6, 5, 3, depth=depth))
    here = answered(do, data, wire.HERE)
    facts = codec.read_facts(data, "a.png")
    expected = {
        "open": lambda: codec.decode(data, facts).pixels,
        "preview": lambda: codec.preview(data, facts, 3).pixels,
        "native": lambda: codec.decode_native(data, facts).samples,
    }[do]()
    assert wire.receive(here) == {"need": expected.nbytes}
    message = wire.receive(here)
    assert wire.receive_facts(here, message["facts"]) == facts
    assert message["shape"] == list(expected.shape)
    assert message["deep"] == (expected.itemsize == 2)
    assert here.recv_bytes() == b""
    assert here.recv_bytes() == expected.tobytes()


@pytest.mark.skipif(not segment.available(), reason="no shared places here")
def test_pixels_are_put_where_they_are_lent() -> None:
    here, there = Pipe()
    place = Segment(6 * 5 * 4)
    wire.send(here, {"do": "open", "name": "a.png"})
    here.send_bytes(PNG)
    here.send_bytes(wire.SHARED)
    reduction.send_handle(here, place.handle, os.getpid())
    worker._answer(there, 20.0)
    facts = codec.read_facts(PNG, "a.png")
    assert os.pread(place.handle, 999, 0) == codec.decode(PNG, facts).pixels.tobytes()
    place.close()


def test_an_inspection_needs_no_place() -> None:
    here = answered("inspect", PNG)
    message = wire.receive(here)
    assert message["shape"] == []
    assert wire.receive_facts(here, message["facts"]) == codec.read_facts(PNG, "a.png")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MemoryError(), "a.png needs more memory than is allowed"),
        (OSError("image file is truncated (3 bytes not processed)"), "the file ends too early"),
        (EOFError(), "the file ends too early"),
        (OSError("broken data stream"), "a.png is damaged and cannot be opened."),
        (SyntaxError("not a TIFF"), "a.png is damaged and cannot be opened."),
        (RecursionError(), "a.png is damaged and cannot be opened."),
    ],
)
def test_whatever_a_decoder_raises_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(codec, "decode", fail)
    problem = wire.problem_of(wire.receive(answered("open", PNG)))
    assert sentence in str(problem)
    assert problem.details.startswith(type(error).__name__)


def test_our_own_sentences_pass() -> None:
    problem = wire.problem_of(wire.receive(answered("open", b"%PDF-1.7")))
    assert str(problem).startswith("a.png is a PDF file")


def test_a_picture_gets_its_own_processor_time(limits: dict[str, object]) -> None:
    answered("inspect", PNG)
    soft, hard = limits["processor"]
    assert soft > 20
    assert hard == 2


def test_limits_are_taken_on_and_complaints_silenced(
    limits: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    silenced, handled = [], []
    monkeypatch.setattr(os, "dup2", lambda _from, to: silenced.append(to))
    monkeypatch.setattr(signal, "signal", lambda *what: handled.append(what))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "8")
    here, there = Pipe()
    here.close()
    with warnings.catch_warnings():
        worker.serve(there, 1 << 32, 20.0)
        warnings.warn("not heard", stacklevel=1)
    assert limits == {"core": (0, 0), "memory": (1 << 32, 1 << 32)}
    assert silenced == [2]
    assert handled == [(signal.SIGINT, signal.SIG_IGN)]
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_a_system_without_limits_is_served_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "resource", None)
    assert wire.receive(answered("inspect", PNG))["shape"] == []
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with warnings.catch_warnings():
        worker._settle(1)


def test_the_pixels_of_an_answer_are_whole() -> None:
    here = answered("open", PNG, wire.HERE)
    for _ in range(2):
        wire.receive(here)
    parts = [here.recv_bytes() for _ in range(6)]
    assert np.frombuffer(parts[-1], np.uint8).size == 6 * 5 * 4


@pytest.mark.parametrize("do", ["inspect", "open"])
def test_the_heap_knows_how_large_the_picture_is(limits: dict[str, object], do: str) -> None:
    answered(do, PNG, wire.HERE)
    assert limits["pixels"] == 30


def test_at_rest_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    here, there = Pipe()
    monkeypatch.setattr(worker, "_REST", 0.0)
    monkeypatch.setattr(worker, "_settle", lambda _memory: None)
    monkeypatch.setattr(worker.heap, "give_back", lambda: said.append("given back"))
    monkeypatch.setattr(worker, "_answer", lambda *_: here.close() or there.recv_bytes())
    worker.serve(there, 1 << 32, 20.0)
    assert said == ["given back"]
