"""The program as main() starts it: painted, alive, turned to a new project, closed."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, QtMsgType
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from editor.errors import InputProblem
from editor.preferences.places import config_folder
from editor.session.session import Session
from editor.ui import app, life
from editor.ui.controls.button import Button
from editor.ui.style import QuietStyle
from editor.ui.tips import TipStyle
from editor.ui.window import Window
from tests.fakes.canaries import BEARER, hits
from tests.fakes.living import Live, scene


@pytest.fixture
def alone(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> QApplication:
    """The application of the tests in the place of a new one; its hooks are put back."""
    monkeypatch.setattr(app, "QApplication", lambda arguments: qapp)
    monkeypatch.setattr(life.faulthandler, "enable", lambda file: None)
    monkeypatch.setattr(life, "qInstallMessageHandler", lambda handler: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield qapp
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def windows(qapp: QApplication) -> list[Window]:
    return [widget for widget in qapp.topLevelWidgets() if isinstance(widget, Window)]


class Offers(QObject):
    """Counts the frames in which a window offers a first picture."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.count = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += watched.objectName() == "stage-empty" and event.type() is QEvent.Type.Paint
        return False


def test_a_file_is_opened_then_a_new_project_then_the_end(
    alone: QApplication, tmp_path: Path
) -> None:
    path = scene(tmp_path / "photo.png")
    seen: list[str] = []
    offers, offered = Offers(alone), list[int]()

    def look() -> None:
        for window in windows(alone):
            session = window.session
            if session is None or window.turned_to is not None or not window.isVisible():
                continue
            if not seen and session.document.base is not None:
                seen.append(session.document.pictures[0].name)
                offered.append(offers.count)
                window.open_project(None)
            elif seen and session.document.target is None and len(seen) == 1:
                seen.append("new")
                window.close()

    timer = QTimer(interval=30)
    timer.timeout.connect(look)
    timer.start()
    assert app.main([str(path)]) == 0
    timer.stop()
    assert seen == ["photo.png", "new"]
    assert offered == [0], "another picture was asked for while one was read"
    assert offers.count > 0
    assert isinstance(alone.findChild(QuietStyle).baseStyle(), TipStyle)
    assert "painting on a picture" in (tmp_path / "home/log/frisket.log").read_text()


def test_what_waits_without_a_name_is_gone_on_with_and_no_other_picture_offered(
    alone: QApplication, tmp_path: Path
) -> None:
    path = scene(tmp_path / "photo.png")
    offers = Offers(alone)

    def look() -> None:
        for window in windows(alone):
            if window.isVisible() and window.session and window.session.document.base:
                window.close()

    timer = QTimer(interval=30)
    timer.timeout.connect(look)
    timer.start()
    assert app.main([str(path)]) == 0
    assert app.main([]) == 0
    assert offers.count == 0


def test_where_nothing_can_be_kept_nothing_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path / "file"))
    assert not app._left_behind()


class Told:
    """Stands where the window would tell of errors."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []

    def tell_bug(self, error: BaseException) -> None:
        self.errors.append(error)


def test_uncaught_errors_are_logged_and_told(
    alone: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told()
    life._tell_errors(told)
    error = ValueError("broken")
    sys.excepthook(ValueError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told.errors == [error]
    assert "uncaught" in caplog.text


def test_what_qt_says_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    life._qt_message(QtMsgType.QtWarningMsg, None, "a curtain is missing")
    assert "Qt: a curtain is missing" in caplog.text


def test_a_problem_is_told_in_its_own_words(qapp: QApplication) -> None:
    window = app.Window(app._form(app.preferences.load()), app.preferences.load())
    window.tell_bug(InputProblem("{name} is empty.", name="a.png"))
    window.tell_bug(ValueError("broken"))
    words = [toast.words for toast in window.stage.toasts.shown()]
    assert words[0] == "a.png is empty."
    assert words[1].startswith("Something in Frisket broke")
    window.deleteLater()


def test_preferences_that_start_anew_are_told(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        (config_folder() / "preferences.toml").write_text("theme = ")
        window.preferences = app.preferences.load()
        window.begin([])
        (toast,) = window.stage.toasts.shown()
        assert toast.words.startswith("The preferences could not be read and start anew")

    live.show(script)


def test_a_fault_that_repeats_a_key_is_told_without_it(qapp: QApplication) -> None:
    window = app.Window(app._form(app.preferences.load()), app.preferences.load())
    window.tell_bug(ValueError(f"Illegal header value b'Bearer {BEARER.text}'"))
    (toast,) = window.stage.toasts.shown()
    toast.findChild(Button, f"{toast.objectName()}-copy-details").click()
    told = [label.text() for label in toast.findChildren(QLabel)]
    for said in ("\n".join(told), qapp.clipboard().text()):
        assert "Illegal header value b'Bearer ***" in said
        assert hits([BEARER], {"said": said.encode()}) == []
    window.deleteLater()


def test_a_window_that_is_dressed_last_looks_like_one_that_was_made_with_the_sheet(
    qapp: QApplication, qtbot: QtBot
) -> None:
    kept = app.preferences.load()
    looks = []
    for late in (False, True):
        theme = app.style.apply(qapp, "dark", still=True)
        if late:
            qapp.setStyleSheet("")
        window = app.Window(app._form(kept), kept)
        if late:
            app.style.dress(qapp, theme, window.menuBar())
        with qtbot.waitSignal(window.painted):
            window.show()
        looks.append(window.grab().toImage())
        # Gone before the sheet is: Qt would lose sight of what it dressed, and dress it when dead.
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    assert looks[0] == looks[1]
