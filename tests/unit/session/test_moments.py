"""Moments are written in UTC and read again; what is none is nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from editor.session.moments import moment, now


def test_a_moment_comes_back() -> None:
    found = moment(now())
    assert found is not None
    assert abs(datetime.now(UTC) - found) < timedelta(minutes=1)
    assert moment("") is moment("at noon") is None
