"""The wheel holds the program whole: its modules, its resources and its command."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files

ASK = """
from editor.preferences.places import resource
print(*(path.relative_to(resource()).as_posix() for path in resource().rglob("*")), sep="\\n")
print(resource())
"""

SHIPPED = {path.removeprefix("resources/") for path in files() if path.startswith("resources/")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it, and this one's libraries but not this checkout."""
    place = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    _run([*pip, "wheel", *offline, "--wheel-dir", str(place), str(ROOT)], place)
    (wheel,) = place.glob("*.whl")
    venv.create(place / "env")
    python = place / "env" / "bin" / "python"
    _run([*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], place)
    (packages,) = (place / "env").glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return place / "env" / "bin"


def test_the_wheel_finds_its_resources(installed: Path) -> None:
    *found, root = _run([str(installed / "python"), "-c", ASK], installed).splitlines()
    assert Path(root).is_relative_to(installed.parent)
    assert set(found) >= SHIPPED


def test_the_checkout_finds_its_resources(tmp_path: Path) -> None:
    *found, root = _run([sys.executable, "-c", ASK], tmp_path).splitlines()
    assert Path(root) == ROOT / "resources"
    assert set(found) >= SHIPPED


def test_the_wheel_brings_the_command(installed: Path) -> None:
    assert _run([str(installed / "frisket"), "--version"], installed).startswith("frisket 0.")


def test_the_wheel_holds_nothing_else(installed: Path) -> None:
    (packages,) = installed.parent.glob("lib/python*/site-packages")
    ours = {path.name for path in packages.iterdir() if path.name != "libraries.pth"}
    assert {name.split("-")[0] for name in ours} == {"editor", "frisket"}


def _run(command: list[str], folder: Path) -> str:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
