"""A project closed and opened again, as the next start would."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from editor.preferences.places import projects_folder
from editor.project.store import Store
from tests.fakes.project import add_picture


@contextmanager
def again(store: Store) -> Iterator[Store]:
    """The same project after a clean end."""
    path = store.path
    store.close()
    found = Store.open(path)
    yield found
    found.close()


def change(path: Path, *statements: str) -> None:
    """Have SQL run on a project file that nobody has open."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def opened_copy(path: Path) -> Store:
    """Open a file that must not be touched: it is not, and a copy is what is open."""
    before = path.read_bytes()
    store = Store.open(path)
    assert store.untitled
    assert store.path.parent == projects_folder()
    assert all(len(str(note)) + 48 - len(path.name) <= 160 for note in store.opened.notes)
    add_picture(store, "new", b"new")
    store.flush()
    assert path.read_bytes() == before
    return store
