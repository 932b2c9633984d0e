"""Linting: what is odd about the mask, found in a thread once the pen has rested for a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from editor.imaging.geometry import whole
from editor.imaging.raster import Raster
from editor.mask.deed import Deed
from editor.mask.draft import Draft
from editor.mask.lint import Finding, Fix, findings
from editor.mask.mend import EVERYWHERE, mended
from editor.mask.patch import Patch
from editor.session.document import Document
from editor.session.loop import in_thread
from editor.session.painting import Painting
from editor.session.shaping import Shaping

REST = 300
"""Milliseconds after a stroke; who paints the next one does not want to read yet."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a mask. share: of the picture that may change, 0.0 to 1.0."""

    share: float
    findings: tuple[Finding, ...] = ()

    @property
    def warnings(self) -> int:
        """How many findings are rarely meant."""
        return sum(finding.level == "warn" for finding in self.findings)


class Linting(QObject):
    """Looks at the mask of the target as it is seen, also while a change of it is only tried.

    changed carries the Report, None where nothing is painted.

    spawn: starts one of the window's coroutines.
    """

    changed = Signal(object)

    def __init__(
        self,
        document: Document,
        painting: Painting,
        shaping: Shaping,
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self._shaping = shaping
        self._spawn = spawn
        self.report: Report | None = None
        self._soon = QTimer(self, singleShot=True, interval=REST)
        self._soon.timeout.connect(lambda: spawn(self.look(), "look at the mask"))
        painting.stroke_ended.connect(self._wait)
        painting.turned.connect(self._wait)
        painting.mask_changed.connect(self._tried)
        document.based.connect(self._wait)

    def close(self) -> None:
        """Look no more."""
        self._soon.stop()
        self._soon.blockSignals(True)

    async def look(self) -> None:
        """Look now; what was found of a mask that has changed meanwhile is not told."""
        plane, base = self._painting.plane, self._document.base
        if plane is None or plane.is_empty:
            self._become(None)
            return
        draft = plane.draft()
        picture = base if base is not None and base.size == draft.size else None
        report = await in_thread(_looked, draft, picture)
        if self._painting.plane is plane and plane.version == draft.version:
            self._become(report)

    def fix(self, finding: Finding) -> None:
        """Mend what was found as one step of undo; nothing where only the person can tell."""
        if finding.fix:
            work = partial(_mended, finding.fix)
            self._spawn(self._shaping.change(work, Deed("mend")), "mend the mask")

    def _wait(self) -> None:
        plane = self._painting.plane
        if plane is None or plane.is_empty:
            self._soon.stop()
            self._become(None)
        else:
            self._soon.start()

    def _tried(self) -> None:
        """A change that is only tried is seen, and taken back while the next one comes."""
        if not self._painting.painting:
            self._soon.start()

    def _become(self, report: Report | None) -> None:
        if report != self.report:
            self.report = report
            self.changed.emit(report)


def _looked(draft: Draft, picture: Raster | None) -> Report:
    coverage = draft.coverage(whole(draft.size))
    share = int(np.count_nonzero(coverage)) / coverage.size
    return Report(share, findings(coverage, picture))


def _mended(fix: Fix, draft: Draft) -> Patch:
    """Every change of a fix, where the mask is and as far as they carry it."""
    reach = sum(by for change, by in fix if change in {"grow", "shrink"})
    around = draft.box.grown(reach + 2).clipped(draft.size)
    if any(change in EVERYWHERE for change, _ in fix):
        around = whole(draft.size)
    return draft.becoming(around, mended(draft.coverage(around), fix))
