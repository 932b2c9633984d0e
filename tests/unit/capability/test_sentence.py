"""Sentences read like text and remember their template."""

from editor.capability.sentence import NOTHING, Sentence


def test_a_sentence_is_its_filled_template():
    sentence = Sentence("not within {least} to {most}", least=1, most=10)

    assert sentence == "not within 1 to 10"
    assert sentence.template == "not within {least} to {most}"
    assert dict(sentence.values) == {"least": 1, "most": 10}


def test_nothing_to_say_counts_as_false():
    assert not NOTHING
    assert NOTHING.template == ""
    assert Sentence("something")
