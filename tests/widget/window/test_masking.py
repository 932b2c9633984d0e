"""The tools of the mask, from button and key to the mask."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint, until, wish
from tests.fakes.windowed import focus
from tests.widget.window.easel import Easel

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
KEYS = {
    "lasso": Key.Key_L,
    "rectangle": Key.Key_M,
    "wand": Key.Key_W,
    "object": Key.Key_O,
    "refine": Key.Key_R,
    "hand": Key.Key_H,
    "zoom": Key.Key_Z,
    "brush": Key.Key_B,
}


def test_each_tool_comes_by_its_key_and_by_its_button(at_easel) -> None:
    async def test(easel: Easel) -> None:
        for tool, key in KEYS.items():
            easel.press(key)
            assert easel.canvas.tool == tool
            assert easel.find(f"tool-{tool}").isChecked()
        for tool in KEYS:
            QTest.mouseClick(easel.find(f"tool-{tool}"), LEFT)
            assert easel.canvas.tool == tool

    at_easel(test)


def test_the_brushs_key_paints_also_after_the_eraser(at_easel) -> None:
    async def test(easel: Easel) -> None:
        brush = easel.session.painting
        for back in (Key.Key_E, Key.Key_B):
            easel.press(Key.Key_E)
            assert brush.brush.erase
            easel.press(back)
            assert not brush.brush.erase
        QTest.mouseClick(easel.find("erase"), LEFT)
        QTest.mouseClick(easel.find("tool-brush"), LEFT)
        assert not brush.brush.erase

    at_easel(test)


@pytest.mark.parametrize("tool", KEYS)
def test_the_eraser_turns_a_tool_round_or_takes_its_place(at_easel, tool: str) -> None:
    async def test(easel: Easel) -> None:
        easel.press(KEYS[tool])
        easel.press(Key.Key_E)
        assert easel.session.painting.brush.erase
        assert easel.find("erase").isChecked()
        stays = tool not in {"refine", "hand", "zoom"}
        assert easel.canvas.tool == (tool if stays else "brush")
        easel.press(Key.Key_H)
        assert not easel.find("erase").isChecked(), "a hand takes nothing away"
        easel.press(Key.Key_E)
        assert (easel.canvas.tool, easel.session.painting.brush.erase) == ("brush", True)

    at_easel(test)


def test_shapes_become_the_mask_each_as_one_step(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.press(KEYS["rectangle"])
        easel.drag((20, 20), (120, 120))
        await easel.settled()
        assert easel.pixels[22:118, 22:118].all()
        assert int(easel.pixels.sum()) == 100 * 100 * 255
        easel.press(KEYS["rectangle"])
        easel.drag((200, 20), (300, 120), modifiers=SHIFT)
        await easel.settled()
        assert easel.pixels[70, 250] == 255
        assert easel.pixels[24, 204] == 0, "pressed again, the key makes it round"
        easel.press(KEYS["lasso"])
        easel.drag((20, 20), (120, 20), (20, 120), modifiers=ALT)
        await easel.settled()
        assert (easel.pixels[30, 30], easel.pixels[110, 110]) == (0, 255)
        assert easel.steps == 3
        for _ in range(3):
            easel.do("undo")
        assert not easel.pixels.any()

    at_easel(test)


def test_the_wand_takes_what_its_options_say(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.press(KEYS["wand"])
        easel.find("tool-tolerance").changed.emit(20.0)
        easel.click((240, 160))
        await easel.settled()
        small = int((easel.pixels > 0).sum())
        assert easel.pixels[160, 240] == 255
        assert 1000 < small < 1700, "the red spot"
        easel.find("tool-tolerance").changed.emit(100.0)
        QTest.mouseClick(easel.find("tool-contiguous"), LEFT)
        easel.click((240, 160))
        await easel.settled()
        assert (easel.pixels > 0).sum() > 2 * small
        assert not easel.session.masking.toolbox.setup.contiguous

    at_easel(test)


@pytest.mark.parametrize("by", ["box", "line"])
def test_an_object_is_found_in_a_box_or_by_a_line(at_easel, by: str) -> None:
    async def test(easel: Easel) -> None:
        easel.press(KEYS["object"])
        easel.find("tool-find-by").chosen.emit(by)
        if by == "box":
            easel.drag((205, 125), (275, 195))
        else:
            easel.drag((230, 160), (240, 165), (250, 160))
        await easel.settled()
        assert easel.pixels[160, 240] == 255
        assert not easel.pixels[:100].any()
        assert easel.steps == 1

    at_easel(test)


def test_a_rim_is_refined_with_a_size_of_its_own(at_easel) -> None:
    async def test(easel: Easel) -> None:
        paint(easel.session, 240, 160, 44)
        easel.press(KEYS["refine"])
        easel.find("tool-size").changed.emit(30.0)
        easel.drag((218, 160), (222, 172), (232, 181))
        await easel.settled()
        assert easel.steps == 2
        easel.press(KEYS["brush"])
        assert easel.session.painting.brush.diameter == 44
        easel.press(KEYS["refine"])
        assert easel.session.painting.brush.diameter == 30

    at_easel(test)


def test_hand_and_zoom_move_the_picture_and_paint_nothing(at_easel) -> None:
    async def test(easel: Easel) -> None:
        view = easel.canvas.viewport
        easel.press(KEYS["zoom"])
        before = view.zoom
        easel.click((240, 160))
        assert view.zoom == 2 * before
        easel.press(KEYS["hand"])
        origin = view.origin
        easel.drag((240, 160), (260, 160))
        assert view.origin != origin
        assert easel.steps == 0

    at_easel(test)


def test_options_are_those_of_the_tool_and_change_the_brush(at_easel) -> None:
    own = {
        "brush": {"tool-size", "tool-hardness", "tool-smoothing"},
        "lasso": set(),
        "rectangle": {"tool-shape"},
        "wand": {"tool-tolerance", "tool-contiguous"},
        "object": {"tool-find-by"},
        "refine": {"tool-size"},
        "hand": set(),
        "zoom": set(),
    }
    names = set().union(*own.values())

    async def test(easel: Easel) -> None:
        for tool, options in own.items():
            easel.canvas.set_tool(tool)
            assert {name for name in names if easel.find(name).isVisible()} == options
            assert easel.find("tool-options").isVisible() is bool(options)
        easel.canvas.set_tool("brush")
        easel.find("tool-size").changed.emit(90.0)
        easel.find("tool-hardness").changed.emit(35.0)
        easel.find("tool-smoothing").chosen.emit("strong")
        brush = easel.session.painting.brush
        assert (brush.diameter, brush.hardness) == (90, 0.35)
        assert easel.session.masking.toolbox.setup.smoothing == "strong"
        easel.session.painting.set_brush(diameter=12)
        assert easel.find("tool-size").value() == 12

    at_easel(test)


def test_options_take_a_second_line_where_one_is_too_wide(at_easel) -> None:
    async def test(easel: Easel) -> None:
        bar, stage = easel.find("tool-options"), easel.window.stage
        names = ("tool-size", "tool-hardness", "tool-smoothing")
        size, hardness, smoothing = (easel.find(name) for name in names)
        order = [size.x(), hardness.x(), smoothing.x()]
        assert order == sorted(order)
        one = bar.width()
        assert size.geometry().center().y() == smoothing.geometry().center().y()
        stage.setFixedWidth(one)
        assert smoothing.y() > size.geometry().bottom()
        assert bar.width() < one - 100
        assert bar.rect().contains(smoothing.geometry())
        stage.setFixedWidth(2 * one)
        assert bar.width() == one
        assert [size.x(), hardness.x(), smoothing.x()] == order

    at_easel(test)


def test_a_press_beside_a_control_of_the_bar_paints_nothing(at_easel) -> None:
    async def test(easel: Easel) -> None:
        bar = easel.find("tool-options")
        QTest.mouseClick(bar, LEFT, pos=bar.rect().topLeft())
        paint(easel.session)
        easel.do("mask-grow")
        bar = easel.find("reshape-bar")
        QTest.mouseClick(bar, LEFT, pos=bar.rect().topLeft())
        assert easel.steps == 1

    at_easel(test)


def test_enter_takes_a_number_of_a_tool_and_gives_the_keyboard_back_to_the_canvas(
    at_easel,
) -> None:
    async def test(easel: Easel) -> None:
        wish(easel.session)
        field = easel.find("tool-size-field")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "41")
        easel.press(Key.Key_Return)
        assert easel.session.painting.brush.diameter == 41
        assert focus(easel.window) is easel.canvas
        easel.press(KEYS["wand"])
        assert easel.canvas.tool == "wand"

    at_easel(test)


def test_how_tools_are_set_comes_back_with_the_project(live: Live, photo: Path) -> None:
    async def first(window: Window, session: Session) -> None:
        await opened(session, photo)
        easel = Easel(window, session)
        easel.find("tool-size").changed.emit(77.0)
        window.stage.canvas.set_tool("refine")
        easel.find("tool-size").changed.emit(31.0)
        easel.find("tool-smoothing").chosen.emit("light")
        easel.find("tool-tolerance").changed.emit(9.0)
        await asyncio.to_thread(session.store.flush)

    async def second(window: Window, session: Session) -> None:
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        assert session.painting.brush.diameter == 77
        easel = Easel(window, session)
        assert easel.find("tool-smoothing").value() == "light"
        assert easel.find("tool-tolerance").value() == 9
        window.stage.canvas.set_tool("refine")
        assert session.painting.brush.diameter == 31

    live.show(first)
    live.show(second, live.path)


def test_the_first_brush_suits_the_picture(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        assert session.painting.brush.diameter == 13  # 4 % of 320
        assert session.masking.toolbox.setup.sizes["brush"] == 13

    live.show(script)
