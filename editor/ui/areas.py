"""Areas: walking through the parts of the window by one key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TAB = Qt.FocusPolicy.TabFocus.value


def walk(areas: Sequence[QWidget], here: QWidget | None) -> None:
    """Give the keyboard to the next area that takes it, after the last to the first.

    here: the widget with the keyboard. An area that takes no keys itself gives them to its
    first control.
    """
    at = [i for i, area in enumerate(areas) if here and (area is here or area.isAncestorOf(here))]
    after = at[0] + 1 if at else 0
    for area in (*areas[after:], *areas[:after]):
        first = next(_controls(area), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _controls(area: QWidget) -> Iterator[QWidget]:
    """What takes keys in an area: what it gives them to, itself, what Tab reaches inside."""
    yield from filter(_reached, (area.focusProxy() or area,))
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        if area.isAncestorOf(widget) and _reached(widget):
            yield widget
        widget = widget.nextInFocusChain()


def _reached(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & _TAB) and widget.isVisible() and widget.isEnabled()
