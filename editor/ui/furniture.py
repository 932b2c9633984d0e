"""Furniture: what comes onto the stage once the window is painted, as it needs a picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from editor.ui.canvas.canvas import Canvas
from editor.ui.drop import DropZones
from editor.ui.extend_bar import ExtendBar
from editor.ui.gallery.compare import Compare
from editor.ui.key_list import KeyList
from editor.ui.lint import LintChip, LintPanel
from editor.ui.reshape_bar import ReshapeBar
from editor.ui.tool_options import ToolOptions


class Furniture:
    """Canvas and comparing views behind what is there, bars, lint and keys before it; hidden.

    Tab reaches the former first and the latter last.
    """

    def __init__(self, stage: QWidget, last: QWidget) -> None:
        self.canvas = Canvas(stage)
        self.compare = Compare(self.canvas.viewport, stage)
        self.zones = DropZones(stage)
        self.options = ToolOptions(stage)
        self.reshape = ReshapeBar(stage)
        self.extend = ExtendBar(stage)
        self.lint = LintChip(stage)
        self.findings = LintPanel(stage)
        self.keys = KeyList(stage)
        for view in (self.compare, self.canvas):
            view.hide()
            view.lower()
        self.keys.hide()
        bars = (self.zones, self.options, self.reshape, self.extend)
        _follow(_reached_before(stage), (self.canvas, self.compare))
        _follow(_reached_before(last), (*bars, self.lint, self.findings, self.keys))


def _follow(before: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab go from one place through these widgets and what is in them."""
    inside = [inner for widget in widgets for inner in _within(widget) if _reached(inner)]
    for first, second in pairwise((before, *inside)):
        QWidget.setTabOrder(first, second)


def _within(widget: QWidget) -> list[QWidget]:
    """The widget and all in it, in the order of Tab."""
    found, at = [widget], widget.nextInFocusChain()
    while at is not None and at is not widget:
        if widget.isAncestorOf(at):
            found.append(at)
        at = at.nextInFocusChain()
    return found


def _reached_before(widget: QWidget) -> QWidget:
    """What Tab comes from to this place."""
    at = widget.previousInFocusChain()
    while at is not None and not _reached(at):
        at = at.previousInFocusChain()
    return at or widget


def _reached(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
