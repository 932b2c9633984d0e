"""Life: what goes on behind a painted window: the log, the loop, the session, its end."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import logging
import os
import sys
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from editor.preferences.places import log_folder, resource
from editor.session import loop
from editor.ui import tips
from editor.ui.start import late, methods, table
from editor.ui.window import Window

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.wiring.wiring import Wiring

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 2**20, 5
HEAVY = ("numpy", "cv2", "editor.session.session")
"""Imported in a thread, in this order."""

WIDGETS = (
    "editor.ui.canvas.canvas",
    "editor.ui.furniture",
    "editor.ui.wiring.results",
    "editor.ui.wiring.providers",
    "editor.ui.wiring.wiring",
)
"""Imported in this order with turns of the loop in between, not in a thread: PySide makes a class
of Qt when it is first asked for, and two threads that ask for the same one meet half of it."""


def run(app: QApplication, window: Window, files: list[Path], *, fresh: bool) -> None:
    """Let a painted window live until it is closed."""
    _tell_errors(window)
    tips.begin(app)
    loop.run(app, partial(_live, window, files, fresh=fresh))


async def _live(window: Window, files: list[Path], *, fresh: bool) -> None:
    """Bring the session up behind the painted window, and let it end with the window."""
    late.end()
    QGuiApplication.setWindowIcon(QIcon(str(resource("icons", "app", "frisket.svg"))))
    for name in HEAVY:
        await loop.in_thread(importlib.import_module, name)
    for name in WIDGETS:
        importlib.import_module(name)
        await loop.turn()
    gc.freeze()  # what was imported stays, and is not looked through again and again
    from editor.session.starting import ended, started

    window.stage.furnish()  # a step of its own: the window listens in between
    session: Session = await started(window.form, files, fresh=fresh)
    attach(window, session)
    window.stage.show_opening(opening=bool(files or session.store.opened.project.slots))
    await session.begin()
    window.stage.show_opening(opening=False)
    window.begin(files)
    for part in (methods, table):
        await loop.in_thread(part.keep)
    if window.isVisible():  # or it was closed in the meantime
        await loop.heard(window.closed)
    await ended(session)
    window.deleteLater()


def attach(window: Window, session: Session) -> Wiring:
    """Let a painted window show a session and act on it."""
    from editor.ui.wiring.wiring import Wiring  # not before the window is painted

    window.stage.furnish()
    window.attach(session)
    return Wiring(window, session)


def begin_log() -> IO[str]:
    """Send logs and crashes to files; the crash file stays open."""
    folder = log_folder()
    handler = RotatingFileHandler(
        folder / "frisket.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(os.environ.get("FRISKET_LOG", "INFO"))
    crash_file = (folder / "crash.log").open("a", encoding="utf-8")
    faulthandler.enable(crash_file)
    qInstallMessageHandler(_qt_message)
    return crash_file


def _tell_errors(window: Window) -> None:
    """Log every uncaught error and tell the person; the program goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        log.critical("uncaught", exc_info=(kind, error, trace))
        window.tell_bug(error)

    sys.excepthook = hook
    loop.on_error(window.tell_bug)


def _qt_message(kind: QtMsgType, context: object, message: str) -> None:
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}
    log.log(levels.get(kind, logging.WARNING), "Qt: %s", message)
