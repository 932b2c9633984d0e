"""Which entry a digit stands for, and which is on the stage."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect
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


JOINED = Overlay(Rect(0, 0, 1, 1), np.zeros((1, 1, 4), np.uint8))
A, B, C = (Entry(id, "r", joined=JOINED) for id in "abc")
D = Entry("d", "other", joined=JOINED)


@pytest.mark.parametrize(
    ("before", "shown", "current", "after", "expected"),
    [
        ((A, B, C), 2, 2, (A, B, C), (2, 2)),
        ((A, B, C), 2, 1, (D, A, B, C), (3, 2)),
        ((A, B, C), 2, 2, (A, C), (2, 2)),
        ((A, B, C), 3, 3, (A, B), (2, 2)),
        ((A,), 1, 1, (), (None, 0)),
        ((A, D), 1, 1, (D,), (None, 1)),
        ((A, replace(B, joined=None)), 1, 1, (replace(B, joined=None),), (None, 1)),
        ((A, B), None, 2, (B,), (None, 1)),
        ((A, B), 0, 0, (B,), (0, 0)),
        ((), None, 0, (A,), (None, 0)),
    ],
    ids=[
        "nothing changed",
        "one came before them",
        "the next takes the place",
        "the last leaves it to the one before",
        "nobody is left",
        "another round does not take the stage",
        "nor does one that has not arrived",
        "nothing is shown",
        "the original stays",
        "the first to come",
    ],
)
def test_what_is_shown_stays_whatever_its_number_becomes(
    before: tuple[Entry, ...],
    shown: int | None,
    current: int,
    after: tuple[Entry, ...],
    expected: tuple[int | None, int],
) -> None:
    found = GalleryState(before, shown, current).with_entries(after)
    assert (found.entries, found.shown, found.current) == (after, *expected)
