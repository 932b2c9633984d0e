"""Tile: every state says what it is, and only what can be stopped has something to stop it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.ui import style, theme
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.tile import Hand, Tile
from editor.ui.controls.tile_face import Face, Kind, fact, remarks, spoken, stopping, under_way

LEFT = Qt.MouseButton.LeftButton


def picture(colour: str = "#3366AA", width: int = 40, height: int = 30) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


SEEN = picture()
"""Of a tile that shows something while more is awaited."""


@pytest.mark.parametrize(
    ("face", "words"),
    [
        (Face(Kind.PICTURE, 1, words="6000 × 4000"), "6000 × 4000"),
        (Face(Kind.ORIGINAL), "Original"),
        (Face(Kind.QUEUED, 1), "Queued"),
        (Face(Kind.PAUSED, 1), "Paused"),
        (Face(Kind.LIMITED, 1, seconds=12), "Again in 12 s"),
        (Face(Kind.SENDING, 1, fraction=0.4), "40 %"),
        (Face(Kind.SENDING, 1, SEEN, fraction=0.4), "Sending 40 %"),
        (Face(Kind.SENDING, 1, fraction=0.4, total=3_100_000), "1.2 of 3.1 MB"),
        (Face(Kind.WAITING, 1, seconds=41), "41 s"),
        (Face(Kind.WAITING, 1, SEEN, seconds=41), "Waiting 41 s"),
        (Face(Kind.WAITING, 1, seconds=41, typical=50), "41 s (typical 50 s)"),
        (Face(Kind.WAITING, 1, seconds=0.2, typical=0.3), "0 s (typical 0.3 s)"),
        (Face(Kind.WAITING, 1, seconds=0.2, typical=0.01), "0 s (typical 0.1 s)"),
        (Face(Kind.ACCEPTED, 1, seconds=41, typical=50), "41 s (typical 50 s)"),
        (Face(Kind.ACCEPTED, 1, seconds=18), "18 s"),
        (Face(Kind.ACCEPTED, 1, SEEN, seconds=18), "Working 18 s"),
        (Face(Kind.WORKING, 1, fraction=0.7), "70 %"),
        (Face(Kind.WORKING, 1, SEEN, fraction=0.7), "Working 70 %"),
        (Face(Kind.ARRIVING, 1), "Arriving"),
        (Face(Kind.LEFT, 1), "May still come"),
        (Face(Kind.DONE, 1, price=0.053, seconds=41, leak=0.004), "$0.053  41 s  0 %"),
        (Face(Kind.DONE, 1, seconds=3), "3 s"),
        (Face(Kind.REFUSED, 1, words="Refused."), "Refused"),
        (Face(Kind.UNSENT, 1, words="Not sent."), "Not sent"),
        (Face(Kind.FAILED, 1, words="Failed."), "Failed"),
        (Face(Kind.UNKNOWN, 1, words="No answer."), "May be charged"),
        (Face(Kind.STOPPED, 1), "Stopped"),
    ],
)
def test_the_fact_line_says_the_state(face: Face, words: str) -> None:
    assert fact(face) == words


def test_every_kind_has_a_fact_line() -> None:
    for kind in Kind:
        assert fact(Face(kind, 1, words="x"))


@pytest.mark.parametrize(
    ("face", "share"),
    [
        (Face(Kind.SENDING, fraction=0.4), 0.4),
        (Face(Kind.SENDING, fraction=1.4), 1.0),
        (Face(Kind.WAITING, seconds=25, typical=50), 0.5),
        (Face(Kind.WAITING, seconds=90, typical=50), 1.0),
        (Face(Kind.WAITING, seconds=90), 0.0),
        (Face(Kind.QUEUED, fraction=0.5), 0.0),
        (Face(Kind.DONE, fraction=0.5), 0.0),
    ],
)
def test_progress_is_shown_only_where_it_is_true(face: Face, share: float) -> None:
    assert face.progress == share


def test_what_a_screen_reader_says() -> None:
    assert spoken(Face(Kind.ORIGINAL)) == "Original"
    assert spoken(Face(Kind.QUEUED, 2)) == "Variant 2: Queued"
    assert spoken(Face(Kind.WAITING, 2, seconds=41)) == "Variant 2: Waiting, 41 s"
    assert spoken(Face(Kind.WAITING, 2, SEEN, seconds=41)) == "Variant 2: Waiting 41 s"
    waiting = Face(Kind.WAITING, 2, seconds=41, typical=50)
    assert spoken(waiting) == "Variant 2: Waiting, 41 s (typical 50 s)"
    sending = Face(Kind.SENDING, 2, fraction=0.5, total=3_000_000)
    assert spoken(sending) == "Variant 2: Sending, 1.5 of 3.0 MB"
    assert spoken(Face(Kind.ACCEPTED, 2, seconds=9)) == "Variant 2: Working at the provider, 9 s"
    assert spoken(Face(Kind.PICTURE, 1, words="Target")) == "Picture 1: Target"


def test_the_tooltip_adds_reasons() -> None:
    assert remarks(Face(Kind.FAILED, 1, words="Refused.")) == "Refused."
    assert remarks(Face(Kind.DONE, 1, stale=True)) == "Made before your last change"
    assert remarks(Face(Kind.DONE, 1)) == ""


@pytest.fixture
def tile(qtbot: QtBot) -> Tile:
    made = Tile("tile", Face(Kind.DONE, 3, picture(), seconds=9))
    qtbot.addWidget(made)
    return made


def corner(tile: Tile) -> IconButton:
    found = tile.findChild(IconButton)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_paints_and_is_named(tile: Tile, kind: Kind) -> None:
    face = Face(kind, 3, words="Something long that was refused by somebody", stale=True)
    for shown in (face, replace(face, picture=SEEN)):
        tile.show_face(shown)
        assert not tile.grab().isNull()
        assert tile.accessibleName() == spoken(shown)


@pytest.mark.parametrize("kind", Kind)
def test_only_what_is_open_can_be_stopped(qtbot: QtBot, tile: Tile, kind: Kind) -> None:
    tile.show()
    tile.show_face(Face(kind, 1))
    assert corner(tile).isVisible() is kind.open
    if kind.open:
        with qtbot.waitSignal(tile.stopped), qtbot.assertNotEmitted(tile.clicked):
            qtbot.mouseClick(corner(tile), LEFT)
        assert corner(tile).accessibleName() == stopping(tile.face)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.QUEUED, "Stop"),
        (Kind.SENDING, "Stop"),
        (Kind.WAITING, "Stop waiting: it may be charged, its picture is kept"),
        (Kind.ACCEPTED, "Stop waiting: it may be charged, its picture is kept"),
        (Kind.LEFT, "Close it: it may be charged, and its picture is lost"),
    ],
)
def test_a_stop_says_what_it_means_for_the_bill(kind: Kind, words: str) -> None:
    assert stopping(Face(kind, 1)) == words


def test_a_picture_can_be_removed_while_the_pointer_is_over_it(qtbot: QtBot, tile: Tile) -> None:
    tile.show_face(Face(Kind.PICTURE, 1, picture()))
    tile.show()
    QTest.mouseMove(tile, tile.rect().center())
    qtbot.waitUntil(lambda: corner(tile).isVisible())
    assert corner(tile).accessibleName() == "Remove"
    with qtbot.waitSignal(tile.removed):
        qtbot.mouseClick(corner(tile), LEFT)


def test_a_click_shows_and_a_double_click_keeps(qtbot: QtBot, tile: Tile) -> None:
    tile.show()
    with qtbot.waitSignal(tile.clicked):
        qtbot.mouseClick(tile, LEFT)
    with qtbot.waitSignal(tile.kept):
        qtbot.mouseDClick(tile, LEFT)


def test_who_asks_first_may_take_keys_and_the_mouse(tile: Tile) -> None:
    heard: list[tuple[str, QEvent.Type]] = []
    clicks: list[str] = []
    tile.clicked.connect(lambda: clicks.append("click"))

    def hand(name: str, *taken: QEvent.Type) -> Hand:
        def hear(asked: Tile, event: QKeyEvent | QMouseEvent) -> bool:
            assert asked is tile
            heard.append((name, event.type()))
            return event.type() in taken

        return hear

    kinds = QEvent.Type
    tile.ask_first(hand("early"))
    tile.ask_first(hand("late", kinds.MouseButtonRelease, kinds.KeyPress))
    QTest.mousePress(tile, LEFT)
    assert heard == [("late", kinds.MouseButtonPress), ("early", kinds.MouseButtonPress)]
    assert tile.isDown()
    QTest.mouseRelease(tile, LEFT)
    tile.setDown(False)  # which nobody has done who took the release
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert heard[2:] == [("late", kinds.MouseButtonRelease), ("late", kinds.KeyPress)]
    assert clicks == []


def test_the_current_tile_wears_a_ring(tile: Tile) -> None:
    accent = theme.current().colours.accent
    assert tile.grab().toImage().pixelColor(56, 0) != accent
    tile.set_current(True)
    assert tile.grab().toImage().pixelColor(56, 0) == accent


def test_a_picture_is_never_stretched(tile: Tile) -> None:
    tile.show_face(Face(Kind.DONE, 1, picture("#FF0000", 100, 10)))
    image = tile.grab().toImage()
    assert image.pixelColor(100, 42).name() == "#ff0000"
    assert image.pixelColor(100, 10) == theme.current().colours.surround


def test_an_equal_picture_does_not_fade_in_again(qapp: QApplication, tile: Tile) -> None:
    style.apply(qapp, "dark")
    tile.show()
    tile.show_face(Face(Kind.DONE, 3, picture(), seconds=10))
    assert not tile._fade.isValid()
    tile.show_face(Face(Kind.DONE, 3, picture("#AA0000"), seconds=10))
    assert tile._fade.isValid()
    tile.hide()


def test_it_beats_only_while_something_moves_and_is_seen(qapp: QApplication, tile: Tile) -> None:
    style.apply(qapp, "dark")
    tile.show_face(Face(Kind.WAITING, 1))
    assert not tile._beat.isActive()
    tile.show()
    assert tile._beat.isActive()
    tile._tick()
    assert not tile.grab().isNull()
    tile.show_face(Face(Kind.QUEUED, 1))
    assert not tile._beat.isActive()
    tile.show_face(Face(Kind.WAITING, 1))
    tile.hide()
    assert not tile._beat.isActive()


def test_under_reduced_motion_nothing_beats(tile: Tile) -> None:
    tile.show()
    tile.show_face(Face(Kind.WAITING, 1))
    assert not tile._beat.isActive()


def test_the_shimmer_is_faint(qapp: QApplication, qtbot: QtBot) -> None:
    style.apply(qapp, "dark")
    tile = Tile("t", Face(Kind.WAITING, 1))
    qtbot.addWidget(tile)
    image = tile.grab().toImage()
    lights = [image.pixelColor(x, 60).lightnessF() for x in range(image.width())]
    assert max(lights) - theme.current().colours.surround.lightnessF() <= 0.11


def test_a_star_and_what_is_known_are_said_and_drawn(tile: Tile) -> None:
    plain = tile.grab().toImage()
    facts = ("GPT Image 2", "$0.053", "1024 × 1024, asked for 1536 × 1024")
    tile.show_face(replace(tile.face, starred=True, facts=facts))
    assert tile.grab().toImage() != plain
    assert tile.accessibleName() == "Variant 3, starred: 9 s"
    assert tile.accessibleDescription().splitlines() == list(facts)
    both = replace(tile.face, stale=True)
    tile.show_face(both)
    assert tile.accessibleDescription().endswith("Made before your last change")


def test_what_does_not_fit_under_a_tile_is_left_out_whole(qtbot: QtBot) -> None:
    def under(leak: float | None) -> QImage:
        tile = Tile("one", Face(Kind.DONE, 5, picture(), price=0.053, seconds=101, leak=leak))
        qtbot.addWidget(tile)
        image = tile.grab().toImage()
        return image.copy(0, 90, image.width(), image.height() - 90)

    assert under(0.004) == under(None)


def test_an_answer_that_is_being_joined_shows_that_something_goes_on(
    qapp: QApplication, qtbot: QtBot
) -> None:
    style.apply(qapp, "dark")
    tile = Tile("t", Face(Kind.DONE, 1, seconds=9))
    qtbot.addWidget(tile)
    tile.show()
    assert tile._beat.isActive()
    assert under_way(tile.face) == "Joining"
    blank = Face(Kind.STOPPED, 1)
    assert not blank.moving
    tile.show_face(replace(tile.face, picture=picture()))
    assert not tile.face.moving
    assert under_way(tile.face) == ""


def test_the_picture_of_the_current_tile_ends_at_its_round_ring(qtbot: QtBot) -> None:
    tile = Tile("t", Face(Kind.DONE, 1, picture("#FF0000", 112, 84)))
    qtbot.addWidget(tile)
    assert tile.grab().toImage().pixelColor(111, 83).name() == "#ff0000"
    tile.set_current(True)
    image = tile.grab().toImage()
    for corner in ((0, 0), (111, 0), (0, 83), (111, 83)):
        assert image.pixelColor(*corner).red() < 0x50, corner


@pytest.mark.parametrize(("seconds", "words"), [(0.04, "0.1 s"), (0.42, "0.4 s"), (1.2, "1 s")])
def test_what_took_no_second_says_tenths(seconds: float, words: str) -> None:
    assert fact(Face(Kind.DONE, 1, picture(), price=0.0, seconds=seconds)) == f"$0.00  {words}"
