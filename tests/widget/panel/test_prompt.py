"""Prompt and cost: what sending means, what it costs and why it cannot be done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.capability.sentence import Sentence
from editor.edits.check import Trouble
from editor.ui.panel.cost import offer, reason
from editor.ui.panel.prompt import Prompt
from tests.fakes.forms import form
from tests.fakes.pseudo_locale import PseudoLocale, untranslated

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
MASK = Trouble("mask", Sentence("The mask is empty: paint what may change."))
WORDS = Trouble("prompt", Sentence("Write what should be there instead."))


@pytest.fixture
def prompt(qtbot: QtBot) -> Prompt:
    made = Prompt()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": 1, "price": 0.053}, "Edit, about $0.053"),
        ({"count": 4, "price": 0.212}, "Edit ×4, about $0.21"),
        ({"count": 4, "price": None}, "Edit ×4, unknown price"),
        ({"count": 1, "price": None}, "Edit, unknown price"),
    ],
)
def test_the_button_says_how_many_and_how_much(changes: dict[str, object], words: str) -> None:
    what = offer(form(**changes), 1.0)
    assert what.spoken == words
    assert what.words in words
    assert what.price in words


def test_offline_the_button_removes_and_names_no_price() -> None:
    what = offer(form("offline", price=0.0), 1.0)
    assert (what.words, what.price) == ("Remove", "")


def test_the_first_obstacle_is_the_reason() -> None:
    assert reason(form()) == ""
    assert reason(form(pictures=0, troubles=(MASK,))) == "Open a picture first."
    assert reason(form(troubles=(MASK, WORDS))) == str(MASK.sentence)
    size = Trouble("size", Sentence("at least {least:,} pixels in all", least=655_360))
    assert reason(form(troubles=(size,))) == "Size: at least 655,360 pixels in all"
    assert reason(form(troubles=(MASK,), covers=True)) == ""
    assert reason(form(troubles=(MASK, WORDS), covers=True)) == str(WORDS.sentence)
    pictures = Trouble("pictures", Sentence("Too many."))
    assert reason(form(troubles=(pictures,))) == "Too many."


def test_once_there_are_words_what_is_wrong_comes_before_the_mask() -> None:
    nobody = Trouble("prompt", Sentence("There is no reference 7."))
    assert reason(form(troubles=(MASK, nobody))).startswith("The mask is empty")
    assert (
        reason(form(troubles=(MASK, nobody), prompt="a hat like @7")) == "There is no reference 7."
    )
    assert reason(form(troubles=(MASK,), prompt="a hat")).startswith("The mask is empty")


def test_an_empty_bar_is_quiet_and_says_what_to_write(prompt: Prompt) -> None:
    prompt.show_form(form(troubles=(WORDS,)))
    assert not prompt.send.isEnabled()
    assert prompt.hint.isHidden()
    assert "Ctrl+Enter" in prompt.text.placeholderText()
    prompt.show_form(form(troubles=(MASK, WORDS)))
    assert prompt.text.placeholderText().startswith("Paint")
    prompt.show_form(form(pictures=0))
    assert prompt.text.placeholderText().startswith("Paint")


def test_with_words_it_says_what_is_still_missing(prompt: Prompt) -> None:
    prompt.show_form(form(prompt="a red coat", troubles=(MASK,)))
    assert prompt.hint.words == str(MASK.sentence)
    assert prompt.hint.tone == "quiet"
    prompt.show_form(form(prompt="a red coat", troubles=(MASK,), covers=True))
    assert prompt.hint.words == "Edit first makes a mask of what is transparent."
    assert prompt.send.isEnabled()
    size = Trouble("size", Sentence("at most {most:,} pixels in all", most=10))
    prompt.show_form(form(prompt="a red coat", troubles=(size,)))
    assert prompt.hint.tone == "error"
    prompt.show_form(form(prompt="a red coat"))
    assert prompt.hint.isHidden()
    assert prompt.send.isEnabled()


def test_an_attempt_brings_out_the_reason(qtbot: QtBot, prompt: Prompt) -> None:
    prompt.show_form(form(troubles=(WORDS,)))
    with qtbot.assertNotEmitted(prompt.sent):
        qtbot.keyClick(prompt.text, Qt.Key.Key_Return, CONTROL)
    assert prompt.hint.words == str(WORDS.sentence)
    assert prompt.hint.tone == "warn"
    prompt.show_form(form(prompt="a red coat"))
    with qtbot.waitSignal(prompt.sent):
        qtbot.keyClick(prompt.text, Qt.Key.Key_Return, CONTROL)


def test_a_long_prompt_is_counted_before_it_is_too_long(prompt: Prompt) -> None:
    longest = 32_000
    prompt.show_form(form(prompt="x" * int(longest * 0.5)))
    assert prompt.hint.isHidden()
    prompt.show_form(form(prompt="x" * int(longest * 0.9)))
    assert "28" in prompt.hint.words
    assert "characters" in prompt.hint.words
    prompt.text.clear()


def test_offline_a_sentence_stands_there_and_the_words_are_kept(
    qtbot: QtBot, prompt: Prompt
) -> None:
    prompt.show_form(form(prompt="a red coat"))
    prompt.show_form(form("offline", prompt="a red coat"))
    assert prompt.standing.text() == "Remove what is painted (no internet, no prompt)"
    assert prompt.link.text() == "Use words: add a provider"
    assert prompt.send.accessibleName() == "Remove what is painted, on this computer"
    assert prompt.hint.isHidden()
    with qtbot.waitSignal(prompt.link_taken):
        qtbot.mouseClick(prompt.link, LEFT)
    prompt.show_form(form(prompt="a red coat"))
    assert prompt.text.isVisible()
    assert prompt.text.toPlainText() == "a red coat"


def test_stop_is_offered_while_something_runs(prompt: Prompt) -> None:
    prompt.show_form(form(prompt="x"), running=True)
    assert prompt.stop.isVisible()
    prompt.show_form(form(prompt="x"))
    assert not prompt.stop.isVisible()


def test_showing_the_form_reports_nothing(qtbot: QtBot, prompt: Prompt) -> None:
    with qtbot.assertNotEmitted(prompt.changed):
        prompt.show_form(form(prompt="a red coat"))


@pytest.mark.parametrize("provider", ["openai", "offline"])
def test_every_word_of_the_bar_is_looked_up(
    pseudo: PseudoLocale, qtbot: QtBot, provider: str
) -> None:
    prompt = Prompt()
    qtbot.addWidget(prompt)
    prompt.show_form(form(provider, troubles=(MASK,), price=0.2, count=3), running=True)
    prompt.attempt()
    keys = frozenset({"Shift+Esc", "Ctrl+Enter"})
    assert untranslated(prompt, keys) == []
