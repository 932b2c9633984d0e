"""Our line icons: drawn from SVG in a token's colour at the painter's pixel ratio, and cached."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from editor.preferences.places import resource
from editor.ui.theme import current

SIDE = 20
"""Logical pixels: the grid the icons are drawn on and the size they are shown at."""


def paint(
    painter: QPainter,
    name: str,
    rect: QRect,
    colour: QColor,
    *,
    filled: bool = False,
) -> None:
    """Draw an icon in the middle of a rectangle, 20 px or as large as fits.

    filled: the form of an active tool. Raises FileNotFoundError for an unknown name.
    """
    side = min(SIDE, rect.width(), rect.height())
    transform = painter.deviceTransform()
    ratio = round(math.hypot(transform.m11(), transform.m12()), 2)
    picture = pixmap(name, colour, ratio, side, filled=filled)
    left = rect.left() + (rect.width() - side) // 2
    top = rect.top() + (rect.height() - side) // 2
    painter.drawPixmap(left, top, picture)


def pixmap(
    name: str,
    colour: QColor,
    ratio: float = 1.0,
    side: int = SIDE,
    *,
    filled: bool = False,
) -> QPixmap:
    """The icon as a square of `side` logical pixels for a screen of this pixel ratio."""
    return _drawn(name, colour.rgba(), ratio, side, filled)


def icon(name: str, token: str = "text") -> QIcon:
    """An icon for Qt's own menus and dialogs; it follows the theme and the pixel ratio."""
    return QIcon(_Engine(name, token))


def names() -> list[str]:
    """Every icon there is."""
    return sorted(file.stem for file in resource("icons").glob("*.svg"))


class _Engine(QIconEngine):
    """Draws when asked, so that a change of theme or screen needs no new icon."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint(painter, self._name, rect, self._colour(mode), filled=state is QIcon.State.On)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        side = math.ceil(min(size.width(), size.height()) / scale)
        on = state is QIcon.State.On
        return pixmap(self._name, self._colour(mode), scale, side, filled=on)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        token = "disabled" if mode is QIcon.Mode.Disabled else self._token
        return current().colours.named(token)


@lru_cache(maxsize=512)
def _drawn(name: str, rgba: int, ratio: float, side: int, filled: bool) -> QPixmap:
    colour = QColor.fromRgba(rgba).name()
    svg = _source(name).replace("currentColor", colour)
    svg = svg.replace("currentFill", colour if filled else "none")
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(QColor.fromRgba(rgba).alphaF())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")
