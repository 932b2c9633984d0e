"""Status: chips, lock, facts and which commands are on, from the session as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.ui.actions import SUBMENUS, commands
from editor.ui.gallery.caption import caption
from editor.ui.gallery.linked import Compared
from editor.ui.hinting import Hinting
from editor.ui.language import grouped, note, unmirrored
from editor.ui.picture import picture_of
from editor.ui.stage import EDIT
from editor.ui.untouched import Untouched

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class Status(QObject):
    """Shows; asked by the wiring whenever something changed.

    unready: an Overlay that has to be laid before the stage can show it; then show_stage() again.
    """

    unready = Signal(object)

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._enabled: dict[str, bool] = {}
        self._hinting = Hinting(window, session)
        self._peeking = False
        self._source = Untouched(session.document)

    def show_tool(self) -> None:
        """Mark the tool in use and say which modifiers matter now."""
        canvas, brush = self._window.stage.canvas, self._session.painting.brush
        self._window.tools.show_tool(canvas.tool, erase=brush.erase)
        self._hinting.show()

    def show_mask(self) -> None:
        """Tell how much is painted, and switch what depends on it."""
        held, plane = self._session.document.target, self._session.painting.plane
        facts = []
        if held is not None:
            facts.append(_depth(held.facts.depth, held.facts.profile_name))
            facts += [note(words) for words in held.facts.notes[:1]]
        base = self._session.document.base
        if base is not None and base.on_disk:
            facts.append(self.tr("worked from the disk"))
        if self._session.form.state.local:
            facts.append(self.tr("stays on this computer"))
        self._window.hints.show_facts(*facts)
        self._show_enabled()
        if plane is not None:
            self.show_lock()
            self._window.stage.canvas.show_hint(shown=plane.is_empty and self._untouched())

    def show_stage(self) -> None:
        """Show what the stage stands for: the base, the original or a variant."""
        session, stage = self._session, self._window.stage
        state = session.gallery.state
        entry = state.entry if state.shown else None
        joined, base = entry.joined if entry else None, session.document.base
        if joined is not None and base is not None and not picture_of(base).ready(joined):
            self.unready.emit(joined)
        else:
            stage.canvas.show_variant(joined, editing=state.shown is None)
        stage.canvas.show_caption(caption(state, session.choosing))
        self.show_lock()
        if state.shown == 0 or stage.view != EDIT:
            session.run(self._read_source, "read the source")
        else:
            self._source.look_away()
        self._show_original()
        source = self._source.raster
        if stage.view != EDIT and base is not None and source is not None:
            pictures = [Compared(0, self.tr("Original"))]
            pictures += [
                Compared(number, f"v{number}", entry.joined, entry.starred)
                for number, entry in enumerate(state.entries, 1)
                if entry.joined is not None
            ]
            stage.show_pictures(source, base, pictures, state.current)
        self._hinting.show()
        self._show_enabled()

    def show_lock(self) -> None:
        """Tell how many protected pixels changed, or that there are none."""
        words, open = self._lock()
        self._window.stage.canvas.show_lock(words, open=open)

    def show_history(self) -> None:
        slot = self._session.painting.slot
        undo = self._session.timeline.undoable(slot) is not None
        redo = self._session.timeline.redoable(slot) is not None
        self._window.tools.show_history(
            "" if undo else self.tr("Nothing to undo"), "" if redo else self.tr("Nothing to redo")
        )
        self._show_enabled()

    async def peek(self, *, on: bool) -> None:
        """Show the untouched source while its key is held."""
        self._peeking = on
        if on:
            self._source.look_away()
            await self._read_source()
        self._show_original()

    async def _read_source(self) -> None:
        if await self._source.read():
            self.show_stage()

    def _show_original(self) -> None:
        """Put the source on the stage while it is peeked at or its digit was pressed."""
        wanted = self._peeking or self._session.gallery.state.shown == 0
        self._window.stage.canvas.show_source(self._source.raster if wanted else None)

    def show_keys(self) -> None:
        self._window.show_keys()

    def _untouched(self) -> bool:
        """Whether nothing has been painted or kept on the target yet."""
        slot, steps = self._session.painting.slot, self._session.timeline.steps
        return all(step.slot != slot for step in steps)

    def _lock(self) -> tuple[str, bool]:
        """How many protected pixels the picture on the stage has changed.

        Where everything may change, or could, there are none to count: True.
        """
        none = self.tr("nothing is protected in this edit"), True
        found, plane = self._session.protection(), self._session.painting.plane
        open_now = (
            self._session.gallery.state.shown is None and not self._session.form.state.offline
        )
        if open_now and plane is not None and plane.is_full:
            return none
        if found is None:
            return "", False
        changed, protected = found
        if not protected:
            return none
        words = self.tr("{changed} of {protected} changed")
        return words.format(changed=grouped(changed), protected=grouped(protected)), False

    def _show_enabled(self) -> None:
        session = self._session
        plane = session.painting.plane
        slot = session.painting.slot
        there = {
            "": True,
            "picture": session.document.base is not None,
            "mask": plane is not None and not plane.is_empty,
            "last": session.gallery.last_mask() is not None,
            "variant": any(entry.joined for entry in session.gallery.state.entries),
            "pages": self._window.stage.compare.pages > 1,
            "running": session.jobs.running > 0,
            "undo": session.timeline.undoable(slot) is not None,
            "redo": session.timeline.redoable(slot) is not None,
        }
        allowed = session.choosing.allowed()
        for command in (known for known in commands() if known.id not in SUBMENUS):
            on = there.get(command.needs, command.needs in allowed)
            if self._enabled.get(command.id) is not on:
                self._enabled[command.id] = on
                self._window.actions_by_id[command.id].setEnabled(on)
        off = "" if there["variant"] else self.tr("There are no results to compare yet")
        self._window.tools.show_view(self._window.stage.view, off)


def _depth(bits: int, profile: str) -> str:
    return unmirrored(f"{bits}-bit {profile or 'sRGB'}")
