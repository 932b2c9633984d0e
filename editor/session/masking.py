"""Masking: the tools of the mask beside the brush: what a finished shape does to the mask."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from editor.imaging.geometry import Point, Rect
from editor.mask.draft import Laying
from editor.mask.shapes import ellipse, lasso, rectangle
from editor.session.document import Document
from editor.session.loop import in_thread
from editor.session.painting import Painting
from editor.session.reshaping import Reshaping
from editor.session.selecting import Selecting
from editor.session.shaping import Shaping
from editor.session.toolbox import Toolbox


class Masking(QObject):
    """Owns the tools and how they are set.

    working: whether a thread is at a shape or an object.
    """

    working = Signal(bool)

    def __init__(
        self,
        document: Document,
        painting: Painting,
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
        for tool in (self.shaping, self.selecting):
            tool.working.connect(self.working)
        painting.pen_near.connect(
            lambda brush: spawn(in_thread(brush.build), "build the nibs of a pen")
        )

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
                await shaping.lay(partial(rectangle, places[0], places[-1]), how)
            case "ellipse":
                await shaping.lay(partial(ellipse, places[0], places[-1]), how)
            case "lasso":
                await shaping.lay(partial(lasso, places), how)
            case "wand":
                tolerance, contiguous = setup.tolerance, setup.contiguous
                at = places[0]
                await shaping.wand(picture, at, how, tolerance=tolerance, contiguous=contiguous)
            case "box":
                self.selecting.box(picture, _around(places), how)
            case "scribble":
                self.selecting.scribble(picture, places, how)
            case "refine":
                await shaping.refine(picture, places, self._painting.brush.diameter)
            case _:
                raise ValueError(name)


def _around(places: Sequence[Point]) -> Rect:
    """The pixels that the rectangle between two corners touches."""
    (left, right), (top, bottom) = (
        sorted((places[0].x, places[-1].x)),
        sorted((places[0].y, places[-1].y)),
    )
    return Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))
