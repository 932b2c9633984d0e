"""Tile: a picture of the strip or the grid, from queued to done, with its fact line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QEnterEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import QToolButton, QWidget

from editor.ui.controls import paint, tile_drawing
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.tile_face import Face, Kind, remarks, spoken, stopping
from editor.ui.controls.tooltip import plain
from editor.ui.theme import Theme, current

FRAME = 40
"""Milliseconds between two pictures of the shimmer; smoother costs and shows nothing more."""

Hand = Callable[["Tile", QKeyEvent | QMouseEvent], bool]
"""Takes a key or what the mouse does; whether that is all that should come of it."""


class Tile(QToolButton):
    """`clicked` shows it on the stage; `kept` was a double click; `stopped`, `removed` the corner.

    The corner button stops what is open and removes a PICTURE; other kinds have none.
    """

    kept = Signal()
    stopped = Signal()
    removed = Signal()

    def __init__(self, name: str, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.face = face
        self._current = False
        self._hands: list[Hand] = []
        self._shown = QPixmap()
        self._before = QPixmap()
        self._clock = QElapsedTimer()
        self._fade = QElapsedTimer()
        self._beat = QTimer(self, interval=FRAME)
        self._beat.timeout.connect(self._tick)
        self._corner = IconButton(
            f"{name}-corner", "close", self.tr("Remove"), look="over", parent=self
        )
        self._corner.clicked.connect(self._corner_clicked)
        self._corner.hide()
        self.setFixedSize(self.sizeHint())
        self._clock.start()
        self.show_face(face)

    def sizeHint(self) -> QSize:
        sizes = current().sizes
        return QSize(sizes.tile_width, sizes.tile_height + sizes.fact_line)

    def show_face(self, face: Face) -> None:
        """Show this state; a new picture fades in over the old one."""
        if face.picture != self.face.picture:
            self._before = self._shown
            self._shown = QPixmap()
            self._fade.invalidate() if face.picture is None else self._fade.start()
        self.face = face
        said, more = spoken(face), remarks(face)
        self.setAccessibleName(said)
        self.setAccessibleDescription(more)
        self.setToolTip(plain(f"{said}\n{more}" if more else said))
        self._show_corner()
        self._run()
        self.update()

    def set_current(self, on: bool) -> None:
        """Ring it as the one the stage shows."""
        if on is not self._current:
            self._current = on
            self.update()

    def ask_first(self, hand: Hand) -> None:
        """Let somebody have keys and the mouse before the tile, and before who asked earlier.

        An event filter would be asked about everything, and a new tile moves all others.
        """
        self._hands.insert(0, hand)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_corner(hovered=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_corner(hovered=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._taken(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._taken(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._taken(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._taken(event):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.kept.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        frame = QRect(0, 0, self.width(), theme.sizes.tile_height)
        painter.fillRect(frame, theme.colours.surround)
        self._paint_picture(painter, frame)
        if self.face.moving and theme.motion.shimmer:
            phase = self._clock.elapsed() % theme.motion.shimmer / theme.motion.shimmer
            tile_drawing.shimmer(painter, frame, phase)
        tile_drawing.sign(painter, frame, self.face)
        tile_drawing.progress(painter, self, frame, self.face.progress)
        tile_drawing.badge(painter, self, self.face)
        line = self.rect().adjusted(0, frame.height(), 0, 0)
        tile_drawing.fact_line(painter, line, self.face, ringed=self._current)
        self._paint_ring(painter, frame, theme)

    def _taken(self, event: QKeyEvent | QMouseEvent) -> bool:
        return any(hand(self, event) for hand in self._hands)

    def _paint_picture(self, painter: QPainter, frame: QRect) -> None:
        if self.face.picture is None:
            return
        ratio = self.devicePixelRatioF()
        if self._shown.isNull() or self._shown.devicePixelRatio() != ratio:
            self._shown = _fitted(self.face, frame.size(), ratio)
        share = self._faded()
        if share < 1.0 and not self._before.isNull():
            _centre(painter, frame, self._before)
            painter.setOpacity(share)
        _centre(painter, frame, self._shown)
        painter.setOpacity(1.0)

    def _paint_ring(self, painter: QPainter, frame: QRect, theme: Theme) -> None:
        colours = theme.colours
        if self._current or self.hasFocus():
            paint.outside(painter, frame, colours.panel)
            paint.body(painter, frame.adjusted(2, 2, -2, -2), None, colours.surround)
            paint.ring(painter, frame)
        elif self.underMouse():
            paint.body(painter, frame, None, colours.outline)

    def _faded(self) -> float:
        total = current().motion.fade
        if not total or not self._fade.isValid():
            return 1.0
        return min(self._fade.elapsed() / total, 1.0)

    def _tick(self) -> None:
        self.update(0, 0, self.width(), current().sizes.tile_height)
        self._run()

    def _run(self) -> None:
        """Beat only while something moves and somebody can see it."""
        motion = current().motion
        shimmering = self.face.moving and motion.shimmer > 0
        wanted = self.isVisible() and (shimmering or self._faded() < 1.0)
        if wanted is not self._beat.isActive():
            self._beat.start() if wanted else self._beat.stop()

    def _show_corner(self, *, hovered: bool | None = None) -> None:
        over = self.underMouse() if hovered is None else hovered
        kind = self.face.kind
        self._corner.setVisible(kind.open or (kind is Kind.PICTURE and over))
        words = stopping(self.face) if kind.open else self.tr("Remove")
        self._corner.show_icon("stop" if kind.open else "close", words)
        self._corner.move(paint.mirrored(self, QRect(self.width() - 26, 2, 24, 24)).topLeft())

    def _corner_clicked(self) -> None:
        (self.stopped if self.face.kind.open else self.removed).emit()


def _fitted(face: Face, room: QSize, ratio: float) -> QPixmap:
    """The picture scaled to fit the frame at the screen's own resolution."""
    assert face.picture is not None
    scaled = face.picture.scaled(
        room * ratio,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    pixmap = QPixmap.fromImage(scaled)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _centre(painter: QPainter, frame: QRect, pixmap: QPixmap) -> None:
    size = pixmap.deviceIndependentSize()
    target = QRectF(0, 0, size.width(), size.height())
    target.moveCenter(frame.toRectF().center())
    painter.drawPixmap(target, pixmap, pixmap.rect().toRectF())
