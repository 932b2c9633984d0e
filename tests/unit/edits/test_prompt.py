"""References are spoken of by number, and sent in the words of providers."""

import pytest

from editor.edits.prompt import PLEA, mention_places, mentioned, spelled, with_plea


@pytest.mark.parametrize(
    ("prompt", "sent"),
    [
        ("the hat of @1", "the hat of image 2"),
        ("@2 on @1, @2", "image 3 on image 2, image 3"),
        ("@3 is not there", "@3 is not there"),
        ("@0 is nothing", "@0 is nothing"),
        ("mail me@1 or @1st or @@1", "mail me@1 or @1st or @@1"),
        ("(@1)", "(image 2)"),
    ],
)
def test_what_is_sent_of_two_references(prompt, sent):
    assert spelled(prompt, 2) == sent


def test_mentions_in_their_order():
    assert mentioned("@2 on @1, not me@7") == [2, 1]


def test_the_sentence_that_keeps_the_rest_stands_on_its_own_line():
    assert with_plea("a red hat \n", " Keep the rest. ") == "a red hat\nKeep the rest."
    assert with_plea("a red hat ", "  ") == "a red hat "
    assert PLEA.endswith(".")


def test_the_places_of_mentions():
    assert mention_places("@2 on @11") == [(2, 0, 2), (11, 6, 9)]
