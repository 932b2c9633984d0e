"""A ledger of this instance, and a provider on loopback that may be paid."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from editor.engine.ledger import Ledger
from tests.fakes.provider import provider, served

__all__ = ["ledger", "provider", "served"]


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    ledger = Ledger()
    yield ledger
    ledger.close()


def on_disk(ledger: Ledger) -> list[tuple[str, ...]]:
    """States as another process would read them this very moment."""
    with closing(sqlite3.connect(f"file:{ledger._path}?mode=ro", uri=True)) as reader:
        found = reader.execute("SELECT json_extract(data, '$.state') FROM entries").fetchall()
    return [state for (state,) in found]
