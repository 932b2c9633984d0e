"""Fixture: the pool that decodes for all tests of a run that do not look at the pool itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editor.decoding.pool import Pool


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    pool = Pool()
    yield pool
    pool.close()
