"""What a damaged project is without is told in a sentence, however much it is."""

from __future__ import annotations

from itertools import combinations

import pytest

from editor.project.losses import OTHER, WORDS, Loss, damage, missing

LONG = "n" * 60 + ".frisket"


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ([Loss("round")], "the copy lacks 1 round; the"),
        ([Loss("step")] * 12, "the copy lacks 12 undo steps; the"),
        ([Loss("mask", "a.png")], "the copy lacks part of a mask; the"),
        (
            [Loss("mask"), Loss("variant"), Loss("mask"), Loss("picture", "a.png")],
            "the copy lacks 1 result, parts of 2 masks; the",
        ),
        (
            [Loss("round"), Loss("step"), Loss("kept"), Loss("slot"), Loss("slot")],
            "the copy lacks 2 pictures, 1 kept edit, 1 undo step, more; the",
        ),
        ([Loss("new"), Loss("newer")], "the copy lacks 2 notes; the"),
        ([Loss("picture", "a.png")], "what could be read was opened as a copy"),
        ([], "what could be read was opened as a copy"),
    ],
)
def test_what_is_lost_is_counted_what_matters_most_first(losses: list[Loss], words: str) -> None:
    assert words in str(damage("mine.frisket", losses))


def test_pictures_whose_name_is_known_are_told_one_by_one() -> None:
    told = missing([Loss("picture", "a.png"), Loss("mask"), Loss("picture", "b.png"), Loss("slot")])
    assert [str(each).split(" is not whole")[0] for each in told] == ["a.png", "b.png"]


def test_no_sentence_is_too_long() -> None:
    for kinds in combinations([*WORDS, "new"], 4):
        told = damage(LONG, [Loss(kind) for kind in kinds for _ in range(99)])
        assert len(str(told)) <= 160, told
    assert all(len(str(told)) <= 160 for told in missing([Loss("picture", LONG)]))
    assert all("{count}" in many for _, many in (*list(WORDS.values())[:-2], OTHER))
