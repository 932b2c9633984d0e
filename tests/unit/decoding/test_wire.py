from __future__ import annotations

import json
import os
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.decoding import wire
from editor.errors import InputProblem
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size

FACTS = st.builds(
    Facts,
    format=st.sampled_from(["png", "tiff"]),
    size=st.builds(Size, st.integers(1, 9999), st.integers(1, 9999)),
    depth=st.sampled_from([8, 16]),
    alpha=st.booleans(),
    orientation=st.integers(1, 8),
    dpi=st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)),
    profile=st.binary(max_size=50),
    profile_name=st.text(max_size=20),
    exif=st.binary(max_size=50),
    frames=st.integers(1, 99),
    notes=st.lists(st.text(max_size=20), max_size=3).map(tuple),
)


def pipe() -> tuple[Connection, Connection]:
    return Pipe()


@given(FACTS)
def test_facts_arrive_as_they_left(facts: Facts) -> None:
    here, there = pipe()
    wire.send_facts(there, facts, {"shape": (1, 2, 3)})
    message = wire.receive(here)
    assert message["shape"] == [1, 2, 3]
    assert wire.receive_facts(here, message["facts"]) == facts
    here.close(), there.close()


def test_a_sentence_arrives_as_it_left() -> None:
    here, there = pipe()
    problem = InputProblem("{name} is {width} wide", details="foreign", name="a", width=3)
    wire.send_problem(there, problem)
    found = wire.problem_of(wire.receive(here))
    assert str(found) == "a is 3 wide"
    assert (found.details, found.template, found.values) == (
        "foreign",
        problem.template,
        problem.values,
    )


@pytest.mark.parametrize("sent", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b'"words"'])
def test_what_is_no_message_is_refused(sent: bytes) -> None:
    here, there = pipe()
    there.send_bytes(sent)
    with pytest.raises(ValueError):  # noqa: PT011 whichever of the kinds json and utf-8 raise
        wire.receive(here)


def test_a_message_that_is_too_long_is_refused() -> None:
    here, there = pipe()
    os.write(there.fileno(), (wire.MOST + 1).to_bytes(4, "big"))  # the length comes first
    with pytest.raises(OSError, match="message length"):
        wire.receive(here)


@pytest.mark.parametrize("missing", ["format", "size", "dpi", "notes"])
def test_facts_that_lack_something_are_refused(missing: str) -> None:
    here, there = pipe()
    wire.send_facts(there, Facts("png", Size(1, 1)), {})
    told = wire.receive(here)["facts"]
    del told[missing]
    with pytest.raises(KeyError):
        wire.receive_facts(here, told)


def test_nothing_that_can_run_is_ever_read() -> None:
    here, there = pipe()
    there.send(print)  # a pickle
    with pytest.raises(ValueError):  # noqa: PT011 see above
        wire.receive(here)
    assert json.loads(json.dumps({"a": 1})) == {"a": 1}
