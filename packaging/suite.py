"""Suite: every gate and every test, two processes at a time, and the verdict over all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import environment
import screen
from stage import Counts, Outcome, Stage, run
from system import NotReady

ROOT = environment.ROOT
RECORDS = ROOT / "out" / "test"
# Pytest's records and coverage's data of the last run.

NEWER = "3.13"
# Unit tests run on this Python too, where the machine has it.

SLOW = ("widget", "unit/cli", "unit/compose", "unit/session")
# Folders of a minute and more, begun early: what begins last must not keep the end waiting.

SPEED_SCREEN = "3840x2160"
# Pixels; the figures of the canvas are told for a 4K window.

LONG = 1800.0
# Seconds, for the stages that do not come in folders: three times what they take here, for a
# machine that is slow and busy. A single test that hangs ends much sooner.

PATIENT = "faulthandler_timeout=300"
# For journeys: each is a person's whole way, on a machine that may be busy.

SHOWN = 200
# Lines of a failed stage's output, from its end.


class Suite:
    """One test run: its stages, what they came to, and when it began."""

    def __init__(self, python: Path) -> None:
        self.python = python
        self.outcomes: list[Outcome] = []
        self.started = time.monotonic()
        shutil.rmtree(RECORDS, ignore_errors=True)
        RECORDS.mkdir(parents=True)
        paths = f"{python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        coverage = str(RECORDS / "coverage")
        self.environ = {**os.environ, "PATH": paths, "COVERAGE_FILE": coverage}
        for name in ("QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE"):
            self.environ.pop(name, None)
        # Without bytecode every process would compile all of the program and its tests anew.

    def gates(self) -> None:
        """What can be told without running the program, and the house tests: about a minute."""
        self._do(
            self._stage("types", "mypy"),
            Stage("layers", (str(self.python.with_name("lint-imports")), "--no-logo")),
            self._stage("lint", "ruff", "check"),
            self._stage("format", "ruff", "format", "--check"),
            self._tests("house", "tests/house", measured=False),
        )

    def without_a_screen(self) -> None:
        """Unit, wire and widget tests under coverage, a process for each folder, slow ones first.

        What is tried ten thousand times by chance covers nothing that the other tests do not.
        """
        unit, wire = ROOT / "tests" / "unit", ROOT / "tests" / "wire"
        chance = str(wire / "test_chance.py")
        stages = [
            replace(self._tests("chance", chance, measured=False), longest=LONG),
            replace(self._tests("wire", str(wire), "--ignore", chance), longest=LONG),
        ]
        folders = [ROOT / "tests" / "widget"]
        folders += [path for path in unit.iterdir() if any(path.rglob("test_*.py"))]
        named = {folder.relative_to(ROOT / "tests").as_posix(): folder for folder in folders}
        order = sorted(named, key=lambda name: (name not in SLOW, name))
        stages += [self._tests(name, str(named[name])) for name in order]
        single = [str(path) for path in unit.glob("test_*.py")]
        stages += [self._tests("unit", *single)] if single else []
        self._do(*self._on_the_newer_python(), *stages)
        self._do(Stage("coverage", (str(self.python), str(ROOT / "packaging" / "covered.py"))))

    def with_a_screen(self) -> None:
        """Real windows and real input, half of the journeys beside all else, each on its screen.

        What shares a screen shares the pointer, and comes one after the other.
        """
        journeys = sorted((ROOT / "tests" / "journey").glob("test_*.py"))
        half = [str(path) for path in journeys[::2]]
        others = [f"--ignore={path}" for path in half]
        with screen.virtual() as first, screen.virtual() as second:
            self._do(
                self._journeys("journey", first, *half),
                self._journeys("journey and others", second, "tests", *others),
            )

    def speed(self, *names: str) -> None:
        """The reports, alone on the machine; in a whole run none of them fails it."""
        reports = self._stage("speed", "tests.speed", *names)
        with self._shown(SPEED_SCREEN):
            self._do(replace(reports, longest=LONG), at_once=1, show=True)

    def chosen(self, *arguments: str) -> int:
        """Only what pytest is told by the arguments, as it prints it; pytest's exit code."""
        command = [str(self.python), "-m", "pytest", *arguments]
        with self._shown():
            return subprocess.run(command, cwd=ROOT, env=self.environ, check=False).returncode

    def verdict(self) -> int:
        """Print what failed, what the gates let pass and the count of tests; the exit code."""
        self._do(self._stage("exemptions", "tests.house"), show=True)
        failed = [outcome for outcome in self.outcomes if not outcome.passed]
        for outcome in failed:
            lines = outcome.output.rstrip().splitlines()[-SHOWN:]
            print("\n".join([f"\n--- {outcome.stage.name} failed", *lines]))
        total = sum((outcome.counts for outcome in self.outcomes), Counts())
        stages = ", ".join(outcome.stage.name for outcome in failed) or "none"
        print(f"\n{time.monotonic() - self.started:.0f} s; failed stages: {stages}")
        print(total, flush=True)
        return 1 if failed or not total.passed else 0

    @contextmanager
    def _shown(self, size: str = "1600x1000") -> Iterator[None]:
        """A virtual screen for what runs meanwhile: programs and tests show their windows on it."""
        usual = self.environ
        with screen.virtual(size) as environ:
            self.environ = {**usual, **_screen(environ)}
            yield
        self.environ = usual

    def _stage(self, name: str, module: str, *arguments: str) -> Stage:
        return Stage(name, (str(self.python), "-m", module, *arguments))

    def _tests(self, name: str, *arguments: str, measured: bool = True) -> Stage:
        """Pytest in a process of its own; tests that need a screen only where asked for."""
        results = RECORDS / f"{name.replace(os.sep, '-')}.xml"
        python = (str(self.python), "-m")
        prefix = ("coverage", "run", "--parallel-mode", "-m") if measured else ()
        marks = () if "-m" in arguments else ("-m", "not xserver")
        options = ("--quiet", f"--junit-xml={results}", *marks)
        return Stage(name, (*python, *prefix, "pytest", *options, *arguments), results)

    def _journeys(self, name: str, shown: Mapping[str, str], *arguments: str) -> Stage:
        """The tests among these that need a screen, on the one that shown tells of."""
        options = ("-m", "xserver", "-o", PATIENT)
        stage = self._tests(name, *arguments, *options, measured=False)
        return replace(stage, longest=LONG, environ=_screen(shown))

    def _on_the_newer_python(self) -> list[Stage]:
        if sys.version_info[:2] == tuple(map(int, NEWER.split("."))):
            return []
        base = _find(NEWER)
        if base is None:
            print(f"-      no Python {NEWER} here: the unit tests run on one Python only")
            return []
        try:
            python = environment.ready(environment.TEST, ROOT / f".venv-{NEWER}", base)
        except NotReady as reason:
            print(f"-      no unit tests on Python {NEWER}: {reason}")
            return []
        results = RECORDS / "newer.xml"
        options = ("--quiet", f"--junit-xml={results}", "-p", "no:cacheprovider")
        few = "--hypothesis-profile=few"
        command = (str(python), "-m", "pytest", *options, few, "tests/unit")
        return [Stage(f"unit on {NEWER}", command, results, longest=LONG)]

    def _do(self, *stages: Stage, at_once: int = 2, show: bool = False) -> None:
        """Run stages side by side and say how each ended, as it ends."""
        with ThreadPoolExecutor(at_once) as pool:
            running = [pool.submit(run, stage, ROOT, self.environ) for stage in stages]
            for future in as_completed(running):
                outcome = future.result()
                self.outcomes.append(outcome)
                word = "ok" if outcome.passed else "FAILED"
                told = str(outcome.counts) if outcome.stage.results else ""
                line = f"{word:6} {outcome.stage.name:20} {outcome.seconds:5.0f} s  {told}"
                print(line.rstrip(), flush=True)
                if show and outcome.passed:
                    print(outcome.output.strip(), flush=True)


def _screen(environ: Mapping[str, str]) -> dict[str, str]:
    """What tells programs of the screen."""
    return {name: environ[name] for name in ("DISPLAY", "QT_QPA_PLATFORM")}


def _find(version: str) -> str | None:
    """An interpreter of this version, on the path or among pyenv's."""
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    managed = sorted(home.glob(f"versions/{version}*/bin/python{version}"))
    for name in [shutil.which(f"python{version}"), *map(str, managed)]:
        if name and subprocess.run([name, "-V"], capture_output=True, check=False).returncode == 0:
            return os.path.realpath(name)
    return None
