"""Viewport: zoom and pan arithmetic, no Qt inside; those of several panes may be linked."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from editor.imaging.geometry import NOWHERE, Rect, Size, whole

LEAST, MOST = 0.01, 64.0
"""Screen pixels for one picture pixel."""

NOTCH = 120
"""What a wheel reports for one click."""

STEP = 1.25
"""Zoom by one click of a wheel."""

SMALLEST = 0.25
"""How far below the zoom that fits one can go."""


PIXEL = Rect(0, 0, 1, 1)
"""The picture before there is one."""


class Place(NamedTuple):
    """Where a pane shows the picture: screen pixels per picture pixel, and its corner."""

    zoom: float
    left: float
    top: float


@dataclass(slots=True)
class View:
    """What all linked viewports have in common.

    room: what is fitted and may come into the middle, the picture or more than that. scale:
    device pixels per picture pixel, so that 100 % is 100 % on every screen. heard: what each of
    them does after a change; it is told whether another picture is shown. places: what each of
    them found since the last change; a stroke asks many times.
    """

    picture: tuple[int, int] = (1, 1)
    room: Rect = PIXEL
    scale: float = 1.0
    centre: tuple[float, float] = (0.5, 0.5)
    fitted: bool = True
    heard: list[Callable[[bool], None]] = field(default_factory=list)
    places: dict[Viewport, Place] = field(default_factory=dict)

    def tell(self, *, turned: bool = False) -> None:
        """Let every pane follow."""
        for hear in self.heard:
            hear(turned)


class Viewport:
    """What part of a picture a pane shows; linked ones show the same part, each in its pane.

    While the picture is fitted, each pane fits it by itself; from the first zoom or pan all have
    one zoom and one centre.
    """

    def __init__(self, linked: Viewport | None = None) -> None:
        self.view: View = linked.view if linked else View()
        self.view.heard.append(self._hear)
        self.pane = (1, 1)
        self._ratio = 1.0
        self._aside = (0.0, 0.0)
        self._listeners: list[Callable[[], None]] = []

    @property
    def picture(self) -> tuple[int, int]:
        """Width and height of what is shown."""
        return self.view.picture

    @property
    def fitted(self) -> bool:
        """Whether the zoom follows the size of the pane."""
        return self.view.fitted

    @property
    def zoom(self) -> float:
        """Logical screen pixels per picture pixel."""
        return self._place.zoom

    @property
    def ratio(self) -> float:
        """Device pixels per logical pixel."""
        return self._ratio

    @ratio.setter
    def ratio(self, ratio: float) -> None:
        self._ratio = ratio
        self.view.places.clear()

    @property
    def centre(self) -> tuple[float, float]:
        """The picture position in the middle of the free part of the pane."""
        x, y = self.view.centre
        return x + self._aside[0], y + self._aside[1]

    @property
    def aside(self) -> bool:
        """Whether this pane was moved away from the place of the others."""
        return self._aside != (0.0, 0.0)

    def listen(self, heard: Callable[[], None]) -> None:
        """Call this after every change."""
        self._listeners.append(heard)

    def show(self, width: int, height: int) -> None:
        """Show a picture of this size; one of another size is fitted."""
        if (width, height) != self.picture:
            self.view.picture = (width, height)
            self.view.room = whole(Size(width, height))
            self._fit(turned=True)

    def make_room(self, room: Rect) -> None:
        """Let what lies around the picture be shown as well; a fitted view fits it."""
        self.view.room = room
        if self.view.fitted:
            self._fit(turned=False)

    def resize(self, width: int, height: int) -> None:
        """Use a pane with this much free room; what was in its middle stays there."""
        if (width, height) == self.pane:
            return
        self.pane = (max(width, 1), max(height, 1))
        self._tell()

    def fit(self) -> None:
        """Show the whole picture, never larger than it is."""
        self._fit(turned=False)

    def show_actual(self) -> None:
        """Show one device pixel for each of the picture."""
        self.set_zoom(self.actual)

    def show_rect(self, left: float, top: float, right: float, bottom: float) -> None:
        """Show a part of the picture as large as it goes, at 200 % at most."""
        width, height = max(right - left, 1), max(bottom - top, 1)
        zoom = min(self.pane[0] / width, self.pane[1] / height, 2.0 * self.actual)
        self._aside = (0.0, 0.0)
        self._become(zoom, ((left + right) / 2, (top + bottom) / 2))

    def look_at(self, zoom: float, centre: tuple[float, float]) -> None:
        """Show a place of the picture in the middle, at this zoom from now on."""
        self._become(zoom, centre)

    def zoom_at(self, factor: float, x: float, y: float) -> None:
        """Zoom so that the picture position under a pane position stays under it.

        A step that would pass 100 % stops there.
        """
        zoom = self.zoom * factor
        if (zoom - self.actual) * (self.zoom - self.actual) < 0:
            zoom = self.actual
        self._zoom_to(zoom, x, y)

    def turn(self, turned: float, x: float, y: float) -> None:
        """Zoom at a pane position as a wheel was turned, NOTCH for each click."""
        self.zoom_at(STEP ** (turned / NOTCH), x, y)

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the middle of the pane."""
        self._zoom_to(zoom, self.pane[0] / 2, self.pane[1] / 2)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by so many screen pixels."""
        x, y = self.centre
        self._become(self.zoom, (x - dx / self.zoom, y - dy / self.zoom))

    def pan_alone(self, dx: float, dy: float) -> None:
        """Move the picture in this pane only; it keeps its distance to the others."""
        x, y = self._aside
        self._aside = (x - dx / self.zoom, y - dy / self.zoom)
        self._tell()

    def rejoin(self) -> None:
        """Go back to the place of the others."""
        if self.aside:
            self._aside = (0.0, 0.0)
            self._tell()

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
        return self._place.left, self._place.top

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Picture position under a pane position."""
        zoom, left, top = self._place
        return (x - left) / zoom, (y - top) / zoom

    def to_pane(self, x: float, y: float) -> tuple[float, float]:
        """Pane position of a picture position."""
        zoom, left, top = self._place
        return x * zoom + left, y * zoom + top

    def rect_to_pane(self, rect: Rect) -> Rect:
        """Every pixel of the pane that shows some of a part of the picture."""
        if rect.empty:
            return NOWHERE
        zoom, left, top = self._place
        return Rect(
            math.floor(rect.left * zoom + left),
            math.floor(rect.top * zoom + top),
            math.ceil(rect.right * zoom + left),
            math.ceil(rect.bottom * zoom + top),
        )

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
        centre = (
            before[0] - (x - self.pane[0] / 2) / zoom,
            before[1] - (y - self.pane[1] / 2) / zoom,
        )
        self._become(zoom, centre)

    def _fit_zoom(self) -> float:
        width, height = self.view.room.size
        return min(self.pane[0] / width, self.pane[1] / height)

    @property
    def _place(self) -> Place:
        known = self.view.places.get(self)
        if known is None:
            known = self.view.places[self] = self._found()
        return known

    def _found(self) -> Place:
        """The place of now, on whole device pixels."""
        zoom = min(self._fit_zoom(), self.actual) if self.fitted else self.view.scale / self.ratio
        (x, y), (width, height), ratio = self.centre, self.pane, self.ratio
        return Place(
            zoom,
            round((width / 2 - x * zoom) * ratio) / ratio,
            round((height / 2 - y * zoom) * ratio) / ratio,
        )

    def _become(self, zoom: float, centre: tuple[float, float]) -> None:
        """Show this, here and in every linked pane."""
        view = self.view
        left, top, right, bottom = view.room
        x, y = centre[0] - self._aside[0], centre[1] - self._aside[1]
        view.fitted = False
        view.scale = zoom * self.ratio
        view.centre = (min(max(x, left), right), min(max(y, top), bottom))
        view.tell()

    def _fit(self, *, turned: bool) -> None:
        left, top, right, bottom = self.view.room
        self.view.fitted = True
        self.view.centre = ((left + right) / 2, (top + bottom) / 2)
        self.view.tell(turned=turned)

    def _hear(self, turned: bool) -> None:
        if turned:
            self._aside = (0.0, 0.0)
        self._tell()

    def _tell(self) -> None:
        self.view.places.clear()
        for heard in self._listeners:
            heard()
