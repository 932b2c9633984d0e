"""The difference view: black where nothing has changed, and in numbers what has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.ui.controls import paint
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.controls.plate import Plate
from editor.ui.controls.scrub_number import ScrubLabel, ScrubNumber, Span
from editor.ui.gallery.linked import Compared, Linked, Scene, draw_shown
from editor.ui.images import levels
from editor.ui.language import grouped
from editor.ui.picture import draw_level, outside_of, target_of
from editor.ui.theme import current
from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.compose.difference import Difference, Tally

SMALL = 8
"""Levels of 255 that an eye hardly sees: where the threshold begins."""

MOST = 254
"""The largest threshold, under which something can still be large."""


class DifferenceView(Linked):
    """Shows three classes: the same is black, small and large have a colour each."""

    parts = False

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent)
        self.setObjectName("difference")
        self.setAccessibleName(self.tr("Difference"))
        self._scene: Scene | None = None
        self._shown: Compared | None = None
        self._found: Difference | None = None
        self._images: dict[int, QImage] = {}
        self.bar = ThresholdBar(self)
        self.bar.number.changed.connect(lambda _: self._threshold_moved())

    @property
    def threshold(self) -> int:
        """The largest distance that counts as small."""
        return round(self.bar.number.value())

    def show_difference(self, scene: Scene, shown: Compared, found: Difference | None) -> None:
        """Show how far an answer is from the picture under it; None while that is measured."""
        if (scene, shown, found) == (self._scene, self._shown, self._found):
            return
        self._scene, self._shown = scene, shown
        if found is not self._found:
            self._found, self._images = found, {}
        self._describe()
        self.update()

    def move_threshold(self, by: int) -> None:
        """Raise or lower the threshold."""
        self.bar.number.show_value(min(max(self.threshold + by, 0), MOST))
        self._threshold_moved()

    def chips(self) -> list[tuple[str, str, QColor | None]]:
        """What is told: words, an icon and its colour."""
        if self._shown is None:
            return []
        if self.peeking or self._shown.overlay is None:
            return [(self.tr("Original"), "", None)]
        title = self.tr("{title} compared with the picture before it")
        told: list[tuple[str, str, QColor | None]] = [
            (title.format(title=self._shown.title), "", None)
        ]
        if self._found is None:
            return [*told, (self.tr("Comparing…"), "clock", None)]
        small, large = _inks()
        inside, outside = self._found.tallies(self.threshold)
        told.append((self.tr("small, up to {level}").format(level=self.threshold), "swatch", small))
        told.append((self.tr("large"), "swatch", large))
        told.append((self._words(self.tr("Inside the mask"), inside), "brush", None))
        told.append((self._words(self.tr("Outside"), outside), "lock", None))
        return told

    def draw(self, painter: QPainter, rect: QRect) -> None:
        if self._scene is None or self._shown is None:
            painter.fillRect(rect, current().colours.surround)
            return
        if self.peeking or self._shown.overlay is None:
            draw_shown(painter, rect, self.viewport, self._scene.source, None)
        else:
            self._draw_levels(painter, rect)
        sizes = current().sizes
        at = QPoint(sizes.near, sizes.near)
        for words, icon, colour in self.chips():
            size = chip_size(words, icon)
            if at.x() > sizes.near and at.x() + size.width() > self.width() - sizes.near:
                at = QPoint(sizes.near, at.y() + size.height() + sizes.small)
            paint_chip(painter, at, words, icon, colour)
            at += QPoint(size.width() + sizes.near, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.adjustSize()
        near = current().sizes.near
        self.bar.move(
            (self.width() - self.bar.width()) // 2, self.height() - near - self.bar.height()
        )

    def _draw_levels(self, painter: QPainter, rect: QRect) -> None:
        target = target_of(self.viewport)
        for outside in outside_of(rect, target):
            painter.fillRect(outside, current().colours.surround)
        seen = rect & target
        if self._found is None or seen.isEmpty():
            painter.fillRect(seen, current().colours.surround)
            return
        painter.fillRect(seen, current().colours.surround_black)
        # A pixel of the copy takes at least one of the screen: none is left out.
        zoom = self.viewport.zoom * self.viewport.ratio
        number = min(max(0, math.ceil(-math.log2(zoom))), len(self._found.copies) - 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        at = self._found.rect[:2]
        draw_level(painter, seen, self.viewport, self._image(number), 2**number, at)

    def _image(self, number: int) -> QImage:
        assert self._found is not None
        if number not in self._images:
            self._images[number] = levels(self._found.copies[number], self._table())
        return self._images[number]

    def _table(self) -> list[int]:
        small, large = (ink.rgb() for ink in _inks())
        same = current().colours.surround_black.rgb()
        return [same] + [small if level <= self.threshold else large for level in range(1, 256)]

    def _threshold_moved(self) -> None:
        for image in self._images.values():
            image.setColorTable(self._table())
        self._describe()
        self.update()

    def _words(self, where: str, tally: Tally) -> str:
        if not tally.changed:
            words = self.tr("{where}: 0 of {all} changed")
            return words.format(where=where, all=grouped(tally.all))
        words = self.tr("{where}: {same} same, {small} small, {large} large")
        return words.format(
            where=where,
            same=grouped(tally.same),
            small=grouped(tally.small),
            large=grouped(tally.large),
        )

    def _describe(self) -> None:
        self.setAccessibleDescription(". ".join(words for words, _, _ in self.chips()))


class ThresholdBar(Plate):
    """The number that parts small from large, over the picture."""

    def __init__(self, parent: QWidget) -> None:
        label = self.tr("Threshold")
        super().__init__("threshold-bar", label, parent)
        self.number = ScrubNumber("threshold", label, Span(0, MOST, default=SMALL), self)
        sizes = current().sizes
        row = QHBoxLayout(self)
        around = paint.sides(self, sizes.apart, sizes.small, sizes.small, sizes.small)
        row.setContentsMargins(*around)
        row.setSpacing(sizes.near)
        row.addWidget(ScrubLabel(label, self.number))
        row.addWidget(self.number)


def _inks() -> tuple[QColor, QColor]:
    """The colours of small and large, told apart by everybody."""
    presets = current().overlay.presets
    return presets["blue"], presets["yellow"]
