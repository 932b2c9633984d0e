"""Chrome: what lies over the picture without belonging to it: chips, grid, ghost line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QLine, QObject, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Rect
from editor.ui.canvas.borders import tones
from editor.ui.canvas.heat import hottest
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.language import by
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.mask.brush import Brush

GRID_FROM = 8.0
"""Zoom from which the borders of pixels are drawn."""

GRID = QColor(128, 128, 128, 110)

_ICONS = {
    "lock": "lock",
    "open": "warning",
    "beyond": "warning",
    "heat": "swatch",
    "sent": "swatch",
    "blend": "swatch",
    "view": "eye",
    "work": "clock",
}
_EDITING = {"hint", "view", "sent", "blend"}
# What is said only while the mask is seen.

_ORDER = (
    "size",
    "zoom",
    "brush",
    "view",
    "lock",
    "open",
    "caption",
    "beyond",
    "heat",
    "sent",
    "blend",
    "work",
)


class Chrome(QObject):
    """Keeps what is said and where; updates the canvas where something changes.

    placed: words, or the controls over them, lie elsewhere than before.
    """

    placed = Signal()

    def __init__(self, canvas: QWidget, viewport: Viewport) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._viewport = viewport
        self._words: dict[str, str] = dict.fromkeys(_ORDER, "")
        self._icons: dict[str, str] = {}
        self._hint = True
        self._free = QSize()
        self._covered = QRegion()
        self._laid: list[tuple[str, QRect]] | None = None

    def say(self, name: str, words: str, icon: str = "") -> None:
        """Put words on a chip; "" takes it away. icon: of a chip whose icon is not always one."""
        if (words, icon) != (self._words[name], self._icons.get(name, "")):
            before = self.region()
            self._words[name], self._icons[name] = words, icon
            self._laid = None
            self._canvas.update(before + self.region())
            self.placed.emit()

    def show_size(self, size: tuple[int, int] | None) -> None:
        """Say how large the picture is."""
        self.say("size", by(*size) if size else "")

    def show_zoom(self, zoom: float) -> None:
        """Say how large it is drawn."""
        percent = zoom * 100
        self.say(
            "zoom", self.tr("{zoom} %").format(zoom=f"{percent:.{0 if percent >= 10 else 1}f}")
        )

    def show_brush(self, brush: Brush, tool: str) -> None:
        """Say how large and hard the brush is, and whether it erases, as far as the tool has it."""
        size = f"{brush.diameter:g}"
        if tool == "brush":
            words = self.tr("{diameter} px  {hardness} % hard").format(
                diameter=size, hardness=round(brush.hardness * 100)
            )
            self.say("brush", words, "eraser" if brush.erase else "brush")
        elif tool == "refine":
            self.say("brush", self.tr("{diameter} px").format(diameter=size), "refine")
        else:
            self.say("brush", "")

    def show_work(self, *, on: bool) -> None:
        """Say that what a tool was asked for is on its way."""
        self.say("work", self.tr("Working on the mask…  Esc stops") if on else "")

    def show_hint(self, *, shown: bool) -> None:
        """Say what to do first, or no longer."""
        if shown is not self._hint:
            before = self.region()
            self._hint = shown
            self._laid = None
            self._canvas.update(before + self.region())

    def keep_free(self, size: QSize) -> None:
        """Leave so much at the end of the first rows to what lies there."""
        if size != self._free:
            before = self.region()
            self._free, self._laid = size, None
            self._canvas.update(before + self.region())
            self.placed.emit()

    def cover(self, region: QRegion) -> None:
        """Take note of where controls lie over the pane."""
        if region != self._covered:
            self._covered = region
            self.placed.emit()

    def taken(self) -> QRegion:
        """Where no more words have a place."""
        return self.region() + self._covered

    def lay_out(self) -> None:
        """Place the chips anew: the canvas or the type has another size."""
        self._laid = None

    def region(self) -> QRegion:
        """Where the canvas carries words; they stay when the picture is panned."""
        region = QRegion()
        for _, place in self._places():
            region += place.adjusted(-1, -1, 1, 1)
        return region

    def draw(self, painter: QPainter, rect: QRect, *, editing: bool) -> None:
        """Draw grid, chips and ghost line, as far as they lie in a rectangle."""
        self._draw_grid(painter, rect)
        for name, place in self._places():
            if rect.intersects(place.adjusted(-1, -1, 1, 1)) and (editing or name not in _EDITING):
                words, colour = self._words_of(name), _tones().get(name)
                paint_chip(painter, place.topLeft(), words, self._icon_of(name), colour)

    def _draw_grid(self, painter: QPainter, rect: QRect) -> None:
        """Draw the borders of pixels where they are large enough."""
        viewport = self._viewport
        if viewport.zoom * viewport.ratio <= GRID_FROM:
            return
        seen = viewport.rect_to_picture(
            Rect(rect.left(), rect.top(), rect.right() + 1, rect.bottom() + 1)
        )
        box = viewport.rect_to_pane(seen)
        lines = []
        for x in range(seen.left, seen.right + 1):
            place = round(viewport.to_pane(x, 0)[0])
            lines.append(QLine(place, box.top, place, box.bottom))
        for y in range(seen.top, seen.bottom + 1):
            place = round(viewport.to_pane(0, y)[1])
            lines.append(QLine(box.left, place, box.right, place))
        painter.setPen(GRID)
        painter.save()
        painter.setClipRect(rect)
        painter.drawLines(lines)
        painter.restore()

    def _places(self) -> list[tuple[str, QRect]]:
        """Each chip that says something and where it lies, row by row."""
        if self._laid is None:
            self._laid = [*self._row()]
            if self._hint:
                self._laid.append(("hint", self._hint_place()))
        return self._laid

    def _row(self) -> Iterator[tuple[str, QRect]]:
        sizes = current().sizes
        at = QPoint(sizes.apart, sizes.apart)
        for name in _ORDER:
            if not self._words[name]:
                continue
            size = chip_size(self._words[name], self._icon_of(name))
            while at.x() + size.width() > self._end(at.y()):
                if at.x() == sizes.apart and at.y() >= self._free.height():
                    break
                at = QPoint(sizes.apart, at.y() + size.height() + sizes.small)
            yield name, QRect(at, size)
            at = QPoint(at.x() + size.width() + sizes.near, at.y())

    def _end(self, top: int) -> int:
        """Where a row at this height has to end."""
        wide = self._canvas.width()
        return wide - self._free.width() if top < self._free.height() else wide

    def _hint_place(self) -> QRect:
        """In the middle, low on the picture, above a prompt bar that has grown by a line."""
        size, sizes = chip_size(self._words_of("hint")), current().sizes
        wide, high = self._viewport.pane
        left = (wide - size.width()) // 2
        return QRect(QPoint(left, high - size.height() - sizes.near - sizes.row), size)

    def _icon_of(self, name: str) -> str:
        return self._icons.get(name) or _ICONS.get(name, "")

    def _words_of(self, name: str) -> str:
        if name == "hint":
            return self.tr("Paint over what may change, then Ctrl+Enter.")
        return self._words[name]


def _tones() -> dict[str, QColor]:
    """The colours of what some chips speak of."""
    warning = current().colours.on_chip_warn
    return {"heat": hottest(), "open": warning, "beyond": warning, **tones()}
