"""Covering: ways to a mask where nothing is painted: the last one, all, or what is clear."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from editor.imaging.raster import Raster
from editor.mask.clear import clear_in
from editor.mask.deed import Deed
from editor.mask.plane import Coverage
from editor.session.document import Document
from editor.session.form import Form
from editor.session.intent import APART
from editor.session.notice import Notice
from editor.session.painting import Painting

WHOLE, CLEAR, LAST = "whole", "clear", "last"

SEEN_FIRST = (
    "Nothing is painted, so what is transparent became the mask. "
    "Nothing was sent yet: look at it, then edit once more."
)


class Covering(QObject):
    """Offers ways and goes them, each as one step of undo; changed says that others are open.

    spawn: starts one of the window's coroutines. last: the mask of what was kept last in the
    target, None while there is none. clock: seconds that never go back. told carries a Notice.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(
        self,
        document: Document,
        painting: Painting,
        form: Form,
        spawn: Callable[..., object],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self._form = form
        self._spawn = spawn
        self._clock = clock
        self._until = 0.0
        self.last: Callable[[], Coverage | None] = lambda: None
        self._looked_at: Raster | None = None
        self._clear: Coverage | None = None
        document.based.connect(self._look)
        form.changed.connect(lambda _: self.changed.emit())
        for change in (self.changed, painting.stroke_ended, painting.turned):
            change.connect(self._tell_form)

    @property
    def ways(self) -> tuple[str, ...]:
        """What can be done instead of painting, best first; () where something is painted."""
        plane, state = self._painting.plane, self._form.state
        if plane is None or not plane.is_empty:
            return ()
        last = (LAST,) if self.last() is not None else ()
        if state.offline or not state.prompt.strip():
            return last
        clear = self._clear is not None and self._looked_at is self._document.base
        return (*last, CLEAR, WHOLE) if clear else (*last, WHOLE)

    def go(self, way: str) -> None:
        """Paint in the way of this name, while it is open."""
        if way not in self.ways:
            return
        if way == WHOLE:
            self._painting.fill_all()
        elif way == LAST:
            self.again()
        elif self._clear is not None:
            self._painting.load(self._clear, Deed("transparent"))

    async def seen(self) -> bool:
        """Whether an edit may go out with the mask as it is: the person had time to see it.

        Where nothing is painted and the provider edits what is clear in a picture, that is
        painted now, and may be looked at, undone, or sent by one more press; the second half
        of a double click is none. What costs money never has a mask that nobody saw.
        """
        state, base = self._form.state, self._document.base
        if state.provider.own_alpha and base is not None and self._looked_at is not base:
            await self._see(base)
        if self._covers:
            self.go(CLEAR)
            self._until = self._clock() + APART
            self.told.emit(Notice("info", SEEN_FIRST))
        return self._clock() >= self._until

    @property
    def _covers(self) -> bool:
        return self._form.state.provider.own_alpha and CLEAR in self.ways

    def _tell_form(self) -> None:
        self._form.set_covers(on=self._covers)

    def again(self) -> None:
        """Put the mask of what was kept last in the place of what is painted."""
        last = self.last()
        if last is not None:
            self._painting.load(last, Deed("last"))

    def _look(self) -> None:
        base = self._document.base
        if base is not None and base is not self._looked_at:
            self._spawn(self._see(base), "look for what is clear")

    async def _see(self, base: Raster) -> None:
        clear = await asyncio.to_thread(clear_in, base)
        if self._document.base is base:
            self._looked_at, self._clear = base, clear
            self.changed.emit()
