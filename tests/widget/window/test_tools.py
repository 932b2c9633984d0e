"""The tool column: the tool in use, what can be undone and why not, and the views."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.ui.controls.icon_button import IconButton
from editor.ui.tools import FLIPPED, Tools

TOOLS = ("brush", "lasso", "rectangle", "wand", "object", "refine", "hand", "zoom")


@pytest.fixture
def tools(qtbot: QtBot) -> Tools:
    shown = Tools()
    qtbot.addWidget(shown)
    shown.resize(shown.width(), 600)
    shown.show()
    return shown


def button(tools: Tools, name: str) -> IconButton:
    found = tools.findChild(IconButton, name)
    assert found is not None
    return found


def checked(tools: Tools) -> set[str]:
    return {found.objectName() for found in tools.findChildren(IconButton) if found.isChecked()}


def test_the_tool_in_use_and_the_eraser_are_marked(tools: Tools) -> None:
    assert checked(tools) == {"tool-brush"}
    for tool in TOOLS:
        tools.show_tool(tool, erase=False)
        assert checked(tools) == {f"tool-{tool}"}
        tools.show_tool(tool, erase=True)
        assert checked(tools) == {f"tool-{tool}"} | ({"erase"} if tool in FLIPPED else set())


def test_each_button_asks_for_its_own(tools: Tools) -> None:
    chosen: list[str] = []
    asked: list[str] = []
    tools.chosen.connect(chosen.append)
    tools.asked.connect(asked.append)
    tools.show_history("", "")
    tools.show_view("edit", "")
    for found in tools.findChildren(IconButton):
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    assert sorted(chosen) == sorted(TOOLS)
    assert sorted(asked) == ["beside", "difference", "divider", "flip", "grid", "redo", "undo"]


def test_what_cannot_be_done_says_why_and_does_nothing(tools: Tools) -> None:
    asked: list[str] = []
    tools.asked.connect(asked.append)
    tools.show_history("Nothing to undo", "")
    tools.show_view("grid", "There are no results")
    for name, why in (("tools-undo", "Nothing to undo"), ("tools-grid", "There are no results")):
        assert why in button(tools, name).toolTip()
        QTest.mouseClick(button(tools, name), Qt.MouseButton.LeftButton)
    assert asked == []
    QTest.mouseClick(button(tools, "tools-redo"), Qt.MouseButton.LeftButton)
    assert asked == ["redo"]


def test_keys_of_tools_are_told_as_printed_and_the_rest_of_the_tip_stays(tools: Tools) -> None:
    erase = button(tools, "erase")
    erase.set_off("There is no picture yet")
    tools.show_keys({**{f"tool:{tool}": "#" for tool in TOOLS}, "flip": "^"})
    for tool in TOOLS:
        assert "(#)" in button(tools, f"tool-{tool}").toolTip()
    assert "(^)" in erase.toolTip()
    assert "There is no picture yet" in erase.toolTip()
    tools.show_rectangle(round=True)
    assert "(#)" in button(tools, "tool-rectangle").toolTip()


def test_a_low_window_puts_the_buttons_closer_and_keeps_them_whole(tools: Tools) -> None:
    rows = []
    for high in (tools.minimumSizeHint().height(), 700):
        tools.resize(tools.width(), high)
        tools.layout().activate()
        places = sorted(
            (found.geometry() for found in tools.findChildren(IconButton)), key=lambda at: at.top()
        )
        assert all(above.bottom() < below.top() for above, below in pairwise(places))
        assert {place.height() for place in places} == {32}
        assert tools.rect().contains(QRect(places[0].topLeft(), places[-1].bottomRight()))
        rows.append([below.top() - above.top() for above, below in pairwise(places)])
    close, far = rows
    assert set(close) == {32}
    assert far.count(36) == len(far) - 2, "but for the two gaps around undo and redo"


@pytest.mark.parametrize("view", ["edit", "grid", "beside"])
def test_the_view_of_the_stage_is_marked(tools: Tools, view: str) -> None:
    tools.show_view(view, "")
    assert checked(tools) - {"tool-brush"} == {f"tools-{view}"} - {"tools-edit"}
