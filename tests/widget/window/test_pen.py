"""A pen with Alt held over the whole window: it erases, and the menus stay shut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest

from tests.fakes.windowed import focus
from tests.widget.canvas.test_pen import pen
from tests.widget.window.easel import Easel

ALT = Qt.KeyboardModifier.AltModifier


def test_alt_and_a_pen_erase_and_leave_the_menus_alone(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.session.painting.fill_all()
        QTest.keyPress(focus(easel.window), Qt.Key.Key_Alt, ALT)
        for kind, at in (
            (QEvent.Type.TabletPress, (100, 100)),
            (QEvent.Type.TabletMove, (200, 100)),
            (QEvent.Type.TabletRelease, (200, 100)),
        ):
            place = easel.canvas.viewport.to_pane(*at)
            assert pen(easel.canvas, kind, place, held=ALT)
        QTest.keyRelease(focus(easel.window), Qt.Key.Key_Alt)
        assert easel.pixels[100, 150] == 0
        assert easel.pixels[200, 150] == 255
        assert focus(easel.window) is easel.canvas
        assert easel.window.menuBar().activeAction() is None

    at_easel(test)
