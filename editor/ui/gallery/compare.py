"""Compare: the original and the answers in panes that share one viewport."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from editor.ui.controls import paint
from editor.ui.controls.chip import paint_chip
from editor.ui.picture import Picture, outside_of, picture_of, target_of
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.imaging.raster import Raster

Compared = tuple[int, str, "Overlay | None"]
"""A number as its digit key has it, a title, and what is laid on the base."""

MOST = 9
"""Panes of the grid: the original and eight answers."""


class Compare(QWidget):
    """Panes with linked zoom and pan.

    chosen carries the number of a clicked pane, kept of a twice clicked one; 0 is the original.
    """

    chosen = Signal(int)
    kept = Signal(int)

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setAccessibleName(self.tr("Comparison"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._viewport = Viewport()
        self._shared = viewport
        self._viewport.listen(self._moved)
        self._raster: Raster | None = None
        self._picture: Picture | None = None
        self._source: Picture | None = None
        self._pictures: Sequence[Compared] = ()
        self._current = 0
        self._beside = False
        self._panes: list[Pane] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2)

    def arrange(self, *, beside: bool) -> None:
        """Show two panes, the original and the current answer, or a pane for each."""
        self._beside = beside
        self._fill()

    def show_pictures(
        self,
        source: Raster,
        base: Raster,
        pictures: Sequence[Compared],
        current: int,
    ) -> None:
        """Compare these; the first is the source itself. current: the number of the ringed one."""
        self._source = picture_of(source)
        if base is not self._raster:
            self._raster, self._picture = base, picture_of(base)
            self._viewport.picture = base.size
            self._viewport.zoom, self._viewport.centre = self._shared.zoom, self._shared.centre
            self._viewport.fitted = self._shared.fitted
        self._pictures, self._current = pictures, current
        self._fill()

    def _fill(self) -> None:
        shown = self._pair() if self._beside else self._pictures[:MOST]
        while len(self._panes) < len(shown):
            self._panes.append(Pane(self._viewport, self))
        across = 2 if self._beside else max(1, round(len(shown) ** 0.5 + 0.49))
        for index, pane in enumerate(self._panes):
            pane.setVisible(index < len(shown))
            if index >= len(shown):
                self._grid.removeWidget(pane)
                continue
            number, title, overlay = shown[index]
            ringed = not self._beside and number == self._current
            picture = self._picture if number else self._source
            assert picture is not None
            pane.show_picture(number, title, picture, overlay, ringed=ringed)
            self._grid.addWidget(pane, index // across, index % across)

    def _pair(self) -> Sequence[Compared]:
        """The original and the current answer, or the first when that has not arrived."""
        original, answers = self._pictures[:1], self._pictures[1:]
        current = [shown for shown in answers if shown[0] == self._current]
        return [*original, *(current or answers)[:1]]

    def _moved(self) -> None:
        for pane in self._panes:
            pane.update()


class Pane(QWidget):
    """One picture of a comparison."""

    def __init__(self, viewport: Viewport, parent: Compare) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._compare = parent
        self._viewport = viewport
        self._picture: Picture | None = None
        self._overlay: Overlay | None = None
        self._title = ""
        self._number = 0
        self._ringed = False
        self._panning: QPointF | None = None
        self._pressed: QPointF | None = None

    def show_picture(
        self,
        number: int,
        title: str,
        picture: Picture,
        overlay: Overlay | None,
        *,
        ringed: bool,
    ) -> None:
        self.setObjectName(f"pane-{number}")
        self.setAccessibleName(title)
        self._number, self._title = number, title
        self._picture, self._overlay, self._ringed = picture, overlay, ringed
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        target = target_of(self._viewport)
        for outside in outside_of(event.rect(), target):
            painter.fillRect(outside, current().colours.surround)
        seen = event.rect() & target
        if self._picture is not None and not seen.isEmpty():
            self._picture.draw(painter, seen, self._viewport, self._overlay)
        near = current().sizes.near
        paint_chip(painter, QPoint(near, near), self._title)
        if self._ringed:
            paint.ring(painter, self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._viewport.resize(self.width(), self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        position = event.position()
        factor = 2 ** (event.angleDelta().y() / 240)
        self._viewport.zoom_at(factor, position.x(), position.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._panning = self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None:
            moved = event.position() - self._panning
            self._panning = event.position()
            self._viewport.pan(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._panning, self._pressed = self._pressed, None, None
        if pressed is not None and (event.position() - pressed).manhattanLength() < 4:
            self._compare.chosen.emit(self._number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._compare.kept.emit(self._number)  # and the second release chooses nothing
