"""What is told outside the window: how many results came, never what was asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from editor.session.endings import Ending
from editor.session.session import Session
from editor.ui.window import Window
from editor.ui.wiring import notifying
from editor.ui.wiring.notifying import Notifying
from tests.fakes.living import Live

Told = list[tuple[str, ...]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What was shown outside, with a desktop that shows such things."""
    found: Told = []
    monkeypatch.setattr(notifying.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(QProcess, "startDetached", lambda *words: found.append(words))
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)
    return found


def test_results_are_told_of_while_another_window_is_in_front(
    live: Live, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        session.form.set_prompt("a secret kite")
        for ending in (Ending(1, 0, 0), Ending(3, 1, 0), Ending(0, 0, 1), Ending(0, 2, 0)):
            session.endings.ended.emit(ending)
        words = [arguments[-1] for _, arguments in told]
        assert words == [
            "A result is there.",
            "3 results are there.",
            "An edit was not answered; it may have been charged.",
            "An edit came to nothing.",
        ]
        assert "kite" not in str(told)
        monkeypatch.setattr(QApplication, "activeWindow", lambda: window)
        session.endings.ended.emit(Ending(1, 0, 0))
        assert len(told) == 4

    live.show(script)


def test_it_can_be_switched_off(live: Live, told: Told) -> None:
    async def script(window: Window, session: Session) -> None:
        window.preferences = window.preferences.__class__(notify=False)
        session.endings.ended.emit(Ending(1, 0, 0))
        assert told == []

    live.show(script)


@pytest.mark.parametrize("tray", [True, False])
def test_without_a_command_the_tray_shows_it(
    live: Live, monkeypatch: pytest.MonkeyPatch, tray: bool
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(notifying.shutil, "which", lambda name: None)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: tray)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda icon: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda icon, *words: shown.append(words[1]))

    async def script(window: Window, session: Session) -> None:
        Notifying(window, session).show("Frisket", "A result is there.")

    live.show(script)
    assert shown == ["A result is there."] * tray
