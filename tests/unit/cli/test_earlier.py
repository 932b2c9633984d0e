"""What came of a request is told once: by the run that asked, or by the next one."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from editor.capability.catalog import load
from editor.cli.collecting import Collected
from editor.cli.earlier import Earlier
from editor.cli.output import Output
from editor.cli.spending import Spending
from editor.decoding.pool import Pool
from editor.engine.exchange import NOWHERE_TO_ASK, STILL_RUNNING
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, Note, State
from editor.errors import AnswerUnusable, CannotWrite, OutcomeUnknown, Problem, StillRunning
from editor.providers.task import FAILED
from editor.transport.addresses import DEAD_LINK
from editor.transport.sentences import NOT_FETCHED
from tests.fakes.full_disk import FULL, full
from tests.fakes.pictures import noise, png_of
from tests.unit.cli.conftest import NOON, left

PNG = png_of(noise(48, 64, 3))
WHOLE = json.dumps({"data": [{"b64_json": base64.b64encode(PNG).decode()}]}).encode()
LINK = json.dumps({"data": [{"url": "https://cdn.example/a"}]}).encode()
LED = json.dumps({"status": "succeeded", "data": [{"url": "https://cdn.example/a"}]}).encode()
LONG_AGO = "2020-01-01T12:00:00+00:00"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def earlier(ledger: Ledger, pool: Pool) -> Iterator[Earlier]:
    with closing(Spending(load(), anyway=False)) as spending:
        yield Earlier(ledger, load(), pool, spending, Output(as_json=False), asks=True)


def test_each_request_is_told_of_once_and_by_what_is_known_of_it(
    ledger: Ledger, earlier: Earlier, capsys: Capture
) -> None:
    left(ledger, "a", price=0.0412)
    left(ledger, "b", "2026-11-28T12:01:59+00:00")
    earlier.tell()
    first, second = capsys.readouterr().err.splitlines()
    noon = datetime.fromisoformat(NOON).astimezone()
    assert first == (
        f"An edit sent to api.example on {noon:%Y-%m-%d} at {noon:%H:%M} (gpt-image-2, about "
        "$0.041) never brought its picture; it may have been charged and is not sent again."
    )
    assert f"{noon + timedelta(minutes=1):%H:%M} (gpt-image-2) never" in second
    earlier.tell()
    assert capsys.readouterr().err == ""
    assert len(ledger.unknown()) == 2


def test_where_the_disk_refuses_it_is_told_once_more(
    ledger: Ledger, earlier: Earlier, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(ledger, "a")
    monkeypatch.setattr(ledger, "told", full)
    for _ in range(2):
        earlier.tell()
        assert "An edit sent to api.example" in capsys.readouterr().err


def test_what_is_told_elsewhere_is_not_told_here(
    ledger: Ledger, earlier: Earlier, capsys: Capture
) -> None:
    left(ledger, "a")
    earlier.tell({"a"})
    assert capsys.readouterr().err == ""
    assert len(ledger.untold()) == 1


def answered(ledger: Ledger, asset: Path, raw: bytes, provider: str = "openai") -> Note:
    """An edit whose answer came this far before its run was killed."""
    entry = ledger.open(
        Asked("a", provider, "gpt-image-2", "api.example", "digest", 0.04, str(asset))
    )
    entry.sending(1)
    entry.sent()
    entry.spool.write(raw)
    entry.received()
    entry.close()
    return entry.note


def test_an_answer_is_written_once_the_disk_takes_it(
    ledger: Ledger,
    earlier: Earlier,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = answered(ledger, tmp_path / "gone" / "a.png", WHOLE)
    with monkeypatch.context() as patch:
        patch.setattr("editor.cli.earlier.write", full)
        earlier.tell()
    assert "The disk is full." in capsys.readouterr().err
    assert ledger.raw(note) == WHOLE
    earlier.tell()
    assert f"now in {tmp_path / 'gone' / 'a.answer.png'}" in capsys.readouterr().err
    assert (tmp_path / "gone" / "a.answer.png").read_bytes() == PNG
    earlier.tell()
    assert capsys.readouterr().err == ""


def test_it_is_written_over_nothing(ledger: Ledger, earlier: Earlier, tmp_path: Path) -> None:
    (tmp_path / "a.answer.png").write_bytes(b"another")
    answered(ledger, tmp_path / "a.png", WHOLE)
    earlier.tell()
    assert (tmp_path / "a.answer.png").read_bytes() == b"another"
    assert (tmp_path / "a-2.answer.png").read_bytes() == PNG


@pytest.mark.parametrize("raw", [WHOLE[:-9], b"<html>"])
def test_what_holds_no_whole_picture_stays_and_is_named(
    raw: bytes, ledger: Ledger, earlier: Earlier, tmp_path: Path, capsys: Capture
) -> None:
    note = answered(ledger, tmp_path / "a.png", raw)
    earlier.tell()
    assert f"is kept in {ledger.raw_path(note)}." in capsys.readouterr().err
    assert ledger.raw(note) == raw
    assert [each.state for each in ledger.notes()] == [State.UNUSABLE]
    assert list(tmp_path.glob("a*")) == []
    earlier.tell()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("raw", "said", "state", "task"),
    [
        (b'{"task_id": "t-1"}', "was accepted as t-1; the next", State.ACCEPTED, "t-1"),
        (
            b'{"task_id": "t-1"}' + LED + PNG[:-20],
            "was accepted as t-1; the next",
            State.ACCEPTED,
            "t-1",
        ),
        (LINK, "was answered with a link; the next", State.RECEIVED, ""),
        (LINK + PNG[:-20], "was answered with a link; the next", State.RECEIVED, ""),
    ],
    ids=["task", "task whose picture was cut", "link", "link whose picture was cut"],
)
def test_what_can_be_collected_is_said_once_and_kept_for_a_run_that_can(
    raw: bytes,
    said: str,
    state: State,
    task: str,
    ledger: Ledger,
    earlier: Earlier,
    tmp_path: Path,
    capsys: Capture,
) -> None:
    """Its provider is another one by now, and is not asked."""
    answered(ledger, tmp_path / "a.png", raw)
    for times in (1, 0):
        earlier.tell()
        assert capsys.readouterr().err.count(said) == times
    assert [(note.state, note.task, note.told) for note in ledger.notes()] == [(state, task, True)]
    assert list(tmp_path.glob("a*")) == []
    assert len(ledger.waiting()) == 1


@pytest.mark.parametrize(
    ("problem", "said", "state"),
    [
        (StillRunning(STILL_RUNNING, host="h"), "the next edit that finds it done", State.ACCEPTED),
        (StillRunning(NOWHERE_TO_ASK, host="h", task="t-1"), "by that name", State.ACCEPTED),
        (AnswerUnusable(NOT_FETCHED, host="h"), "the next edit that finds it", State.ACCEPTED),
        (AnswerUnusable(DEAD_LINK), "the next edit that finds it done", State.ACCEPTED),
        (CannotWrite(FULL), "the next edit that finds it done", State.ACCEPTED),
        (OutcomeUnknown(FAILED, host="h", task="t-1"), "h gave up on task t-1", State.UNKNOWN),
    ],
    ids=["at work", "nowhere to ask", "not fetched", "no name", "full disk", "in vain"],
)
def test_what_could_not_be_collected_is_said_once(
    problem: Problem,
    said: str,
    state: State,
    ledger: Ledger,
    earlier: Earlier,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = answered(ledger, tmp_path / "a.png", b'{"task_id": "t-1"}')

    def collect(*_: object) -> Collected:
        """As the exchange leaves it where a job ended without a picture."""
        ledger.entry(note).unknown()
        return (), problem

    monkeypatch.setattr("editor.cli.earlier.collect", collect)
    earlier.tell()
    assert said in capsys.readouterr().err
    assert [(note.state, note.told) for note in ledger.notes()] == [(state, True)]
    earlier.tell()
    assert capsys.readouterr().err == ""


def test_what_was_told_of_is_not_asked_for_for_ever(
    ledger: Ledger, earlier: Earlier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def collect(catalog: object, ledger: object, note: Note, *_: object) -> Collected:
        asked.append(note.made)
        return (), None

    monkeypatch.setattr("editor.cli.earlier.collect", collect)
    note = answered(ledger, tmp_path / "a.png", b'{"task_id": "t-1"}')
    ledger.write(replace(note, made=LONG_AGO))
    for _ in range(2):
        earlier.tell()
    assert asked == [LONG_AGO]


def test_a_provider_whose_profile_is_gone_is_told_of_by_its_address(
    ledger: Ledger, earlier: Earlier, tmp_path: Path, capsys: Capture
) -> None:
    note = answered(ledger, tmp_path / "a.png", WHOLE, "mine")
    earlier.tell()
    assert "An edit sent to api.example" in (said := capsys.readouterr().err)
    assert str(ledger.raw_path(note)) in said
    assert ledger.raw(note) == WHOLE
