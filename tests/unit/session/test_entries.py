"""Which entry a digit stands for, and which is on the stage."""

from __future__ import annotations

import pytest

from editor.session.entries import Entry, GalleryState

FIRST, SECOND = Entry("a", "r"), Entry("b", "r")


@pytest.mark.parametrize(
    ("number", "expected"), [(-1, None), (0, None), (1, FIRST), (2, SECOND), (3, None)]
)
def test_a_digit_is_an_entry_but_for_the_original_and_beyond_the_last(
    number: int, expected: Entry | None
) -> None:
    assert GalleryState((FIRST, SECOND)).at(number) is expected


@pytest.mark.parametrize(("shown", "expected"), [(None, None), (0, None), (2, SECOND)])
def test_only_an_entry_is_on_the_stage_not_the_original(
    shown: int | None, expected: Entry | None
) -> None:
    assert GalleryState((FIRST, SECOND), shown).entry is expected
