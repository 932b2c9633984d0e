"""Every step of a paid request is in the ledger when it returns, and none goes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.engine.entry import Entry
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, Note, State
from editor.errors import ProviderRefused
from tests.unit.engine.conftest import on_disk

ASKED = Asked("job 1", "openai", "gpt-image-2", "api.example", "0" * 64, 0.25, "/a.frisket")

WAYS = {
    "shown": ["sending", "sent", "received", "stored", "shown"],
    "polled": ["sending", "sent", "accepted", "received", "stored", "shown"],
    "limited": ["sending", "sent", "limited", "sending", "sent", "received"],
    "refused": ["sending", "sent", "received", "refused"],
    "not sent": ["sending", "not_sent"],
    "unknown": ["sending", "sent", "unknown"],
    "found after all": ["sending", "sent", "unknown", "received", "stored"],
    "unusable": ["sending", "sent", "received", "unusable"],
    "abandoned": ["sending", "abandoned"],
}


@pytest.mark.parametrize("way", WAYS)
def test_every_step_is_on_the_disk_when_it_returns(ledger: Ledger, way: str) -> None:
    entry = ledger.open(ASKED)
    for step in WAYS[way]:
        arguments = {"sending": (100,), "accepted": ("task 7",)}.get(step, ())
        getattr(entry, step)(*arguments)
        name = {"unusable": "paid-unusable", "not_sent": "not-sent"}.get(step, step)
        assert on_disk(ledger) == [name]
        assert entry.note.state is State(name)


def test_a_provider_s_name_for_it_is_kept(ledger: Ledger) -> None:
    entry = ledger.open(ASKED)
    entry.sending(1)
    entry.sent()
    entry.accepted("task 7")
    entry.accepted("task 8")
    assert ledger.notes()[0].task == "task 8"


def test_the_same_again_is_nothing_new(tmp_path: Path) -> None:
    written: list[Note] = []
    entry = Entry(Note("1", "2026-11-29T10:00:00", ASKED), tmp_path / "1.raw", written.append)
    for step in (lambda: entry.sending(1), entry.sent, entry.received, entry.received):
        step()
    assert [note.state for note in written] == [State.SENDING, State.SENT, State.RECEIVED]
    assert entry.note == written[-1]


@pytest.mark.parametrize("step", ["not_sent", "abandoned", "shown"])
def test_what_was_sent_stays_sent(
    ledger: Ledger, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    entry = ledger.open(ASKED)
    entry.sending(1)
    entry.sent()
    getattr(entry, step)()
    assert on_disk(ledger) == ["sent"]
    assert "cannot be" in caplog.text


def test_the_sentence_is_kept_and_foreign_words_are_not(ledger: Ledger) -> None:
    entry = ledger.open(ASKED)
    entry.sending(1)
    entry.refused(ProviderRefused("{host} said no.", host="there", details="your secret prompt"))
    (note,) = ledger.notes()
    assert (note.template, note.values) == ("{host} said no.", {"host": "there"})
    assert b"secret prompt" not in ledger._path.read_bytes()


def test_a_raw_answer_is_kept_beside(ledger: Ledger) -> None:
    entry = ledger.open(ASKED)
    assert ledger.raw(entry.note) == b""
    entry.spool.write(b"raw ")
    entry.spool.write(b"answer")
    entry.spool.sync()
    entry.sending(1)
    entry.sent()
    entry.received()
    assert ledger.raw(entry.note) == b"raw answer"
    entry.stored()
    again = ledger.entry(entry.note)
    again.spool.write(b" goes on")
    assert ledger.raw(entry.note) == b"raw answer goes on"
    again.spool.close()
