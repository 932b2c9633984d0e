"""Tuning: how the answer on the stage is joined, by two sliders, a click and the brush."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from operator import is_not

import numpy as np
from PySide6.QtCore import QObject, Signal

from editor.compose.fitting.grain import DETAIL
from editor.compose.fitting.report import Report
from editor.compose.leaking.spill import blob
from editor.compose.recipe import Recipe
from editor.edits.variant import Variant
from editor.errors import InputProblem
from editor.imaging.geometry import Size
from editor.mask.history import History
from editor.mask.plane import Coverage, MaskPlane
from editor.mask.region import cover
from editor.session.document import Document
from editor.session.entries import Entry
from editor.session.gallery import Gallery
from editor.session.notice import Notice
from editor.session.painting import Painting
from editor.session.tuned import Tuned, Way

UNCHANGED = "Nothing beside the mask has changed there, so there is nothing to let through."
_SCRATCH = "tuning"
# Slot of the mask that the brush changes meanwhile; no picture has this id.


class _Same:
    """A mask that equals only itself, so that comparing it takes no time."""

    def __init__(self, mask: Coverage | None) -> None:
        self._mask = mask

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other._mask is self._mask

    def __hash__(self) -> int:
        return id(self._mask)


class Tuning(QObject):
    """Changes how the shown answer is joined.

    changed carries a Tuned, None while no answer is shown. painting: holds what may change,
    for the brush while way is BRUSH and for its outline; after strokes brushed() is to be run.
    """

    changed = Signal(object)

    def __init__(
        self,
        document: Document,
        gallery: Gallery,
        masks: Painting,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._gallery = gallery
        self._masks = masks
        self._spawn = spawn
        self.painting = Painting(self)
        self.way = Way.OFF
        self._seen: tuple[object, ...] = ()
        self._laid: tuple[object, ...] = ()
        gallery.changed.connect(lambda _: self._tell())

    @property
    def outline(self) -> MaskPlane | None:
        """What may change, where that is something else than what was painted, or to brush on."""
        entry = self._entry
        wanted = entry is not None and (any(entry.spread) or self.way is Way.BRUSH)
        return self.painting.plane if wanted and entry and self._laid == _laid(entry) else None

    def set_edge(self, pixels: float | None) -> None:
        """Let the answer fade in over so many source pixels; None for what suits the mask."""
        if (entry := self._entry) is not None:
            recipe = entry.recipe
            usual = entry.usual or recipe
            feather = usual.feather if pixels is None else pixels
            self._gallery.tune(entry.id, replace(recipe, feather=feather))

    def set_match(self, share: float | None) -> None:
        """Take so much of the colours around, 0 to 1; None for all."""
        if (entry := self._entry) is not None:
            match = 1.0 if share is None else share
            self._gallery.tune(entry.id, replace(entry.recipe, match=match))

    def set_way(self, way: Way) -> None:
        """Choose what a click or the brush on the picture does."""
        self.way = way if self._entry is not None else Way.OFF
        brush = self._masks.brush
        self.painting.set_brush(diameter=brush.diameter, hardness=brush.hardness, erase=False)
        self._tell()

    async def pick(self, x: float, y: float) -> None:
        """Let the shadow or reflection at a picture position through. Raises InputProblem."""
        entry, base = self._entry, self._document.base
        if entry is None or entry.variant is None or entry.fit is None or base is None:
            return
        spill = await asyncio.to_thread(blob, base, entry.variant, entry.fit, int(x), int(y))
        if spill is None:
            raise InputProblem(UNCHANGED)
        now = self._gallery.find(entry.id)
        if now is not None:
            before = now.recipe.let_in
            through = spill if before is None else np.maximum(before, spill)
            self._gallery.tune(entry.id, replace(now.recipe, let_in=through))

    async def brushed(self) -> None:
        """Join where the brush says, once a stroke has ended."""
        entry, plane = self._entry, self.painting.plane
        if self.way is not Way.BRUSH or entry is None or entry.variant is None or plane is None:
            return
        painted, wanted = entry.variant.coverage, plane.snapshot()
        if painted is not None and self._laid == _laid(entry):
            recipe = await asyncio.to_thread(_as_brushed, entry.recipe, painted, wanted)
            self._laid = entry.id, _Same(recipe.let_in), _Same(recipe.kept_out)
            self._gallery.tune(entry.id, recipe)

    def undo(self) -> None:
        """Let nothing more through, and keep nothing more out, than was painted."""
        if (entry := self._entry) is not None:
            self._gallery.tune(entry.id, replace(entry.recipe, let_in=None, kept_out=None))

    def travel(self, *, back: bool) -> bool:
        """Take a stroke of the brush back, or make it again; False while it does not brush."""
        if self.way is not Way.BRUSH or self.painting.plane is None:
            return False
        if not self.painting.painting:
            (self.painting.undo if back else self.painting.redo)(_SCRATCH)
        return True

    @property
    def _entry(self) -> Entry | None:
        """The answer on the stage."""
        entry = self._gallery.state.entry if self._gallery.state.shown else None
        return entry if entry is not None and entry.variant is not None else None

    def _tell(self) -> None:
        entry = self._entry
        if entry is None or entry.variant is None:
            self.way = Way.OFF
            self._become(None, ())
            return
        if (any(entry.spread) or self.way is Way.BRUSH) and self._laid != _laid(entry):
            self._laid = _laid(entry)
            self._spawn(self._lay(entry.recipe, entry.variant), "outline")
        seen = (entry.id, entry.tuned, entry.fit, entry.spread, self.way)
        self._become(entry, seen)

    async def _lay(self, recipe: Recipe, variant: Variant) -> None:
        """Put what may change under the brush."""
        if variant.coverage is None:
            return
        laid = self._laid
        plane = await asyncio.to_thread(_plane_of, recipe, variant.coverage)
        if self._laid is laid:
            self.painting.adopt(_SCRATCH, plane, History(plane))
            self.painting.turn_to(_SCRATCH, plane.size)
            self._seen = ()
            self._tell()

    def _become(self, entry: Entry | None, seen: tuple[object, ...]) -> None:
        """Tell what is new; gallery and clock change without it all the time."""
        if len(seen) != len(self._seen) or any(map(is_not, seen, self._seen)):
            self._seen = seen
            self.changed.emit(None if entry is None else self._tuned(entry))

    def _tuned(self, entry: Entry) -> Tuned:
        recipe, report = entry.recipe, entry.fit.report if entry.fit else None
        usual = entry.usual or recipe
        return Tuned(
            edge=recipe.feather,
            match=recipe.match,
            edge_auto=recipe.feather == usual.feather,
            match_auto=recipe.match == 1.0,
            widened=entry.spread[0],
            narrowed=entry.spread[1],
            way=self.way,
            told=_told(report) if report else (),
        )


def _told(report: Report) -> tuple[Notice, ...]:
    """What fitting did, and how much of the photo's detail the answer has where it has less."""
    done = Notice("info", report.template, report.values)
    if report.detail is None:
        return (done,)
    return done, Notice("info", DETAIL, {"share": f"{report.detail * 100:.0f}"})


def _laid(entry: Entry) -> tuple[object, ...]:
    """What tells one region that may change from another: compared by identity."""
    recipe = entry.recipe
    return entry.id, _Same(recipe.let_in), _Same(recipe.kept_out)


def _plane_of(recipe: Recipe, painted: Coverage) -> MaskPlane:
    plane = MaskPlane(Size(painted.shape[1], painted.shape[0]))
    cover(plane, recipe.may_change(painted))
    return plane


def _as_brushed(recipe: Recipe, painted: Coverage, wanted: Coverage) -> Recipe:
    """The recipe by which exactly what is wanted may change."""
    more, less = wanted > painted, wanted < painted
    return replace(
        recipe,
        let_in=np.where(more, wanted, 0).astype(np.uint8) if more.any() else None,
        kept_out=np.where(less, ~wanted, 0).astype(np.uint8) if less.any() else None,
    )
