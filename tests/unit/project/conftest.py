"""What the tests of a project share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editor.project.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.create()
    yield store
    if store._lock.held:
        store.close()
