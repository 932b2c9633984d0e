"""A photograph with its mask, what was made of it, a provider to ask, and what it is owed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from editor.engine.ledger import Ledger
from editor.engine.note import Asked, State
from tests.fakes.editing import ask, deep, edited, loopback, photo
from tests.fakes.pools import pool
from tests.fakes.provider import provider, served

__all__ = ["ask", "deep", "edited", "loopback", "photo", "pool", "provider", "served"]

NOON = "2026-11-28T12:00:30+00:00"


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with closing(Ledger()) as made:
        yield made


def left(ledger: Ledger, job: str, made: str = NOON, price: float | None = None) -> None:
    """A request that went out and was never heard of again."""
    asked = Asked(job, "openai", "gpt-image-2", "api.example", "digest", price)
    note = ledger.open(asked).note
    ledger.write(replace(note, made=made, state=State.UNKNOWN))
