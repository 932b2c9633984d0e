"""The History list has its own words for everything that is done to a mask."""

from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QCoreApplication

from editor.mask.deed import Deed, Laying, Name
from editor.mask.way import MOST
from editor.session.deeds import title_of
from tests.fakes.pseudo_locale import CLOSE, OPEN, PseudoLocale


@pytest.mark.parametrize(
    ("deed", "title"),
    [
        (Deed(), "Mask"),
        (Deed("brush"), "Brush"),
        (Deed("lasso", "subtract"), "Lasso, subtract"),
        (Deed("object", "add"), "Object select, add"),
        (Deed("grow", by=4), "Grow 4 px"),
        (Deed("fill-holes", by=400), "Fill holes up to 400 px"),
        (Deed("harden", by=1), "Harden the rim"),
        (Deed("paste"), "Paste mask"),
    ],
)
def test_the_title_says_what_was_done(deed: Deed, title: str) -> None:
    assert title_of(deed) == title


def test_no_two_deeds_are_called_the_same() -> None:
    titles = [title_of(Deed(name, how, 9)) for name in get_args(Name) for how in get_args(Laying)]
    assert len(set(titles)) == len(titles)


def test_a_way_with_a_measure_tells_it() -> None:
    assert {way for way in MOST if "9" not in title_of(Deed(way, by=9))} == {"harden"}


@pytest.fixture
def other_language(qapp: QCoreApplication) -> Iterator[None]:
    language = PseudoLocale(qapp)
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


@pytest.mark.parametrize("name", get_args(Name))
def test_titles_are_told_in_the_language_of_the_window(name: Name, other_language: None) -> None:
    for how, times in (("new", 1), ("add", 2)):
        title = title_of(Deed(name, how, 9))
        assert title.count(OPEN) == title.count(CLOSE) == times
