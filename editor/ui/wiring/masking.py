"""Masking: shapes from the canvas to the mask, and what the tools and the mask's menu set."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from editor.imaging.geometry import Point
from editor.mask.way import Way
from editor.session.toolbox import Setup
from editor.ui.canvas.brushed import Line
from editor.ui.canvas.course import Steadiness
from editor.ui.canvas.sketch import Drawn, Manner
from editor.ui.tools import FLIPPED

if TYPE_CHECKING:
    from editor.mask.brush import Brush
    from editor.session.reshaping import Trying
    from editor.session.session import Session
    from editor.ui.status import Status
    from editor.ui.window import Window

SIZED = {"brush", "refine"}
"""The tools that have a size, each its own."""


class MaskingPart(QObject):
    """Connects the tools of the mask; commands: by id, for menus and keys.

    edit: shows the picture with its mask.
    """

    def __init__(
        self, window: Window, session: Session, status: Status, edit: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._status = status
        self._edit = edit
        self._masking = masking = session.masking
        self._tool = window.stage.canvas.tool
        canvas, options, bar = window.stage.canvas, window.stage.options, window.stage.reshape
        canvas.drawn.connect(self._draw)
        canvas.tool_changed.connect(self._turn)
        session.painting.brush_changed.connect(self._brush)
        session.painting.pen_near.connect(lambda _: options.show_pen())
        masking.toolbox.changed.connect(self._show)
        masking.shaping.dropped.connect(canvas.brushed.clear)
        masking.working.connect(lambda on: canvas.chrome.show_work(on=on))
        options.changed.connect(lambda name, value: masking.toolbox.set(**{name: value}))
        options.size_chosen.connect(lambda size: session.painting.set_brush(diameter=size))
        options.left.connect(canvas.setFocus)
        options.hardness_chosen.connect(lambda share: session.painting.set_brush(hardness=share))
        masking.reshaping.changed.connect(self._show_trying)
        bar.chosen.connect(masking.reshaping.set_by)
        bar.done.connect(self._keep)
        bar.dropped.connect(self.escape)
        self.commands: dict[str, Callable[[], None]] = {
            f"mask-{way}": lambda way=way: self._try(way)  # type: ignore[misc]  # bound by its default
            for way in get_args(Way)
        }
        self.commands |= {
            "tool:brush": self._paint,
            "flip": self._flip,
            "tool:rectangle": self._rectangle,
            "place-box": self._place,
        }
        self._show(masking.toolbox.setup)
        self._brush(session.painting.brush)
        options.show_tool(self._tool)

    def takes(self, command: str) -> bool:
        """Let a key end or take back a shape in the making; False when it has another meaning.

        Undo takes a corner back, and a hand that draws is not disturbed: what was undone of the
        mask would be gone once the shape is laid.
        """
        sketch, trying = self._window.stage.canvas.sketch, self._masking.reshaping.trying
        if command in {"undo", "redo"} and sketch.open:
            self._told(command == "undo" and sketch.back())
            return True
        if command == "enter" and trying is not None:
            self._window.stage.reshape.enter()
            return True
        if command == "enter":
            return self._told(sketch.close())
        return command in {"delete", "back"} and sketch.back()

    def escape(self) -> bool:
        """Give up the shape in the making, or what is tried; False when there is neither."""
        if self._told(self._window.stage.canvas.sketch.drop()):
            return True
        return self._masking.drop()

    def _draw(self, drawn: Drawn) -> None:
        line = Line(drawn.places, self._session.painting.brush.diameter)
        if drawn.name == "refine":
            self._window.stage.canvas.brushed.show(line)
        self._session.run(lambda: self._drawn(drawn, line), "shape")

    async def _drawn(self, drawn: Drawn, line: Line) -> None:
        """Let go of a brushed line only when the mask shows what was found along it."""
        places = [Point(x, y) for x, y in drawn.places]
        try:
            await self._masking.draw(drawn.name, places, drawn.how)
        finally:
            self._window.stage.canvas.brushed.let_go(line)

    def _try(self, way: Way) -> None:
        """Change the mask where it is seen."""
        self._edit()
        self._masking.reshaping.begin(way)

    def _show_trying(self, trying: Trying | None) -> None:
        """Show what is tried; where that ends, the bar leaves its keyboard to the canvas."""
        stage, typing = self._window.stage, QApplication.focusWidget()
        if trying is None and typing is not None and stage.reshape.isAncestorOf(typing):
            stage.canvas.setFocus()
        stage.reshape.show_trying(trying)
        stage.place_bars()

    def _keep(self) -> None:
        self._masking.reshaping.keep()
        self._window.stage.canvas.setFocus()

    def _place(self) -> None:
        """Lay a box over the picture that keys move: a mask without a mouse."""
        canvas = self._window.stage.canvas
        if self._session.painting.plane is not None:
            self._edit()
            canvas.set_tool("rectangle")
            canvas.sketch.place(subtract=self._session.painting.brush.erase)
            canvas.setFocus()
            self._status.show_tool()

    def _told(self, changed: bool) -> bool:
        """Other keys matter once a shape has come or gone."""
        self._status.show_tool()
        return changed

    def _paint(self) -> None:
        """Use the brush, and paint with it: who asks for it does not want the eraser."""
        self._window.stage.canvas.set_tool("brush")
        self._session.painting.set_brush(erase=False)

    def _flip(self) -> None:
        """Take away from now on, or no longer; a tool that has no use for it becomes the brush."""
        canvas, painting = self._window.stage.canvas, self._session.painting
        turns = canvas.tool in FLIPPED
        if not turns:
            canvas.set_tool("brush")
        painting.set_brush(erase=not (turns and painting.brush.erase))

    def _rectangle(self) -> None:
        """Use the rectangle; used already, it becomes round, and back."""
        canvas, toolbox = self._window.stage.canvas, self._masking.toolbox
        if canvas.tool == "rectangle":
            toolbox.set(round=not toolbox.setup.round)
        else:
            canvas.set_tool("rectangle")

    def _turn(self, tool: str) -> None:
        """Take the size that this tool had last."""
        sizes = self._masking.toolbox.setup.sizes
        self._tool = tool
        if tool in SIZED and tool in sizes:
            self._session.painting.set_brush(diameter=sizes[tool])
        self._window.stage.options.show_tool(tool)

    def _brush(self, brush: Brush) -> None:
        self._window.stage.options.show_brush(brush.diameter, brush.hardness)
        if self._tool in SIZED:
            self._masking.toolbox.set_size(self._tool, brush.diameter)

    def _show(self, setup: Setup) -> None:
        """Show how the tools are set, and have the size that the one in use had last."""
        size = setup.sizes.get(self._tool)
        if size is not None and size != self._session.painting.brush.diameter:
            self._session.painting.set_brush(diameter=size)
        self._window.stage.options.show_setup(setup)
        canvas = self._window.stage.canvas
        self._session.painting.set_brush(pressure=setup.pressure)
        canvas.steady(Steadiness(setup.smoothing, setup.feel))
        canvas.sketch.manner = Manner(round=setup.round, by_line=setup.by_line)
        self._window.tools.show_rectangle(round=setup.round)
