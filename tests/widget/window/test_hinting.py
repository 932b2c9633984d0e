"""The hint line and the tips of the tools: the keys that matter now, as this keyboard has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from editor.session.loop import finish, turn
from editor.session.session import Session
from editor.ui import printed
from editor.ui.controls.icon_button import IconButton
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint


def hints(window: Window) -> dict[str, str]:
    """What the hint line says each key does."""
    said = window.hints.accessibleDescription().split(", ")
    return dict(tuple(hint.split(": ", 1)) for hint in said)


def test_the_hints_are_those_of_the_moment(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await turn()
        assert window.hints.accessibleDescription() == "Ctrl+O: open, Ctrl+V: paste"
        await opened(session, photo)
        assert "Alt" in hints(window)
        window.stage.canvas.set_tool("hand")
        assert list(hints(window)) == ["B", "Ctrl+0"]
        window.stage.canvas.set_tool("brush")
        assert "Shift-click" in hints(window)
        session.painting.set_brush(erase=True)
        assert hints(window)["Alt"] == "paint"
        assert list(hints(window))[1] == "E"
        window.stage.canvas.set_tool("wand")
        assert list(hints(window)) == ["Click", "E"]
        session.painting.set_brush(erase=False)
        assert list(hints(window)) == ["Click", "Shift", "Alt"]
        window.stage.canvas.set_tool("brush")
        paint(session)
        await offered(session, "v1", 90)
        assert list(hints(window)) == ["0-9", "\\", "F8"]

    live.show(script)


def test_keys_are_told_as_they_are_printed_on_the_keyboard_of_now(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    russian = {56: "И", 34: "Х", 35: "Ъ", 58: "Ь", 26: "У"}

    async def script(window: Window, session: Session) -> None:
        line, tools = window.hints, window.tools
        await opened(session, photo)
        assert "[ ]: size, Shift+[ ]: hardness" in line.accessibleDescription()
        monkeypatch.setattr(printed, "signs", lambda: russian)
        QGuiApplication.instance().focusWindowChanged.emit(window.windowHandle())
        await finish()
        assert "Х Ъ: size, Shift+Х Ъ: hardness" in line.accessibleDescription()
        session.painting.set_brush(erase=True)
        assert "У: back to painting" in line.accessibleDescription()
        window.stage.canvas.set_tool("rectangle")
        assert "Ь: round" in line.accessibleDescription()
        for name, sign in (("tool-brush", "И"), ("erase", "У"), ("tool-wand", "W")):
            assert f"({sign})" in tools.findChild(IconButton, name).toolTip()
        monkeypatch.setattr(printed, "signs", lambda: {56: "ب", 51: "*"})
        window.stage.canvas.set_tool("hand")
        await finish()
        assert "\u200eب\u200e: back to the brush" in line.accessibleDescription()
        assert "(\u200eب\u200e)" in tools.findChild(IconButton, "tool-brush").toolTip()
        assert "(E)" in tools.findChild(IconButton, "erase").toolTip()
        session.painting.set_brush(erase=False)
        paint(session)
        await offered(session, "v1", 90)
        assert "*: hold for the source" in line.accessibleDescription()

    live.show(script)
