"""Viewport: zoom and pan arithmetic, no Qt inside; several panes may share one."""

from __future__ import annotations

from collections.abc import Callable

LEAST, MOST = 0.01, 64.0
"""Screen pixels for one picture pixel."""


class Viewport:
    """What part of a picture a pane shows.

    zoom: logical screen pixels per picture pixel. centre: the picture position in the middle
    of the free part of the pane. fitted: the zoom follows the size of the pane.
    """

    def __init__(self) -> None:
        self.picture = (1, 1)
        self.pane = (1, 1)
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
        """Use a pane with this much free room."""
        self.pane = (max(width, 1), max(height, 1))
        if self.fitted:
            self.fit()

    def fit(self) -> None:
        """Show the whole picture, never larger than it is."""
        width, height = self.picture
        self.fitted = True
        zoom = min(self.pane[0] / width, self.pane[1] / height, 1.0)
        self._become(zoom, (width / 2, height / 2))

    def show_rect(self, left: float, top: float, right: float, bottom: float) -> None:
        """Show a part of the picture as large as it goes, at 200 % at most."""
        width, height = max(right - left, 1), max(bottom - top, 1)
        self.fitted = False
        zoom = min(self.pane[0] / width, self.pane[1] / height, 2.0)
        self._become(zoom, ((left + right) / 2, (top + bottom) / 2))

    def zoom_at(self, factor: float, x: float, y: float) -> None:
        """Zoom so that the picture position under a pane position stays under it."""
        before = self.to_picture(x, y)
        zoom = min(max(self.zoom * factor, LEAST), MOST)
        self.fitted = False
        centre = (
            before[0] - (x - self.pane[0] / 2) / zoom,
            before[1] - (y - self.pane[1] / 2) / zoom,
        )
        self._become(zoom, centre)

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the middle of the pane."""
        self.zoom_at(zoom / self.zoom, self.pane[0] / 2, self.pane[1] / 2)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by so many screen pixels."""
        self.fitted = False
        self._become(self.zoom, (self.centre[0] - dx / self.zoom, self.centre[1] - dy / self.zoom))

    @property
    def origin(self) -> tuple[float, float]:
        """Where the picture's top left corner lies in the pane, on whole pixels."""
        return (
            round(self.pane[0] / 2 - self.centre[0] * self.zoom),
            round(self.pane[1] / 2 - self.centre[1] * self.zoom),
        )

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Picture position under a pane position."""
        left, top = self.origin
        return (x - left) / self.zoom, (y - top) / self.zoom

    def to_pane(self, x: float, y: float) -> tuple[float, float]:
        """Pane position of a picture position."""
        left, top = self.origin
        return x * self.zoom + left, y * self.zoom + top

    def _become(self, zoom: float, centre: tuple[float, float]) -> None:
        width, height = self.picture
        self.zoom = zoom
        self.centre = (min(max(centre[0], 0.0), width), min(max(centre[1], 0.0), height))
        for heard in self._listeners:
            heard()
