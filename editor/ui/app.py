"""The application: the window first, then everything that it needs to live."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from editor.capability.offered import offered
from editor.capability.provider import Provider
from editor.errors import CannotWrite
from editor.preferences import preferences
from editor.preferences.places import projects_folder
from editor.preferences.secrets import key_name
from editor.session.form import Form
from editor.ui import style
from editor.ui.files import PROJECT
from editor.ui.start import methods, table
from editor.ui.window import Window


def main(files: Sequence[str]) -> int:
    """Open the window on these files and run until it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Frisket")
    app.setDesktopFileName("frisket")
    app.setQuitOnLastWindowClosed(False)
    paths = [Path(file).absolute() for file in files]
    window = _painted(app, opening=bool(paths) or _left_behind())
    gc.freeze()  # what was made for the window is no garbage either: it is not looked through
    gc.enable()
    methods.end()
    # Imported behind the painted window: the log and asyncio take as long as the window did.
    from editor.ui import life

    crash_file = life.begin_log()
    fresh = False
    while True:
        life.run(app, window, paths, fresh=fresh)
        turn = window.turned_to
        if turn is None:
            break
        paths = [turn.project] if turn.project else []
        fresh = turn.project is None
        window = _painted(app, opening=bool(paths))
    crash_file.close()
    return 0


def _painted(app: QApplication, *, opening: bool) -> Window:
    """Make a window and return when it is on the screen. opening: a picture will come by itself."""
    kept = preferences.load()
    theme = style.prepare(app, kept.theme)
    window = Window(_form(kept), kept)
    style.dress(app, theme, window.menuBar())
    window.stage.show_opening(opening=opening)
    window.show()
    for shown in (window.painted, window.closed):
        shown.connect(app.exit)
    app.exec()
    for shown in (window.painted, window.closed):
        shown.disconnect(app.exit)
    return window


def _left_behind() -> bool:
    """Whether a project without a name waits; if it can be gone on with is found out later."""
    try:
        return any(path.suffix == PROJECT for path in projects_folder().iterdir())
    except (CannotWrite, OSError):
        return False


def _form(kept: preferences.Preferences) -> Form:
    """The form with the model last used; at first with one that reads words, if there is a key."""
    form = Form(offered(table.load(), kept.addresses))
    usable = [provider for provider in form.state.catalog.providers if _usable(provider, kept)]
    chosen = next((provider for provider in usable if provider.id == kept.provider), usable[:2][-1])
    models = [model.id for model in chosen.models]
    form.set_model(chosen.id, kept.model if kept.model in models else models[0])
    return form


def _usable(provider: Provider, kept: preferences.Preferences) -> bool:
    """Whether it has a key or needs none; the keyring is not asked before the window is painted."""
    return (
        provider.auth == "none" or provider.id in kept.keyed or key_name(provider.id) in os.environ
    )
