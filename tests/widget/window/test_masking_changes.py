"""Changes of the whole mask in their bar, and a box that is placed and laid by keys alone."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.fakes.living import next_of, offered, paint
from tests.fakes.windowed import focus
from tests.widget.canvas.conftest import Hand
from tests.widget.window.easel import Easel

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_a_change_of_the_mask_is_seen_numbered_kept_or_dropped(at_easel) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        before = easel.pixels.copy()

        async def tried(by: float) -> int:
            easel.do("mask-grow")
            easel.find("reshape-grow").changed.emit(by)
            await easel.settled()
            assert easel.find("reshape-bar").isVisible()
            assert not easel.find("tool-options").isVisible()
            return int((easel.pixels > 0).sum())

        assert await tried(4.0) < await tried(12.0)
        easel.press(Key.Key_Escape)
        assert np.array_equal(easel.pixels, before)
        assert focus(easel.window) is easel.canvas
        grown = await tried(12.0)
        easel.press(Key.Key_Return)
        assert int((easel.pixels > 0).sum()) == grown
        assert not easel.find("reshape-bar").isVisible()
        assert easel.find("tool-options").isVisible()
        assert easel.steps == 2
        easel.do("undo")
        assert np.array_equal(easel.pixels, before)

    at_easel(test)


def test_a_number_is_seen_while_it_is_typed_and_while_its_name_is_dragged(at_easel) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        easel.do("mask-grow")
        await easel.settled()
        areas = []
        for digit in (Key.Key_1, Key.Key_8):
            easel.press(digit)
            await easel.settled()
            areas.append(int((easel.pixels > 0).sum()))
        assert areas[0] < areas[1]
        label = easel.find("reshape-grow-label")
        assert label.isVisible()
        Hand(label).drag((4, 4), (40, 4))
        await easel.settled()
        assert int((easel.pixels > 0).sum()) > areas[1]
        assert easel.steps == 1

    at_easel(test)


@pytest.mark.parametrize("by", ["mouse", "key"])
@pytest.mark.parametrize("end", ["keep", "drop"])
def test_the_buttons_of_the_bar_end_it(at_easel, end: str, by: str) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        before = easel.pixels.copy()
        easel.do("mask-harden")
        await easel.settled()
        if by == "mouse":
            QTest.mouseClick(easel.find(f"reshape-{end}"), LEFT)
        else:
            easel.find(f"reshape-{end}").setFocus()
            easel.press(Key.Key_Return)
        assert np.array_equal(easel.pixels, before) is (end == "drop")
        assert easel.steps == (2 if end == "keep" else 1)
        assert focus(easel.window) is easel.canvas

    at_easel(test)


def test_undo_drops_what_is_tried_and_nothing_else(at_easel) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        before = easel.pixels.copy()
        easel.do("mask-feather")
        await easel.settled()
        easel.do("undo")
        assert np.array_equal(easel.pixels, before)
        assert easel.session.masking.reshaping.trying is None
        assert easel.steps == 1
        assert not easel.find("reshape-bar").isVisible()

    at_easel(test)


def test_a_box_is_placed_moved_resized_and_laid_by_keys(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.do("place-box")
        assert easel.canvas.tool == "rectangle"
        hints = easel.window.hints.accessibleDescription()
        assert "Enter: lay it on the mask" in hints
        for key in (Key.Key_Left, Key.Key_Up):
            easel.press(key)
        easel.press(Key.Key_Right, CTRL)
        for _ in range(2):
            easel.press(Key.Key_Right, SHIFT)
        easel.press(Key.Key_Return)
        await easel.settled()
        rows, cols = np.nonzero(easel.pixels)
        # The middle half of 480 x 320, 7 px to the left and 8 up, 16 px wider.
        assert (cols.min(), cols.max() + 1) == (113, 369)
        assert (rows.min(), rows.max() + 1) == (72, 232)
        assert easel.steps == 1
        assert "Enter: lay it" not in easel.window.hints.accessibleDescription()

    at_easel(test)


@pytest.mark.parametrize("command", ["place-box", "mask-grow", "extend"])
def test_what_works_on_the_mask_leaves_a_comparing_view(at_easel, command: str) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session)
        await offered(easel.session, "v1", 90)
        easel.session.gallery.show(1)
        easel.do("beside")
        assert not easel.canvas.isVisible()
        easel.do(command)
        assert easel.canvas.isVisible()
        assert easel.window.stage.view == "edit"
        assert easel.session.gallery.state.shown is None
        assert (focus(easel.window) is easel.canvas) is (command == "place-box")

    at_easel(test)


def test_placed_boxes_join_or_are_taken_out_and_can_be_dropped(at_easel) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session, 20, 20, 20)
        easel.do("place-box")
        easel.press(Key.Key_Escape)
        easel.press(Key.Key_Left)
        await easel.settled()
        assert easel.steps == 1
        easel.do("place-box")
        easel.press(Key.Key_Return)
        await easel.settled()
        assert (easel.pixels[20, 20], easel.pixels[160, 240]) == (255, 255)
        easel.canvas.setFocus()
        easel.press(Key.Key_E)
        easel.press(Key.Key_M)
        easel.do("place-box")
        easel.press(Key.Key_Return)
        await easel.settled()
        assert (easel.pixels[20, 20], easel.pixels[160, 240]) == (255, 0)

    at_easel(test)


def test_a_placed_box_never_turns_inside_out(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.do("place-box")
        for _ in range(60):
            easel.press(Key.Key_Left, SHIFT)
            easel.press(Key.Key_Up, SHIFT)
        easel.press(Key.Key_Return)
        await easel.settled()
        assert (easel.pixels > 0).sum() == 1
        assert easel.pixels[80, 120] == 255

    at_easel(test)


def test_the_stage_says_that_a_tool_is_at_work(at_easel) -> None:
    async def test(easel: Easel) -> None:
        plain = easel.canvas.chrome.region()
        easel.session.masking.working.emit(True)
        assert easel.canvas.chrome.region() != plain
        easel.session.masking.working.emit(False)
        assert easel.canvas.chrome.region() == plain

    at_easel(test)


def test_undo_drops_what_is_tried_though_its_number_has_the_keyboard(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.drag((100, 100), (200, 100))
        before = easel.pixels.copy()
        easel.do("mask-grow")
        await easel.settled()
        assert (easel.pixels != before).any()
        easel.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert easel.session.masking.reshaping.trying is None
        assert (easel.pixels == before).all()
        assert easel.canvas.hasFocus()

    at_easel(test)


@pytest.mark.parametrize("way", ["undo", "escape"])
def test_a_search_is_given_up_and_nothing_before_it(at_easel, way: str) -> None:
    """The steps of undo stay those that the mask shows."""

    async def test(easel: Easel) -> None:
        easel.drag((100, 100), (200, 100))
        before, steps = easel.pixels.copy(), easel.session.timeline.steps
        easel.press(Key.Key_O)
        easel.drag((220, 140), (400, 300))
        assert await next_of(easel.session.masking.selecting.working)
        easel.do("undo") if way == "undo" else easel.press(Key.Key_Escape)
        await easel.settled()
        assert (easel.pixels == before).all()
        assert easel.session.timeline.steps == steps
        assert all(step.done for step in steps)

    at_easel(test)
