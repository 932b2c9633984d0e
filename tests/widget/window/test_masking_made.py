"""A shape in the making goes back or is given up, and what is worked out stays in sight."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.mask.matte import refined
from tests.fakes.living import paint
from tests.widget.window.easel import Easel

Key = Qt.Key


def test_a_lasso_of_corners_goes_back_and_closes_by_keys(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.press(Key.Key_L)
        easel.click((50, 50), (200, 50), (200, 200), (400, 300))
        easel.press(Key.Key_Backspace)
        easel.press(Key.Key_Return)
        await easel.settled()
        assert (easel.pixels[60, 150], easel.pixels[250, 300]) == (255, 0)
        before = easel.pixels.copy()
        easel.click((50, 50), (200, 50), (200, 200))
        easel.press(Key.Key_Escape)
        easel.press(Key.Key_Return)
        await easel.settled()
        assert np.array_equal(easel.pixels, before)
        assert easel.steps == 1

    at_easel(test)


def test_undo_takes_the_last_corner_of_an_open_lasso_and_nothing_of_the_mask(at_easel) -> None:
    async def test(easel: Easel) -> None:
        def undone() -> list[bool]:
            return [step.done for step in easel.session.timeline.steps]

        paint(easel.session)
        paint(easel.session, 100, 100)
        easel.do("undo")
        before = undone()
        sketch = easel.canvas.sketch
        easel.press(Key.Key_L)
        easel.click((50, 50), (90, 50), (90, 90))
        easel.do("redo")
        for corners in (2, 1):
            easel.do("undo")
            assert len(sketch._figure.places) == corners
        easel.do("undo")
        assert not sketch.open
        easel.press(Key.Key_M)
        easel.hand.press((300, 200))
        easel.hand.move((340, 240))
        for command in ("undo", "redo"):
            easel.do(command)
            assert sketch.open, "a hand that draws is not disturbed"
        assert undone() == before
        sketch.drop()
        easel.do("redo")
        assert all(undone())

    at_easel(test)


def test_a_brushed_rim_is_seen_until_it_is_refined_or_stopped(
    at_easel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow(*values: object) -> object:
        begun.set()
        assert go.wait(20)
        return refined(*values)  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr("editor.session.shaping.refined", slow)

    async def test(easel: Easel) -> None:
        lines = easel.canvas.brushed
        paint(easel.session, 240, 160, 44)
        easel.press(Key.Key_R)
        for stopped in (False, True):
            begun.clear()
            go.clear()
            easel.drag((218, 160), (222, 172), (232, 181))
            assert lines.shown
            assert await asyncio.to_thread(begun.wait, 20)
            assert lines.shown
            if stopped:
                easel.press(Key.Key_Escape)
                assert not lines.shown
            go.set()
            await easel.settled()
            assert not lines.shown
            assert easel.steps == 2

    at_easel(test)


def test_the_space_bar_pans_and_a_bracket_sizes_while_a_tile_has_the_keyboard(at_easel) -> None:
    async def test(easel: Easel) -> None:
        tile = easel.window.strip.pictures.tile(easel.session.painting.slot)
        tile.setFocus()
        before, size = easel.canvas.viewport.origin, easel.session.painting.brush.diameter
        QTest.keyClick(tile, Key.Key_BracketRight)
        assert easel.session.painting.brush.diameter > size
        QTest.keyPress(tile, Key.Key_Space)
        easel.drag((200, 160), (240, 160))
        assert easel.canvas.viewport.origin != before
        assert not easel.pixels.any()
        QTest.keyRelease(easel.canvas, Key.Key_Space)
        easel.drag((200, 160), (240, 160))
        assert easel.pixels.any()
        tile.setFocus()
        QTest.keyPress(tile, Key.Key_Space)
        QApplication.sendEvent(easel.window, QEvent(QEvent.Type.WindowDeactivate))
        easel.drag((200, 200), (240, 200))
        assert easel.steps == 2, "nothing is held once another window has the keyboard"

    at_easel(test)
