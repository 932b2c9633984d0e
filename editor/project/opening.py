"""Getting at a project file: a new one, the file itself, or a copy, also to another place."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from editor.errors import CannotWrite, InputProblem, Problem, ProjectDamaged
from editor.preferences.places import data_folder, projects_folder
from editor.project.losses import Loss, damage, missing
from editor.project.project import Project
from editor.project.reading import Found, read
from editor.project.tables import VERSION, Tables, open_database
from editor.storage import atomic
from editor.storage.blobs import Blobs
from editor.storage.database import Database
from editor.storage.lock import FileLock
from editor.storage.names import shown_name

log = logging.getLogger(__name__)

SUFFIX = ".frisket"
_DAMAGED_SUFFIX = ".damaged"
"""Of an untitled project that was copied because of damage, so that it is not offered again."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A project file that is ours to write, and what was found in it.

    untitled: it lives in the data folder until Save As gives it a place. notes: sentences to
    show. losses: what the file should hold and does not.
    """

    database: Database
    lock: FileLock
    project: Project
    untitled: bool
    notes: tuple[Problem, ...] = ()
    losses: tuple[Loss, ...] = ()


def left_behind() -> list[Path]:
    """Untitled projects that no window has open, the one written last first."""
    free = []
    for path in projects_folder().glob(f"*{SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):  # another window has just closed it
            lock = lock_of(path)
            if lock.acquire():
                lock.release()
                free.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(free, reverse=True)]


def create() -> Opened:
    """Make an empty untitled project."""
    path = _new_path()
    database = open_database(path)
    lock = lock_of(path)
    lock.acquire()
    return Opened(database, lock, Project(), untitled=True)


def open_file(path: Path) -> Opened:
    """Open a project, verifying all of it.

    A file that is damaged, open elsewhere or write-protected is left untouched: what is
    returned is an untitled copy, and the notes say so.
    Raises InputProblem when it is no project or nothing in it can be read.
    """
    path = path.absolute()
    if not path.is_file():
        raise InputProblem(
            "{name} is not there any more; nothing was changed. Choose another project.",
            name=shown_name(path.name),
        )
    lock = lock_of(path)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return _copied(path, _WRITE_PROTECTED)
    if not lock.acquire():
        return _copied(path, _OPEN_ELSEWHERE)
    return _opened(path, lock)


def lock_of(path: Path) -> FileLock:
    """The lock of an existing project; it follows the file when that is renamed."""
    folder = data_folder() / "locks"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = path.stat()
    return FileLock(folder / f"{found.st_dev:x}-{found.st_ino:x}.lock")


def write_copy(database: Database, path: Path) -> None:
    """Write an open project to another place, over what lies there.

    Raises CannotWrite, also when that is open elsewhere; then nothing is replaced.
    """
    if path.exists():
        theirs = lock_of(path)
        if not theirs.acquire():
            raise CannotWrite(_NOT_REPLACED, name=shown_name(path.name))
        theirs.release()
    atomic.write(path, lambda file: database.copy_to(Path(file.name)))


_NOT_REPLACED = "{name} is open in another window, so it was not replaced; choose another name."
_WRITE_PROTECTED = (
    "{name} is write-protected, so this is a copy; save it under another name to keep it."
)
_OPEN_ELSEWHERE = (
    "{name} is open in another window, so this is a copy; save it under another name to keep it."
)


def _opened(path: Path, lock: FileLock) -> Opened:
    """Open a file whose lock is held; the lock is let go when that fails."""
    database = None
    try:
        database = _database(path)
        found = read(database)
        untitled = path.parent == projects_folder()
        if not (database.rescue or found.damaged) and database.sound():
            for data in found.rescued:
                Blobs(database).put(data)
            _renew(database, found.project, database.version)
            notes, losses = missing(found.losses), tuple(found.losses)
            return Opened(database, lock, found.project, untitled, notes, losses)
        copy = _salvaged(database, found)
    except BaseException:
        if database is not None:
            database.close()
        lock.release()
        raise
    database.close()
    if untitled:
        path.rename(path.with_suffix(_DAMAGED_SUFFIX))
    lock.release()
    return copy


def _copied(path: Path, sentence: str) -> Opened:
    """Open a copy of a file that somebody else may be writing."""
    note, copy = Problem(sentence, name=shown_name(path.name)), _new_path()
    source = _database(path)
    try:
        try:
            source.copy_to(copy, at_once=True)
            opened = open_file(copy)
        except ProjectDamaged:
            copy.unlink()
            opened = _salvaged(source, read(source))
    finally:
        source.close()
    return replace(opened, notes=(note, *opened.notes))


def _new_path() -> Path:
    return projects_folder() / f"{secrets.token_hex(8)}{SUFFIX}"


def _database(path: Path) -> Database:
    with contextlib.suppress(ProjectDamaged):
        return open_database(path)
    try:
        return open_database(path, rescue=True)
    except ProjectDamaged as problem:
        raise _hopeless(path) from problem


def _hopeless(path: Path) -> InputProblem:
    return InputProblem(
        "{name} is so damaged that nothing in it can be read; it was left untouched.",
        name=shown_name(path.name),
    )


def _salvaged(source: Database, found: Found) -> Opened:
    """Copy all that verifies into a new untitled project."""
    if not (found.records or found.blobs):
        raise _hopeless(source.path)
    copy = create()
    try:
        _pour(source, found, copy.database)
    except BaseException:
        copy.database.close()
        copy.database.path.unlink()
        copy.lock.release()
        raise
    log.info("a damaged project was copied, with %d losses", len(found.losses))
    losses = tuple(found.losses)
    notes = (*missing(losses), damage(source.path.name, losses))
    return replace(copy, project=found.project, notes=notes, losses=losses)


def _pour(source: Database, found: Found, target: Database) -> None:
    old, new = Tables(source), Tables(target)
    blobs = Blobs(target)
    for digest in found.blobs:
        blobs.put(Blobs(source).get(digest))
    for data in found.rescued:
        blobs.put(data)
    with target.transaction():
        for (kind, id), text in found.records.items():
            new.put_text(kind, id, text)
        for number in found.steps:
            if step := old.step(number):
                kind, slot, done, data = step
                new.put_step(number, kind, slot, data, done=done)
        for slot, x, y in found.tiles:
            new.put_tiles(slot, {(x, y): old.tile(slot, x, y)})
    _renew(target, found.project, source.version)


def _renew(target: Database, project: Project, version: int) -> None:
    """Write what was read from a file of this version into one of the newest."""
    if version != VERSION:
        with target.transaction():
            Tables(target).renew(project.edits, project.timeline)
