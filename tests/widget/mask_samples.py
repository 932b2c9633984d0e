"""Mask samples: the tools, their options and what is told of a mask, for the contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import numpy as np
from PySide6.QtWidgets import QWidget

from editor.imaging.geometry import Rect, Size
from editor.imaging.outward import Bounds
from editor.mask.lint import findings
from editor.mask.way import Way
from editor.session.chronicle import Row
from editor.session.linting import Report
from editor.session.reshaping import Trying
from editor.session.toolbox import Setup
from editor.ui.canvas.look import MaskLook, View
from editor.ui.controls.slider import Slider
from editor.ui.extend_bar import ExtendBar
from editor.ui.hints import HintLine
from editor.ui.history import HistoryList
from editor.ui.key_list import KeyList
from editor.ui.language import label
from editor.ui.lint import LintChip, LintPanel
from editor.ui.mask_export import MaskExportPanel
from editor.ui.mask_look import MaskLookPanel
from editor.ui.reshape_bar import ReshapeBar
from editor.ui.tool_options import ToolOptions
from editor.ui.tools import Tools

Made = tuple[str, str, Callable[[], QWidget], int]
"""Title, state, what builds it, and its width; 0 for the width that it wants."""


def mask_samples(states: tuple[str, ...]) -> Iterator[Made]:
    """What is for the mask, control by control."""
    for tool in ("brush", "rectangle", "wand", "object", "refine"):
        yield "ToolOptions", tool, lambda tool=tool: _options(tool), 0
    for way in ("grow", "fill-holes", "harden"):
        yield "ReshapeBar", way, lambda way=way: _reshape(way), 0
    yield "ExtendBar", "rest", lambda: _extend(Rect(-120, 0, 4200, 3024)), 0
    yield "ExtendBar", "too large", lambda: _extend(Rect(-8192, -8192, 12224, 11216)), 0
    yield "HintLine", "rest", _hints, 700
    for state in states:
        yield "Slider", state, _slider, 200
        yield "LintChip", state, lambda: _chip(Report(0.032)), 0
    yield from _told()
    yield "Tools", "brush", lambda: _tools("brush"), 0
    yield "Tools", "ellipse, erasing, nothing to undo", lambda: _tools("rectangle", spare=True), 0
    yield "HistoryList", "rest", _history, 280
    yield "KeyList", "rest", KeyList, 900


def _told() -> Iterator[Made]:
    coverage = np.zeros((200, 300), np.uint8)
    coverage[60:120, :140] = coverage[5:8, 200:203] = 255
    odd = Report(0.148, findings(coverage))
    yield "LintChip", "odd", lambda: _chip(odd), 0
    yield "LintPanel", "odd", lambda: _panel(odd), 360
    yield "LintPanel", "fine", lambda: _panel(Report(0.032)), 360
    yield "MaskLookPanel", "overlay", lambda: _look("overlay"), 340
    yield "MaskExportPanel", "rest", MaskExportPanel, 320
    yield "MaskLookPanel", "cut-out", lambda: _look("cut-out"), 340


def _options(tool: str) -> QWidget:
    made = ToolOptions()
    made.show_setup(Setup())
    made.show_brush(120, 0.8)
    made.show_tool(tool)
    return made


def _reshape(way: Way) -> QWidget:
    made = ReshapeBar()
    made.show_trying(Trying(way, 12))
    return made


def _extend(frame: Rect) -> QWidget:
    made = ExtendBar()
    made.ask(Bounds(Size(4032, 3024), 8192, 300_000_000))
    made.show_frame(frame)
    return made


def _hints() -> QWidget:
    made = HintLine()
    made.show_hints(((label("Alt"), label("erase")), (label("Shift-click"), label("line"))))
    made.show_facts(label("8-bit sRGB"))
    return made


def _slider() -> QWidget:
    made = Slider("feather", label("Feather"), 64, label("Softens the rim inward"))
    made.show_value(24, label("24 px"))
    return made


def _chip(report: Report) -> QWidget:
    made = LintChip()
    made.show_report(report)
    made.setFixedSize(made.sizeHint())
    return made


def _panel(report: Report) -> QWidget:
    made = LintPanel()
    made.show_report(report)
    return made


def _look(view: View) -> QWidget:
    made = MaskLookPanel()
    made.show_look(MaskLook(view, colour="auto"))
    return made


def _tools(tool: str, *, spare: bool = False) -> QWidget:
    made = Tools()
    made.show_tool(tool, erase=spare)
    made.show_rectangle(round=spare)
    made.show_history(label("Nothing to undo") if spare else "", label("Nothing to redo"))
    made.show_view("" if spare else "grid", label("Nothing to compare") if spare else "")
    made.setFixedHeight(520)
    return made


def _history() -> QWidget:
    made = HistoryList()
    at = datetime(2026, 11, 28, 14, 5)
    words = ("Brush", "A red raincoat with wooden buttons, wet from the rain", "Kept", "Lasso, add")
    made.show_rows(
        [
            Row(label(title), at, done=number < 3, round="r" if number == 1 else "")
            for number, title in enumerate(words)
        ]
    )
    made.setFixedHeight(160)
    return made
