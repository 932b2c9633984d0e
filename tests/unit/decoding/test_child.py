from __future__ import annotations

import os
import sys
from multiprocessing import Pipe
from pathlib import Path

import pytest

from editor.decoding import child, segment, wire
from editor.decoding.child import Child, Limits
from editor.decoding.room import Room
from editor.decoding.segment import Segments
from editor.decoding.worker import serve
from editor.errors import InputProblem
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from tests.fakes import misbehaving
from tests.fakes.pictures import noise, saved

PNG = saved(noise(6, 5, 4), "PNG")
FACTS = Facts("png", Size(5, 6))


def test_a_child_answers_and_is_gone_when_closed() -> None:
    asked = Child(Segments(), Limits(), serve)
    try:
        answer = asked.ask({"do": "inspect", "name": "a"}, PNG)
        assert answer.samples is None
        assert answer.facts.size == Size(5, 6)
        process = asked._process
        assert asked.start() is asked.start()
        assert asked._process is process
    finally:
        asked.close()
    assert (asked._process, asked._connection) == (None, None)
    asked.kill()


def test_starting_a_child_leaves_the_program_s_start_in_place() -> None:
    main = sys.modules["__main__"]
    started = Child(Segments(), Limits(), misbehaving.mute)
    started.start()
    assert sys.modules["__main__"] is main
    started.close()


def test_the_clock_is_more_patient_than_the_processor() -> None:
    assert Limits(seconds=2).patience == 6


def exchange(seconds: float = 5.0):
    here, there = Pipe()
    return child._Exchange(here, Segments(), seconds), there


def test_silence_is_not_waited_for() -> None:
    asked, there = exchange(0.0)
    with pytest.raises(TimeoutError):
        asked.answer()
    there.close()


@pytest.mark.parametrize("need", [0, -1, 10**13, "many", None])
def test_a_place_must_be_of_a_credible_size(need: object) -> None:
    asked, there = exchange()
    wire.send(there, {"need": need})
    with pytest.raises((ValueError, TypeError)):
        asked.answer()


@pytest.mark.parametrize("shape", [(0, 5, 4), (6, -5, 4), (10**6, 10**6, 4), (6, 5), (6, 5, 5)])
def test_pixels_must_be_of_a_credible_shape(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, ...]
) -> None:
    monkeypatch.setattr(segment, "available", lambda: False)
    asked, there = exchange()
    wire.send(there, {"need": 120})
    wire.send_facts(there, FACTS, {"shape": shape, "deep": False})
    there.send_bytes(b"")
    there.send_bytes(bytes(120))
    with pytest.raises(ValueError, match="shape"):
        asked.answer()


def test_a_sentence_is_passed_on_and_the_place_taken_back() -> None:
    asked, there = exchange()
    wire.send(there, {"need": 120})
    wire.send_problem(there, InputProblem("{name} is damaged", name="a"))
    with pytest.raises(InputProblem, match="a is damaged"):
        asked.answer()
    assert asked._lent is None


@pytest.mark.skipif(not segment.available(), reason="no shared places here")
def test_pixels_lie_where_they_were_lent() -> None:
    asked, there = exchange()
    wire.send(there, {"need": 120})
    wire.send_facts(there, FACTS, {"shape": (6, 5, 4), "deep": False})
    there.send_bytes(b"profile")
    answer = asked.answer()
    assert answer.profile == b"profile"
    assert answer.samples is not None
    assert answer.samples.shape == (6, 5, 4)


@pytest.mark.skipif(not segment.available(), reason="no shared places here")
def test_more_pixels_than_lent_are_refused() -> None:
    asked, there = exchange()
    wire.send(there, {"need": 120})
    wire.send_facts(there, FACTS, {"shape": (6, 5, 4), "deep": True})
    there.send_bytes(b"")
    with pytest.raises(ValueError, match="more pixels than lent"):
        asked.answer()
    asked.abandon()
    assert asked._lent is not None
    assert asked._lent.handle == -1


@pytest.mark.skipif(not segment.available(), reason="no shared places here")
def test_a_file_that_was_cut_short_is_noticed_before_it_is_looked_into(tmp_path: Path) -> None:
    here, there = Pipe()
    asked = child._Exchange(here, Segments(Room(lambda: tmp_path, lambda: 1)), 5.0)
    wire.send(there, {"need": 120})
    wire.send_facts(there, FACTS, {"shape": (6, 5, 4), "deep": False})
    there.send_bytes(b"")
    answer = asked.answer()
    assert answer.on_disk
    asked.require_whole()
    assert asked._lent is not None
    os.truncate(asked._lent.handle, 10)
    with pytest.raises(ValueError, match="cut short"):
        asked.require_whole()
