"""Nothing is shown before it has its place: it would flash up as a window of its own.

Such a window takes the keyboard away from whoever is typing.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, scene


class Windows(QObject):
    """Remembers what was shown as a window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.shown: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, Window)
        ):
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Windows:
    return Windows(qapp)


def test_only_the_window_is_a_window(live: Live, windows: Windows, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")

    async def script(window: Window, session: Session) -> None:
        for command in ("grid", "beside", "keys", "panels", "panels", "about"):
            window.actions_by_id[command].trigger()
        await opened(session, path, path)
        for provider in session.form.state.catalog.providers:
            for model in provider.models[:2]:
                session.form.set_model(provider.id, model.id)
        paint(session)
        session.form.set_value("stream", True)
        session.sending.judge()
        await offered(session, "v1", 90)
        window.actions_by_id["beside"].trigger()
        window.stage.prompt.setFocus()
        QCoreApplication.sendPostedEvents()
        assert windows.shown == []
        assert window.isActiveWindow()
        assert window.stage.prompt.isAncestorOf(QApplication.focusWidget())

    live.show(script)
    windows.deleteLater()
