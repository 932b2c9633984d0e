"""Pictures by menus, dialogs, drops and pastes: where they go, and which is the target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from editor.session.loop import finish
from editor.session.session import Session
from editor.ui import commands as module
from editor.ui.incoming import Incoming
from editor.ui.window import Turn, Window
from tests.fakes.answering import ANSWER
from tests.fakes.dialogs import choose
from tests.fakes.living import Live, based, opened, paint, scene, until, wired


def names(session: Session) -> list[str]:
    return [held.name for held in session.document.pictures]


async def opens(session: Session, count: int) -> None:
    await until(session.document.ordered, lambda: len(session.document.pictures) == count)


def paste(mime: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(mime)


def entry(menu: QMenu, words: str):
    (found,) = [action for action in menu.actions() if words in action.text()]
    return found


def test_pictures_are_opened_and_replaced_by_a_dialog(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abcd"]

    async def script(window: Window, session: Session) -> None:
        window.actions_by_id["open"].trigger()
        choose(window, *paths[:2])
        await opens(session, 2)
        await until(session.painting.turned, lambda: session.painting.plane is not None)
        window.actions_by_id["replace"].trigger()
        choose(window, paths[2])
        await until(session.document.ordered, lambda: names(session) == ["c.png", "b.png"])
        menu = wired(window).commands.pictures_menu(session.document.pictures[1].slot)
        entry(menu, "Replace").trigger()
        choose(window, paths[3])
        await until(session.document.ordered, lambda: names(session) == ["c.png", "d.png"])
        assert window.files.folder == str(tmp_path)
        menu.deleteLater()

    live.show(script)


def test_a_project_opens_in_the_place_of_this_one(live: Live, tmp_path: Path) -> None:
    turns: list[object] = []

    async def script(window: Window, session: Session) -> None:
        wired(window).commands.open_paths([tmp_path / "a.png", tmp_path / "work.frisket"])
        turns.append(window.turned_to)
        assert not window.isVisible()

    live.show(script)
    assert turns == [Turn(tmp_path / "work.frisket")]


def test_the_sample_is_a_picture_like_any_other(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        window.stage.chosen.emit("sample")
        await opens(session, 1)
        assert names(session) == ["sample.jpg"]

    live.show(script)


def test_a_result_is_dropped_and_pasted_into_the_mask(
    live: Live, photo: Path, tmp_path: Path
) -> None:
    result = scene(tmp_path / "result.png", spot=False)

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        assert not window.actions_by_id["paste-result"].isEnabled()
        paint(session)
        wired(window).commands.take(Incoming((result,)), "result")
        await until(session.gallery.changed, lambda: len(session.gallery.state.entries) == 1)
        mime = QMimeData()
        mime.setData("image/png", ANSWER)
        paste(mime)
        window.actions_by_id["paste-result"].trigger()
        await until(session.gallery.changed, lambda: len(session.gallery.state.entries) == 2)

    live.show(script)


def test_what_is_pasted_comes_after_what_is_open(live: Live, tmp_path: Path) -> None:
    """A copied file is edited; a picture without a file is looked at by the model."""
    first, second = (scene(tmp_path / f"{name}.png") for name in "ab")

    async def script(window: Window, session: Session) -> None:
        await opened(session, first)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(second))])
        paste(mime)
        window.actions_by_id["paste"].trigger()
        await opens(session, 2)
        mime = QMimeData()
        mime.setData("image/png", ANSWER)
        paste(mime)
        window.actions_by_id["paste"].trigger()
        await opens(session, 3)
        assert names(session)[:2] == ["b.png", "a.png"]
        assert session.document.pictures[2].path is None

    live.show(script)


def test_a_link_is_refused_and_an_empty_clipboard_is_silent(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        mime = QMimeData()
        mime.setText("words")
        paste(mime)
        window.actions_by_id["paste"].trigger()
        assert window.stage.toasts.shown() == []
        wired(window).commands.take(Incoming(remote=True), "edit")
        (toast,) = window.stage.toasts.shown()
        assert (toast.tone, "save the picture first" in toast.words) == ("error", True)
        assert names(session) == []

    live.show(script)


def test_a_picture_is_sent_along_or_not_by_its_menu(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    async def script(window: Window, session: Session) -> None:
        await opened(session, *paths)
        target, slot = (held.slot for held in session.document.pictures[:2])
        own = wired(window).commands.pictures_menu(target)
        assert not [action for action in own.actions() if "end along" in action.text()]
        for words, sent in (("Do not send along", ["c.png"]), ("Send along", ["b.png", "c.png"])):
            menu = wired(window).commands.pictures_menu(slot)
            entry(menu, words).trigger()
            assert [held.name for held in session.document.references] == sent
            menu.deleteLater()
        menu = wired(window).commands.pictures_menu(slot)
        entry(menu, "Edit this").trigger()
        assert names(session) == ["b.png", "a.png", "c.png"]
        entry(menu, "Remove").trigger()
        assert names(session) == ["a.png", "c.png"]
        for made in (own, menu):
            made.deleteLater()

    live.show(script)


def test_the_target_is_removed_and_the_next_takes_its_place(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(window: Window, session: Session) -> None:
        await opened(session, *paths)
        window.actions_by_id["next-picture"].trigger()
        assert names(session) == ["b.png", "a.png"]
        assert not window.actions_by_id["export"].isEnabled()
        await based(session)
        window.actions_by_id["previous-picture"].trigger()
        for left in (["b.png"], []):
            await based(session)
            window.actions_by_id["remove"].trigger()
            assert names(session) == left
        assert window.stage.empty.isVisible()
        await finish()

    live.show(script)


@pytest.mark.parametrize(
    ("taken", "zone", "expected"),
    [
        (lambda paths: Incoming((paths[1],)), "edit", ["b.png", "a.png"]),
        (lambda paths: Incoming((paths[1],)), "reference", ["a.png", "b.png"]),
        (lambda paths: Incoming(tuple(paths[1:])), "reference", ["a.png", "b.png", "c.png"]),
        (lambda paths: Incoming(data=ANSWER), "edit", [module.PASTED, "a.png"]),
        (lambda paths: Incoming(data=ANSWER), "reference", ["a.png", module.PASTED]),
    ],
    ids=["edit", "reference", "several", "a picture to edit", "a picture to look at"],
)
def test_each_zone_takes_files_and_pictures(
    live: Live,
    tmp_path: Path,
    taken: Callable[[list[Path]], Incoming],
    zone: str,
    expected: list[str],
) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    async def script(window: Window, session: Session) -> None:
        await opened(session, paths[0])
        wired(window).commands.take(taken(paths), zone)
        await opens(session, len(expected))
        assert names(session) == expected

    live.show(script)
