"""Extending: the target on a larger canvas, whose new area is masked by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.compose.extension import Sides, extended, new_area
from editor.imaging.encode import encode
from editor.imaging.facts import Facts
from editor.imaging.raster import Native
from editor.mask.deed import Deed
from editor.session.loop import heard, in_thread
from editor.session.timeline import Kind

if TYPE_CHECKING:
    from editor.session.document import Document
    from editor.session.finishing import Finishing
    from editor.session.painting import Painting
    from editor.session.timeline import Timeline


class Extending(QObject):
    """Puts a larger picture in the place of the target, as one step of undo.

    The picture as it is, with every edit kept on it, becomes the source of the larger one: its
    own samples at their offset, bit for bit, which are protected from then on.
    """

    def __init__(
        self,
        document: Document,
        painting: Painting,
        finishing: Finishing,
        timeline: Timeline,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._painting = painting
        self._finishing = finishing
        self._timeline = timeline

    async def extend(self, sides: Sides) -> None:
        """Add so many pixels at each side. Raises Problem; nothing has changed then."""
        held = self._document.target
        if held is None or not sides:
            return
        done = await self._finishing.finished(None)
        data = await in_thread(_file, done.result, done.facts, sides)
        plane = self._painting.plane
        if self._document.target is not held or plane is None:
            return
        # Only now: strokes may have been undone while the larger picture was made.
        painted = plane.snapshot()
        title = self.tr("Extend {name}").format(name=held.name)
        await self._document.replace(held.slot, data, held.name, held.path, title)
        larger = self._document.target
        assert larger is not None
        while self._painting.slot != larger.slot:
            await heard(self._painting.turned)
        self._painting.load(await in_thread(new_area, painted, sides), Deed("extend"))
        # The step that takes the picture back takes its mask along.
        self._timeline.forget_newest(larger.slot, Kind.STROKE)
        self._timeline.changed.emit()


def _file(picture: Native, facts: Facts, sides: Sides) -> bytes:
    return encode(extended(picture, sides), facts, "png")
