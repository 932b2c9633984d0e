"""Prompt, panel, strip and history over a live session, by keys and clicks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot

from editor.edits.job import State
from editor.preferences.preferences import Preferences
from editor.session.form import Form
from editor.session.loop import finish, turn
from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.answering import begun
from tests.fakes.living import Live, offered, opened, paint, scene, until
from tests.fakes.windowed import focus, kept, result

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def test_the_first_window_looks_as_it_does_once_it_is_ready(live: Live, qtbot: QtBot) -> None:
    def looks(window: Window) -> list[object]:
        names = ("tools-undo", "tools-redo", "tools-grid", "references-empty", "pictures")
        found = [window.findChild(QWidget, name) for name in names]
        assert all(found)
        shown = [(one.isEnabled(), one.isVisible(), one.toolTip() == "") for one in found]
        return [*shown, [act.isEnabled() for act in window.actions_by_id.values()]]

    async def script(window: Window, session: Session) -> None:
        bare = Window(Form(live.catalog), Preferences())
        qtbot.addWidget(bare)
        bare.show()
        assert looks(bare) == looks(window)

    live.show(script)


def test_no_tool_has_the_keyboard_before_there_is_a_picture(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        window.activateWindow()
        assert focus(window) is window.stage
        QTest.keyClick(window.stage, Key.Key_L)
        assert window.stage.canvas.tool == "lasso"
        await opened(session, photo)
        assert focus(window) is window.stage.canvas

    live.show(script)


def test_escape_goes_back_one_step_at_a_time(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        window.actions_by_id["grid"].trigger()
        canvas = window.stage.canvas
        session.painting.begin(100, 100)
        QTest.keyClick(window, Key.Key_Escape)
        assert not session.painting.painting
        session.gallery.show(1)
        QTest.keyClick(window, Key.Key_Escape)
        assert (session.gallery.state.shown, window.stage.view) == (None, "grid")
        QTest.keyClick(window, Key.Key_Escape)
        assert window.stage.view == "edit"
        window.strip.results.focus("v1")
        QTest.keyClick(result(window, "v1"), Key.Key_Escape)
        assert focus(window) is canvas

    live.show(script)


def test_what_is_missing_is_gone_to(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        session.form.set_provider("openai")
        paint(session)
        window.stage.canvas.setFocus()
        window.actions_by_id["send"].trigger()
        await finish()
        assert window.stage.prompt.isAncestorOf(focus(window))
        assert session.gallery.state.entries == ()

    live.show(script)


def test_the_panel_speaks_to_the_form_and_back(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        form, panel = session.form, window.panel
        panel.provider_chosen.emit("openai")
        panel.model_chosen.emit("gpt-image-1.5")
        panel.preset_chosen.emit("final")
        panel.frame_chosen.emit("whole")
        panel.count_chosen.emit(3)
        panel.field_changed.emit("background", "opaque")
        state = form.state
        assert (state.provider.id, state.model.id, state.preset) == (
            "openai",
            "gpt-image-1.5",
            "final",
        )
        assert (state.frame, state.count, state.settings["background"]) == ("whole", 3, "opaque")
        window.stage.prompt.changed.emit("a red kite")
        assert form.state.prompt == "a red kite"

    live.show(script)


def test_the_prompt_bar_sends_stops_and_is_left(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        prompt = window.stage.prompt
        prompt.sent.emit()
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        (job,) = begun(session, "next", 1)
        prompt.stopped.emit()
        assert session.jobs.job(job.id).state is State.CANCELLED
        prompt.left.emit()
        assert focus(window) is window.stage.canvas

    live.show(script)


def test_the_history_goes_where_it_is_clicked_across_kept_edits(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        untouched = session.document.base.pixels
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        paint(session, 100)
        await turn()
        rows = window.history.findChild(QListWidget, "history-list")
        titles = [rows.item(row).text() for row in range(rows.count())]
        assert titles == ["Brush", "Keep v1", "Brush", "Open photo.png"]
        rows.itemClicked.emit(rows.item(2))
        await kept(session, 0)
        assert np.array_equal(session.document.base.pixels, untouched)
        assert session.painting.plane.pixels[160, 240] == 255
        await turn()
        assert rows.currentItem().text() == "Brush"
        assert rows.row(rows.currentItem()) == 2
        rows.itemClicked.emit(rows.item(0))
        await kept(session, 1)
        assert session.painting.plane.pixels[160, 100] == 255
        assert live.told == []

    live.show(script)


def test_pictures_are_made_the_target_and_removed_by_their_tiles(
    live: Live, tmp_path: Path
) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    async def script(window: Window, session: Session) -> None:
        await opened(session, *paths)

        def names() -> list[str]:
            return [held.name for held in session.document.pictures]

        last = session.document.pictures[2].slot
        QTest.mouseDClick(window.strip.pictures.tile(last), LEFT)
        assert names() == ["c.png", "a.png", "b.png"]
        window.strip.pictures.removed.emit(session.document.pictures[1].slot)
        assert names() == ["c.png", "b.png"]
        window.strip.pictures.menu.emit(last, QPoint(10, 10))
        (menu,) = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
        menu.close()

    live.show(script)


def test_one_key_walks_through_the_areas(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        session.form.set_provider("openai")
        await opened(session, photo)
        stage = window.stage
        stage.canvas.setFocus()
        seen = []
        for _ in range(4):
            window.actions_by_id["next-area"].trigger()
            areas = {
                "prompt": stage.prompt,
                "panel": window.panel,
                "strip": window.strip,
                "canvas": stage.canvas,
            }
            here = focus(window)
            seen += [n for n, area in areas.items() if area is here or area.isAncestorOf(here)]
        assert seen == ["prompt", "panel", "strip", "canvas"]

    live.show(script)
