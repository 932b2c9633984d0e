"""Areas: walking through the parts of the window by one key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TAB = Qt.FocusPolicy.TabFocus.value


def walk(areas: Sequence[QWidget], here: QWidget | None) -> None:
    """Give the keyboard to the visible area after the one that has it; after the last the first.

    here: the widget with the keyboard. An area that takes no keys gives it to its first control.
    """
    areas = [area for area in areas if area.isVisible()]
    at = [i for i, area in enumerate(areas) if here and (area is here or area.isAncestorOf(here))]
    area = areas[((at[0] if at else -1) + 1) % len(areas)]
    first = area if area.focusPolicy().value or area.focusProxy() else next(_controls(area), area)
    first.setFocus(Qt.FocusReason.TabFocusReason)


def _controls(area: QWidget) -> Iterator[QWidget]:
    """What Tab reaches inside an area, in its order."""
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        reached = widget.focusPolicy().value & _TAB and widget.isVisible() and widget.isEnabled()
        if reached and area.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()
