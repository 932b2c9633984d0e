"""Words of the core, looked up in the shell."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from editor.capability.sentence import Sentence
from editor.errors import Counted, InputProblem, Problem
from editor.imaging.intake import TOO_LONG, TOO_MANY
from editor.ui import language
from tests.fakes.pseudo_locale import CLOSE, OPEN, PseudoLocale, accented


def test_a_sentence_fills_its_places() -> None:
    told = Sentence("at most {most:,} pixels", most=1000)
    assert language.sentence(told) == "at most 1,000 pixels"


def test_a_problem_is_looked_up_by_its_template(pseudo: PseudoLocale) -> None:
    problem = InputProblem("{name} is empty.", name="a.png")
    assert language.sentence(problem) == accented("{name} is empty.").format(name="a.png")


def test_a_label_among_the_values_is_looked_up_too(pseudo: PseudoLocale) -> None:
    told = language.sentence(Sentence("Only with {label}.", label="Stream"))
    assert accented("Stream") in told


def test_what_is_counted_up_is_looked_up_one_by_one(pseudo: PseudoLocale) -> None:
    lost = Counted((Problem("1 round"), Problem("{count} results", count=2)))
    told = language.sentence(Problem("Without {lost}.", lost=lost))
    words = f"{accented('1 round')}, {accented('{count} results').format(count=2)}"
    assert told == accented("Without {lost}.").format(lost=words)


def test_labels_and_notes_are_looked_up(pseudo: PseudoLocale) -> None:
    assert language.label("Quality") == accented("Quality")
    assert language.note("Turned upright.") == accented("Turned upright.")
    assert language.label("") == ""


def test_values_of_the_table_are_spelled_as_people_do() -> None:
    said = [language.word(value) for value in ("json", "png", "xhigh", "input_fidelity")]
    assert said == ["JSON", "PNG", "Extra high", "Input fidelity"]


def test_the_dot_between_parts_of_a_complaint_ends_no_line(qapp: QApplication) -> None:
    assert first_line("words · code") == "words · "
    assert first_line(language.bound("words · code")) == "words "


def first_line(words: str) -> str:
    """What a line takes that has room for all but the last letter."""
    layout = QTextLayout(words)
    layout.beginLayout()
    line = layout.createLine()
    line.setNumColumns(len(words) - 1)
    layout.endLayout()
    return words[: line.textLength()]


def test_the_pseudo_locale_keeps_places_and_grows() -> None:
    words = accented("Edit ×{count}, about {price}")
    assert words.startswith(OPEN)
    assert words.endswith(CLOSE)
    assert words.format(count=4, price="$1").count("4") == 1
    assert len(words) > len("Edit ×{count}, about {price}")


@pytest.mark.parametrize(
    ("dollars", "words"), [(0.0, "$0.00"), (0.0531, "$0.053"), (0.212, "$0.21"), (12.5, "$12.50")]
)
def test_money(dollars: float, words: str) -> None:
    assert language.money(dollars) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (41.2, "41 s"), (99.4, "99 s"), (131, "2 min 11 s")]
)
def test_duration(seconds: float, words: str) -> None:
    assert language.duration(seconds) == words


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def places(words: str) -> list[int]:
    """Where the numbers begin, as they are drawn in a line from right to left."""
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    layout = QTextLayout(words)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return [int(line.cursorToX(number.start() + 1)[0]) for number in re.finditer(r"\d+", words)]


def test_a_size_is_written_as_it_is_read() -> None:
    assert language.by(1024, 640) == "1024 × 640"


def test_a_size_keeps_its_order_where_words_are_mirrored(mirrored: None) -> None:
    assert language.by(1024, 640) == "\u20661024 × 640\u2069"
    left, right = places(language.by(1024, 640))
    assert left < right


@pytest.mark.parametrize("template", [TOO_MANY, TOO_LONG])
def test_a_size_in_a_sentence_keeps_its_order_among_words_from_right_to_left(
    mirrored: None, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    hebrew = "\u05d4\u05d2\u05d5\u05d3\u05dc {width} × {height} \u05d4\u05d5\u05d0"
    monkeypatch.setattr(language.QCoreApplication, "translate", lambda context, words: hebrew)
    told = language.sentence(InputProblem(template, width=6000, height=4000))
    left, right = places(told)
    assert left < right
    left, right = places(hebrew.format(width=6000, height=4000))
    assert left > right, "or this would show nothing"
