"""The strip: pictures and results side by side, and a sentence where there is nothing yet."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.tile_face import Face, Kind
from editor.ui.gallery.strip import Strip
from editor.ui.tools import Tools
from tests.fakes.shot import pixels


@pytest.fixture
def strip(qtbot: QtBot) -> Strip:
    found = Strip()
    qtbot.addWidget(found)
    found.resize(1200, found.sizeHint().height())
    found.show()
    return found


def visible(strip: Strip, name: str) -> bool:
    found = strip.findChild(QWidget, name)
    assert found is not None
    return found.isVisible()


@pytest.mark.parametrize(
    ("pictures", "results", "asks_for_references", "asks_for_results"),
    [(0, 0, False, True), (1, 0, True, True), (2, 0, False, True), (1, 3, True, False)],
)
def test_a_sentence_stands_where_there_is_nothing(
    strip: Strip, pictures: int, results: int, asks_for_references: bool, asks_for_results: bool
) -> None:
    strip.show_counts(pictures, results)
    assert visible(strip, "references-empty") is asks_for_references
    assert visible(strip, "results-empty") is asks_for_results
    assert strip.results.isVisible() is not asks_for_results
    assert strip.pictures.isVisible() is (pictures > 0)


@pytest.mark.usefixtures("pseudo")
def test_long_words_stand_in_the_middle_of_their_room_in_one_line(strip: Strip) -> None:
    words = strip.findChild(QWidget, "results-empty")
    shot = pixels(words)
    rows, columns = np.nonzero((shot != shot[0, 0]).any(axis=2))
    assert np.ptp(rows) < 20
    left, right = columns.min(), shot.shape[1] - columns.max()
    assert abs(left - right) <= 2


def test_pictures_take_only_the_room_they_need(strip: Strip, qtbot: QtBot) -> None:
    widths = []
    for ids in ("a", "abc"):
        strip.pictures.show_faces([(id, Face(Kind.PICTURE)) for id in ids])
        strip.show_counts(len(ids), 1)
        qtbot.waitUntil(lambda: strip.pictures.width() == strip.pictures.sizeHint().width())
        widths.append(strip.pictures.width())
    assert widths[0] < widths[1] < strip.width() / 2


def test_alone_the_button_stands_below_those_of_the_tools(strip: Strip, qtbot: QtBot) -> None:
    tools = Tools()
    qtbot.addWidget(tools)
    tools.show()
    above = tools.findChild(IconButton, "tool-brush").geometry()
    assert strip.add.geometry().left() == above.left()
    assert strip.add.width() == above.width()
    strip.show_counts(1, 0)
    strip.layout().activate()
    assert strip.pictures.x() == 0


def test_the_edge_lies_before_the_results(strip: Strip) -> None:
    strip.show_counts(1, 1)
    assert (
        strip.add.geometry().right()
        < strip.results.mapTo(strip, strip.results.rect().topLeft()).x()
    )


@pytest.mark.parametrize("side", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_line_parts_pictures_and_results_in_every_direction(
    strip: Strip, side: Qt.LayoutDirection, qtbot: QtBot
) -> None:
    strip.setLayoutDirection(side)
    strip.pictures.show_faces([("a", Face(Kind.PICTURE))])
    strip.show_counts(1, 1)
    qtbot.waitUntil(lambda: strip.pictures.width() == strip.pictures.sizeHint().width())
    low = pixels(strip)[-2]
    (line,) = np.flatnonzero((low != low[5]).any(axis=1))
    pictures, results = (part.geometry() for part in (strip.pictures, strip.results.parentWidget()))
    apart = sorted((pictures.center().x(), results.center().x()))
    assert apart[0] < line < apart[1]
    assert not pictures.contains(line, 50)


def test_many_pictures_have_the_strip_until_there_are_results(strip: Strip, qtbot: QtBot) -> None:
    strip.pictures.show_faces([(id, Face(Kind.PICTURE)) for id in "abcdefghijklmnop"])
    strip.show_counts(16, 0)
    qtbot.waitUntil(lambda: strip.pictures.width() > strip.width() * 0.7)
    assert strip.findChild(QWidget, "results-empty").width() > 150
    strip.show_counts(16, 1)
    qtbot.waitUntil(lambda: strip.results.width() > strip.width() / 2)
