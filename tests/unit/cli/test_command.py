"""The entrance: each command is found, and each end has its exit code."""

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from editor import __version__
from editor.cli.command import COMMANDS, main
from editor.errors import CannotWrite, InputProblem, NotSent, OutcomeUnknown, ProviderRefused

ROOT = Path(__file__).parents[3]


def with_inspect(monkeypatch, work):
    module = types.ModuleType("editor.cli.inspect")
    module.run = work
    monkeypatch.setitem(sys.modules, "editor.cli.inspect", module)
    import editor.cli

    monkeypatch.setattr(editor.cli, "inspect", module, raising=False)


def raising(problem):
    def run(argv):
        raise problem

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    assert main([name, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"usage: frisket {name}")
    assert "--json" in told


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_a_flag_it_does_not_know(name, capsys):
    assert main([name, "--sparkle"]) == 2
    assert capsys.readouterr().err.startswith(f"usage: frisket {name}")


def test_help_lists_the_commands_and_the_exit_codes(capsys):
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    for name, about in COMMANDS.items():
        assert f"frisket {name}" in told
        assert about in told
    for code in ("0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8 ", "130"):
        assert f"\n  {code}" in told
    assert "FRISKET_KEY_" in told


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"frisket {__version__}\n"


def test_what_is_no_command_is_a_usage_error(capsys):
    assert main(["polish"]) == 2
    assert capsys.readouterr().err.endswith("frisket: polish is no command\n")
    assert main([]) == 2
    assert "usage: frisket" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (InputProblem("No."), 3),
        (ProviderRefused("No."), 4),
        (OutcomeUnknown("No."), 5),
        (NotSent("No."), 6),
        (CannotWrite("No."), 8),
    ],
)
def test_a_problem_is_told_and_has_its_code(problem, code, monkeypatch, capsys):
    with_inspect(monkeypatch, raising(problem))
    assert main(["inspect", "--json"]) == code
    out, err = capsys.readouterr()
    assert err == "frisket: No.\n"
    assert out == f'{{"ok": false, "problem": "No.", "exit": {code}}}\n'
    assert main(["inspect"]) == code
    assert capsys.readouterr().out == ""


def test_the_code_of_the_command_is_handed_on(monkeypatch):
    with_inspect(monkeypatch, lambda argv: len(argv))
    assert main(["inspect", "a", "b", "c"]) == 3


def test_an_interruption(monkeypatch, capsys):
    with_inspect(monkeypatch, raising(KeyboardInterrupt()))
    assert main(["inspect"]) == 130
    assert capsys.readouterr().err == "frisket: interrupted\n"


def test_an_exit_with_words_is_a_usage_error(monkeypatch):
    with_inspect(monkeypatch, raising(SystemExit("no")))
    assert main(["inspect"]) == 2


def test_a_bug_keeps_its_traceback(monkeypatch):
    with_inspect(monkeypatch, raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        main(["inspect"])


def test_a_reader_that_goes_away_is_no_bug():
    reading, writing = os.pipe()
    os.close(reading)
    code = "import sys; from editor.cli.command import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "models"],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 130
    assert done.stderr == b""


def test_warnings_are_told_without_keys():
    told = "import logging, sys\nfrom editor.cli.command import main\n"
    told += "main(['inspect', 'gone.png'])\n"
    told += "logging.getLogger('x').warning('Authorization: Bearer %s', 'sk-0123456789')\n"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert done.stderr == "frisket: Authorization: ***\n"


def test_no_command_loads_qt_and_help_loads_no_pixels():
    told = "import sys\nfrom editor.cli.command import main\nmain(['--help'])\n"
    told += "loaded = {name.partition('.')[0] for name in sys.modules}\n"
    told += "assert not loaded & {'PySide6', 'numpy', 'cv2', 'PIL', 'httpx'}, loaded\n"
    told += "main(['models'])\n"
    told += "loaded = {name.partition('.')[0] for name in sys.modules}\n"
    told += "assert not loaded & {'PySide6', 'shiboken6', 'qasync', 'httpx'}, loaded\n"
    told += "import editor.cli.edit, editor.cli.compose, editor.cli.mask, editor.cli.inspect\n"
    told += "assert 'PySide6' not in sys.modules\n"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
