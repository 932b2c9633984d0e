"""Starting: the project to show first, and what earlier runs left in the ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from editor.decoding.pool import Pool
from editor.engine.ledger import Ledger
from editor.errors import Problem
from editor.project.opening import SUFFIX, left_behind
from editor.project.store import Store
from editor.session.disk import Disk
from editor.session.form import Form
from editor.session.session import Session
from editor.transport.scrub import guard

log = logging.getLogger(__name__)


async def started(form: Form, files: list[Path], *, fresh: bool = False) -> Session:
    """Make the session: a project among the files, else what was left open, else a new one.

    Pictures among the files begin a new project, so that nothing is mixed into an old one.
    fresh: begin a new one in any case.
    """
    guard()
    pool = Pool()
    await asyncio.to_thread(pool.start)
    ledger = await asyncio.to_thread(_ledger)
    disk = Disk()
    store = await asyncio.to_thread(_store, files, disk.met.emit, fresh=fresh)
    session = Session(form, store, ledger, pool)
    disk.setParent(session)
    disk.told.connect(session.told)
    return session


async def ended(session: Session) -> None:
    """Close the session, and then what it was made with."""
    await session.close()
    await asyncio.to_thread(session.ledger.close)
    await asyncio.to_thread(session.pool.close)


def _ledger() -> Ledger:
    ledger = Ledger()
    for note in ledger.adopt():
        log.info("job %s was left %s", note.asked.job, note.state.value)
    ledger.tidy(datetime.now(UTC))
    return ledger


def _store(files: list[Path], trouble: Callable[[Problem | None], None], *, fresh: bool) -> Store:
    """Open the project to go on with, or begin one that tells why that could not be opened."""
    projects = [file for file in files if file.suffix == SUFFIX]
    candidates = projects[:1] if files or fresh else left_behind()[:1]
    notes: list[Problem] = []
    for path in candidates:
        try:
            return Store.open(path, trouble)
        except Problem as problem:
            log.info("a project was not opened: %s", problem.template)
            notes.append(problem)
    store = Store.create(trouble)
    store.opened = replace(store.opened, notes=tuple(notes))
    return store
