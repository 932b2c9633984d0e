"""Segmented, Combo, ScrubNumber and TextField: they show one value and report another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QDoubleSpinBox,
    QLineEdit,
    QRadioButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from editor.ui.controls.combo import Combo
from editor.ui.controls.option import Option
from editor.ui.controls.scrub_number import PIXELS_A_STEP, ScrubLabel, ScrubNumber, Span
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


@pytest.fixture
def number(qtbot: QtBot) -> ScrubNumber:
    made = ScrubNumber("compression", "Compression", Span(0, 100, 5, 90, "%"))
    qtbot.addWidget(made)
    made.resize(120, 28)
    return made


def field(made: ScrubNumber) -> QDoubleSpinBox:
    found = made.findChild(QDoubleSpinBox)
    assert found is not None
    return found


def dot(made: ScrubNumber) -> QToolButton:
    found = made.findChild(QToolButton)
    assert found is not None
    return found


def test_a_number_shows_with_its_unit_and_reports_nothing(number: ScrubNumber) -> None:
    heard: list[float] = []
    number.changed.connect(heard.append)
    number.show_value(40)
    assert field(number).text() == "40 %"
    assert number.value() == 40
    assert heard == []


def test_a_number_reports_what_is_typed(qtbot: QtBot, number: ScrubNumber, active: Active) -> None:
    active(number)
    field(number).setFocus()
    field(number).selectAll()
    qtbot.keyClicks(field(number), "25")
    with qtbot.waitSignal(number.changed) as heard:
        qtbot.keyClick(field(number), Qt.Key.Key_Return)
    assert heard.args == [25.0]


def test_a_number_is_held_within_its_span(number: ScrubNumber) -> None:
    number.step_by(1000)
    assert number.value() == 100
    number.step_by(-1000)
    assert number.value() == 0


def test_the_dot_is_seen_only_when_it_would_reset(qtbot: QtBot, number: ScrubNumber) -> None:
    number.show()
    assert not dot(number).isVisible()
    number.show_value(10)
    assert dot(number).isVisible()
    assert "90 %" in dot(number).toolTip()
    with qtbot.waitSignal(number.changed) as heard:
        qtbot.mouseClick(dot(number), LEFT)
    assert heard.args == [90.0]
    assert not dot(number).isVisible()


def test_a_number_without_a_default_has_no_dot(qtbot: QtBot) -> None:
    side = ScrubNumber("w", "Width", Span(1, 4096, 16))
    qtbot.addWidget(side)
    side.show()
    side.show_value(500)
    side.reset()
    assert side.value() == 500
    assert not dot(side).isVisible()
    assert side.minimumSizeHint().width() > 40


def test_a_number_that_is_off_says_why_and_does_not_move(number: ScrubNumber) -> None:
    number.show_value(10)
    number.set_off("Only with JPEG.")
    number.step_by(1)
    number.reset()
    assert number.value() == 10
    assert "Only with JPEG." in field(number).toolTip()
    number.set_off("")
    number.step_by(1)
    assert number.value() == 15


def test_a_refused_number_has_an_error_line(number: ScrubNumber) -> None:
    number.show_wrong(True)
    assert field(number).grab().toImage().pixelColor(60, 0) == current().colours.error


def mouse(kind: QMouseEvent.Type, x: float, shift: bool = False) -> QMouseEvent:
    where = QPointF(x, 5)
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    return QMouseEvent(kind, where, where, LEFT, LEFT, keys)


@pytest.mark.parametrize(("shift", "steps"), [(False, 2), (True, 20)])
def test_dragging_the_label_scrubs(qtbot: QtBot, shift: bool, steps: int) -> None:
    number = ScrubNumber("n", "Number", Span(-100, 100, 1, 0))
    label = ScrubLabel("Number", number)
    qtbot.addWidget(number)
    qtbot.addWidget(label)
    label.mouseMoveEvent(mouse(QMouseEvent.Type.MouseMove, 50))
    assert number.value() == 0
    label.mousePressEvent(mouse(QMouseEvent.Type.MouseButtonPress, 10))
    label.mouseMoveEvent(mouse(QMouseEvent.Type.MouseMove, 11, shift))
    assert number.value() == 0
    label.mouseMoveEvent(mouse(QMouseEvent.Type.MouseMove, 10 + 2 * PIXELS_A_STEP, shift))
    assert number.value() == steps
    label.mouseMoveEvent(mouse(QMouseEvent.Type.MouseMove, 10 - PIXELS_A_STEP, shift))
    assert number.value() == -steps / 2
    label.mouseReleaseEvent(mouse(QMouseEvent.Type.MouseButtonRelease, 0))
    label.mouseMoveEvent(mouse(QMouseEvent.Type.MouseMove, 90))
    assert number.value() == -steps / 2
    label.mouseDoubleClickEvent(mouse(QMouseEvent.Type.MouseButtonDblClick, 0))
    assert number.value() == 0


def test_the_wheel_leaves_a_number_alone(number: ScrubNumber) -> None:
    where = QPointF(10, 10)
    event = QWheelEvent(
        where, where, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field(number), event)
    assert number.value() == 90


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


def test_a_price_has_its_sign_before_it(qtbot: QtBot) -> None:
    made = ScrubNumber("cap", "Cap", Span(0, 100, 1, 5, decimals=2, currency="$"))
    qtbot.addWidget(made)
    made.show_value(12.5)
    assert field(made).text() == "$12.50"
    assert "Reset to $5.00" in dot(made).toolTip()
