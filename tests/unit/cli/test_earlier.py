"""What came of a request is told once: by the run that asked, or by the next one."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from editor.capability.catalog import load
from editor.cli.earlier import Earlier
from editor.cli.output import Output
from editor.cli.spending import Spending
from editor.decoding.pool import Pool
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, Note, State
from tests.fakes.full_disk import full
from tests.fakes.pictures import noise, png_of
from tests.unit.cli.conftest import NOON, left

PNG = png_of(noise(48, 64, 3))
WHOLE = json.dumps({"data": [{"b64_json": base64.b64encode(PNG).decode()}]}).encode()
LINK = json.dumps({"data": [{"url": "https://cdn.example/a"}]}).encode()
LED = json.dumps({"status": "succeeded", "data": [{"url": "https://cdn.example/a"}]}).encode()
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def earlier(ledger: Ledger, pool: Pool) -> Iterator[Earlier]:
    with closing(Spending(load(), anyway=False)) as spending:
        yield Earlier(ledger, load(), pool, spending, Output(as_json=False))


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


@pytest.mark.parametrize("raw", [LINK, LINK + PNG[:-20], WHOLE[:-9]])
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


def test_the_name_of_a_task_may_be_in_its_answer_only(
    ledger: Ledger, earlier: Earlier, tmp_path: Path, capsys: Capture
) -> None:
    answered(ledger, tmp_path / "a.png", b'{"task_id": "t-1"}')
    earlier.tell()
    assert "was accepted as t-1 before Frisket ended" in capsys.readouterr().err
    assert [(note.state, note.task, note.told) for note in ledger.notes()] == [
        (State.ACCEPTED, "t-1", True)
    ]


def test_a_task_whose_picture_was_cut_keeps_its_name(
    ledger: Ledger, earlier: Earlier, tmp_path: Path, capsys: Capture
) -> None:
    answered(ledger, tmp_path / "a.png", b'{"task_id": "t-1"}' + LED + PNG[:-20])
    earlier.tell()
    assert "was accepted as t-1 before Frisket ended" in capsys.readouterr().err
    assert list(tmp_path.glob("a*")) == []


def test_a_provider_whose_profile_is_gone_is_told_of_by_its_address(
    ledger: Ledger, earlier: Earlier, tmp_path: Path, capsys: Capture
) -> None:
    note = answered(ledger, tmp_path / "a.png", WHOLE, "mine")
    earlier.tell()
    assert "An edit sent to api.example" in (said := capsys.readouterr().err)
    assert str(ledger.raw_path(note)) in said
    assert ledger.raw(note) == WHOLE
