"""Segmented, Combo and TextField: they show one value and report another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from editor.ui.controls.combo import Combo
from editor.ui.controls.option import Option
from editor.ui.controls.segmented import Segmented
from editor.ui.controls.text_field import TextField
from editor.ui.theme import current

Active = Callable[[QWidget], None]
SPEEDS = [Option("draft", "Draft", "Fast"), Option("final", "Final"), Option("x", "X", off="No.")]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def segmented(qtbot: QtBot) -> Segmented:
    made = Segmented("speed", "Speed", SPEEDS)
    qtbot.addWidget(made)
    made.resize(240, 28)
    return made


def segment(made: Segmented, value: str) -> QRadioButton:
    found = made.findChild(QRadioButton, f"speed-{value}")
    assert found is not None
    return found


def test_a_choice_shows_without_reporting(segmented: Segmented) -> None:
    heard: list[str] = []
    segmented.chosen.connect(heard.append)
    segmented.show_value("final")
    assert segmented.value() == "final"
    assert heard == []


def test_a_choice_reports_a_click_once(qtbot: QtBot, segmented: Segmented) -> None:
    heard: list[str] = []
    segmented.chosen.connect(heard.append)
    segmented.show_value("draft")
    segmented.show()
    qtbot.mouseClick(segment(segmented, "final"), LEFT)
    assert heard == ["final"]


def test_arrow_keys_move_the_choice(qtbot: QtBot, segmented: Segmented, active: Active) -> None:
    segmented.show_value("draft")
    active(segmented)
    segment(segmented, "draft").setFocus()
    with qtbot.waitSignal(segmented.chosen) as heard:
        qtbot.keyClick(segment(segmented, "draft"), Qt.Key.Key_Right)
    assert heard.args == ["final"]


def test_an_unknown_value_shows_no_choice(segmented: Segmented) -> None:
    segmented.show_value("draft")
    segmented.show_value("")
    assert segmented.value() == ""
    segmented.show_value("final")
    assert segmented.value() == "final"


def test_a_choice_that_is_off_says_why(segmented: Segmented) -> None:
    assert not segment(segmented, "x").isEnabled()
    assert "No." in segment(segmented, "x").toolTip()
    segmented.set_off("Nothing is sent.")
    assert not segmented.isEnabled()
    assert "Nothing is sent." in segmented.toolTip()


def test_segments_share_the_width_by_their_words(segmented: Segmented) -> None:
    segmented.show()
    assert segment(segmented, "draft").width() > segment(segmented, "x").width()
    assert sum(one.width() for one in segmented.findChildren(QRadioButton)) == 240
    assert not segmented.grab().isNull()


@pytest.fixture
def combo(qtbot: QtBot) -> Combo:
    options = [
        Option("a", "One"),
        Option("b", "Two", "until May"),
        Option("c", "Three", off="Gone."),
    ]
    made = Combo("model", "Model", options)
    qtbot.addWidget(made)
    made.resize(200, 28)
    return made


def test_a_combo_shows_without_reporting(combo: Combo) -> None:
    heard: list[str] = []
    combo.chosen.connect(heard.append)
    combo.show_value("b")
    assert combo.value() == "b"
    assert heard == []
    combo.show_value("nobody")
    assert combo.value() == ""


def test_a_combo_reports_what_the_person_picks(qtbot: QtBot, combo: Combo) -> None:
    combo.show_value("a")
    combo.show()
    with qtbot.waitSignal(combo.chosen) as heard:
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert heard.args == ["b"]


def test_an_entry_that_is_off_cannot_be_picked(qtbot: QtBot, combo: Combo) -> None:
    combo.show_value("b")
    combo.show()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.value() == "b"
    assert "Gone." in combo.itemData(2, Qt.ItemDataRole.ToolTipRole)


def test_the_opened_list_shows_notes_beside_labels(qtbot: QtBot, combo: Combo) -> None:
    combo.show_value("b")
    combo.show()
    combo.showPopup()
    combo.showPopup()
    view = combo.view()
    assert view.sizeHintForRow(0) == current().sizes.row
    assert not view.grab().isNull()
    opened = view.window()
    assert not opened.mask().contains(opened.rect().topLeft())
    assert opened.mask().contains(opened.rect().center())
    combo.hidePopup()


def test_the_wheel_scrolls_the_panel_and_not_the_value(combo: Combo) -> None:
    combo.show_value("a")
    where = QPointF(10, 10)
    event = QWheelEvent(
        where, where, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, event)
    assert combo.value() == "a"
    assert not event.isAccepted()


def test_a_combo_marks_a_refused_value_and_says_why_it_is_off(combo: Combo) -> None:
    combo.show_wrong(True)
    assert combo.grab().toImage().pixelColor(100, 0) == current().colours.error
    combo.set_off("Because.")
    assert not combo.isEnabled()
    assert "Because." in combo.toolTip()
    assert combo.minimumSizeHint().width() <= combo.sizeHint().width()


def test_a_text_field_reports_typing_and_only_that(qtbot: QtBot) -> None:
    made = TextField("user", "User", longest=4, hint="A name")
    qtbot.addWidget(made)
    heard: list[str] = []
    made.changed.connect(heard.append)
    made.show_value("ab")
    made.show_value("ab")
    assert (made.value(), heard) == ("ab", [])
    qtbot.keyClicks(made, "cdef")
    assert made.value() == "abcd"
    assert heard == ["abc", "abcd"]


def test_a_text_field_is_wrong_or_off_in_words_and_colour(qtbot: QtBot) -> None:
    made = TextField("user", "User")
    qtbot.addWidget(made)
    made.resize(120, 28)
    made.show_wrong(True)
    made.show_wrong(True)
    assert isinstance(made, QLineEdit)
    assert made.grab().toImage().pixelColor(60, 0) == current().colours.error
    made.show_wrong(False)
    assert made.grab().toImage().pixelColor(60, 0) == current().colours.outline
    made.set_off("Not here.")
    assert "Not here." in made.toolTip()
