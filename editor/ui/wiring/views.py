"""Views: which of them the stage shows, how they are zoomed, and what they need made for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from editor.imaging.geometry import Rect, Size
from editor.session.ground import Grounds, lies_on
from editor.session.loop import in_thread
from editor.ui.gallery.compare import BESIDE, DIFFERENCE, DIVIDER, GRID, VIEWS
from editor.ui.gallery.torn import TornOff
from editor.ui.picture import picture_of
from editor.ui.stage import EDIT
from editor.ui.status import Status

if TYPE_CHECKING:
    from editor.compose.blend import Overlay
    from editor.compose.difference import Difference
    from editor.imaging.raster import Raster
    from editor.mask.plane import Coverage
    from editor.session.entries import Entry
    from editor.session.held import Held
    from editor.session.session import Session
    from editor.ui.window import Window

KEPT = 9
"""Differences that are remembered: those of a page and one more."""

_PAGING = {"page-next": "next-picture", "page-previous": "previous-picture"}
# The grid borrows these keys while it has more than one page.


class Views(QObject):
    """Carries out what the View menu offers; commands: by id, for menus and keys.

    do: carries out a command of the window.
    """

    def __init__(
        self, window: Window, session: Session, status: Status, do: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._status = status
        self._do = do
        self._grounds = Grounds(session.document)
        self._torn: TornOff | None = None
        self._busy: list[Overlay] = []
        self._measured: list[tuple[Overlay, Difference]] = []
        self._keys = {id: window.actions_by_id[id].shortcuts() for id in _PAGING.values()}
        compare = window.stage.compare
        self.commands: dict[str, Callable[[], None]] = {
            **{view: lambda view=view: self.show(view) for view in VIEWS},  # type: ignore[misc]  # bound by its default
            "divider-turn": compare.divider.turn,
            "page-next": lambda: compare.turn_page(1),
            "page-previous": lambda: compare.turn_page(-1),
            "tear-off": self._tear_off,
            "zoom-change": self._zoom_to_change,
            "zoom-mask": self._zoom_to_mask,
            "zoom-in": lambda: self._zoom_by(1.25),
            "zoom-out": lambda: self._zoom_by(0.8),
        }
        compare.stepped.connect(session.gallery.step)
        compare.unready.connect(self._lay)
        compare.unmeasured.connect(self._measure)
        status.unready.connect(self._lay)
        session.gallery.changed.connect(lambda _: self._settle())
        window.closed.connect(self._take_back)

    def show(self, view: str) -> None:
        """Show a comparing view, or the picture again when it is shown already."""
        stage, gallery = self._window.stage, self._session.gallery
        if stage.view == view and not stage.torn:
            view = EDIT
        if view in {BESIDE, DIVIDER, DIFFERENCE} and gallery.state.current == 0:
            arrived = [n for n, entry in enumerate(gallery.state.entries, 1) if entry.joined]
            gallery.show(arrived[0] if arrived else 0)
        tiles = self._window.strip.results
        if view != EDIT and tiles.isAncestorOf(self._window.focusWidget() or self._window):
            stage.canvas.setFocus()  # and from there to what is compared
        stage.show_view(view)
        self._status.show_stage()
        self._settle()

    def leave(self) -> bool:
        """Go back to editing; False when there."""
        stage = self._window.stage
        if stage.view == EDIT or stage.torn:
            return False
        self.show(EDIT)
        return True

    def edit(self) -> None:
        """Show the picture with its mask, whatever is compared or judged."""
        self.leave()
        self._session.gallery.leave()

    def rejoin(self) -> bool:
        """Take back what was moved alone; False when nothing was."""
        return self._window.stage.compare.rejoin()

    def _settle(self) -> None:
        """Mark the view in the menu, and give the grid its keys."""
        stage, actions = self._window.stage, self._window.actions_by_id
        for view in VIEWS:
            actions[view].setChecked(stage.view == view)
        actions["tear-off"].setChecked(stage.torn)
        paging = stage.view == GRID and stage.compare.pages > 1
        none: list[QKeySequence] = []
        for pages, pictures in _PAGING.items():
            actions[pages].setShortcuts(self._keys[pictures] if paging else none)
            actions[pictures].setShortcuts(none if paging else self._keys[pictures])

    def _zoom_by(self, factor: float) -> None:
        lead = self._window.stage.lead
        lead.set_zoom(lead.zoom * factor)

    def _zoom_to_change(self) -> None:
        """Show where the answer on the stage, or the current one, changes the picture."""
        state = self._session.gallery.state
        entry = state.entry or state.at(state.current)
        if entry is not None and entry.joined is not None:
            self._zoom_to(entry.joined.rect)

    def _zoom_to_mask(self) -> None:
        plane = self._session.painting.plane
        if plane is not None and not plane.is_empty:
            self._zoom_to(plane.box)

    def _zoom_to(self, rect: Rect) -> None:
        """Show a part of the picture in every view, with some of what is around it."""
        lead = self._window.stage.lead
        around = max(rect.size) // 5
        lead.show_rect(*rect.grown(around).clipped(Size(*lead.picture)))

    def _tear_off(self) -> None:
        """Compare in a window of its own, or in this one again."""
        stage = self._window.stage
        if self._torn is not None:
            self._torn.close()
            return
        if stage.view == EDIT:
            self.show(GRID)
        stage.tear_off(torn=True)
        actions = list(self._window.actions_by_id.values())
        self._torn = TornOff(stage.compare, self._window, actions, self._do)
        self._torn.closed.connect(self._take_back)
        self._torn.show()
        stage.compare.setFocus()
        self._settle()

    def _take_back(self) -> None:
        if self._torn is None:
            return
        torn, self._torn = self._torn, None
        self._window.stage.tear_off(torn=False)
        torn.close()
        torn.deleteLater()
        self._status.show_stage()
        self._settle()

    def _lay(self, overlay: Overlay) -> None:
        """Make an answer ready for drawing, away from the window."""
        base = self._session.document.base
        if base is not None and not self._under_way(overlay):
            self._busy.append(overlay)
            self._session.run(lambda: self._laid(base, overlay), "lay an answer")

    async def _laid(self, base: Raster, overlay: Overlay) -> None:
        try:
            await in_thread(picture_of(base).lay, overlay)
        finally:
            self._ended(overlay)
        self._status.show_stage()
        self._window.stage.compare.refresh()

    def _measure(self, overlay: Overlay) -> None:
        """Compare an answer with the picture under it, away from the window, and only once."""
        for known, found in self._measured:
            if known is overlay:
                self._window.stage.compare.show_difference(overlay, found)
                return
        held, base = self._session.document.target, self._session.document.base
        entries = self._session.gallery.state.entries
        entry = next((entry for entry in entries if entry.joined is overlay), None)
        if held is None or base is None or entry is None or entry.variant is None:
            return
        if lies_on(held, entry) and not self._under_way(overlay):
            self._busy.append(overlay)
            self._session.run(lambda: self._compared(held, base, entry, overlay), "compare")

    async def _compared(self, held: Held, base: Raster, entry: Entry, overlay: Overlay) -> None:
        """Measure against what the answer lies on, which is not what it would replace."""
        coverage = entry.variant.coverage if entry.variant else None
        try:
            ground = await self._grounds.of(held, base, entry)
            found = await in_thread(_measured, ground.base, overlay, coverage)
        finally:
            self._ended(overlay)
        self._measured = [(overlay, found), *self._measured[: KEPT - 1]]
        self._status.show_stage()

    def _under_way(self, overlay: Overlay) -> bool:
        return any(known is overlay for known in self._busy)

    def _ended(self, overlay: Overlay) -> None:
        self._busy = [known for known in self._busy if known is not overlay]


def _measured(base: Raster, overlay: Overlay, coverage: Coverage | None) -> Difference:
    from editor.compose.difference import difference

    found = difference(base, overlay, coverage)
    assert found.copies  # made here, not while drawing
    return found
