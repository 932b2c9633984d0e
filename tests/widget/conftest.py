"""Every widget test starts with the dark theme, nothing moving, and English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.ui import style, theme
from tests.fakes.pseudo_locale import PseudoLocale

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no window manager to tell things to, and says so each time."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session", autouse=True)
def nothing_copied(qapp: QApplication) -> Iterator[None]:
    """Qt's offscreen platform dies at its end of what is on its clipboard still."""
    yield
    QApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> theme.Theme:
    return style.apply(qapp, "dark", still=True)


@pytest.fixture(scope="session")
def only_pseudo() -> PseudoLocale:
    """One for the whole run: Qt holds a lock while a translator works, and a translator that
    the garbage collector finds at that moment waits for the same lock for good."""
    return PseudoLocale()


@pytest.fixture
def pseudo(qapp: QApplication, only_pseudo: PseudoLocale) -> Iterator[PseudoLocale]:
    """The pseudo-locale as the application's language."""
    qapp.installTranslator(only_pseudo)
    yield only_pseudo
    qapp.removeTranslator(only_pseudo)


@pytest.fixture
def active(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Show a widget in a window of its own that has the keyboard."""

    def show(widget: QWidget) -> None:
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    return show
