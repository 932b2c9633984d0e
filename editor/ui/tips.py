"""Tips: every tooltip with the corners of all that lies over the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QProxyStyle, QWidget

from editor.ui.controls import paint
from editor.ui.style import QuietStyle


class TipStyle(QProxyStyle):
    """Fusion under ours, which meets each widget once and rounds those that are tips.

    Qt makes its tips by itself and tells nobody else. A filter of the whole application would
    be asked about every event, and a style cannot fill in the mask that Qt asks it for: PySide
    hands it over as something that has none (seen in 6.11).
    """

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._corners = _Corners(self)

    def polish(self, met: QApplication | QPalette | QWidget) -> None:  # type: ignore[override]  # the three that Qt means, in one
        super().polish(met)
        if isinstance(met, QWidget) and met.windowType() is Qt.WindowType.ToolTip:
            met.installEventFilter(self._corners)


class _Corners(QObject):
    """Rounds a tip whenever it gets a size; its words may change while it is shown."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            paint.round_off(watched)
        return False


def begin(app: QApplication) -> None:
    """Round all tips from now on. Before a window is painted none can be shown.

    It comes under a style that is there already, because Qt has every widget of a first window
    meet its style, which takes its time in Python.
    """
    quiet = app.findChild(QuietStyle)
    if quiet is not None and not isinstance(quiet.baseStyle(), TipStyle):
        tips = TipStyle()
        quiet.setBaseStyle(tips)
        tips.setParent(quiet)  # the style that is on top lives as long
