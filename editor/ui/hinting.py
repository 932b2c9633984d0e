"""Hinting: the keys and gestures that matter now, as they are printed on the keyboard in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from editor.session.loop import in_thread
from editor.session.tuned import Way
from editor.ui import printed
from editor.ui.gallery.compare import BESIDE, DIFFERENCE, DIVIDER, GRID
from editor.ui.keys import PLACES
from editor.ui.stage import EDIT

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window

Hints = tuple[tuple[str, str], ...]
"""Keys and what they do; {24} stands for what is printed on the key of that code."""

_CODES = {command: code for code, command in reversed(PLACES.items())}
"""The key of each command of the stage, of two the first."""


class Hinting(QObject):
    """Fills the hint line and names the keys of the tools; asked whenever something changed."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._hints: Hints = ()
        self._signs: Mapping[int, str] | None = None
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._come_back)

    def show(self) -> None:
        """Say what matters now, where that is something else than before."""
        hints = self._now()
        if hints != self._hints:  # asked at each step of a drag
            self._hints = hints
            self._name_keys()
            self._session.run(self._look, "look at the keyboard")

    @Slot(QWindow)
    def _come_back(self, window: QWindow | None) -> None:
        """Look at the keyboard again after another program had it."""
        if window is not None:
            self._session.run(self._look, "look at the keyboard")

    async def _look(self) -> None:
        """Ask which keyboard is in use by now; X may be busy painting, and answers behind that."""
        signs = await in_thread(printed.signs)
        if signs != self._signs:
            self._signs = signs
            self._name_keys()

    def _name_keys(self) -> None:
        """Name keys as they are printed on the keyboard in use."""
        if self._signs is None:
            self._signs = printed.signs()
        signs = self._signs
        keys = {command: printed.said(f"{{{code}}}", signs) for command, code in _CODES.items()}
        self._window.tools.show_keys(keys)
        told = tuple((printed.said(key, signs), does) for key, does in self._hints)
        self._window.hints.show_hints(told)

    def _now(self) -> Hints:
        canvas, state = self._window.stage.canvas, self._session.gallery.state
        if self._session.document.target is None:
            hints: Hints = (
                ("Ctrl+O", self.tr("open")),
                ("Ctrl+V", self.tr("paste")),
            )
        elif self._window.stage.view != EDIT:
            hints = self._view_hints(self._window.stage.view)
        elif self._session.tuning.way is Way.PICK:
            hints = (
                (self.tr("Click"), self.tr("let a shadow or a reflection through")),
                ("Space", self.tr("pan")),
                ("Esc", self.tr("back")),
            )
        elif self._session.tuning.way is Way.BRUSH:
            hints = (
                (self.tr("Paint"), self.tr("let the answer through")),
                ("Alt", self.tr("keep it out")),
                ("Shift-click", self.tr("line")),
                ("Space", self.tr("pan")),
                ("{34} {35}", self.tr("size")),
            )
        elif canvas.larger.shown and canvas.larger.settled:
            hints = ((self.tr("Drag"), self.tr("pan")), ("Esc", self.tr("stop")))
        elif canvas.larger.shown:
            hints = (
                (self.tr("Drag"), self.tr("a side or a corner outward")),
                ("Shift", self.tr("keep the shape")),
                ("Alt", self.tr("both sides")),
                ("Enter", self.tr("extend")),
                ("Esc", self.tr("cancel")),
            )
        elif state.shown is not None:
            hints = (
                ("0-9", self.tr("switch")),
                ("{51}", self.tr("hold for the source")),
                ("F8", self.tr("side by side")),
            )
        elif canvas.tool == "brush":
            erases = self._session.painting.brush.erase
            hints = (
                ("Alt", self.tr("paint") if erases else self.tr("erase")),
                *((("{26}", self.tr("back to painting")),) if erases else ()),
                ("Shift-click", self.tr("line")),
                ("Space", self.tr("pan")),
                ("{34} {35}", self.tr("size")),
                ("Shift+{34} {35}", self.tr("hardness")),
            )
        else:
            hints = self._tool_hints(canvas.tool)
        return hints

    def _tool_hints(self, tool: str) -> Hints:
        """What modifiers and keys do with a tool that is not the brush."""
        if self._window.stage.canvas.sketch.placed:
            return (
                ("← ↑ → ↓", self.tr("move")),
                ("Shift+← ↑ → ↓", self.tr("resize")),
                ("Ctrl", self.tr("by one pixel")),
                ("Enter", self.tr("lay it on the mask")),
                ("Esc", self.tr("drop it")),
            )
        add, subtract = ("Shift", self.tr("add")), ("Alt", self.tr("subtract"))
        lays: Hints = (add, subtract)
        if self._session.painting.brush.erase:
            lays = (("{26}", self.tr("stop subtracting")),)
        brush, fit = ("{56}", self.tr("back to the brush")), ("Ctrl+0", self.tr("fit"))
        drag = (
            (self.tr("Shift in the drag"), self.tr("square")),
            (self.tr("Alt in the drag"), self.tr("from the middle")),
        )
        return {
            "lasso": (
                (self.tr("Drag or click"), self.tr("line or corners")),
                ("Enter", self.tr("close")),
                (self.tr("Backspace"), self.tr("one corner back")),
                *lays,
            ),
            "rectangle": (*lays, *drag, ("Space", self.tr("move")), ("{58}", self.tr("round"))),
            "wand": ((self.tr("Click"), self.tr("take a colour")), *lays),
            "object": ((self.tr("Drag"), self.tr("find an object")), *lays),
            "refine": (
                (self.tr("Brush"), self.tr("along hair or fur")),
                ("{34} {35}", self.tr("size")),
                brush,
            ),
            "zoom": (
                (self.tr("Click or drag"), self.tr("zoom")),
                ("Alt", self.tr("smaller")),
                brush,
                fit,
            ),
        }.get(tool, (brush, fit))

    def _view_hints(self, view: str) -> Hints:
        """What keys do in a comparing view."""
        switch, alone = ("0-9", self.tr("switch")), ("Shift+drag", self.tr("move one alone"))
        turn = ("Shift+F9", self.tr("turn the line"))
        page, step = ("PgDown", self.tr("next page")), ("← →", self.tr("choose"))
        line, threshold = ("← →", self.tr("move the line")), ("← →", self.tr("threshold"))
        paged = (page,) if self._window.stage.compare.pages > 1 else ()
        back, change = ("Esc", self.tr("back")), ("Ctrl+Alt+1", self.tr("zoom to the change"))
        return {
            GRID: (step, switch, *paged, alone, change, back),
            BESIDE: (switch, alone, change, back),
            DIVIDER: (line, turn, switch, alone, change, back),
            DIFFERENCE: (threshold, switch, change, back),
        }[view]
