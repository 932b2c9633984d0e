"""Which project is gone on with, and what the ledger of an earlier run becomes."""

from __future__ import annotations

from pathlib import Path

from editor.engine.ledger import Ledger
from editor.engine.note import Asked, State
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.project.project import Role, Slot
from editor.project.store import Store
from editor.session import starting


def nothing(problem: object) -> None:
    """Hear of no trouble."""


def left() -> Path:
    """A project that was not closed with anything to throw away."""
    store = Store.create()
    slot = Slot("a", "a.png", Role.TARGET, Facts("png", Size(4, 3)), store.keep(b"a"))
    store.arrange([slot])
    store.close()
    return store.path


def test_what_was_left_open_is_gone_on_with() -> None:
    path = left()
    store = starting._store([], nothing, fresh=False)
    assert store.path == path
    store.close()


def test_a_fresh_start_leaves_it_alone() -> None:
    path = left()
    store = starting._store([], nothing, fresh=True)
    assert store.path != path
    store.close()


def test_pictures_begin_a_new_project(tmp_path: Path) -> None:
    path = left()
    store = starting._store([tmp_path / "photo.png"], nothing, fresh=False)
    assert store.path != path
    store.close()


def test_a_project_that_cannot_be_opened_is_said_in_the_new_one(tmp_path: Path) -> None:
    bad = tmp_path / "work.frisket"
    bad.write_bytes(b"no project")
    store = starting._store([bad], nothing, fresh=False)
    assert store.path != bad
    assert len(store.opened.notes) == 1
    assert bad.read_bytes() == b"no project"
    store.close()


def test_a_request_of_an_earlier_run_is_taken_over() -> None:
    earlier = Ledger()
    entry = earlier.open(Asked("job", "openai", "gpt-image-2", "127.0.0.1", "digest"))
    entry.sending(10)
    entry.sent()
    earlier.close()
    ledger = starting._ledger()
    assert [note.state for note in ledger.notes()] == [State.UNKNOWN]
    ledger.close()
