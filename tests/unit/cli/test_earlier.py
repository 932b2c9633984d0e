"""What came of a request is told once: by the run that asked, or by the next one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from editor.cli.earlier import tell_earlier, told_of
from editor.cli.output import Output
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, State
from editor.errors import CannotWrite

NOON = "2026-11-28T12:00:30+00:00"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with closing(Ledger()) as made:
        yield made


def left(ledger: Ledger, job: str, made: str = NOON, price: float | None = None) -> None:
    """A request that went out and was never heard of again."""
    asked = Asked(job, "openai", "gpt-image-2", "api.example", "digest", price)
    note = ledger.open(asked).note
    ledger.write(replace(note, made=made, state=State.UNKNOWN))


def test_each_request_is_told_of_once_and_by_what_is_known_of_it(
    ledger: Ledger, capsys: Capture
) -> None:
    left(ledger, "a", price=0.0412)
    left(ledger, "b", "2026-11-28T12:01:59+00:00")
    tell_earlier(ledger, Output(as_json=False))
    first, second = capsys.readouterr().err.splitlines()
    noon = datetime.fromisoformat(NOON).astimezone()
    assert first == (
        f"An edit sent to api.example on {noon:%Y-%m-%d} at {noon:%H:%M} (gpt-image-2, about "
        "$0.041) never brought its picture; it may have been charged and is not sent again."
    )
    assert f"{noon + timedelta(minutes=1):%H:%M} (gpt-image-2) never" in second
    tell_earlier(ledger, Output(as_json=False))
    assert capsys.readouterr().err == ""
    assert len(ledger.unknown()) == 2


def test_what_a_run_tells_itself_is_not_told_by_the_next(ledger: Ledger) -> None:
    for job in "abc":
        left(ledger, job)
    with told_of(ledger, ["a"]):
        pass
    with pytest.raises(KeyboardInterrupt), told_of(ledger, ["b"]):
        raise KeyboardInterrupt
    with pytest.raises(BrokenPipeError), told_of(ledger, ["c"]):
        raise BrokenPipeError
    assert [note.asked.job for note in ledger.untold()] == ["c"]


def test_where_the_disk_refuses_it_is_told_once_more(
    ledger: Ledger, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(job: str) -> None:
        raise CannotWrite("The disk is full.")

    left(ledger, "a")
    monkeypatch.setattr(ledger, "told", full)
    for _ in range(2):
        tell_earlier(ledger, Output(as_json=False))
        assert "An edit sent to api.example" in capsys.readouterr().err
