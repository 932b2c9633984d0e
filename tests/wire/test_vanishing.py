"""B24: whoever is asked is gone without a word, and the connection stays open for ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from editor.edits.events import Preview
from editor.engine import exchange
from editor.engine.ledger import Ledger
from editor.transport import sentences
from tests.fakes.faults.acts import rightly
from tests.fakes.faults.bench import run
from tests.fakes.faults.carriers import PARTIAL, Carrier, good
from tests.fakes.faults.row import Ending, unknown
from tests.fakes.faults.rows_sending import HASTY
from tests.fakes.faults.rows_tasks import LATER
from tests.fakes.faults.server import Faulty
from tests.fakes.faults.vanishing import listening, vanishing

SPEED = 12.0
"""Seconds of the loop in one real second: a process is given time to answer."""

SILENT = unknown(sentences.SILENT)


def submitted(root: str, carrier: Carrier) -> bytes:
    return good(root, carrier)["submit"].wire()


def half(root: str, carrier: Carrier) -> bytes:
    wire = submitted(root, carrier)
    return wire[: len(wire) // 2]


def a_preview(root: str, carrier: Carrier) -> bytes:
    wire = submitted(root, carrier)
    return wire[: wire.index(b"image_edit.completed")]


CASES: Sequence[tuple[Carrier, str, Callable[[str, Carrier], list[bytes]], Ending]] = (
    ("body", "before it answers", lambda *_: [b""], SILENT),
    ("body", "in the answer", lambda *to: [half(*to)], SILENT),
    ("sse", "after a preview", lambda *to: [a_preview(*to)], SILENT),
    ("task", "while it works", lambda *to: [submitted(*to), b""], LATER),
)


@pytest.mark.parametrize(
    ("carrier", "answers", "ending"),
    [(carrier, answers, ending) for carrier, _, answers, ending in CASES],
    ids=[f"B24-{carrier}-{name}" for carrier, name, *_ in CASES],
)
def test_a_provider_that_vanishes_is_waited_for_no_longer_than_the_deadline(
    carrier: Carrier,
    answers: Callable[[str, Carrier], list[bytes]],
    ending: Ending,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exchange, "POLL_SECONDS", 20.0)
    ledger = Ledger(tmp_path)
    with listening() as (server, root), vanishing(server, root, answers(root, carrier)) as gone:
        nobody = Faulty(carrier, "submit", rightly)
        deadlines = replace(HASTY, total=20.0)
        outcome = run(nobody, ledger, deadlines, base=f"{root}/v1", speed=SPEED)
    ledger.close()
    assert gone.stood
    assert type(outcome.end) is ending.end
    assert outcome.sentence == (ending.sentence or outcome.sentence)
    assert outcome.note is not None
    assert outcome.note.state is ending.state
    assert gone.charges == 1
    assert not nobody.asked
    assert 10.0 <= outcome.seconds <= 60.0
    assert [type(event) for event in outcome.events].count(Preview) == (carrier == "sse")
    if carrier == "sse":
        assert PARTIAL.strip() in outcome.raw
