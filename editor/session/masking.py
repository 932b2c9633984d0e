"""Masking: the tools of the mask beside the brush: what a finished shape does to the mask."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from editor.imaging.geometry import Point, Rect
from editor.mask.brush import Brush
from editor.mask.deed import Deed, Laying
from editor.mask.shapes import ellipse, lasso, rectangle
from editor.session.document import Document
from editor.session.loop import in_thread
from editor.session.notice import Notice
from editor.session.painting import Painting
from editor.session.reshaping import Reshaping
from editor.session.selecting import Selecting
from editor.session.shaping import Shaping
from editor.session.timeline import Timeline
from editor.session.toolbox import Toolbox
from editor.session.wanding import Wanding

STILL = 100
"""Milliseconds without a change after which the nibs of a brush are built: while a number is
dragged each brush is passed by within a few."""

WAITED = 300
"""Milliseconds after which a person wonders whether anything is going on."""

_MISSED = "No object stands out there; the mask is as it was. Try a line on it, or the lasso."

_NO_RIM = "Nothing to refine there; brush along the rim of what is painted."


class Masking(QObject):
    """Owns the tools and how they are set; has the nibs of the chosen brush ready for a pen.

    working: whether what a tool was asked for has been on its way for a while. told carries a
    Notice.
    """

    working = Signal(bool)
    told = Signal(object)

    def __init__(
        self,
        document: Document,
        painting: Painting,
        timeline: Timeline,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self.toolbox = Toolbox(self)
        self.shaping = Shaping(painting, self)
        self.reshaping = Reshaping(painting, spawn, self)
        self.selecting = Selecting(painting, spawn, self)
        self.wanding = Wanding(painting, self.shaping, self.toolbox, timeline, spawn, self)
        self._at_work = 0
        self._waited = QTimer(self, singleShot=True, interval=WAITED)
        self._waited.timeout.connect(lambda: self.working.emit(True))
        for tool in (self.shaping, self.reshaping, self.selecting, self.wanding):
            tool.working.connect(self._count)
        self.selecting.missed.connect(lambda: self.told.emit(Notice("info", _MISSED)))
        self._building = False
        self._built: Brush | None = None
        self._chosen = QTimer(self, singleShot=True, interval=STILL)
        painting.brush_changed.connect(lambda _: self._chosen.start())
        painting.turned.connect(self._chosen.start)
        for told in (self._chosen.timeout, painting.pen_near):
            told.connect(lambda *_: spawn(self._build(), "build the nibs of a brush"))

    def close(self) -> None:
        """Prepare for no stroke any more, and tell of no work."""
        for timer in (self._chosen, self._waited):
            timer.stop()
            timer.blockSignals(True)

    def drop(self) -> bool:
        """Take back what is only tried or not yet worked out; False when there is nothing."""
        if self.reshaping.trying is not None:
            self.reshaping.drop()
            return True
        return self.selecting.drop() or self.wanding.drop() or self.shaping.drop()

    async def draw(self, name: str, places: Sequence[Point], how: Laying) -> None:
        """Do what a shape means that was drawn on the picture.

        name: "rectangle", "ellipse", "lasso", "wand", "box", "scribble" or "refine". places: two
        corners, a line, or the one that was clicked.
        """
        picture, shaping, setup = self._document.base, self.shaping, self.toolbox.setup
        if picture is None or not places:
            return
        match name:
            case "rectangle":
                shape = partial(rectangle, places[0], places[-1])
                await shaping.lay(shape, Deed("rectangle", how))
            case "ellipse":
                await shaping.lay(partial(ellipse, places[0], places[-1]), Deed("ellipse", how))
            case "lasso":
                await shaping.lay(partial(lasso, places), Deed("lasso", how))
            case "wand":
                tolerance, contiguous = setup.tolerance, setup.contiguous
                at = places[0]
                await shaping.wand(picture, at, how, tolerance=tolerance, contiguous=contiguous)
            case "box":
                self.selecting.box(picture, _around(places), how)
            case "scribble":
                self.selecting.scribble(picture, places, how)
            case "refine":
                if not await shaping.refine(picture, places, self._painting.brush.diameter):
                    self.told.emit(Notice("info", _NO_RIM))
            case _:
                raise ValueError(name)

    def _count(self, on: bool) -> None:
        """Tell of work that goes on for a while, and when it is done."""
        self._at_work += 1 if on else -1
        if on and self._at_work == 1:
            self._waited.start()
        elif not self._at_work:
            told = not self._waited.isActive()
            self._waited.stop()
            if told:
                self.working.emit(False)

    async def _build(self) -> None:
        """Build all nibs of the brush, one brush at a time; those passed by are left out."""
        if self._building:
            return
        self._building = True
        try:
            while self._painting.brush != self._built:
                self._built = self._painting.brush
                await in_thread(self._built.build)
        finally:
            self._building = False


def _around(places: Sequence[Point]) -> Rect:
    """The pixels that the rectangle between two corners touches."""
    (left, right), (top, bottom) = (
        sorted((places[0].x, places[-1].x)),
        sorted((places[0].y, places[-1].y)),
    )
    return Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
