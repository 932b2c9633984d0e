"""Tuning: the panel of the join, and what a click or the brush does to the shown answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.session.tuned import Tuned, Way

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class TuningPart(QObject):
    """Shows how the answer on the stage is joined, and lets it be changed."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        panel, tuning, canvas = window.join, session.tuning, window.stage.canvas
        panel.edge_chosen.connect(tuning.set_edge)
        panel.match_chosen.connect(tuning.set_match)
        panel.way_chosen.connect(lambda way: tuning.set_way(Way(way)))
        panel.undone.connect(tuning.undo)
        tuning.changed.connect(self._show)
        tuning.painting.stroke_ended.connect(self._brushed)
        canvas.picked.connect(self._pick)
        canvas.stroke_begun.connect(self._begun)

    def _show(self, tuned: Tuned | None) -> None:
        window, tuning = self._window, self._session.tuning
        canvas, way = window.stage.canvas, tuning.way
        window.show_join(tuned)
        window.join.show_way(way)  # off with the answer, though the panel is hidden then
        canvas.pick(on=way is Way.PICK)
        canvas.attach(tuning.painting if way is Way.BRUSH else self._session.painting)
        spread = tuned is not None and bool(tuned.widened or tuned.narrowed)
        canvas.show_outline(tuning.outline if spread or way is Way.BRUSH else None)

    def _begun(self) -> None:
        """A stroke of the mask goes back to editing; one of the join goes on with it."""
        if self._session.tuning.way is not Way.BRUSH:
            self._session.gallery.leave()

    def _pick(self, x: float, y: float) -> None:
        self._session.run(lambda: self._session.tuning.pick(x, y), "let through")

    def _brushed(self) -> None:
        self._session.run(self._session.tuning.brushed, "brush the join")
