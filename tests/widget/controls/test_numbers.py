"""ScrubNumber: typed, stepped, dragged by its label, reset by its dot, and held in its span."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from editor.ui import style
from editor.ui.controls.scrub_number import PIXELS_A_STEP, ScrubLabel, ScrubNumber, Span
from editor.ui.theme import current

Active = Callable[[QWidget], None]
LEFT = Qt.MouseButton.LeftButton


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


def test_a_number_that_is_looked_at_reports_each_digit(
    qtbot: QtBot, number: ScrubNumber, active: Active
) -> None:
    heard: list[float] = []
    number.changed.connect(heard.append)
    number.report_typing()
    active(number)
    field(number).setFocus()
    field(number).selectAll()
    qtbot.keyClicks(field(number), "250")
    assert heard == [2.0, 25.0], "what is beyond the span waits for its end"
    qtbot.keyClick(field(number), Qt.Key.Key_Return)
    assert heard == [2.0, 25.0, 100.0]


@pytest.mark.parametrize("leave", ["enter", "tab"])
@pytest.mark.parametrize(
    ("typed", "value"),
    [("9999", 100), ("100", 100), ("7", 10), ("-50", 50), ("", 40), ("1e3", 13), ("12.5", 12)],
)
def test_what_is_typed_beyond_the_span_stops_at_its_end(
    qtbot: QtBot, active: Active, typed: str, value: float, leave: str
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    number = ScrubNumber("n", "Number", Span(10, 100, 1, 40, "%"), host)
    after = QLineEdit(host)
    active(host)
    heard: list[float] = []
    number.show_value(40)
    number.changed.connect(heard.append)
    field(number).setFocus()
    field(number).selectAll()
    qtbot.keyClick(field(number), Qt.Key.Key_Delete)
    qtbot.keyClicks(field(number), typed)
    assert heard == []
    if leave == "enter":
        qtbot.keyClick(field(number), Qt.Key.Key_Return)
    else:
        after.setFocus()
    assert number.value() == value
    assert field(number).text() == f"{value} %"
    assert heard == ([] if value == 40 else [value])


def test_a_number_below_the_span_stops_at_its_beginning(qtbot: QtBot, active: Active) -> None:
    number = ScrubNumber("n", "Number", Span(-100, 100, 1, 0))
    qtbot.addWidget(number)
    active(number)
    field(number).selectAll()
    qtbot.keyClicks(field(number), "-2000")
    qtbot.keyClick(field(number), Qt.Key.Key_Return)
    assert number.value() == -100


def test_no_finer_number_is_typed_than_there_is(qtbot: QtBot, active: Active) -> None:
    number = ScrubNumber("n", "Number", Span(0, 2, 0.1, 1, currency="$", decimals=2))
    qtbot.addWidget(number)
    active(number)
    field(number).selectAll()
    qtbot.keyClicks(field(number), "34.567")
    assert field(number).text() == "$34.56"
    qtbot.keyClick(field(number), Qt.Key.Key_Return)
    assert number.value() == 2


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


def test_a_number_scrubbed_from_outside_looks_as_if_one_could_not_type(
    qtbot: QtBot, number: ScrubNumber, active: Active
) -> None:
    number.step_by(-1)
    assert not field(number).lineEdit().hasSelectedText()
    active(number)
    field(number).setFocus()
    number.step_by(-1)
    assert field(number).lineEdit().hasSelectedText()


def test_undo_takes_digits_back_and_then_goes_on_to_the_window(
    qtbot: QtBot, number: ScrubNumber, active: Active
) -> None:
    heard: list[str] = []
    for keys in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
        action = QAction(keys.name, number)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False, name=keys.name: heard.append(name))
        number.addAction(action)
    active(number)
    field(number).setFocus()
    field(number).selectAll()
    qtbot.keyClicks(field(number), "2")
    qtbot.keySequence(field(number), QKeySequence.StandardKey.Undo)
    assert (field(number).cleanText(), heard) == ("90", [])
    qtbot.keyClick(field(number), Qt.Key.Key_Up)
    qtbot.keySequence(field(number), QKeySequence.StandardKey.Undo)
    qtbot.keySequence(field(number), QKeySequence.StandardKey.Redo)
    assert (field(number).value(), heard) == (95, ["Undo", "Redo"])


def test_the_wheel_leaves_a_number_alone(number: ScrubNumber) -> None:
    where = QPointF(10, 10)
    event = QWheelEvent(
        where, where, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field(number), event)
    assert number.value() == 90


def test_a_price_has_its_sign_before_it(qtbot: QtBot) -> None:
    made = ScrubNumber("cap", "Cap", Span(0, 100, 1, 5, decimals=2, currency="$"))
    qtbot.addWidget(made)
    made.show_value(12.5)
    assert field(made).text() == "$12.50"
    assert "Reset to $5.00" in dot(made).toolTip()


def test_a_number_keeps_its_outline_in_another_theme(
    qapp: QApplication, qtbot: QtBot, active: Active
) -> None:
    style.apply(qapp, "dark", still=True)
    number = ScrubNumber("n", "Number", Span(0, 100, unit="px"))
    qtbot.addWidget(number)
    active(number)
    style.apply(qapp, "light", still=True)
    qapp.processEvents()
    field(number).clearFocus()
    image = number.grab().toImage()
    middle = image.height() // 2
    assert image.pixelColor(0, middle) == current().colours.outline
    assert image.pixelColor(image.width() - 1, middle) == current().colours.outline
