"""Comparing: the comparing views by themselves, outside of a window."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from editor.ui.gallery.compare import GRID, Compare
from editor.ui.viewport import Viewport


def comparing(
    qtbot: QtBot, picture: tuple[int, int], room: tuple[int, int], view: str = GRID
) -> Compare:
    """One of the views, shown this large, for pictures of this size."""
    shared = Viewport()
    shared.resize(*room)
    shared.show(*picture)
    found = Compare(shared)
    qtbot.addWidget(found)
    found.resize(*room)
    found.arrange(view)
    found.show()
    return found
