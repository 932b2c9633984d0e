"""Viewport: zoom and pan arithmetic, no Qt inside; several panes may share one."""

from __future__ import annotations

import math
from collections.abc import Callable

from editor.imaging.geometry import NOWHERE, Rect, Size

LEAST, MOST = 0.01, 64.0
"""Screen pixels for one picture pixel."""

SMALLEST = 0.25
"""How far below the zoom that fits one can go."""


class Viewport:
    """What part of a picture a pane shows.

    zoom: logical screen pixels per picture pixel. ratio: device pixels per logical pixel.
    centre: the picture position in the middle of the free part of the pane. fitted: the zoom
    follows the size of the pane.
    """

    def __init__(self) -> None:
        self.picture = (1, 1)
        self.pane = (1, 1)
        self.ratio = 1.0
        self.zoom = 1.0
        self.centre = (0.5, 0.5)
        self.fitted = True
        self._listeners: list[Callable[[], None]] = []

    def listen(self, heard: Callable[[], None]) -> None:
        """Call this after every change."""
        self._listeners.append(heard)

    def show(self, width: int, height: int) -> None:
        """Show a picture of this size; one of another size is fitted."""
        if (width, height) != self.picture:
            self.picture = (width, height)
            self.fit()

    def resize(self, width: int, height: int) -> None:
        """Use a pane with this much free room; what was in its middle stays there."""
        if (width, height) == self.pane:
            return
        self.pane = (max(width, 1), max(height, 1))
        if self.fitted:
            self.fit()
        else:
            self._become(self.zoom, self.centre)

    def fit(self) -> None:
        """Show the whole picture, never larger than it is."""
        width, height = self.picture
        self.fitted = True
        self._become(min(self._fit_zoom(), self.actual), (width / 2, height / 2))

    def show_rect(self, left: float, top: float, right: float, bottom: float) -> None:
        """Show a part of the picture as large as it goes, at 200 % at most."""
        width, height = max(right - left, 1), max(bottom - top, 1)
        self.fitted = False
        zoom = min(self.pane[0] / width, self.pane[1] / height, 2.0 * self.actual)
        self._become(zoom, ((left + right) / 2, (top + bottom) / 2))

    def zoom_at(self, factor: float, x: float, y: float) -> None:
        """Zoom so that the picture position under a pane position stays under it.

        A step that would pass 100 % stops there.
        """
        zoom = self.zoom * factor
        if (zoom - self.actual) * (self.zoom - self.actual) < 0:
            zoom = self.actual
        self._zoom_to(zoom, x, y)

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the middle of the pane."""
        self._zoom_to(zoom, self.pane[0] / 2, self.pane[1] / 2)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by so many screen pixels."""
        self.fitted = False
        self._become(self.zoom, (self.centre[0] - dx / self.zoom, self.centre[1] - dy / self.zoom))

    @property
    def actual(self) -> float:
        """The zoom of 100 %: one device pixel for one picture pixel."""
        return 1.0 / self.ratio

    @property
    def least(self) -> float:
        """The smallest zoom there is for this picture in this pane."""
        return max(LEAST, SMALLEST * min(self._fit_zoom(), self.actual))

    @property
    def origin(self) -> tuple[float, float]:
        """Where the picture's top left corner lies in the pane, on whole device pixels."""
        return (
            self._whole(self.pane[0] / 2 - self.centre[0] * self.zoom),
            self._whole(self.pane[1] / 2 - self.centre[1] * self.zoom),
        )

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Picture position under a pane position."""
        left, top = self.origin
        return (x - left) / self.zoom, (y - top) / self.zoom

    def to_pane(self, x: float, y: float) -> tuple[float, float]:
        """Pane position of a picture position."""
        left, top = self.origin
        return x * self.zoom + left, y * self.zoom + top

    def rect_to_pane(self, rect: Rect) -> Rect:
        """Every pixel of the pane that shows some of a part of the picture."""
        if rect.empty:
            return NOWHERE
        left, top = self.to_pane(rect.left, rect.top)
        right, bottom = self.to_pane(rect.right, rect.bottom)
        return Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))

    def rect_to_picture(self, rect: Rect) -> Rect:
        """Every picture pixel that is seen in a part of the pane."""
        left, top = self.to_picture(rect.left, rect.top)
        right, bottom = self.to_picture(rect.right, rect.bottom)
        outward = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
        return outward.clipped(Size(*self.picture))

    def _zoom_to(self, zoom: float, x: float, y: float) -> None:
        before = self.to_picture(x, y)
        zoom = min(max(zoom, self.least), MOST)
        if abs(zoom - self.actual) < 1e-6:
            zoom = self.actual
        self.fitted = False
        centre = (
            before[0] - (x - self.pane[0] / 2) / zoom,
            before[1] - (y - self.pane[1] / 2) / zoom,
        )
        self._become(zoom, centre)

    def _fit_zoom(self) -> float:
        return min(self.pane[0] / self.picture[0], self.pane[1] / self.picture[1])

    def _whole(self, place: float) -> float:
        return round(place * self.ratio) / self.ratio

    def _become(self, zoom: float, centre: tuple[float, float]) -> None:
        width, height = self.picture
        self.zoom = zoom
        self.centre = (min(max(centre[0], 0.0), width), min(max(centre[1], 0.0), height))
        for heard in self._listeners:
            heard()
