"""Names that stand in a sentence are short and show what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.storage.names import LONGEST, shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ordinary name.png", "ordinary name.png"),
        ("two\nlines.png", "two\N{REPLACEMENT CHARACTER}lines.png"),
        ("gnp.\N{RIGHT-TO-LEFT OVERRIDE}exe", "gnp.\N{REPLACEMENT CHARACTER}exe"),
        ("\udcff.png", "\N{REPLACEMENT CHARACTER}.png"),
        ("a" * 40 + "b" * 40, "a" * 31 + "…" + "b" * 16),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text())
def test_no_name_is_long_or_breaks_a_line(name: str) -> None:
    shown = shown_name(name)
    assert len(shown) <= LONGEST
    assert len(shown.splitlines()) <= 1
    assert shown_name(shown) == shown
