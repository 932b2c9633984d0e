"""What goes to the command line, and what to the window."""

from __future__ import annotations

import runpy
import sys
import types

import pytest

from editor import __main__
from editor.cli import command


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The files that the window was opened on, each time."""
    opened: list[list[str]] = []
    app = types.ModuleType("editor.ui.app")
    app.main = lambda files: opened.append(files) or 0  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, "editor.ui.app", app)
    monkeypatch.setattr("editor.ui.app", app, raising=False)
    return opened


@pytest.mark.parametrize("files", [[], ["a.png"], ["a.png", "b.frisket"], ["editing.png"]])
def test_files_open_the_window(
    files: list[str], window: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["frisket", *files])
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert __main__.main() == 0
    assert window == [files]


@pytest.mark.parametrize(("words", "said"), [([], ""), (["inspct"], "inspct is no command")])
def test_without_a_screen_the_commands_are_told(
    words: list[str],
    said: str,
    window: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in __main__.SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "argv", ["frisket", *words])
    assert __main__.main() == command.USAGE
    told = capsys.readouterr().err
    assert command.NO_SCREEN in told
    assert said in told
    assert "frisket inspect" in told
    assert window == []


@pytest.mark.parametrize("words", [["inspect", "a.png"], ["edit", "--help"], ["--version"]])
def test_commands_go_to_the_command_line(
    words: list[str], window: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr(command, "main", lambda argv: given.append(list(argv)) or 7)
    monkeypatch.setattr(sys, "argv", ["frisket", *words])
    assert __main__.main() == 7
    assert (given, window) == ([words], [])


def test_the_module_runs_as_a_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["frisket", "--version"])
    monkeypatch.delitem(sys.modules, "editor.__main__")
    with pytest.raises(SystemExit) as end:
        runpy.run_module("editor", run_name="__main__")
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("frisket 0.")
