"""The table of models as an earlier start has read it, while what it was read from is the same."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

from editor.capability import catalog
from editor.capability.catalog import Catalog
from editor.errors import CannotWrite
from editor.preferences.places import profiles_folder, resource
from editor.ui.start import kept

NAME = "table"

_read: list[bytes] = []
"""What `keep` has to write."""


def load() -> Catalog:
    """The table that ships and the person's own profiles; raises as catalog.load does.

    Its files are read and checked once. What is kept is known by the names, sizes and times of
    these and of the modules that read them. A person's own profiles stay where they are: a header
    may hold a key, of which there is to be no copy.
    """
    stamp = repr(sorted(_stamps())).encode()
    then, _, data = kept.read(NAME).partition(b"\n")
    if then == stamp:
        found: Catalog = pickle.loads(data)
        return found
    found = catalog.load()
    if not found.broken and not any(provider.custom for provider in found.providers):
        _read[:] = [stamp, pickle.dumps(found, pickle.HIGHEST_PROTOCOL)]
    return found


def keep() -> None:
    """Keep for the next start what had to be read."""
    if _read:
        kept.write(NAME, b"\n".join(_read))
        _read.clear()


def _stamps() -> Iterator[tuple[str, int, int]]:
    for folder in _folders():
        for path in folder.iterdir():
            if path.suffix in {".toml", ".py"}:
                facts = path.stat()
                yield str(path), facts.st_mtime_ns, facts.st_size


def _folders() -> Iterator[Path]:
    """Where the table, its profiles and its own modules are."""
    yield resource("capabilities")
    yield Path(catalog.__file__).parent
    try:
        yield profiles_folder()
    except CannotWrite:
        return
