"""The ledger knows of every paid request, before it leaves and after a crash."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor.engine import ledger as module
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, State
from editor.errors import CannotWrite, OutcomeUnknown
from editor.preferences.places import data_folder
from tests.unit.engine.conftest import on_disk

ASKED = Asked("job 1", "openai", "gpt-image-2", "api.example", "0" * 64, 0.25, "/a.frisket")


def crash(ledger: Ledger) -> None:
    """End as a killed process does: nothing more is written, the lock is free."""
    ledger._lock.release()


def test_an_intent_is_on_the_disk_before_anything_else(ledger: Ledger) -> None:
    entry = ledger.open(ASKED)
    assert on_disk(ledger) == ["intent"]
    assert entry.note.asked == ASKED
    assert (data_folder() / "ledger") in ledger._path.parents


def test_unknown_requests_stay_listed_and_are_told_of_once(ledger: Ledger) -> None:
    for number in range(3):
        entry = ledger.open(replace(ASKED, job=f"job {number}"))
        if number:
            entry.sending(1)
            entry.sent()
            entry.unknown(OutcomeUnknown("No answer."))
    first, second = ledger.untold()
    ledger.told("job 0")
    ledger.told("job 1")
    assert ledger.untold() == (second,)
    unknown = {note.asked.job: note for note in ledger.unknown()}
    assert unknown == {"job 1": replace(first, told=True), "job 2": second}
    assert len(ledger.notes()) == 3


def test_a_refused_write_is_told_before_anything_leaves(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ledger.open(ASKED)
    entry.sending(1)
    execute = "PRAGMA max_page_count=1"
    ledger._writer.submit(lambda database: database.execute(execute)).result(20)
    with pytest.raises(CannotWrite):
        ledger.open(Asked("job", "x" * 100_000, "", "", ""))
    assert entry.note.state is State.SENDING


def test_many_threads_may_write(ledger: Ledger) -> None:
    def work() -> None:
        entry = ledger.open(ASKED)
        entry.sending(1)
        entry.sent()
        entry.received()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [note.state for note in ledger.notes()] == [State.RECEIVED] * 8


# After a crash


STATES_ADOPTED = {
    State.INTENT: State.INTENT,
    State.LIMITED: State.LIMITED,
    State.SENDING: State.NOT_SENT,
    State.SENT: State.UNKNOWN,
    State.ACCEPTED: State.ACCEPTED,
    State.RECEIVED: State.RECEIVED,
    State.STORED: State.STORED,
    State.UNKNOWN: State.UNKNOWN,
}


def test_what_a_crash_left_open_is_taken_over(ledger: Ledger) -> None:
    gone = Ledger()
    for state in State:
        entry = gone.open(Asked(state.value, "p", "m", "h", "0"))
        gone.write(module.replace(entry.note, state=state))
    crash(gone)
    journal = gone._path.with_name(f"{gone._path.name}-journal")
    journal.write_bytes(bytes(512))
    found = ledger.adopt()
    assert not journal.exists()
    assert {State(note.asked.job): note.state for note in found} == STATES_ADOPTED
    assert len(ledger.notes()) == len(State)
    assert not gone._path.exists()
    assert not gone._lock.path.exists()
    assert ledger.adopt() == ()


def test_a_running_instance_keeps_its_own(ledger: Ledger) -> None:
    other = Ledger()
    other.open(ASKED)
    assert ledger.adopt() == ()
    assert on_disk(other) == ["intent"]
    other.close()
    assert len(ledger.adopt()) == 1


def test_what_was_told_is_known_when_a_ledger_is_taken_over(ledger: Ledger) -> None:
    gone = Ledger()
    entry = gone.open(ASKED)
    entry.sending(1)
    entry.sent()
    entry.unknown()
    gone.told(ASKED.job)
    crash(gone)
    (note,) = ledger.adopt()
    assert note.told
    assert ledger.unknown() == (note,)
    assert ledger.untold() == ()


def test_a_taken_over_request_goes_on(ledger: Ledger) -> None:
    gone = Ledger()
    entry = gone.open(ASKED)
    entry.sending(1)
    entry.sent()
    entry.spool.write(b"half")
    entry.spool.close()
    crash(gone)
    (note,) = ledger.adopt()
    assert ledger.raw(note) == b"half"
    again = ledger.entry(note)
    again.received()
    assert on_disk(ledger) == ["received"]


def test_a_ledger_that_went_away_meanwhile_is_no_crash(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Ledger()
    gone.open(ASKED)
    crash(gone)
    acquire = module.FileLock.acquire

    def late(lock: module.FileLock) -> bool:
        gone._path.unlink(missing_ok=True)
        return acquire(lock)

    monkeypatch.setattr(module.FileLock, "acquire", late)
    assert ledger.adopt() == ()
    assert not gone._path.exists()


def test_damaged_lines_cost_only_themselves_and_the_file_is_kept(ledger: Ledger) -> None:
    gone = Ledger()
    for number in range(3):
        gone.open(Asked(f"job {number}", "p", "m", "h", "0"))
    gone.close()
    with closing(sqlite3.connect(gone._path)) as connection:
        connection.execute("UPDATE entries SET data = '{}' WHERE rowid = 2")
        connection.commit()
    assert {note.asked.job for note in ledger.adopt()} == {"job 0", "job 2"}
    assert gone._path.with_suffix(".damaged").exists()
    assert ledger.adopt() == ()


def test_a_ledger_that_cannot_be_read_is_put_aside(ledger: Ledger) -> None:
    gone = Ledger()
    gone.open(ASKED)
    gone.close()
    data = bytearray(gone._path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    gone._path.write_bytes(bytes(data[: len(data) - 4096]))
    assert ledger.adopt() == ()
    assert gone._path.with_suffix(".damaged").exists()


def test_a_ledger_of_another_version_is_left_alone(ledger: Ledger) -> None:
    gone = Ledger()
    gone.open(ASKED)
    gone.close()
    with closing(sqlite3.connect(gone._path)) as connection:
        connection.execute("PRAGMA user_version=2")
    assert ledger.adopt() == ()
    assert gone._path.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite):
        Ledger(tmp_path / "file" / "ledger")


# What may go


def stored(ledger: Ledger, job: str, *, made: datetime, raw: int, state: State) -> Path:
    note = ledger.open(Asked(job, "p", "m", "h", "0")).note
    text = made.isoformat(timespec="seconds")
    ledger.write(module.replace(note, state=state, made=text))
    ledger.raw_path(note).write_bytes(bytes(raw))
    return ledger.raw_path(note)


NOW = datetime(2026, 5, 1, tzinfo=UTC)
OLD = NOW - timedelta(days=31)


@pytest.mark.parametrize("state", State)
def test_an_old_raw_answer_goes_only_when_its_picture_is_stored(
    ledger: Ledger, state: State
) -> None:
    old = stored(ledger, "old", made=OLD, raw=10, state=state)
    new = stored(ledger, "new", made=NOW, raw=10, state=state)
    ledger.tidy(NOW)
    assert old.exists() == (state not in {State.STORED, State.SHOWN})
    assert new.exists()
    gone = {State.SHOWN, State.REFUSED, State.NOT_SENT, State.ABANDONED}
    assert [note.asked.job for note in ledger.notes()] == (
        ["new"] if state in gone else ["old", "new"]
    )


def test_the_oldest_raw_answers_go_when_they_are_too_many(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RAW_TOTAL", 25)
    paths = [
        stored(
            ledger,
            str(number),
            made=NOW - timedelta(hours=number),
            raw=10,
            state=State.RECEIVED if number == 3 else State.SHOWN,
        )
        for number in range(5)
    ]
    ledger.tidy(NOW)
    assert [path.exists() for path in paths] == [True, True, False, True, False]


def test_a_raw_answer_goes_when_its_variant_was_kept(ledger: Ledger) -> None:
    kept = stored(ledger, "kept", made=NOW, raw=10, state=State.SHOWN)
    lost = stored(ledger, "kept", made=NOW, raw=10, state=State.RECEIVED)
    other = stored(ledger, "other", made=NOW, raw=10, state=State.SHOWN)
    ledger.applied("kept")
    assert [path.exists() for path in (kept, lost, other)] == [False, True, True]
