"""The application: theme, log, error hooks, the window first and the session after it."""

from __future__ import annotations

import faulthandler
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from editor.capability.catalog import Catalog, load
from editor.preferences import preferences
from editor.preferences.addresses import address_for
from editor.preferences.places import log_folder, resource
from editor.preferences.secrets import key_name
from editor.session import loop
from editor.session.form import Form
from editor.ui import style
from editor.ui.window import Window

if TYPE_CHECKING:
    from editor.session.session import Session

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 2**20, 5
HEAVY = ("numpy", "cv2", "editor.session.session")
"""Imported in a thread once the window is painted, in this order."""


def main(files: Sequence[str]) -> int:
    """Open the window on these files and run until it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Frisket")
    app.setDesktopFileName("frisket")
    app.setQuitOnLastWindowClosed(False)
    crash_file = _log()
    paths = [Path(file).absolute() for file in files]
    fresh = False
    while True:
        kept = preferences.load()
        style.apply(app, kept.theme)
        window = Window(_form(kept), kept)
        _tell_errors(window)
        window.show()
        loop.run(app, partial(_live, window, paths, fresh=fresh))
        turn = window.turned_to
        if turn is None:
            break
        paths = [turn.project] if turn.project else []
        fresh = turn.project is None
    crash_file.close()
    return 0


def _form(kept: preferences.Preferences) -> Form:
    """The form with the model last used; at first with one that reads words, if there is a key."""
    form = Form(_catalog())
    usable = [
        provider
        for provider in form.state.catalog.providers
        if provider.engine == "offline" or os.environ.get(key_name(provider.id))
    ]
    chosen = next((provider for provider in usable if provider.id == kept.provider), usable[:2][-1])
    models = [model.id for model in chosen.models]
    form.set_model(chosen.id, kept.model if kept.model in models else models[0])
    return form


def _catalog() -> Catalog:
    """Read the table, each provider at the address where it is to be asked."""
    providers = (
        replace(provider, base_url=address_for(provider.id) or provider.base_url)
        for provider in load().providers
    )
    return Catalog(tuple(providers))


async def _live(window: Window, files: list[Path], *, fresh: bool) -> None:
    """Bring the session up behind the painted window, and let it end with the window."""
    if not window.was_painted:
        await loop.heard(window.painted)
    QGuiApplication.setWindowIcon(QIcon(str(resource("icons", "app", "frisket.svg"))))
    for name in HEAVY:
        await loop.in_thread(importlib.import_module, name)
    from editor.session.starting import ended, started

    session: Session = await started(window.form, files, fresh=fresh)
    window.attach(session)
    await session.begin()
    window.begin(files)
    await loop.heard(window.closed)
    await ended(session)
    window.deleteLater()


def _log() -> IO[str]:
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
