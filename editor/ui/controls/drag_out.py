"""Dragging out: a finished file, taken by the mouse into another program.

The one place with a loop inside a loop: QDrag has no other way. It is entered only from the
event of a mouse that moves, never from a coroutine, so nothing else waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from editor.ui import icons
from editor.ui.controls.button import Button
from editor.ui.controls.tile import Tile
from editor.ui.theme import current

_SIDE = 96
"""Logical pixels of the picture under the pointer."""

_LEFT = Qt.MouseButton.LeftButton


def drag(source: QWidget, file: Path, picture: QPixmap | None = None) -> None:
    """Let the file be dropped somewhere; call it from a mouse event and nowhere else."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    out = QDrag(source)
    out.setMimeData(mime)
    if picture is None or picture.isNull():
        ratio = source.devicePixelRatioF()
        picture = icons.pixmap("picture", current().colours.accent, ratio, 32)
    out.setPixmap(picture)
    out.setHotSpot(QPoint(-8, -8))
    out.exec(Qt.DropAction.CopyAction)


class DragButton(Button):
    """A worded handle: dragged, it hands its file over; a click alone does nothing."""

    def __init__(self, name: str, label: str, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(name, label, "link", icon="grip", parent=parent)
        self.file = file
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is _LEFT:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not _far(event, self._pressed):
            super().mouseMoveEvent(event)  # which is how a button knows that it is under it
            return
        self._pressed = None
        self.setDown(False)
        drag(self, self.file)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = None


class TileDrags:
    """Watches tiles: one that is dragged has its file made, and then hands it over.

    file_of: the finished file of a tile, None while it is not there. make: begins to make it;
    it may be asked again and again.
    """

    def __init__(self, file_of: Callable[[str], Path | None], make: Callable[[str], None]) -> None:
        self._file_of = file_of
        self._make = make
        self._pressed: QPoint | None = None

    def watch(self, id: str, tile: Tile) -> None:
        """Let a tile be dragged; id: that of its file."""
        tile.ask_first(partial(self._hear, id))

    def _hear(self, id: str, tile: Tile, event: QKeyEvent | QMouseEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonPress and event.button() is _LEFT:
            self._pressed = event.position().toPoint()
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
            tile.unsetCursor()
        elif event.type() is QEvent.Type.MouseMove and self._pressed is not None:
            return self._pull(tile, id, event)
        return False

    def _pull(self, tile: Tile, id: str, event: QMouseEvent) -> bool:
        assert self._pressed is not None
        if not _far(event, self._pressed):
            return False
        file = self._file_of(id)
        if file is None:
            tile.setCursor(Qt.CursorShape.BusyCursor)
            self._make(id)
            return True
        self._pressed = None
        tile.unsetCursor()
        tile.setDown(False)
        drag(tile, file, _small(tile))
        return True


def _far(event: QMouseEvent, pressed: QPoint) -> bool:
    moved = event.position().toPoint() - pressed
    held = bool(event.buttons() & _LEFT)
    return held and moved.manhattanLength() >= QApplication.startDragDistance()


def _small(tile: Tile) -> QPixmap | None:
    """What the tile shows, small enough to see below it where it is dropped."""
    image = tile.face.picture
    if image is None:
        return None
    return QPixmap.fromImage(
        image.scaled(
            QSize(_SIDE, _SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    )
