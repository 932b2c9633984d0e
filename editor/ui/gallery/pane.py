"""Pane: one picture of the grid or of two side by side."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from editor.ui.controls import paint
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.gallery.linked import NOBODY, Compared, Linked, Scene, draw_shown
from editor.ui.picture import Picture, place_of
from editor.ui.theme import current
from editor.ui.viewport import Viewport


class _Look(NamedTuple):
    """All that a pane shows. picture: None while what is laid on it is not ready."""

    picture: Picture | None
    shown: Compared
    facts: tuple[str, ...]
    ringed: bool


class Pane(Linked):
    """Shows one picture; another one in its place is drawn only where the two may differ."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self._look: _Look | None = None
        self._source: Picture | None = None
        self._choosable = False

    def show_picture(
        self, scene: Scene, shown: Compared, *facts: str, ringed: bool = False, choosable: bool
    ) -> None:
        """Show this. facts: more chips after its title. choosable: a click chooses it."""
        self.setObjectName(f"pane-{shown.number}")
        self.setAccessibleName(shown.title)
        self._choosable, self._source = choosable, scene.source
        picture = scene.picture(shown) if scene.ready(shown) else None
        before, self._look = self._look, _Look(picture, shown, facts, ringed)
        self.update(self._changed(before, self._look))

    def number_at(self, at: QPointF) -> int:
        return self._look.shown.number if self._look and self._choosable else NOBODY

    def draw(self, painter: QPainter, rect: QRect) -> None:
        look = self._look
        if look is None:
            painter.fillRect(rect, current().colours.surround)
            return
        title, picture, overlay = look.shown.title, look.picture, look.shown.overlay
        if self.peeking:
            title, picture, overlay = self.tr("Original"), self._source, None
        draw_shown(painter, rect, self.viewport, picture, overlay)
        sizes = current().sizes
        at = QPoint(sizes.near, sizes.near)
        star = "" if self.peeking else _star(look)
        for words, icon in ((title, star), *((fact, "") for fact in look.facts)):
            at += QPoint(paint_chip(painter, at, words, icon).width() + sizes.small, 0)
        if look.ringed:
            paint.ring(painter, self.rect())

    def _changed(self, before: _Look | None, after: _Look) -> QRegion:
        """What has to be drawn again."""
        if before == after:
            return QRegion()
        if (
            before is None
            or before.picture is not after.picture
            or before.ringed is not after.ringed
        ):
            return QRegion(self.rect())
        region = QRegion()
        for look in (before, after):
            region += _chips(look)
            if look.shown.overlay is not None:
                region += place_of(look.shown.overlay, self.viewport)
        return region


def _star(look: _Look) -> str:
    """The icon of the title."""
    return "star" if look.shown.starred else ""


def _chips(look: _Look) -> QRegion:
    sizes = current().sizes
    chips = [chip_size(look.shown.title, _star(look)), *map(chip_size, look.facts)]
    wide = sum(chip.width() + sizes.small for chip in chips)
    return QRegion(0, 0, sizes.near + wide, sizes.near + chips[0].height() + 1)
