"""Comparing in a window of its own: one viewport with the main window, the same keys, and back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from editor.session.session import Session
from editor.ui.gallery.compare import BESIDE, DIVIDER, GRID
from editor.ui.gallery.torn import TornOff
from editor.ui.stage import EDIT
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint

Key = Qt.Key


async def torn_off(window: Window, session: Session, photo: Path) -> TornOff:
    await opened(session, photo)
    paint(session)
    for number in range(2):
        await offered(session, f"v{number}", 60)
    window.stage.canvas.setFocus()
    window.actions_by_id["tear-off"].trigger()
    torn = window.stage.compare.window()
    assert isinstance(torn, TornOff)
    return torn


def test_the_views_go_into_a_window_of_their_own_and_come_back(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        torn = await torn_off(window, session, photo)
        stage = window.stage
        assert (stage.view, stage.torn, torn.isVisible()) == (GRID, True, True)
        assert stage.canvas.isVisible()
        assert stage.compare.isVisible()
        assert torn.focusWidget() is stage.compare
        assert window.focusWidget() is stage.canvas
        assert window.actions_by_id["tear-off"].isChecked()
        window.actions_by_id["beside"].trigger()
        window.actions_by_id["beside"].trigger()
        assert (stage.view, stage.compare.view) == (BESIDE, BESIDE)
        assert stage.canvas.isVisible()
        QTest.keyClick(torn, Key.Key_Escape)
        assert (stage.view, stage.torn) == (EDIT, False)
        assert stage.compare.window() is window
        assert not stage.compare.isVisible()
        assert stage.canvas.isVisible()
        assert window.focusWidget() is stage.canvas
        assert not window.actions_by_id["tear-off"].isChecked()
        window.actions_by_id["grid"].trigger()
        assert stage.compare.isVisible()

    live.show(script)


def test_both_windows_have_one_viewport_and_show_one_answer(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        torn = await torn_off(window, session, photo)
        stage = window.stage
        canvas, pane = stage.canvas.viewport, stage.compare.lead
        canvas.zoom_at(4.0, 100, 100)
        assert (pane.zoom, pane.centre) == (canvas.zoom, canvas.centre)
        pane.pan(30, -20)
        assert (pane.zoom, pane.centre) == (canvas.zoom, canvas.centre)
        window.actions_by_id["divider"].trigger()
        assert stage.compare.view == DIVIDER
        QTest.keyClick(torn, Key.Key_2)
        assert session.gallery.state.shown == 2
        assert stage.compare.divider._pair[1].title == "v2"
        assert stage.canvas._layers.answer is session.gallery.state.entries[1].joined
        before = (pane.zoom, pane.centre)
        QTest.keyClick(torn, Key.Key_1)
        assert (canvas.zoom, canvas.centre) == before

    live.show(script)


def test_escape_there_first_takes_back_what_was_moved_alone(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        torn = await torn_off(window, session, photo)
        stage = window.stage
        stage.compare.lead.pan_alone(5, 5)
        QTest.keyClick(torn, Key.Key_Escape)
        assert stage.torn
        QTest.keyClick(torn, Key.Key_Escape)
        assert not stage.torn

    live.show(script)


def test_the_menu_takes_it_back_and_so_does_its_frame(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        torn = await torn_off(window, session, photo)
        window.actions_by_id["tear-off"].trigger()
        assert not window.stage.torn
        assert not torn.isVisible()
        window.actions_by_id["tear-off"].trigger()
        window.stage.compare.window().close()
        assert not window.stage.torn

    live.show(script)


def test_another_screen_is_filled(live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(window: Window, session: Session) -> None:
        room = QRect(2000, 100, 640, 480)
        other = SimpleNamespace(availableGeometry=lambda: room)
        screens = SimpleNamespace(screens=lambda: [window.screen(), other])
        monkeypatch.setattr("editor.ui.gallery.torn.QGuiApplication", screens)
        torn = await torn_off(window, session, photo)
        assert torn.geometry() == room
        assert window.stage.compare.size() == room.size()

    live.show(script)


def test_it_closes_with_the_window(live: Live, photo: Path) -> None:
    kept: list[TornOff] = []

    async def script(window: Window, session: Session) -> None:
        kept.append(await torn_off(window, session, photo))
        window.close()
        assert not kept[0].isVisible()

    live.show(script)
