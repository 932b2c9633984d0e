"""What holds for every test: nothing leaves this computer, the real home or a tidy Qt."""

from __future__ import annotations

import functools
import gc
import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage
import hypothesis
import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import forget

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
# Numbers and days are written alike wherever the tests run.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# No test sees the keys of whoever runs it; one that needs a keyring brings it.

signal.signal(signal.SIGINT, signal.default_int_handler)
# A shell that starts the tests in the background has them ignore it, and all that they start.

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("few", hypothesis.settings.get_profile("ci"), max_examples=10)
# For another Python, on which the code must run; what its laws are has been tried on the first.
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def _staying(call: Callable[..., object], at: int) -> Callable[..., object]:
    """The call itself, refused where its argument `at` is a host beyond this computer.

    No audit hook does this: one written in Python lets a second thread in while a first is
    given its trace function, and under coverage that thread then ends with an error.
    """

    @functools.wraps(call)
    def stays(*arguments: object, **named: object) -> object:
        place = arguments[at]
        host = place[0] if isinstance(place, tuple) else "" if at else place  # A path: no host.
        name = host.decode() if isinstance(host, bytes) else str(host or "")
        name.encode("idna")  # Raises as the call itself does for a name that nobody can have.
        try:
            here = name in {"", "localhost"} or ipaddress.ip_address(name).is_loopback
        except ValueError:
            here = False
        assert here, f"a test wanted to leave this computer: {call.__name__} {name}"
        return call(*arguments, **named)

    return stays


_HOSTS = {"connect": 1, "connect_ex": 1, "sendto": -1}
for _name, _at in _HOSTS.items():
    setattr(socket.socket, _name, _staying(getattr(socket.socket, _name), _at))
socket.getaddrinfo = _staying(socket.getaddrinfo, 0)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey needs an X server; leave out what does where there is none."""
    for item in items:
        if "journey" in item.path.parts:
            item.add_marker(pytest.mark.xserver)
        if item.get_closest_marker("xserver") and not os.environ.get("DISPLAY"):
            item.add_marker(pytest.mark.skip(reason="no X server: run packaging/test.py"))


def pytest_collection_finish() -> None:
    """What was imported stays, and is not looked through again after every window."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Tell coverage which test file runs, so that a file can be held to its own tests."""
    measuring = coverage.Coverage.current()
    if measuring is not None:
        measuring.switch_context(item.path.relative_to(ROOT).as_posix())
    return (yield)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The test data beside the project: photographs, odd files, provider documents."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the project")
    return SHARED


@pytest.fixture
def on_screen() -> dict[str, str]:
    """The environment of a program that is to show its window on the X server."""
    return {**os.environ, "QT_QPA_PLATFORM": "xcb"}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the settings, projects or keys of whoever runs it."""
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path / "home"))
    for name in [name for name in os.environ if name.startswith("FRISKET_KEY_")]:
        monkeypatch.delenv(name)
    forget(monkeypatch)


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless the test takes caplog and looks itself."""
    if "caplog" in request.fixturenames:
        yield
        return
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    assert not handler.said, "unexpected log warnings"


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """Widgets that are added are held until Qt has deleted them.

    One that Python's collector deletes tells its parts things when half of them are gone.
    """
    held: list[object] = []
    add = qtbot.addWidget

    def hold(widget: object, **options: object) -> None:
        held.append(widget)
        add(widget, **options)

    monkeypatch.setattr(qtbot, "addWidget", hold)
    yield qtbot
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def tidy_qt() -> Iterator[None]:
    """Every top-level widget that a test made is gone when it ends."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if not isinstance(application, getattr(widgets, "QApplication", ())):
        return
    for _ in range(2):
        core = sys.modules["PySide6.QtCore"]
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        left = application.topLevelWidgets()
        if not left:
            return
        names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
        del left
        gc.collect()
    pytest.fail(f"top-level widgets left over: {', '.join(names)}")
