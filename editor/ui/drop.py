"""The zones that appear while pictures are dragged over the window."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.theme import current


@dataclass(frozen=True, slots=True)
class Zone:
    """One target of a drop: its id, its icon and its two lines."""

    id: str
    icon: str
    title: str
    about: str


class DropZones(QWidget):
    """Covers the stage, takes no events, and tells which zone lies under a position."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self.setObjectName("drop-zones")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._zones: tuple[Zone, ...] = ()
        self._under = ""
        self.hide()

    def open(self, *, first: bool, painted: bool) -> None:
        """Show the zones. first: nothing is open yet. painted: there is a mask for a result."""
        if first:
            self._zones = (
                Zone("edit", "picture", self.tr("Open"), self.tr("Drop pictures anywhere")),
            )
        else:
            self._zones = (
                Zone("edit", "picture", self.tr("Edit this"), self.tr("A new picture to work on")),
                Zone("reference", "eye", self.tr("Reference"), self.tr("The model may look at it")),
                Zone("mask", "brush", self.tr("Use as mask"), self.tr("It marks what may change")),
                Zone(
                    "result",
                    "swap",
                    self.tr("Result made elsewhere"),
                    self.tr("Joined into the mask")
                    if painted
                    else self.tr("Paint what it may change first"),
                ),
            )
        self.setGeometry(self._stage.rect())
        self.raise_()
        self.show()

    def close_zones(self) -> None:
        self._under = ""
        self.hide()

    def hover(self, position: QPoint) -> str:
        """Mark the zone under a position of the parent; its id, "" between zones."""
        under = next(
            (
                zone.id
                for zone, rect in zip(self._zones, self._rects(), strict=True)
                if rect.contains(position)
            ),
            "",
        )
        if under != self._under:
            self._under = under
            self.update()
        return under

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        veil = theme.colours.chip
        veil.setAlphaF(0.82)
        painter.fillRect(self.rect(), veil)
        for zone, rect in zip(self._zones, self._rects(), strict=True):
            self._draw(painter, zone, rect)

    def _draw(self, painter: QPainter, zone: Zone, rect: QRect) -> None:
        theme = current()
        here = zone.id == self._under
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.colours.accent if here else theme.colours.outline
        pen = QPen(line, 2.0 if here else 1.0)
        if not here:
            pen.setDashPattern([6.0, 4.0])
        painter.setPen(pen)
        painter.setBrush(theme.colours.selected if here else theme.colours.panel)
        painter.drawRoundedRect(rect, theme.sizes.near, theme.sizes.near)
        middle = rect.center()
        picture = QRect(middle.x() - 10, middle.y() - 40, 20, 20)
        icons.paint(painter, zone.icon, picture, theme.colours.text)
        inner = rect.adjusted(theme.sizes.near, 0, -theme.sizes.near, 0)
        title = QRect(inner.left(), middle.y() - 12, inner.width(), 24)
        about = QRect(inner.left(), middle.y() + 14, inner.width(), 20)
        centre = Qt.AlignmentFlag.AlignCenter
        paint.text(painter, title, zone.title, theme.colours.text, theme.font("title"), centre)
        paint.text(painter, about, zone.about, theme.colours.secondary, theme.font("label"), centre)

    def _rects(self) -> list[QRect]:
        far = current().sizes.far
        room = self.rect().adjusted(far, far, -far, -far)
        count = max(len(self._zones), 1)
        if count == 1:
            return [room]
        width = (room.width() - far) // 2
        height = (room.height() - far) // 2
        return [
            QRect(
                room.left() + (index % 2) * (width + far),
                room.top() + (index // 2) * (height + far),
                width,
                height,
            )
            for index in range(count)
        ]
