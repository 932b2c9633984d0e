"""Commands that ask for files, use the clipboard or tell something."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.incoming import Incoming
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint, scene


def choose(window: Window, path: Path) -> None:
    """Answer the dialog that is open."""
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    dialog.deleteLater()


def white(path: Path, name: str) -> Path:
    mask = np.zeros((320, 480), np.uint8)
    mask[100:200, 50:150] = 255
    cv2.imwrite(str(path / name), mask)
    return path / name


def test_masks_and_pictures_are_written_where_the_dialog_says(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        paint(session)
        for command, name in (
            ("export-mask", "mask.png"),
            ("export-soft", "soft.png"),
            ("export-as", "other.tif"),
        ):
            window.commands.do(command)
            choose(window, tmp_path / name)
            await finish()
            assert (tmp_path / name).exists()

    live.show(script)


def test_a_mask_and_another_picture_are_read(live: Live, tmp_path: Path) -> None:
    source, other = scene(tmp_path / "photo.png"), scene(tmp_path / "other.png")
    mask = white(tmp_path, "mask.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        window.commands.do("import-mask")
        choose(window, mask)
        await finish()
        assert session.painting.plane.pixels[150, 100] == 255
        window.commands.do("replace")
        choose(window, other)
        await finish()
        assert session.document.target.name == "other.png"
        window.commands.do("remove")
        assert session.document.target is None
        window.commands.do("open")
        choose(window, source)
        await finish()
        assert session.document.target.name == "photo.png"

    live.show(script)


@pytest.mark.parametrize("zone", ["mask", "result", "edit"])
def test_bytes_and_files_go_where_they_belong(live: Live, tmp_path: Path, zone: str) -> None:
    source = scene(tmp_path / "photo.png")
    file = white(tmp_path, "mask.png") if zone == "mask" else scene(tmp_path / "b.png")

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        paint(session)
        for taken in (Incoming((file,)), Incoming(data=file.read_bytes())):
            window.commands.take(taken, zone)
            await finish()
        if zone == "mask":
            assert session.painting.plane.pixels[150, 100] == 255
        elif zone == "result":
            assert len(session.gallery.state.entries) == 2
        else:
            assert len(session.document.pictures) == 3

    live.show(script)


def test_a_link_is_refused_and_nothing_changes(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        window.commands.take(Incoming(remote=True), "edit")
        assert [toast.tone for toast in window.stage.toasts.shown()] == ["error"]

    live.show(script)


def test_small_commands(live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = scene(tmp_path / "photo.png")
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)

    async def script(window: Window, session: Session) -> None:
        await opened(session, source)
        session.form.set_prompt("a red kite")
        window.commands.do("copy-prompt")
        assert QGuiApplication.clipboard().text() == "a red kite"
        window.commands.do("export")
        await finish()
        window.commands.do("show-file")
        assert shown == [QUrl.fromLocalFile(str(tmp_path))]
        window.commands.do("copy-file")
        urls = QGuiApplication.clipboard().mimeData().urls()
        assert [Path(url.toLocalFile()).name for url in urls] == ["photo_edit.png"]
        window.commands.do("about")
        assert "Frisket" in window.stage.toasts.shown()[-1].words
        window.commands.do("full-screen")
        assert window.isFullScreen()
        window.commands.do("full-screen")
        assert not window.isFullScreen()
        menu = window.commands.pictures_menu(session.document.pictures[0].slot)
        assert menu.actions()
        menu.deleteLater()

    live.show(script)
