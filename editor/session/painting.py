"""Painting: the mask of each picture, the brush, and the stroke in progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from editor.imaging.geometry import Point, Rect, Size
from editor.mask.brush import Brush
from editor.mask.deed import UNKNOWN, Deed
from editor.mask.feel import Pressure
from editor.mask.history import History
from editor.mask.plane import Coverage, MaskEdit, MaskPlane, Patch
from editor.mask.region import clear, cover, fill, invert
from editor.mask.stroke import Stroke
from editor.session.deeds import title_of
from editor.session.moments import moment, now
from editor.session.timeline import Kind, Step

FIRST_SHARE = 0.04
"""First diameter as a share of the shorter side; half the picture at once would startle."""


SLICE = 128
"""Tiles that are settled at a time, 8 megapixels in some 5 ms: a huge stroke takes several."""


@dataclass(frozen=True, slots=True)
class Mask:
    """The mask of one picture and what can be undone on it."""

    plane: MaskPlane
    history: History


class Painting(QObject):
    """Holds the masks by slot id; the one that is painted on belongs to the target.

    mask_changed carries the Rect to draw again; sealed the slot id and the Patch that takes
    a change back; moved the slot id, the Patch that would reverse an undo or redo, and whether
    the change is done now; stroke_ended comes after each of them and after an abandoned one.
    changing comes before any of them, while the mask is still as it was. pen_near carries the
    Brush that a pen is going to paint with.
    """

    turned = Signal()
    changing = Signal()
    mask_changed = Signal(object)
    stroke_ended = Signal()
    brush_changed = Signal(object)
    sealed = Signal(str, object)
    moved = Signal(str, object, bool)
    pen_near = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.brush = Brush(64.0, 0.8)
        self.slot = ""
        self._masks: dict[str, Mask] = {}
        self._sized = False
        self._edit: MaskEdit | None = None
        self._stroke: Stroke | None = None
        self._deed = UNKNOWN
        self._last: Point | None = None
        self._expected: Brush | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._settle)
        self.changing.connect(self.finish)

    @property
    def plane(self) -> MaskPlane | None:
        """The mask that is painted on, None while no picture is open."""
        mask = self._masks.get(self.slot)
        return mask.plane if mask else None

    @property
    def painting(self) -> bool:
        """Whether a stroke is under way."""
        return self._edit is not None

    def turn_to(self, slot: str, size: Size) -> None:
        """Paint on this picture from now on; its mask is made at the first visit.

        A stroke under way stays as far as it came, as one step of undo of its picture.
        """
        self.changing.emit()
        self._cut_off()
        if slot not in self._masks:
            plane = MaskPlane(size)
            self._masks[slot] = Mask(plane, History(plane))
        self.slot, self._last = slot, None
        if not self._sized:
            self.set_brush(diameter=max(8.0, round(FIRST_SHARE * min(size))))
        self.turned.emit()

    def leave(self) -> None:
        """Paint on nothing: the last picture was closed."""
        self.changing.emit()
        self._cut_off()
        self.slot = ""
        self.turned.emit()

    def mask_of(self, slot: str) -> Mask | None:
        return self._masks.get(slot)

    def adopt(self, slot: str, plane: MaskPlane, history: History) -> None:
        """Take a mask that was read from a project."""
        self._masks[slot] = Mask(plane, history)

    def forget(self, slot: str) -> None:
        """Let go of the mask of a picture that is no longer open."""
        self._masks.pop(slot, None)

    def set_brush(
        self,
        *,
        diameter: float | None = None,
        hardness: float | None = None,
        erase: bool | None = None,
        pressure: Pressure | None = None,
    ) -> None:
        """Change the brush; its kernels are built here, never in the stroke.

        Until a diameter was chosen the brush suits the first picture.
        """
        brush = self.brush
        self._sized = self._sized or diameter is not None
        brush = replace(
            brush,
            diameter=brush.diameter if diameter is None else min(max(diameter, 1.0), 4096.0),
            hardness=brush.hardness if hardness is None else min(max(hardness, 0.0), 1.0),
            erase=brush.erase if erase is None else erase,
            pressure=pressure or brush.pressure,
        )
        if brush != self.brush:
            self.brush = brush
            self.brush_changed.emit(brush)

    def expect_pen(self) -> None:
        """A pen is near: tell once for each brush what it is going to paint with."""
        if self._expected != self.brush:
            self._expected = self.brush
            self.pen_near.emit(self.brush)

    def begin(
        self, x: float, y: float, pressure: float = 1.0, *, erase: bool = False, line: bool = False
    ) -> None:
        """Put the pen down at a picture position; a line starts where the last stroke ended."""
        self.finish()
        plane = self.plane
        if plane is None or self._edit is not None:
            return
        self.changing.emit()
        brush = replace(self.brush, erase=self.brush.erase != erase) if erase else self.brush
        self._edit = plane.edit()
        self._stroke = Stroke(self._edit, brush)
        self._deed = Deed("erase" if brush.erase else "brush")
        if line and self._last is not None:
            self.mask_changed.emit(self._stroke.to(*self._last, pressure))
        self.extend(x, y, pressure)

    def extend(self, x: float, y: float, pressure: float = 1.0) -> None:
        """Move the pen; the mask follows up to this position at once."""
        if self._stroke is None:
            return
        self._last = Point(x, y)
        dirty = self._stroke.to(x, y, pressure)
        if not dirty.empty:
            self.mask_changed.emit(dirty)

    def end(self) -> None:
        """Lift the pen: the stroke becomes one step of undo, a huge one within a few moments."""
        self._stroke = None
        self._settle()

    def finish(self) -> None:
        """Make a stroke whose pen has lifted one step of undo at once."""
        if self._stroke is None and self._edit is not None:
            edit, self._edit = self._edit, None
            self.seal(edit.commit(), self._deed)

    def abandon(self) -> None:
        """Take the stroke under way back as if it had never begun; one that is done stays."""
        self.finish()
        edit, self._edit, self._stroke = self._edit, None, None
        if edit is not None:
            self.mask_changed.emit(edit.abandon())
            self.stroke_ended.emit()

    def fill_all(self) -> None:
        """Everything may change."""
        self._whole(fill, Deed("all"))

    def clear(self) -> None:
        """Nothing may change."""
        self._whole(clear, Deed("none"))

    def invert(self) -> None:
        """Swap what may change with what is kept."""
        self._whole(invert, Deed("invert"))

    def load(self, coverage: Coverage, deed: Deed = UNKNOWN) -> None:
        """Put another mask in the place of the painted one, as one step of undo."""
        self._whole(lambda plane: cover(plane, coverage), deed)

    def take(self, patch: Patch, deed: Deed) -> None:
        """Make a change that was worked out elsewhere, as one step of undo.

        patch: of a draft of this very version; no stroke may be under way.
        """
        self.changing.emit()
        self.seal(self.show(patch), deed)

    def show(self, patch: Patch) -> Patch:
        """Swap a change in without a step of undo; the patch that takes it back, or seals it."""
        assert self.plane is not None
        assert self._edit is None
        inverse, dirty = self.plane.swap(patch)
        if not dirty.empty:
            self.mask_changed.emit(dirty)
        return inverse

    def bring(self, slot: str, plane: MaskPlane, inverse: Patch, deed: Deed) -> None:
        """Take the first mask of a picture, with the change that made it as one step of undo."""
        self.adopt(slot, plane, History(plane))
        self._push(slot, inverse, deed)

    def seal(self, inverse: Patch, deed: Deed) -> None:
        """Make what was done one step of undo. inverse: what takes it back; empty for nothing."""
        self._push(self.slot, inverse, deed)
        self.stroke_ended.emit()

    def undo(self, slot: str) -> None:
        """Take the newest change of this picture's mask back."""
        history = self._masks[slot].history
        self.changing.emit()
        if history.can_undo:
            self._told(slot, history.undo())
            self.moved.emit(slot, history.redo_steps[-1], False)

    def redo(self, slot: str) -> None:
        """Make the newest change that was taken back again."""
        history = self._masks[slot].history
        self.changing.emit()
        if history.can_redo:
            self._told(slot, history.redo())
            self.moved.emit(slot, history.undo_steps[-1], True)

    def _push(self, slot: str, inverse: Patch, deed: Deed) -> None:
        inverse.deed = replace(deed, made=now())
        if inverse:
            self._masks[slot].history.push(inverse)
            self.sealed.emit(slot, inverse)

    def _settle(self) -> None:
        if self._stroke is None and self._edit is not None:
            if self._edit.settle(SLICE):
                self.finish()
            else:
                self._later.start()

    def _cut_off(self) -> None:
        self._stroke = None
        self.finish()

    def _whole(self, change: Callable[[MaskPlane], Patch], deed: Deed) -> None:
        plane = self.plane
        if plane is None:
            return
        self.changing.emit()
        self.abandon()
        patch = change(plane)
        self.mask_changed.emit(Rect(0, 0, *plane.size))
        self.seal(patch, deed)

    def _told(self, slot: str, dirty: Rect) -> None:
        if slot == self.slot:
            self.mask_changed.emit(dirty)
            self.stroke_ended.emit()


def painted(painting: Painting, slot: str, deed: Deed, *, done: bool = True) -> Step:
    """The step of a change of a mask, of now or of an earlier run."""
    return Step(
        Kind.STROKE,
        slot,
        lambda: painting.undo(slot),
        lambda: painting.redo(slot),
        title_of(deed),
        done,
        made=moment(deed.made),
    )
