"""Looks: how mask and brush are shown, set by a panel and by keys, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.ui import printed
from editor.ui.canvas.look import COLOURS, VIEWS, MaskLook
from editor.ui.mask_look import MaskLookPanel

if TYPE_CHECKING:
    from editor.session.bordering import Borders
    from editor.session.session import Session
    from editor.ui.window import Window


class Looks(QObject):
    """Holds the look of the mask; commands: by id, for menus and keys."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._panel: MaskLookPanel | None = None
        kept = window.preferences
        self.look = MaskLook(
            colour=kept.overlay if kept.overlay in COLOURS else MaskLook().colour,
            opacity=min(max(kept.overlay_opacity, 0.1), 1.0),
            protected=kept.overlay_protected,
        )
        self.commands: dict[str, Callable[[], None]] = {
            "mask-view": self._next_view,
            "mask-look": self._offer,
            "precise": self._turn_precise,
            "mask-borders": self._turn_borders,
        }
        session.bordering.changed.connect(self._show_borders)
        self._show()

    def _next_view(self) -> None:
        at = VIEWS.index(self.look.view)
        self._set("view", VIEWS[(at + 1) % len(VIEWS)])

    def _turn_precise(self) -> None:
        self._set("precise", not self.look.precise)
        self._window.actions_by_id["precise"].setChecked(self.look.precise)

    def _turn_borders(self) -> None:
        self._session.bordering.show(on=self._window.actions_by_id["mask-borders"].isChecked())

    def _show_borders(self, borders: Borders | None) -> None:
        words = {"sent": self.tr("sent mask"), "blend": self.tr("blend mask, half way")}
        self._window.stage.canvas.borders.show(borders, words)

    def _offer(self) -> None:
        if self._panel is None:  # most never open it
            self._panel = MaskLookPanel(self._window)
            self._panel.changed.connect(self._set)
        self._show()
        self._panel.offer(self._window.stage, self._window.stage.below_bars)

    def _set(self, name: str, value: object) -> None:
        self.look = replace(self.look, **{name: value})  # type: ignore[arg-type]  # by name
        self._window.preferences = replace(
            self._window.preferences,
            overlay=self.look.colour,
            overlay_opacity=self.look.opacity,
            overlay_protected=self.look.protected,
        )
        self._show()

    def _view(self) -> str:
        """What the stage shows in the place of the picture, and how it comes back."""
        words = {
            "mono": self.tr("The mask in black and white - {key} for the next view"),
            "cut-out": self.tr("What may change, cut out - {key} for the next view"),
        }.get(self.look.view, "")
        return words and words.format(key=printed.said("{24}", printed.signs()))

    def _show(self) -> None:
        canvas = self._window.stage.canvas
        canvas.show_look(self.look)
        canvas.chrome.say("view", self._view())
        if self._panel is not None:
            self._panel.show_look(self.look)
