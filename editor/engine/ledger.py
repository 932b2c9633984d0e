"""Ledger: every paid request written down before it leaves, so that nothing paid is lost."""

from __future__ import annotations

import contextlib
import logging
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from editor.engine.entry import Entry
from editor.engine.note import (
    AFTER_RESTART,
    NOTHING_LEFT,
    PICTURE_IS_SAFE,
    Asked,
    Note,
    Restart,
    State,
)
from editor.errors import InputProblem, ProjectDamaged
from editor.preferences.places import data_folder
from editor.project.records import decode, encode
from editor.storage.atomic import cannot_write, sync_folder
from editor.storage.database import Database
from editor.storage.lock import FileLock
from editor.storage.writer import Writer

log = logging.getLogger(__name__)

APPLICATION_ID = 0x46726B6C
VERSION = 1
SCHEMA = "CREATE TABLE entries (id TEXT PRIMARY KEY, data TEXT NOT NULL)"

RAW_DAYS = 30
RAW_TOTAL = 2 * 2**30
"""How long, and how many bytes together, raw answers are kept whose picture is stored."""


class Ledger:
    """The ledger of this instance: one locked file in a folder that all instances share.

    May be used from any thread; every change waits until it is durable, about 1 ms, and
    raises CannotWrite when the disk refuses.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / "ledger"
        self._raw = self._folder / "raw"
        try:
            self._raw.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(self._folder)
        except OSError as error:
            raise cannot_write(str(self._folder), error) from error
        self._path = self._folder / f"{secrets.token_hex(8)}.ledger"
        self._lock = _lock_of(self._path)
        self._lock.acquire()
        self._writer = Writer(_database(self._path), name="ledger")

    def open(self, asked: Asked) -> Entry:
        """Write down what is about to be asked; nothing may leave before this returns."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        note = Note(secrets.token_hex(16), made, asked)
        self.write(note)
        return self.entry(note)

    def adopt(self) -> tuple[Note, ...]:
        """Take over the ledgers of instances that are gone.

        Returns what they left open, oldest first, each in its state after the restart.
        """
        found: list[Note] = []
        for path in self._folder.glob("*.ledger"):
            lock = _lock_of(path)
            if path != self._path and lock.acquire():
                try:
                    found += self._take_over(path)
                finally:
                    lock.path.unlink(missing_ok=True)
                    lock.release()
        return tuple(sorted(found, key=lambda note: note.made))

    def notes(self) -> tuple[Note, ...]:
        """All lines, oldest first."""
        return self._read()

    def of_job(self, job: str) -> tuple[Note, ...]:
        """All lines of one job, oldest first."""
        # Only the few that hold its name are decoded, which takes longer than reading all.
        found = self._read(" WHERE instr(data, ?)", job)
        return tuple(note for note in found if note.asked.job == job)

    def alone(self) -> bool:
        """Whether no other instance holds a ledger that this one could not take over."""
        return all(path == self._path for path in self._folder.glob("*.ledger"))

    def unknown(self) -> tuple[Note, ...]:
        """Requests that may have been charged without a picture."""
        return tuple(note for note in self.notes() if note.state is State.UNKNOWN)

    def untold(self) -> tuple[Note, ...]:
        """Those of which somebody must be told and nobody has been yet, as after a crash."""
        return tuple(note for note in self.notes() if _must_be_told(note) and not note.told)

    def waiting(self) -> tuple[Note, ...]:
        """Those of `frisket edit` whose picture may still be collected, told of or not."""
        return tuple(note for note in self.notes() if _waits(note))

    def told(self, job: str) -> None:
        """The person has been told that a job may have been charged, if it is one of those.

        An answer that came is not told of but handed over.
        """
        open = (note for note in self.of_job(job) if _must_be_told(note) and not note.told)
        self.write(*(replace(note, told=True) for note in open if note.state is not State.RECEIVED))

    def entry(self, note: Note) -> Entry:
        """Go on with a request of an earlier run."""
        return Entry(note, self.raw_path(note), self.write)

    def raw(self, note: Note) -> bytes:
        """Read a raw answer as far as it came; b"" when there is none any more."""
        try:
            return self.raw_path(note).read_bytes()
        except FileNotFoundError:
            return b""

    def raw_path(self, note: Note) -> Path:
        """Where the raw answer of a request is, if there is one."""
        return self._raw / f"{note.id}.raw"

    def applied(self, job: str) -> None:
        """A variant was kept: the raw answers of its job may go once their picture is stored."""
        for note in self.of_job(job):
            if note.state in PICTURE_IS_SAFE:
                self.raw_path(note).unlink(missing_ok=True)

    def tidy(self, now: datetime) -> None:
        """Remove raw answers that are old or too many, and lines about nothing.

        An answer without a stored picture never goes.
        """
        old = (now - timedelta(days=RAW_DAYS)).isoformat(timespec="seconds")
        total = 0
        for note in sorted(self.notes(), key=lambda note: note.made, reverse=True):
            path = self.raw_path(note)
            total += path.stat().st_size if path.exists() else 0
            if note.state in PICTURE_IS_SAFE and (note.made < old or total > RAW_TOTAL):
                path.unlink(missing_ok=True)
            if note.state in NOTHING_LEFT and note.made < old:
                self._drop(note.id)

    def close(self) -> None:
        """Let go; the file stays for the next start."""
        self._writer.close()
        self._lock.release()

    def write(self, *notes: Note) -> None:
        """Write lines over those of the same ids, durable on return."""

        def put(database: Database) -> None:
            with database.transaction():
                for note in notes:
                    database.execute(
                        "INSERT OR REPLACE INTO entries VALUES (?, ?)", note.id, encode(note)
                    )

        self._writer.submit(put, urgent=True).result()

    def _read(self, where: str = "", *values: object) -> tuple[Note, ...]:
        rows = self._writer.submit(
            lambda database: database.rows(f"SELECT data FROM entries{where}", *values),
            urgent=True,
        ).result()
        return tuple(sorted((decode(Note, data) for (data,) in rows), key=lambda note: note.made))

    def _drop(self, id: str) -> None:
        self._writer.submit(
            lambda database: database.execute("DELETE FROM entries WHERE id = ?", id)
        ).result()

    def _take_over(self, path: Path) -> list[Note]:
        """Copy another ledger's lines into this one; those that were left open."""
        if not path.exists():
            return []
        try:
            notes, whole = _notes_in(path)
        except InputProblem as problem:
            log.info("a ledger was left alone: %s", problem)
            return []
        except ProjectDamaged:
            notes, whole = [], False
        after = [(note, *AFTER_RESTART[note.state]) for note in notes]
        adopted = [(replace(note, state=state), then) for note, state, then in after]
        self.write(*(note for note, _ in adopted))
        if whole:
            path.unlink()
            # One that was not even begun is no reason for SQLite to remove it.
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        else:
            path.rename(path.with_suffix(".damaged"))
        return [note for note, then in adopted if then is not Restart.THERE]


def _must_be_told(note: Note) -> bool:
    """Whether it may have been charged, and no start goes on with it by itself."""
    return note.state is State.UNKNOWN or _waits(note)


def _waits(note: Note) -> bool:
    return note.state in {State.ACCEPTED, State.RECEIVED} and note.asked.asset != ""


def _lock_of(path: Path) -> FileLock:
    return FileLock(path.with_suffix(".lock"))


def _database(path: Path) -> Database:
    return Database(path, application_id=APPLICATION_ID, version=VERSION, schema=SCHEMA)


def _notes_in(path: Path) -> tuple[list[Note], bool]:
    """The lines that can be read, and whether that is all of them."""
    notes, whole = [], True
    with contextlib.closing(_database(path)) as database:
        for (data,) in database.readable("SELECT data FROM entries"):
            try:
                notes.append(decode(Note, data))
            except ProjectDamaged:
                whole = False
        return notes, whole and database.sound()
