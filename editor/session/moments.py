"""Moments: when something was made, as the project keeps it; for the eyes only."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """UTC in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def moment(made: str) -> datetime | None:
    """Read what now() wrote, None when it is no moment."""
    try:
        return datetime.fromisoformat(made)
    except ValueError:
        return None
