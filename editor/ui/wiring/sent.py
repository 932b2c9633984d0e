"""Sent: how much goes where, at the button, and all of it in a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QFileDialog

from editor.errors import Problem
from editor.session.loop import in_thread
from editor.session.notice import Notice
from editor.session.outgoing import Outgoing
from editor.storage import atomic
from editor.ui.language import amount, by
from editor.ui.what_gets_sent import SMALL, Shown, WhatGetsSent

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window

PAUSE = 400
"""Milliseconds without a change after which the open window is filled anew."""

COPIED = "The request is on the clipboard as a command for curl; its key comes from {key}."
SAVED = "{count} files that the command reads are saved."


class Sent(QObject):
    """Works out what would be sent when somebody asks. commands: by id, for menus and keys."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._panel: WhatGetsSent | None = None
        self._known: tuple[Outgoing, ...] | None = None
        self._asking = False
        self._wanted = False
        self.commands: dict[str, Callable[[], None]] = {"what-is-sent": self._open}
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._refresh)
        window.stage.prompt.send.asked.connect(self._tell)
        session.form.changed.connect(lambda _: self._forget())
        session.painting.stroke_ended.connect(self._forget)
        session.document.ordered.connect(lambda _: self._forget())
        session.document.based.connect(self._forget)

    def _forget(self) -> None:
        """What is known is out of date."""
        self._known = None
        self._window.stage.prompt.send.show_amount("")
        self._later.start()

    def _tell(self) -> None:
        """Say at the button how much goes where."""
        if self._known is None and not self._session.form.state.troubles:
            self._session.run(self._ask, "see what is sent")

    def _refresh(self) -> None:
        if self._panel is not None and self._panel.isVisible():
            self._session.run(self._ask, "see what is sent")
        elif self._window.stage.prompt.send.underMouse():
            self._tell()

    def _open(self) -> None:
        if self._panel is None:
            self._panel = WhatGetsSent(self._window)
            self._panel.copied.connect(self._copy)
            self._panel.saved.connect(self._choose_folder)
        self._panel.show()
        self._panel.raise_()
        self._panel.activateWindow()
        self._session.run(self._ask, "see what is sent")

    async def _ask(self) -> None:
        """Work it out, once at a time; again when somebody asked in the meantime."""
        self._wanted = True
        if self._asking:
            return
        self._asking = True
        try:
            while self._wanted:
                self._wanted = False
                await self._look()
        finally:
            self._asking = False

    async def _look(self) -> None:
        try:
            found = await self._session.sending.outgoing()
        except Problem:
            found = ()  # what is wrong stands at its field
        self._known = found or None
        told = "\n".join(amount(one) for one in found)
        self._window.stage.prompt.send.show_amount(told)
        await self._show(found)

    async def _show(self, found: tuple[Outgoing, ...]) -> None:
        if self._panel is None or not self._panel.isVisible():
            return
        if found:
            self._panel.show_requests([await in_thread(_small, one) for one in found])
        else:
            self._panel.show_nothing(self.tr("Nothing leaves this computer."))

    def _copy(self, one: Outgoing) -> None:
        QGuiApplication.clipboard().setText(one.command.text)
        self._session.told.emit(Notice("ok", COPIED, {"key": one.provider.key_name}))

    def _choose_folder(self, one: Outgoing) -> None:
        dialog = QFileDialog(
            self._panel, self.tr("Folder for the files"), self._window.files.folder
        )
        dialog.setObjectName("file-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(
            lambda paths: self._session.run(lambda: self._save(one, Path(paths[0])), "save")
        )
        dialog.open()

    async def _save(self, one: Outgoing, folder: Path) -> None:
        files = one.command.files
        for name, data in files.items():
            await in_thread(atomic.write, folder / name, data)
        values = {"count": len(files)}
        self._session.told.emit(Notice("ok", SAVED, values, file=folder / next(iter(files))))


def _small(one: Outgoing) -> Shown:
    """Decode the pictures of a request at the size in which they are shown."""
    found = []
    for piece in one.pieces:
        image = QImage.fromData(piece.data)
        size = by(image.width(), image.height())
        keep = Qt.AspectRatioMode.KeepAspectRatio
        small = _on_white(image.scaled(SMALL * 2, keep, Qt.TransformationMode.SmoothTransformation))
        small.setText("size", size)
        found.append((piece.name, small))
    return Shown(one, tuple(found))


def _on_white(image: QImage) -> QImage:
    """The picture on paper: in a mask, what may change is white and what stays is black."""
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper
