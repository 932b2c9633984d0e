"""How long a provider asks to wait, in every way that providers say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.providers.waiting import wait_asked

NOW = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(
    ("headers", "words", "seconds"),
    [
        ({"retry-after": "12"}, "", 12.0),
        ({"retry-after": " 86400 "}, "", 86400.0),
        ({"retry-after": "1.5"}, "", 1.5),
        ({"retry-after": "0"}, "", 0.0),
        ({"retry-after-ms": "240"}, "", 0.24),
        ({"retry-after-ms": "240", "retry-after": "1"}, "", 0.24),
        ({"retry-after-ms": "soon", "retry-after": "1"}, "", 1.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", "date": NOW}, "", 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 09:28:30 +0200", "date": NOW}, "", 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 -0000", "date": NOW}, "", 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:27:00 GMT", "date": NOW}, "", None),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT"}, "", None),
        ({"retry-after": "315360000"}, "", 315360000.0),
        ({"retry-after": "-3"}, "", None),
        ({"retry-after": "³"}, "", None),
        ({"retry-after": "9" * 5000}, "", None),
        ({"retry-after": "Wed, 99 Oct 2026 07:28:00 GMT", "date": NOW}, "", None),
        ({"retry-after": "soon"}, "Please try again in 12s.", 12.0),
        ({}, "Rate limit reached. Please try again in 240ms. Visit", 0.24),
        ({}, "TRY AGAIN IN 1.5s", 1.5),
        ({}, "try again in 1m30s", 90.0),
        ({}, "try again in 2m", 120.0),
        ({}, "try again in 1h0m5s", 3605.0),
        ({}, "try again in a while", None),
        ({}, "", None),
    ],
)
def test_a_wait_is_found_where_it_is_told(headers, words, seconds):
    assert wait_asked(headers, words) == seconds


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=80))
def test_nothing_that_is_said_breaks_it(milliseconds, after, date, words):
    headers = {"retry-after-ms": milliseconds, "retry-after": after, "date": date}
    found = wait_asked(headers, words)
    assert found is None or found >= 0
