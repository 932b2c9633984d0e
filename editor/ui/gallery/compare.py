"""Compare: the original and the answers, in one of four views that share one viewport."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.ui.gallery.difference import DifferenceView
from editor.ui.gallery.divider import Divider
from editor.ui.gallery.grid import Pages, columns_for
from editor.ui.gallery.linked import Compared, Linked, Scene
from editor.ui.gallery.pane import Pane
from editor.ui.picture import picture_of
from editor.ui.places import BACKSLASH, place
from editor.ui.theme import current as theme
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.blend import Overlay
    from editor.compose.difference import Difference
    from editor.imaging.raster import Raster

GRID, BESIDE, DIVIDER, DIFFERENCE = "grid", "beside", "divider", "difference"
VIEWS = (GRID, BESIDE, DIVIDER, DIFFERENCE)

GAP = 2
"""Logical pixels between two panes."""

STEP, LEAP = 0.01, 0.1
"""Parts of the pane that the divider is moved by with one key, and with Shift."""

LEVEL, LEVELS = 1, 16
"""What the threshold is moved by with one key, and with Shift."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SHIFT, _PAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


class Compare(QWidget):
    """Shows the pictures of one target; numbers are those of the digit keys, 0 the original.

    chosen: a number was clicked or reached by an arrow key; kept: twice clicked. stepped: go to
    the answer before (-1) or after (1). unready: an Overlay that has to be laid before it can
    be drawn. unmeasured: one whose difference is wanted.
    """

    chosen = Signal(int)
    kept = Signal(int)
    stepped = Signal(int)
    unready = Signal(object)
    unmeasured = Signal(object)

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setAccessibleName(self.tr("Comparison"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view = GRID
        self._viewport = viewport
        self._scene: Scene | None = None
        self._pages = Pages()
        self._current = 0
        self._columns = 1
        self._measured: tuple[Overlay, Difference] | None = None
        self._panes: list[Pane] = []
        self.divider = Divider(viewport, self)
        self.difference = DifferenceView(viewport, self)
        for part in (self.divider, self.difference):
            part.hide()
            part.kept.connect(self.kept)

    @property
    def lead(self) -> Viewport:
        """The viewport that commands of zoom go to; all others follow."""
        shown = self._shown()
        return shown[0].viewport if shown else self._viewport

    @property
    def pages(self) -> int:
        """How many pages the grid has."""
        return self._pages.count

    def arrange(self, view: str) -> None:
        """Show one of the four views."""
        if view != self.view:
            self.view = view
            self._fill()

    def show_pictures(
        self,
        source: Raster,
        base: Raster,
        pictures: Sequence[Compared],
        current: int,
    ) -> None:
        """Compare these; the first is the source itself. current: the number of the ringed one."""
        self._scene = Scene(picture_of(source), picture_of(base))
        self._pages = self._pages.of(tuple(pictures))
        if current != self._current:
            self._current = current
            self._pages = self._pages.holding(current)
        self._fill()

    def show_difference(self, overlay: Overlay, found: Difference) -> None:
        """Take what was asked for by unmeasured."""
        self._measured = overlay, found
        self._fill()

    def refresh(self) -> None:
        """Show what has become ready."""
        self._fill()
        self.divider.update()

    def redraw(self) -> None:
        """Draw again what is shown, sharp by now."""
        for part in self._shown():
            part.update()

    def turn_page(self, by: int) -> None:
        """Show another page of the grid."""
        self._pages = self._pages.turned(by)
        self._fill()

    def rejoin(self) -> bool:
        """Take back what was moved alone; False when nothing was."""
        aside = [
            viewport for part in self._parts() for viewport in part.viewports if viewport.aside
        ]
        for viewport in aside:
            viewport.rejoin()
        return bool(aside)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), theme().colours.surround)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if place(event) == BACKSLASH:
            self._peek(on=True)
        elif arrow and not event.modifiers() & ~(_SHIFT | _PAD):
            self._go(*arrow, far=bool(event.modifiers() & _SHIFT))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if place(event) == BACKSLASH and not event.isAutoRepeat():
            self._peek(on=False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._peek(on=False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._peek(on=False)

    def _go(self, across: int, down: int, *, far: bool) -> None:
        """Follow an arrow key: the line, the threshold, or another picture."""
        if self.view == GRID:
            self.chosen.emit(self._pages.reached(self._current, across + down * self._columns))
            return
        if self.view == DIVIDER:
            along, other = (across, down) if self.divider.upright else (down, across)
            self.divider.move_line(along * (LEAP if far else STEP))
        elif self.view == DIFFERENCE:
            along, other = across, down
            self.difference.move_threshold(along * (LEVELS if far else LEVEL))
        else:
            other = across + down
        if other:
            self.stepped.emit(other)

    def _peek(self, *, on: bool) -> None:
        for part in (*self._panes, self.divider, self.difference):
            part.peek(on=on)

    def _fill(self) -> None:
        """Give each part what it shows, and ask for what is missing."""
        if self._scene is None or not self._pages.pictures:
            return
        pair = self._pair()
        in_panes = {GRID: self._pages.shown, BESIDE: pair}.get(self.view, ())
        while len(self._panes) < len(in_panes):
            self._panes.append(self._made())
        for pane, shown in zip(self._panes, in_panes, strict=False):
            self._show_in(pane, shown)
        if self.view == DIVIDER:
            self.divider.show_pair(self._scene, *pair)
        elif self.view == DIFFERENCE:
            self._show_difference(self._scene, pair[1])
        self._place()
        for shown in in_panes or pair:
            if shown.overlay is not None and not self._scene.ready(shown):
                self.unready.emit(shown.overlay)

    def _show_in(self, pane: Pane, shown: Compared) -> None:
        assert self._scene is not None
        grid, facts = self.view == GRID, []
        if grid and not shown.number and self.pages > 1:
            words = self.tr("page {page} of {pages}")
            facts = [words.format(page=self._pages.at + 1, pages=self.pages)]
        ringed = grid and shown.number == self._current
        pane.show_picture(self._scene, shown, *facts, ringed=ringed, choosable=grid)

    def _show_difference(self, scene: Scene, shown: Compared) -> None:
        overlay, measured = shown.overlay, self._measured
        found = measured[1] if measured and measured[0] is overlay else None
        self.difference.show_difference(scene, shown, found)
        if overlay is not None and found is None:
            self.unmeasured.emit(overlay)

    def _pair(self) -> tuple[Compared, Compared]:
        """The original and what is current, or the first answer while that has not arrived."""
        pictures = self._pages.pictures
        original, answers = pictures[0], pictures[1:]
        current = [shown for shown in pictures if shown.number == self._current]
        return original, (*current, *answers, original)[0]

    def _made(self) -> Pane:
        pane = Pane(self._viewport, self)
        pane.chosen.connect(self.chosen)
        pane.kept.connect(self.kept)
        return pane

    def _parts(self) -> tuple[Linked, ...]:
        return (*self._panes, self.divider, self.difference)

    def _shown(self) -> Sequence[Linked]:
        """The parts of this view, in order."""
        if not self._pages.pictures:
            return ()
        if self.view == DIVIDER:
            return (self.divider,)
        if self.view == DIFFERENCE:
            return (self.difference,)
        return self._panes[: len(self._pages.shown) if self.view == GRID else 2]

    def _place(self) -> None:
        """Put the parts of this view side by side, all of one size, and hide the others."""
        shown = self._shown()
        self._columns = columns = self._columns_now()
        count = self._pages.fullest if self.view == GRID else len(shown)
        rows = max(1, -(-count // columns))
        wide = (self.width() - GAP * (columns - 1)) // columns
        high = (self.height() - GAP * (rows - 1)) // rows
        for index, part in enumerate(shown):
            row, column = divmod(index, columns)
            part.setGeometry(QRect(column * (wide + GAP), row * (high + GAP), wide, high))
        for part in self._parts():
            part.setVisible(part in shown)

    def _columns_now(self) -> int:
        if self.view != GRID:
            return 2 if self.view == BESIDE else 1
        room = self.width(), self.height()
        return columns_for(self._pages.fullest, room, self._viewport.picture)
