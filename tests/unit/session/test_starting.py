"""What the window begins with: a project that was named, one left behind, or a new one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from editor.capability.catalog import load
from editor.decoding.pool import Pool
from editor.engine.ledger import Ledger
from editor.engine.note import Asked
from editor.engine.note import State as NoteState
from editor.project.opening import left_behind
from editor.session import loop, starting
from editor.session.form import Form
from editor.session.notice import Notice
from editor.session.session import Session
from editor.storage.database import Database
from tests.fakes.full_disk import full
from tests.fakes.living import Live, opened, paint, scene, until

Script = Callable[[Session], Awaitable[None]]
Start = Callable[..., list[Notice]]


class Lent:
    """The pool of the whole run, which nobody closes."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self.closed = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._pool, name)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def start(qapp: QApplication, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start with these files, run a script and end; what was told."""
    lent = Lent(pool)
    monkeypatch.setattr(starting, "Pool", lambda: lent)

    def run(script: Script, *files: Path, fresh: bool = False) -> list[Notice]:
        told: list[Notice] = []

        async def main() -> None:
            form = Form(load())
            session = await starting.started(form, list(files), fresh=fresh)
            session.told.connect(told.append)
            await session.begin()
            await script(session)
            await starting.ended(session)
            form.deleteLater()

        loop.run(qapp, main)
        assert lent.closed
        return told

    return run


async def nothing(session: Session) -> None:
    """Leave it as it is."""


def names(session: Session) -> list[str]:
    return [held.name for held in session.document.pictures]


@pytest.fixture
def left(live: Live, tmp_path: Path) -> Path:
    """An untitled project that an earlier run left."""
    photo = scene(tmp_path / "photo.png")

    async def work(session: Session) -> None:
        await opened(session, photo)
        paint(session)

    live.run(work)
    assert live.path is not None
    return live.path


def test_the_first_start_begins_a_project_that_leaves_nothing(start: Start) -> None:
    paths: list[Path] = []

    async def look(session: Session) -> None:
        assert session.store.untitled
        assert session.document.pictures == ()
        paths.append(session.store.path)

    assert start(look) == []
    assert not paths[0].exists()
    assert left_behind() == []


def test_what_was_left_open_is_there_again(start: Start, left: Path) -> None:
    async def look(session: Session) -> None:
        assert session.store.path == left
        assert names(session) == ["photo.png"]
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        assert not session.painting.plane.is_empty

    assert start(look) == []


def test_a_fresh_start_leaves_the_old_project_where_it_is(start: Start, left: Path) -> None:
    async def look(session: Session) -> None:
        assert session.store.path != left
        assert names(session) == []

    assert start(look, fresh=True) == []
    assert left_behind() == [left]


def test_pictures_begin_a_project_of_their_own(start: Start, left: Path, tmp_path: Path) -> None:
    async def look(session: Session) -> None:
        assert session.store.path != left

    assert start(look, tmp_path / "photo.png") == []


def test_a_project_among_the_files_is_opened(start: Start, left: Path, tmp_path: Path) -> None:
    async def save(session: Session) -> None:
        await session.save_as(tmp_path / "work.frisket")

    async def look(session: Session) -> None:
        assert session.store.path == tmp_path / "work.frisket"
        assert names(session) == ["photo.png"]

    start(save)
    assert start(look, tmp_path / "photo.png", tmp_path / "work.frisket") == []


@pytest.mark.parametrize("exists", [True, False], ids=["no project", "not there"])
def test_a_project_that_cannot_be_opened_is_told_and_another_begun(
    start: Start, tmp_path: Path, exists: bool
) -> None:
    path = tmp_path / "work.frisket"
    if exists:
        path.write_bytes(b"not a project at all" * 100)

    async def look(session: Session) -> None:
        assert session.store.untitled
        assert session.store.path != path

    (notice,) = start(look, path)
    assert notice.mood == "error"
    assert "work.frisket" in notice.template.format(**notice.values)
    assert path.exists() is exists


def test_requests_of_an_earlier_run_are_taken_over(start: Start) -> None:
    earlier = Ledger()
    earlier.open(Asked("job", "openai", "gpt-image-2", "127.0.0.1", "digest")).sending(100)
    earlier.close()

    async def look(session: Session) -> None:
        (note,) = session.ledger.notes()
        assert (note.asked.job, note.state) == ("job", NoteState.NOT_SENT)

    assert start(look) == []


def test_a_disk_that_refuses_is_told_until_it_takes_everything(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = scene(tmp_path / "photo.png")
    told: list[Notice] = []

    async def work(session: Session) -> None:
        session.told.connect(told.append)
        await opened(session, photo)
        session.store.flush()
        with monkeypatch.context() as refusing:
            refusing.setattr(Database, "execute", full)
            paint(session)
            await until(session.told, lambda: len(told) == 1)
        paint(session, 100)
        await until(session.told, lambda: len(told) == 2)

    start(work)
    assert [notice.mood for notice in told] == ["error", "ok"]
    assert told[0].details


def test_closing_does_not_wait_for_a_disk_that_refuses(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = scene(tmp_path / "photo.png")

    async def work(session: Session) -> None:
        monkeypatch.setattr(Database, "execute", full)
        await opened(session, photo)

    (notice,) = start(work)
    assert notice.mood == "error"


def test_the_pool_is_warm_and_closed_in_the_end(
    qapp: QApplication, tmp_path: Path, pool: Pool
) -> None:
    """With children of its own, as in the program."""
    before = multiprocessing.active_children()

    async def main() -> None:
        form = Form(load())
        session = await starting.started(form, [])
        assert session.pool is not pool
        await session.begin()
        await session.open([tmp_path / "photo.png"])
        assert names(session) == ["photo.png"]
        assert len(multiprocessing.active_children()) > len(before)
        await starting.ended(session)
        assert set(multiprocessing.active_children()) == set(before)
        form.deleteLater()

    scene(tmp_path / "photo.png")
    loop.run(qapp, main)
