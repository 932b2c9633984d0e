"""Files that are dragged into other programs, from news and from tiles."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.session.session import Session
from editor.ui.controls.drag_out import DragButton
from editor.ui.controls.tile import Tile
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, until, wired

Dragged = list[tuple[Path, bool]]


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> Dragged:
    """What was dragged, and whether there was a picture under the pointer."""
    found: Dragged = []

    def note(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        assert actions == Qt.DropAction.CopyAction
        (url,) = drag.mimeData().urls()
        found.append((Path(url.toLocalFile()), not drag.pixmap().isNull()))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", note)
    return found


def move(widget: QWidget, by: int, buttons: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """The mouse moves so many pixels from the widget's corner, with these buttons down."""
    at = QPointF(2 + by, 2)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        widget.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def press(widget: QWidget) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_the_news_of_an_export_is_a_handle(live: Live, photo: Path, dragged: Dragged) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        await session.exporting.export()
        (handle,) = window.findChildren(DragButton)
        assert handle.text() == "Drag me"
        move(handle, 60, Qt.MouseButton.NoButton)
        press(handle)
        move(handle, 1)
        assert dragged == [], "a click is no drag"
        move(handle, 60)
        assert not handle.isDown()
        move(handle, 90)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
        move(handle, 60)

    live.show(script)
    assert dragged == [(photo.with_name("photo_edit.png"), True)]


def tile_of(window: Window, id: str) -> Tile:
    tile = window.strip.results.tile(id)
    assert tile is not None
    return tile


def test_a_result_is_dragged_once_its_file_is_there(
    live: Live, photo: Path, dragged: Dragged
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "light", 220)
        tile = tile_of(window, "light")
        move(tile, 60, Qt.MouseButton.NoButton)
        files = wired(window)._exports
        press(tile)
        move(tile, 1)
        assert not files._making, "a click makes no file"
        move(tile, 60)
        move(tile, 62)
        assert dragged == [], "not before there is something to take"
        await until(files.made, lambda: files._file_of("light") is not None)
        move(tile, 64)
        QTest.mouseRelease(tile, Qt.MouseButton.LeftButton)
        press(tile)
        move(tile, 60)
        QTest.mouseRelease(tile, Qt.MouseButton.LeftButton)
        assert len(dragged) == 2, "the second time it is there at once"
        assert dragged[0] == dragged[1]
        path, pictured = dragged[0]
        assert pictured
        assert cv2.imread(str(path))[160, 240].tolist() == [220, 220, 220]

    live.show(script)
    assert list(photo.parent.glob("*_edit*")) == []
