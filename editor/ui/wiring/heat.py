"""Heat: shows where the answer on the stage changed what was to stay, as long as it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.session.ground import Grounds, lies_on
from editor.session.loop import in_thread
from editor.ui.canvas.heat import HeatMap
from editor.ui.stage import EDIT

if TYPE_CHECKING:
    from editor.compose.fitting.fit import Fit
    from editor.edits.variant import Variant
    from editor.imaging.raster import Raster
    from editor.session.entries import Entry
    from editor.session.held import Held
    from editor.session.session import Session
    from editor.ui.window import Window

HEAT = "heat"

Key = tuple[object, ...]
"""What tells one measurement from another: the answer, how it was fitted, and on what."""


class HeatPart(QObject):
    """Lays the heat map over the answer on the stage; commands: by id, for menus and keys.

    do: carries out a command of the window. Only the map of the shown answer is kept.
    """

    def __init__(self, window: Window, session: Session, do: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._do = do
        self._grounds = Grounds(session.document)
        self._on = False
        self._measuring: Key = ()
        self._known: Key = ()
        self._map: HeatMap | None = None
        self.commands: dict[str, Callable[[], None]] = {HEAT: self._turn}
        session.gallery.changed.connect(lambda _: self._settle())

    def leave(self) -> bool:
        """Take the map away; False where none is seen."""
        if not self._on or not self._on_stage:
            return False
        self._on = False
        self._settle()
        return True

    @property
    def _on_stage(self) -> bool:
        stage = self._window.stage
        return stage.view == EDIT or stage.torn

    def _turn(self) -> None:
        """Show the map over an answer, or take it away."""
        gallery, wanted = self._session.gallery, not (self._on and self._on_stage)
        if wanted and not self._on_stage:
            self._do(self._window.stage.view)  # back to editing
        if wanted and gallery.state.entry is None:
            arrived = [n for n, entry in enumerate(gallery.state.entries, 1) if entry.joined]
            current = gallery.state.current
            gallery.show(current if current in arrived else arrived[0] if arrived else 0)
        self._on = wanted
        self._settle()

    def _settle(self) -> None:
        """Show what is known of the answer on the stage, and measure what is not."""
        state = self._session.gallery.state
        entry = state.entry if state.shown else None
        self._on = self._on and entry is not None
        if not self._on or entry is None:
            self._known, self._measuring, self._map = (), (), None
            self._show()
            return
        held, base = self._session.document.target, self._session.document.base
        key = entry.id, entry.fit, base
        if key != self._known:
            self._known, self._map = (), None
            if held is not None and base is not None and _measurable(held, entry):
                self._begin(key, held, base, entry)
        self._show()

    def _begin(self, key: Key, held: Held, base: Raster, entry: Entry) -> None:
        if key != self._measuring:
            self._measuring = key
            self._session.run(lambda: self._measure(key, held, base, entry), "heat")

    async def _measure(self, key: Key, held: Held, base: Raster, entry: Entry) -> None:
        """Compare with what the answer lies on, which is not what it would replace."""
        variant, fit = entry.variant, entry.fit
        assert variant is not None
        assert fit is not None
        try:
            ground = await self._grounds.of(held, base, entry)
            found = await in_thread(_mapped, ground.base, variant, fit)
        finally:
            wanted = self._measuring == key
            if wanted:
                self._measuring = ()
        if wanted:
            self._known, self._map = key, found
            self._settle()

    def _show(self) -> None:
        canvas = self._window.stage.canvas
        self._window.actions_by_id[HEAT].setChecked(self._on)
        words = ""
        if self._map is not None:
            words = self.tr("changed around the mask: {share} % visibly")
            words = words.format(share=f"{self._map.share * 100:.1f}")
        elif self._on:
            words = self.tr("Comparing…")
        canvas.show_heat(self._map, words)


def _measurable(held: Held, entry: Entry) -> bool:
    return entry.variant is not None and entry.fit is not None and lies_on(held, entry)


def _mapped(base: Raster, variant: Variant, fit: Fit) -> HeatMap:
    from editor.compose.leaking import heat, leak
    from editor.compose.leaking.change import change

    found = change(base, variant, fit)
    rect, differences = heat.of_change(found)
    strength = [float(share) for share in heat.ramp()]
    return HeatMap(rect, differences, strength, leak.of_change(found, variant, fit).over3)
