"""What the menus do to a live session: files, clipboard, views, looks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from editor import __version__
from editor.project.store import Store
from editor.session.session import Session
from editor.ui import printed
from editor.ui.actions import MENUS, ON_STAGE, SUBMENUS, commands
from editor.ui.controls.button import Button
from editor.ui.controls.menu import Menu
from editor.ui.incoming import Incoming
from editor.ui.keys import PLACES
from editor.ui.theme import current
from editor.ui.window import Window
from tests.fakes.dialogs import choose
from tests.fakes.living import Live, next_of, opened, paint, until, wired, wish
from tests.fakes.provider import Provider


def test_every_entry_of_the_menus_does_something(live: Live) -> None:
    """Each id is known to the commands or to the stage."""

    async def script(window: Window, session: Session) -> None:
        known = wired(window).commands._table.keys() | wired(window).on_stage.keys()
        assert {command.id for command in commands()} - SUBMENUS <= known

    live.show(script)


def test_every_menu_of_the_window_has_round_corners(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        bar, inner = window.menuBar().actions(), (window.actions_by_id[id] for id in SUBMENUS)
        menus = [action.menu() for action in (*bar, *inner)]
        assert len(menus) == len(MENUS) + len(SUBMENUS)
        assert [menu for menu in menus if not isinstance(menu, Menu)] == []

    live.show(script)


def test_no_command_is_carried_out_in_two_places(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        parts = [getattr(part, "commands", None) for part in vars(wired(window)).values()]
        tables = [table for table in parts if isinstance(table, dict)]
        assert len(tables) > 10
        tables += [wired(window).commands._table, wired(window)._stage_commands()]
        times = Counter(id for table in tables for id in table)
        assert [id for id, count in times.items() if count > 1] == []

    live.show(script)


@pytest.mark.parametrize(("menu", "entries"), MENUS)
def test_one_letter_is_enough_for_every_entry_of_a_menu(menu: str, entries) -> None:
    letters = [re.findall(r"&(\w)", entry.text.lower()) for entry in entries if entry.id]
    assert all(len(found) == 1 for found in letters)
    assert len({found[0] for found in letters}) == len(letters)


def test_the_menus_tell_the_keys_of_the_stage_as_they_are_printed(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(window: Window) -> dict[str, str]:
        for title in window.menuBar().actions():
            title.menu().aboutToShow.emit()
        texts = {id: window.actions_by_id[id].text() for id in ON_STAGE}
        return {id: text.partition("\t")[2] for id, text in texts.items()}

    async def script(window: Window, session: Session) -> None:
        monkeypatch.setattr(printed, "signs", lambda: {24: "A"})
        assert told(window)["mask-view"] == "A"
        monkeypatch.setattr(printed, "signs", dict)
        assert told(window) == {
            "mask-view": "Q",
            "precise": "Caps Lock",
            "panels": "Tab",
            "keep": "Enter",
            "star": "S",
            "reject": "Del",
        }
        for id in ("mask-view", "star"):
            assert PLACES[int(ON_STAGE[id].strip("{}"))] == id

    live.show(script)


def test_nothing_is_asked_of_a_window_without_a_session(qtbot, live: Live) -> None:
    from editor.capability.catalog import load
    from editor.preferences.preferences import Preferences
    from editor.session.form import Form

    window = Window(Form(load()), Preferences())
    qtbot.addWidget(window)
    for id in ("export", "undo", "send", "open", "save-as", "paste"):
        window.actions_by_id[id].trigger()
    assert not window.findChildren(QFileDialog)


def test_the_project_is_saved_where_it_was_said(live: Live, photo: Path, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        window.actions_by_id["save-as"].trigger()
        choose(window, tmp_path / "work.frisket")
        await until(session.told, lambda: bool(live.told))
        assert session.store.path == tmp_path / "work.frisket"

    live.show(script)
    store = Store.open(tmp_path / "work.frisket")
    assert [slot.name for slot in store.opened.project.slots] == ["photo.png"]
    store.close()


def test_the_mask_is_exported_hard_and_soft(live: Live, photo: Path, tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.png" for name in ("export-mask", "export-soft")}

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        for number, (command, path) in enumerate(files.items(), 1):
            window.actions_by_id[command].trigger()
            if command == "export-mask":
                window.findChild(QPushButton, "mask-export-save").click()
            choose(window, path)
            await until(session.told, lambda number=number: len(live.told) == number)

    live.show(script)
    hard, soft = (
        cv2.imread(str(files[name]), cv2.IMREAD_UNCHANGED)[..., 3]
        for name in ("export-mask", "export-soft")
    )
    assert set(np.unique(hard)) == {0, 255}
    assert len(np.unique(soft)) > 3
    assert [notice.mood for notice in live.told] == ["ok"] * 2


def test_a_mask_is_imported_by_a_dialog_and_by_its_zone(
    live: Live, photo: Path, tmp_path: Path
) -> None:
    mask = np.zeros((320, 480), np.uint8)
    mask[40:80, 50:150] = 255
    assert cv2.imwrite(str(tmp_path / "mask.png"), mask)
    data = cv2.imencode(".png", 255 - mask)[1].tobytes()

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        window.actions_by_id["import-mask"].trigger()
        choose(window, tmp_path / "mask.png")
        await next_of(session.masks.read)
        assert np.array_equal(session.painting.plane.pixels, mask)
        wired(window).commands.take(Incoming(data=data), "mask")
        await next_of(session.masks.read)
        assert not np.array_equal(session.painting.plane.pixels, np.zeros_like(mask))

    live.show(script)


def test_what_was_told_about_a_file_can_be_shown_and_copied(
    live: Live, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)

    async def script(window: Window, session: Session) -> None:
        wired(window).commands.do("show-file")
        wired(window).commands.do("copy-file")
        await opened(session, photo)
        window.actions_by_id["export"].trigger()
        await until(session.told, lambda: bool(live.told))
        (toast,) = window.stage.toasts.shown()
        for button in toast.findChildren(Button):
            button.click()
        assert [url.toLocalFile() for url in shown] == [str(tmp_path)]
        urls = QGuiApplication.clipboard().mimeData().urls()
        assert [url.toLocalFile() for url in urls] == [str(tmp_path / "photo_edit.png")]

    live.show(script)


def test_the_prompt_is_copied_as_it_is_written(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        session.form.set_prompt("a red kite, like @1")
        window.actions_by_id["copy-prompt"].trigger()
        assert QGuiApplication.clipboard().text() == "a red kite, like @1"

    live.show(script)


def test_the_look_the_screen_and_the_version(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        for name in ("light", "dark"):
            window.actions_by_id["dark"].trigger()
            assert (current().name, window.preferences.theme) == (name, name)
        for full in (True, False):
            window.actions_by_id["full-screen"].trigger()
            assert window.isFullScreen() is full
        window.actions_by_id["about"].trigger()
        (toast,) = window.stage.toasts.shown()
        assert __version__ in toast.words

    live.show(script)


def test_views_of_the_canvas_by_the_menu(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session, 60, 60)
        viewport = window.stage.canvas.viewport
        window.actions_by_id["actual"].trigger()
        assert viewport.zoom * viewport.ratio == 1.0
        window.actions_by_id["zoom-in"].trigger()
        assert viewport.zoom == pytest.approx(1.25)
        window.actions_by_id["zoom-out"].trigger()
        assert viewport.zoom == pytest.approx(1.0)
        window.actions_by_id["zoom-mask"].trigger()
        assert viewport.zoom == 2.0
        assert abs(viewport.centre[0] - 60) < 20
        window.actions_by_id["fit"].trigger()
        assert viewport.fitted

    live.show(script)


def test_quitting_closes_the_window_for_good(live: Live) -> None:
    closed: list[bool] = []

    async def script(window: Window, session: Session) -> None:
        window.closed.connect(lambda: closed.append(True))
        window.actions_by_id["quit"].trigger()
        assert window.turned_to is None
        assert not window.isVisible()

    live.show(script)
    assert closed


def test_keys_of_the_menus_are_shown_by_their_actions(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        taken: dict[str, str] = {}
        for id, action in window.actions_by_id.items():
            for keys in action.shortcuts():
                words = keys.toString()
                assert taken.setdefault(words, id) == id, words
        assert taken["Ctrl+E"] == "export"
        assert Qt.Key.Key_F8 in [
            keys[0].key() for keys in window.actions_by_id["beside"].shortcuts()
        ]

    live.show(script)


def test_C1_a_nervous_finger_sends_once(live: Live, paid: Provider, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        wish(session)
        paint(session)
        session.sending.judge()
        button = window.stage.prompt.send
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        for _ in range(20):
            button.click()
        window.actions_by_id["send"].trigger()
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        assert len(session.gallery.state.entries) == 1
        session.form.set_prompt("a blue kite")
        window.actions_by_id["send"].trigger()
        await until(session.gallery.changed, lambda: len(session.gallery.state.entries) == 2)
        await until(session.jobs.changed, lambda: session.jobs.running == 0)

    live.show(script)
    assert len(paid.log) == 2


def test_a_held_key_repeats_steps_and_nothing_else(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        repeated = {id for id, action in window.actions_by_id.items() if action.autoRepeat()}
        assert {"undo", "redo", "zoom-in", "next-picture", "frame-left"} <= repeated
        assert not repeated & {"send", "again", "again-final", "export", "keep", "new", "paste"}

    live.show(script)
