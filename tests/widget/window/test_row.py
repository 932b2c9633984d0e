"""A row of tiles: kept by id, reached by keys, moved by Alt and by dragging, scrolled sideways."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.controls.tile import Tile
from editor.ui.controls.tile_face import Face, Kind
from editor.ui.gallery.group import GroupMark
from editor.ui.gallery.row import NEW, TileRow
from tests.fakes.shot import pixels

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier

Heard = list[tuple[object, ...]]


def faces(ids: str, kind: Kind = Kind.PICTURE) -> list[tuple[str, Face]]:
    return [(id, Face(kind, number)) for number, id in enumerate(ids)]


def listening(row: TileRow) -> Heard:
    heard: Heard = []
    for name in ("chosen", "kept", "stopped", "removed", "moved"):
        signal = getattr(row, name)
        signal.connect(lambda *values, name=name: heard.append((name, *values)))
    return heard


@pytest.fixture
def row(qtbot: QtBot, active: Callable[[QWidget], None]) -> TileRow:
    """Three tiles of a movable row, wide enough for all."""
    found = TileRow("pictures", "Pictures", movable=True)
    qtbot.addWidget(found)
    found.show_faces(faces("abc"), "a")
    found.resize(found.sizeHint())
    active(found)
    return found


def tile(row: TileRow, id: str) -> Tile:
    found = row.tile(id)
    assert found is not None
    return found


def order(row: TileRow) -> list[str]:
    tiles = sorted(row.findChildren(Tile), key=lambda tile: tile.mapTo(row, QPoint(0, 0)).x())
    return [found.objectName() for found in tiles if found.isVisible()]


def test_tiles_are_kept_while_their_order_and_states_change(row: TileRow, qtbot: QtBot) -> None:
    kept, gone = tile(row, "c"), tile(row, "b")
    row.show_faces([("c", Face(Kind.DONE, 7)), *faces("a"), ("d", Face(Kind.PICTURE, 9))], "c")
    assert tile(row, "c") is kept
    assert kept.face == Face(Kind.DONE, 7)
    assert row.tile("b") is None
    assert not gone.isVisible()
    qtbot.waitUntil(lambda: order(row) == ["pictures-c", "pictures-a", "pictures-d"])


def test_arrows_walk_and_choose_and_stop_at_the_ends(row: TileRow) -> None:
    heard = listening(row)
    row.focus("a")
    for key, at in (
        (Key.Key_Right, "b"),
        (Key.Key_Right, "c"),
        (Key.Key_Right, "c"),
        (Key.Key_Left, "b"),
    ):
        QTest.keyClick(row.focusWidget(), key)
        assert row.focusWidget() is tile(row, at)
        assert heard.pop() == ("chosen", at)
    assert heard == []


def test_alt_and_an_arrow_move_a_tile_where_it_may_be_moved(row: TileRow, qtbot: QtBot) -> None:
    heard = listening(row)
    row.focus("b")
    for key in (Key.Key_Left, Key.Key_Right):
        QTest.keyClick(tile(row, "b"), key, ALT)
    QTest.keyClick(tile(row, "a"), Key.Key_Left, ALT)
    QTest.keyClick(tile(row, "c"), Key.Key_Right, ALT)
    assert heard == [("moved", "b", 0), ("moved", "b", 2)]
    fixed = TileRow("results", "Results")
    qtbot.addWidget(fixed)
    fixed.show_faces(faces("ab"))
    heard = listening(fixed)
    QTest.keyClick(tile(fixed, "a"), Key.Key_Right, ALT)
    assert heard == []


def test_enter_keeps_and_delete_removes(row: TileRow) -> None:
    heard = listening(row)
    QTest.keyClick(tile(row, "b"), Key.Key_Return)
    QTest.keyClick(tile(row, "b"), Key.Key_Enter)
    QTest.keyClick(tile(row, "c"), Key.Key_Delete)
    QTest.keyClick(tile(row, "c"), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == [("kept", "b"), ("kept", "b"), ("removed", "c")]


def test_a_click_chooses_and_two_keep(row: TileRow) -> None:
    heard = listening(row)
    QTest.mouseClick(tile(row, "b"), LEFT)
    QTest.mouseDClick(tile(row, "c"), LEFT)
    assert heard[0] == ("chosen", "b")
    assert ("kept", "c") in heard


def test_the_menu_is_asked_for_where_the_pointer_is(row: TileRow) -> None:
    asked: list[tuple[str, QPoint]] = []
    row.menu.connect(lambda id, at: asked.append((id, at)))
    tile(row, "b").customContextMenuRequested.emit(QPoint(5, 6))
    assert asked == [("b", tile(row, "b").mapToGlobal(QPoint(5, 6)))]


def drag(row: TileRow, id: str, to: int) -> None:
    """Drag a tile to a place of the row by a real way of the pointer."""
    grabbed = tile(row, id)
    start = grabbed.rect().center()
    QTest.mousePress(grabbed, LEFT, pos=start)
    for share in (0.3, 0.7, 1.0):
        way = row.mapFromGlobal(grabbed.mapToGlobal(start))
        at = QPoint(round(way.x() + (to - way.x()) * share), way.y())
        QTest.mouseMove(grabbed, grabbed.mapFrom(row, at))
    QTest.mouseRelease(grabbed, LEFT, pos=grabbed.mapFrom(row, at))


@pytest.mark.parametrize(
    ("id", "beside", "after", "index"),
    [("a", "c", True, 2), ("c", "a", False, 0), ("a", "b", True, 1), ("b", "b", True, 1)],
)
def test_a_tile_is_dragged_to_another_place(
    row: TileRow, id: str, beside: str, after: bool, index: int
) -> None:
    heard = listening(row)
    target = tile(row, beside)
    edge = target.mapTo(row, QPoint(target.width() - 3 if after else 3, 0)).x()
    drag(row, id, edge)
    assert ("moved", id, index) in heard
    assert not any(name == "chosen" for name, *_ in heard)


def test_a_line_shows_where_a_dragged_tile_would_go(row: TileRow) -> None:
    grabbed, last = tile(row, "a"), tile(row, "c")
    QTest.mousePress(grabbed, LEFT, pos=grabbed.rect().center())
    before = pixels(row)
    end = last.mapTo(row, QPoint(last.width() - 2, 40))
    QTest.mouseMove(grabbed, grabbed.mapFrom(row, end))
    columns = np.unique(np.argwhere((before != pixels(row)).any(axis=2))[:, 1])
    assert columns.size
    assert columns.min() >= last.mapTo(row, QPoint(last.width(), 0)).x()
    middle = tile(row, "b").mapTo(row, QPoint(3, 40))
    QTest.mouseMove(grabbed, grabbed.mapFrom(row, middle))
    columns = np.unique(np.argwhere((before != pixels(row)).any(axis=2))[:, 1])
    assert columns.max() < tile(row, "b").mapTo(row, QPoint(0, 0)).x()
    QTest.mouseRelease(grabbed, LEFT, pos=grabbed.mapFrom(row, middle))
    assert not (pixels(row)[:, columns] != before[:, columns]).any()


def test_a_trembling_click_is_no_drag(row: TileRow) -> None:
    heard = listening(row)
    grabbed = tile(row, "b")
    middle = grabbed.rect().center()
    QTest.mousePress(grabbed, LEFT, pos=middle)
    QTest.mouseMove(grabbed, middle + QPoint(2, 1))
    QTest.mouseRelease(grabbed, LEFT, pos=middle + QPoint(2, 1))
    assert heard == [("chosen", "b")]


def wheel(row: TileRow, angle: QPoint) -> int:
    """Turn the wheel over the row; how far it is scrolled then."""
    area = row.findChild(QScrollArea)
    assert area is not None
    place, inverted = QPointF(area.viewport().rect().center()), False
    event = QWheelEvent(
        place,
        area.viewport().mapToGlobal(place),
        QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        inverted,
    )
    QGuiApplication.sendEvent(area.viewport(), event)
    return area.horizontalScrollBar().value()


def test_the_wheel_scrolls_sideways_and_the_current_tile_is_brought_into_view(
    qtbot: QtBot,
) -> None:
    row = TileRow("results", "Results")
    qtbot.addWidget(row)
    row.resize(300, row.sizeHint().height())
    row.show()
    row.show_faces(faces("abcdefgh"), "a")
    area = row.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() > 300)
    assert wheel(row, QPoint(0, 120)) == 0
    assert wheel(row, QPoint(0, -120)) == 120
    assert wheel(row, QPoint(-60, 0)) == 180
    row.show_faces(faces("abcdefgh"), "a")  # as at each beat while something runs
    QTest.qWait(1)
    assert area.horizontalScrollBar().value() == 180
    row.show_faces(faces("abcdefgh"), "h")
    last = tile(row, "h")
    qtbot.waitUntil(lambda: row.rect().contains(last.mapTo(row, last.rect().center())))


@pytest.mark.parametrize("side", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_tiles_keep_their_order_and_the_current_one_is_seen_whole_in_every_direction(
    side: Qt.LayoutDirection, qtbot: QtBot
) -> None:
    host, row = QWidget(), TileRow("results", "Results")
    qtbot.addWidget(host)
    host.setLayoutDirection(side)
    QHBoxLayout(host).addWidget(row)
    host.resize(320, row.sizeHint().height())
    host.show()
    area = row.findChild(QScrollArea)
    assert area is not None

    def whole(shown: Tile) -> bool:
        place = QRect(shown.mapTo(area.viewport(), QPoint(0, 0)), shown.size())
        return place.left() >= 0 and place.right() < area.viewport().width()

    row.show_faces(faces("abcdefgh"), "a")
    qtbot.waitUntil(lambda: len({one.x() for one in row.findChildren(Tile)}) == 8)
    places = [tile(row, id).x() for id in "abcdefgh"]
    assert places == sorted(places)
    for current in "adhe":
        row.show_faces(faces("abcdefgh"), current)
        qtbot.waitUntil(lambda current=current: whole(tile(row, current)))


def test_groups_are_named_before_their_first_tile(row: TileRow, qtbot: QtBot) -> None:
    def shown(*groups: str) -> list[str]:
        named = [
            (id, Face(Kind.DONE, 1, group=group)) for id, group in zip("abc", groups, strict=True)
        ]
        row.show_faces(named, "a")
        parts = [*row.findChildren(GroupMark), *row.findChildren(Tile)]
        inner = tile(row, "a").parentWidget()
        assert inner is not None
        inner.layout().activate()
        known = [part for part in parts if inner.layout().indexOf(part) >= 0]
        known.sort(key=inner.layout().indexOf)
        return [part.words if isinstance(part, GroupMark) else "tile" for part in known]

    plain = row.sizeHint().width()
    assert shown("", "", "") == ["tile"] * 3
    assert shown("one", "one", "two") == ["one", "tile", "tile", "two", "tile"]
    assert row.sizeHint().width() > plain
    (first, *_) = row.findChildren(GroupMark)
    assert shown("one", "two", "two") == ["one", "tile", "two", "tile", "tile"]
    assert first in row.findChildren(GroupMark)
    assert not row.grab().isNull()
    assert shown("", "", "") == ["tile"] * 3


MANY = "abcdefghijklmnopqrstuvwxyz"


def test_many_new_tiles_are_made_little_by_little_and_shown_together(
    row: TileRow, qtbot: QtBot
) -> None:
    kept, made, before = tile(row, "a"), list[str](), row.focusWidget()
    row.made.connect(lambda id, _: made.append(id))
    row.show_faces([*faces("defghijklm"), ("a", Face(Kind.PICTURE, 10))], "d")
    assert len(made) == NEW
    assert order(row) == ["pictures-a"]
    assert kept.face.number == 0, "what is there waits for them, or a number stood there twice"
    row.focus("d")
    row.focus("nobody")
    row.focus("e")
    assert row.focusWidget() is before
    there = [f"pictures-{id}" for id in "defghijklma"]
    qtbot.waitUntil(lambda: order(row) == there)  # they have their places after they are shown
    assert made == list("defghijklm")
    assert kept.face.number == 10
    assert row.focusWidget() is tile(row, "e")


def test_whoever_asks_for_a_tile_waits_for_none(row: TileRow) -> None:
    row.show_faces(faces(MANY), "a")
    assert tile(row, "z").face.number == 25
    row.show_faces(faces(MANY, Kind.DONE), "a")
    assert tile(row, "z").face.kind is Kind.DONE


def test_what_changes_out_of_sight_is_shown_little_by_little(row: TileRow, qtbot: QtBot) -> None:
    row.show_faces(faces(MANY), "a")
    last = tile(row, "z")
    qtbot.waitUntil(lambda: last.mapTo(row, QPoint(0, 0)).x() > row.width())
    shown = {id: tile(row, id) for id in MANY}
    row.show_faces(faces(MANY, Kind.DONE), "a")
    done = {id for id, found in shown.items() if found.face.kind is Kind.DONE}
    assert set("abc") <= done
    assert "z" not in done
    row.show_faces(faces(MANY, Kind.STOPPED), "a")
    qtbot.waitUntil(lambda: {found.face.kind for found in shown.values()} == {Kind.STOPPED})


class Moves(QObject):
    """Counts how often tiles are moved."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Move
        return False


def test_new_tiles_move_the_others_once_for_all(row: TileRow, qtbot: QtBot) -> None:
    kept, moves = tile(row, "a"), Moves()
    kept.installEventFilter(moves)
    row.show_faces(faces("wxyza"), "w")
    qtbot.waitUntil(lambda: len(order(row)) == 5 and moves.count > 0)
    assert moves.count <= 2, "once, and once more where the row grew"
