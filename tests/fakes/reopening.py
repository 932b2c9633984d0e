"""A project closed and opened again, as the next start would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from editor.project.store import Store


@contextmanager
def again(store: Store) -> Iterator[Store]:
    """The same project after a clean end."""
    path = store.path
    store.close()
    found = Store.open(path)
    yield found
    found.close()
