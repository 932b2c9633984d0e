"""Bordering: where the sent mask and the blend mask end, found in a thread while they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from editor.compose.recipe import usual_feather
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from editor.mask.derive import blend_mask, sent_mask
from editor.mask.draft import Draft
from editor.mask.outline import outline
from editor.session.form import Form
from editor.session.linting import REST
from editor.session.loop import in_thread
from editor.session.painting import Painting
from editor.session.sending import Sending

Line = NDArray[np.float64]
"""(points, 2) positions x, y on the picture; a closed line does not repeat its first point."""

TOLERANCE = 0.75
"""Pixels by which a line may be off, to be made of few parts."""


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """sent: around what is asked for, () where no mask is sent. blend: where half is taken."""

    sent: tuple[Line, ...] = ()
    blend: tuple[Line, ...] = ()


class Bordering(QObject):
    """Follows the mask and the window while it is on; changed carries the Borders or None.

    spawn: starts one of the window's coroutines.
    """

    changed = Signal(object)

    def __init__(
        self,
        painting: Painting,
        sending: Sending,
        form: Form,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._painting = painting
        self._sending = sending
        self._form = form
        self._on = False
        self._soon = QTimer(self, singleShot=True, interval=REST)
        self._soon.timeout.connect(lambda: spawn(self.look(), "find the borders of the masks"))
        painting.stroke_ended.connect(self._wait)
        painting.turned.connect(self._wait)
        sending.framed.connect(lambda _: self._wait())

    def show(self, *, on: bool) -> None:
        """Follow them from now on, or no longer."""
        self._on = on
        if on:
            self._soon.start(0)
        else:
            self._soon.stop()
            self.changed.emit(None)

    def close(self) -> None:
        """Look no more."""
        self._soon.stop()
        self._soon.blockSignals(True)

    async def look(self) -> None:
        """Find them now; those of a mask that has changed meanwhile are not told."""
        plane, state = self._painting.plane, self._form.state
        if not self._on or plane is None or plane.is_empty:
            self.changed.emit(None)
            return
        placement = None if state.offline else self._sending.placement
        draft = plane.draft()
        found = await in_thread(_found, draft, placement, state.model.limits.grow)
        if self._on and self._painting.plane is plane and plane.version == draft.version:
            self.changed.emit(found)

    def _wait(self) -> None:
        if self._on:
            self._soon.start(REST)


def _found(draft: Draft, placement: Placement | None, grow: int) -> Borders:
    coverage = draft.coverage(whole(draft.size))
    blend = blend_mask(coverage, usual_feather(coverage))
    lines = tuple(_scaled(line, whole(draft.size), draft.size) for line in _outlines(blend))
    if placement is None:
        return Borders(blend=lines)
    sent = sent_mask(coverage, placement.window, placement.sent, grow)
    return Borders(
        tuple(_scaled(line, placement.window, placement.sent) for line in _outlines(sent)), lines
    )


def _outlines(mask: NDArray[np.uint8]) -> list[NDArray[np.int32]]:
    rows, cols = mask.shape
    return outline(mask, [Rect(0, 0, cols, rows)], TOLERANCE)


def _scaled(line: NDArray[np.int32], window: Rect, size: Size) -> Line:
    """Through the middles of pixels of what is sent, on the picture."""
    scale = np.array([window.size.width / size.width, window.size.height / size.height])
    placed: Line = (line + 0.5) * scale + np.array([window.left, window.top])
    return placed
