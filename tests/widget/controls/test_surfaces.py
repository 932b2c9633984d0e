"""FieldRow, Message, Section, chips and the shared painting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from editor.ui import style, theme
from editor.ui.controls import paint
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.controls.combo import Combo
from editor.ui.controls.menu import Menu
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.controls.plate import Plate
from editor.ui.controls.popup import Popup
from editor.ui.controls.row import FieldRow
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span
from editor.ui.controls.section import Section
from editor.ui.controls.segmented import Segmented
from tests.fakes.parts import part

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def row(qtbot: QtBot) -> FieldRow:
    made = FieldRow("row-model", "Model", Combo("model", "Model"), "What does the work.")
    qtbot.addWidget(made)
    made.resize(288, 28)
    made.show()
    return made


def test_a_row_has_two_columns_where_they_fit(row: FieldRow) -> None:
    label = part(row, QLabel, "")
    assert row.control.geometry().left() == theme.current().sizes.label_column + 8
    assert label.geometry().center().y() == row.control.geometry().center().y()
    assert "What does the work." in label.toolTip()


def test_a_row_stacks_where_the_control_does_not_fit(qtbot: QtBot) -> None:
    words = ("Automatic", "Surprisingly long", "Medium")
    options = [Option(word, word) for word in words]
    host = QWidget()
    qtbot.addWidget(host)
    made = FieldRow("row", "Quality", Segmented("q", "Quality", options))
    made.setParent(host)
    made.resize(280, 60)
    host.show()
    made.show()
    QApplication.processEvents()
    assert made.control.geometry().left() == 0
    assert made.control.geometry().top() > part(made, QLabel, "").geometry().top()
    assert made.minimumSizeHint().width() < 280
    made.resize(600, 60)
    QApplication.processEvents()
    assert made.control.geometry().left() > 0


def test_a_row_stacks_under_a_word_that_is_too_long(qtbot: QtBot) -> None:
    made = FieldRow("row", "Bildschirmauflösungseinstellung", Combo("q", "Quality"))
    qtbot.addWidget(made)
    made.resize(288, 60)
    made.show()
    QApplication.processEvents()
    assert made.control.geometry().left() == 0


def test_a_row_tells_trouble_and_offers_the_remedy(qtbot: QtBot, row: FieldRow) -> None:
    row.show_trouble("")
    row.show_trouble("Too large", "Use 1024 × 1024")
    message, fix = part(row, Message, "row-model-message"), part(row, QPushButton, "row-model-fix")
    assert isinstance(message, Message)
    assert message.isVisible()
    assert (message.words, message.tone) == ("Too large", "error")
    with qtbot.waitSignal(row.fix_taken):
        qtbot.mouseClick(fix, LEFT)
    row.show_trouble("Too large")
    assert not fix.isVisible()
    row.show_trouble("")
    assert not message.isVisible()


def test_a_row_tells_limits_quietly_and_why_it_is_off(row: FieldRow) -> None:
    row.show_limit("Up to 16 pictures")
    limit = part(row, Message, "row-model-limit")
    assert isinstance(limit, Message)
    assert limit.tone == "quiet"
    row.show_off("Only with JPEG")
    assert limit.words == "Only with JPEG"
    row.show_off("")
    assert not limit.isVisible()


def test_a_number_is_scrubbed_by_the_label_of_its_row(qtbot: QtBot) -> None:
    made = FieldRow("row", "Compression", ScrubNumber("n", "Compression", Span(0, 100)))
    qtbot.addWidget(made)
    assert isinstance(part(made, QLabel, "n-label"), ScrubLabel)


@pytest.mark.parametrize("tone", ["quiet", "warn", "error", "ok"])
def test_a_message_wraps_and_hides_when_it_has_nothing_to_say(qtbot: QtBot, tone: str) -> None:
    words = "The provider refused the size; the nearest legal one is 1008 by 704."
    message = Message("m", words, tone)
    qtbot.addWidget(message)
    assert message.heightForWidth(120) > message.heightForWidth(600)
    assert message.accessibleName() == words
    message.resize(200, message.heightForWidth(200))
    ink = theme.current().colours.named("secondary" if tone == "quiet" else tone)
    image = message.grab().toImage()
    pixels = {image.pixelColor(x, y).name() for x in range(200) for y in range(image.height())}
    assert ink.name() in pixels
    message.show_words("")
    assert message.isHidden()
    message.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    message.show_words(words, "error")
    assert not message.grab().isNull()


def test_a_section_folds_and_says_so(qtbot: QtBot) -> None:
    body = QLabel("inside")
    section = Section("s", "Output", body)
    qtbot.addWidget(section)
    section.show()
    assert not section.open
    assert not body.isVisible()
    head = part(section, QToolButton, "s-head")
    with qtbot.waitSignal(section.folded) as heard:
        qtbot.mouseClick(head, LEFT)
    assert heard.args == [False]
    assert body.isVisible()
    part(section, QToolButton, "s-head").click()
    assert not body.isVisible()


def test_a_section_makes_its_body_when_it_is_first_opened(qtbot: QtBot) -> None:
    made: list[QLabel] = []

    def make() -> QLabel:
        made.append(QLabel("inside"))
        return made[-1]

    section = Section("s", "Output", make)
    qtbot.addWidget(section)
    section.show()
    assert made == []
    for _ in range(3):
        part(section, QToolButton, "s-head").click()
    assert len(made) == 1
    assert made[0].isVisible()
    opened = Section("t", "Output", make, open=True)
    qtbot.addWidget(opened)
    assert len(made) == 2


def test_a_section_moves_only_when_motion_is_wanted(qapp: QApplication, qtbot: QtBot) -> None:
    style.apply(qapp, "dark")
    body = QLabel("inside")
    section = Section("s", "Output", body)
    qtbot.addWidget(section)
    section.show()
    part(section, QToolButton, "s-head").click()
    assert body.maximumHeight() == 0
    qtbot.waitUntil(lambda: body.maximumHeight() > 10_000)
    part(section, QToolButton, "s-head").click()
    qtbot.waitUntil(lambda: not body.isVisible())


def test_a_folded_section_sums_up(qtbot: QtBot) -> None:
    section = Section("s", "Output", QLabel("inside"))
    qtbot.addWidget(section)
    section.resize(320, 40)
    before = section.grab().toImage()
    section.show_summary("PNG, 80")
    assert part(section, QToolButton, "s-head").accessibleDescription() == "PNG, 80"
    assert section.grab().toImage() != before
    section.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not section.grab().isNull()


def test_chips_are_painted_side_by_side() -> None:
    image = QImage(300, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    first = paint_chip(painter, QPoint(4, 4), "6000 × 4000")
    second = paint_chip(painter, QPoint(first.right() + 5, 4), "33 %", "lock")
    painter.end()
    assert first.size() == chip_size("6000 × 4000")
    assert not first.intersects(second)
    assert image.pixelColor(first.center()).alpha() > 200


def canvas() -> tuple[QImage, QPainter]:
    image = QImage(120, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    return image, QPainter(image)


def test_a_line_that_does_not_fit_is_shortened() -> None:
    image, painter = canvas()
    colour, font = QColor("#FFFFFF"), theme.current().font("body")
    paint.text(painter, QRect(0, 0, 60, 20), "far too many words for this room", colour, font)
    painter.end()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(62, 120) for y in range(60))


def test_a_paragraph_stays_in_its_room_and_ends_with_dots() -> None:
    image, painter = canvas()
    colour, font = QColor("#FFFFFF"), theme.current().font("label")
    room = QRect(0, 0, 120, 34)
    paint.paragraph(painter, room, "The provider refused the picture. " * 4, colour, font)
    painter.end()
    rows = [y for y in range(60) if any(image.pixelColor(x, y).alpha() for x in range(120))]
    assert max(rows) <= 36


def test_a_short_paragraph_is_left_whole() -> None:
    image, painter = canvas()
    colour, font = QColor("#FFFFFF"), theme.current().font("label")
    paint.paragraph(painter, QRect(0, 0, 120, 50), "No answer.", colour, font)
    painter.end()
    assert any(image.pixelColor(x, 8).alpha() for x in range(120))


def test_a_body_without_ink_draws_nothing() -> None:
    image, painter = canvas()
    paint.body(painter, QRect(0, 0, 50, 50), None)
    painter.end()
    assert image.pixelColor(25, 25).alpha() == 0


def test_a_plate_is_a_raised_surface_that_lets_no_press_through(qtbot: QtBot) -> None:
    class Under(QWidget):
        pressed = 0

        def mousePressEvent(self, event: QMouseEvent) -> None:
            self.pressed += 1

    under = Under()
    qtbot.addWidget(under)
    under.resize(200, 100)
    plate = Plate("plate", "What lies on it", under)
    plate.setGeometry(20, 20, 100, 40)
    under.show()
    qtbot.mouseClick(plate, LEFT)
    assert under.pressed == 0
    qtbot.mouseClick(under, LEFT, pos=QPoint(5, 5))
    assert under.pressed == 1
    colours = theme.current().colours
    image = plate.grab().toImage()
    assert image.pixelColor(50, 20) == colours.raised
    assert image.pixelColor(50, 0) == colours.hairline
    assert plate.accessibleName() == "What lies on it"


def test_windows_over_the_window_have_round_corners(qtbot: QtBot) -> None:
    menu, popup = Menu(), Popup("popup", "What it asks")
    menu.addAction("Keep")
    for made in (menu, popup):
        qtbot.addWidget(made)
    menu.popup(QPoint(20, 20))
    popup.resize(100, 60)
    popup.show()
    for shown in (menu, popup):
        ends = shown.rect()
        for corner in (ends.topLeft(), ends.topRight(), ends.bottomLeft(), ends.bottomRight()):
            assert not shown.mask().contains(corner)
        assert shown.mask().contains(ends.adjusted(4, 0, -4, 0))
        assert shown.mask().contains(ends.adjusted(0, 4, 0, -4))
        shown.close()
    colours = theme.current().colours
    image = popup.grab().toImage()
    assert image.pixelColor(50, 30) == colours.raised
    assert image.pixelColor(50, 0) == colours.hairline
    assert popup.accessibleName() == "What it asks"
