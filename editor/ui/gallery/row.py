"""A row of tiles under a turned title; tiles are kept by id, so that states change in place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from editor.ui.controls import paint
from editor.ui.controls.tile import Tile
from editor.ui.controls.tile_face import Face
from editor.ui.gallery.group import WIDE, GroupMark
from editor.ui.gallery.sideways import Sideways
from editor.ui.theme import current

TITLE = 20
"""Logical pixels: the column of the turned title."""

NEW, OLD = 4, 12
"""Tiles that are made, and of those out of sight changed, in one turn of the loop: some 2 ms."""


class TileRow(QWidget):
    """Shows faces and reports ids.

    Many new tiles are made over a few turns of the loop and then shown together; changes out of
    sight follow in the turns after.

    chosen: a tile was clicked or reached by an arrow key. kept: twice clicked, or Enter.
    stopped, removed: by its corner or by Delete. moved: dragged, or Alt with an arrow key, to
    this index; only where movable. menu: a context menu is wanted at a global position. made
    carries a new Tile with its id.
    """

    chosen = Signal(str)
    kept = Signal(str)
    stopped = Signal(str)
    removed = Signal(str)
    moved = Signal(str, int)
    menu = Signal(str, QPoint)
    made = Signal(str, Tile)

    def __init__(
        self, name: str, title: str, *, movable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = title
        self._movable = movable
        self._tiles: dict[str, Tile] = {}
        self._order: list[str] = []
        self._wanted: dict[str, Face] = {}
        self._current = self._focus = ""
        self._arranged = True
        self._marks: dict[str, GroupMark] = {}
        self._seen: tuple[str, list[str]] = "", []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_current)  # tiles have their places by then
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._go_on)
        self._pressed: tuple[str, QPoint] | None = None
        self._drop = -1
        # Where the row is among all that Tab reaches; a new tile would come after everything.
        self._place = QWidget(self)
        self._place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place.hide()
        sizes = current().sizes
        self._inner = QWidget()
        self._line = QHBoxLayout(self._inner)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(sizes.near)
        self._line.addStretch(1)
        self._scroll = Sideways(self._inner)
        # The order of pictures and results is never mirrored: it is that of their numbers.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(TITLE + sizes.small, sizes.near, sizes.near, sizes.near)
        row.addWidget(self._scroll)

    def show_faces(self, faces: Sequence[tuple[str, Face]], current_id: str = "") -> None:
        """Show these tiles in this order. current_id: the ringed one."""
        self._wanted, self._current = dict(faces), current_id
        for id in [id for id in self._tiles if id not in self._wanted]:
            tile = self._tiles.pop(id)
            self._line.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._order = [id for id in self._order if id in self._wanted]
        self._arranged = False
        self._go_on()

    def _go_on(self, new: int = NEW, old: int = OLD) -> None:
        """Do a turn's share of what is wanted, and leave the rest to the next one."""
        missing = [id for id in self._wanted if id not in self._tiles]
        for id in missing[:new]:
            self._made(id, self._wanted[id])
        if len(missing) > new:
            self._more.start()
            return
        if not self._arranged:
            self._arrange()
        waiting = [id for id in self._order if _differs(self._tiles[id].face, self._wanted[id])]
        away = [id for id in waiting if not self._scroll.shows(self._tiles[id])]
        later = set(away[old:])
        for id in waiting:
            if id not in later:
                self._tiles[id].show_face(self._wanted[id])
        if later:
            self._more.start()

    def _arrange(self) -> None:
        """Put all tiles in their order, ring the current one and bring it into view."""
        self._arranged = True
        for id, tile in self._tiles.items():
            tile.set_current(id == self._current)
        order = list(self._wanted)
        self._lay_out(list(self._wanted.items()))
        if order != self._order:
            self._order = order
            self.updateGeometry()
            for before, after in pairwise((self._place, *(self._tiles[id] for id in order))):
                QWidget.setTabOrder(before, after)
        if (self._current, order) != self._seen:  # else whoever scrolled on would be brought back
            self._seen = self._current, order
            self._soon.start()
        if self._focus:
            self.focus(self._focus)

    def _show_current(self) -> None:
        if tile := self._tiles.get(self._seen[0]):
            self._scroll.show_tile(tile)

    def _lay_out(self, faces: Sequence[tuple[str, Face]]) -> None:
        """Put tiles in their order, and before the first of each group its name."""
        before, line, marks = "", list[QWidget](), dict[str, GroupMark]()
        for id, face in faces:
            if face.group and face.group != before:
                old = self._marks.pop(id, None)
                same = old if old and old.words == face.group else None
                marks[id] = same or GroupMark(f"{self.objectName()}-group-{id}", face.group)
                line.append(marks[id])
            before = face.group
            line.append(self._tiles[id])
        for gone in set(self._marks.values()) - set(marks.values()):
            self._line.removeWidget(gone)
            gone.deleteLater()
        self._marks = marks
        self._line.setEnabled(False)  # or each tile that is shown moves all others
        for index, widget in enumerate(line):
            if self._line.indexOf(widget) != index:
                self._line.insertWidget(index, widget, 0, Qt.AlignmentFlag.AlignTop)
                widget.show()
        self._line.setEnabled(True)

    def tile(self, id: str) -> Tile | None:
        """A tile as it is wanted; what is still to be done for that is done now."""
        if self._more.isActive():
            self._more.stop()
            self._go_on(len(self._wanted), len(self._wanted))
        return self._tiles.get(id)

    def focus(self, id: str) -> None:
        """Give a tile the keyboard, as soon as it is shown."""
        self._focus = ""
        if id in self._order:
            self._tiles[id].setFocus(Qt.FocusReason.OtherFocusReason)
        elif id in self._wanted:
            self._focus = id

    def sizeHint(self) -> QSize:
        sizes = current().sizes
        gaps = sizes.near * max(len(self._tiles) + len(self._marks) - 1, 0)
        inner = len(self._tiles) * sizes.tile_width + len(self._marks) * WIDE + gaps
        return QSize(TITLE + sizes.small + 2 * sizes.near + inner, sizes.strip)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.save()
        painter.translate(2, self.height() - theme.sizes.near)
        painter.rotate(-90)
        room = QRect(0, 0, self.height() - 2 * theme.sizes.near, TITLE)
        centre = Qt.AlignmentFlag.AlignCenter
        words = self._title.upper()
        paint.text(painter, room, words, theme.colours.secondary, theme.font("hud"), centre)
        painter.restore()
        if self._drop >= 0:
            left = self._edge(self._drop)
            painter.fillRect(
                left, theme.sizes.near, 2, theme.sizes.tile_height, theme.colours.accent
            )

    def _made(self, id: str, face: Face) -> Tile:
        tile = Tile(f"{self.objectName()}-{id}", face, self._inner)
        tile.clicked.connect(lambda: self.chosen.emit(id))
        tile.kept.connect(lambda: self.kept.emit(id))
        tile.stopped.connect(lambda: self.stopped.emit(id))
        tile.removed.connect(lambda: self.removed.emit(id))
        tile.customContextMenuRequested.connect(
            lambda at, tile=tile: self.menu.emit(id, tile.mapToGlobal(at))
        )
        tile.ask_first(partial(self._hear, id))
        self._tiles[id] = tile
        self.made.emit(id, tile)
        return tile

    def _hear(self, id: str, tile: Tile, event: QKeyEvent | QMouseEvent) -> bool:
        if isinstance(event, QKeyEvent):
            return self._key(id, event)
        return self._movable and self._drag(id, tile, event)

    def _key(self, id: str, event: QKeyEvent) -> bool:
        index = self._order.index(id)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        by = steps.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self._movable and 0 <= index + by < len(self._order):
                self.moved.emit(id, index + by)
                self.focus(id)
            return True
        if by is not None:
            other = self._order[min(max(index + by, 0), len(self._order) - 1)]
            self.focus(other)
            self.chosen.emit(other)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.kept.emit(id)
            return True
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit(id)
            return True
        return False

    def _drag(self, id: str, tile: Tile, event: QMouseEvent) -> bool:
        position = tile.mapTo(self, event.position().toPoint())
        if event.type() is QEvent.Type.MouseButtonPress and event.button() is _LEFT:
            self._pressed = id, position
        elif event.type() is QEvent.Type.MouseMove and self._pressed:
            far = (position - self._pressed[1]).manhattanLength()
            if self._drop >= 0 or far >= QApplication.startDragDistance():
                self._drop = self._index_at(position.x())
                self.update()
        elif event.type() is QEvent.Type.MouseButtonRelease and self._pressed:
            pressed, self._pressed = self._pressed, None
            drop, self._drop = self._drop, -1
            if drop >= 0:
                tile.setDown(False)
                self.update()
                before = self._order.index(pressed[0])
                self.moved.emit(pressed[0], drop - 1 if drop > before else drop)
                return True
        return False

    def _index_at(self, x: int) -> int:
        """Before which tile a drop at this position falls."""
        middles = [
            tile.mapTo(self, tile.rect().center()).x()
            for tile in (self._tiles[id] for id in self._order)
        ]
        return sum(x > middle for middle in middles)

    def _edge(self, index: int) -> int:
        if index < len(self._order):
            return self._tiles[self._order[index]].mapTo(self, QPoint(0, 0)).x() - 5
        last = self._tiles[self._order[-1]]
        return last.mapTo(self, QPoint(last.width(), 0)).x() + 3


_LEFT = Qt.MouseButton.LeftButton


def _differs(face: Face, other: Face) -> bool:
    return face is not other and (face != other or face.picture != other.picture)
