"""The two commands of the README need nothing but Python, and say in one sentence what else."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.house.tree import ROOT, files, imports

PACKAGING = ROOT / "packaging"
OWN = {path.stem for path in PACKAGING.glob("*.py")}

INSIDE = {"packaging/covered.py", "packaging/demonstration.py", "packaging/hand.py"}
# These run in the environment that the others make.


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The modules of packaging, which find each other by their folder."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import environment
    import machine
    import needs
    import stage
    import system

    return SimpleNamespace(
        environment=environment, machine=machine, needs=needs, stage=stage, system=system
    )


def test_the_scripts_use_the_standard_library_alone() -> None:
    foreign = {
        f"{path}: {name}"
        for path in files(".py")
        if path.startswith("packaging/") and path not in INSIDE
        for _, name in imports(path)
        if name.split(".")[0] not in {*sys.stdlib_module_names, *OWN}
    }
    assert foreign == set()


def test_packaging_is_no_package() -> None:
    assert not (PACKAGING / "__init__.py").exists(), "it would hide the library of that name"


def test_an_old_python_is_told_so(
    scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts.machine.sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"3\.11 or newer"):
        scripts.machine.ready(tests=False, screen=False)


def test_needs_are_seen_by_looking(scripts: SimpleNamespace, tmp_path: Path) -> None:
    needs = scripts.needs
    there = [
        needs.Need("libc6", needs.library, "libc.so.6"),
        needs.Need("dash", needs.command, "sh"),
        needs.Need("anything", needs.file, f"{str(tmp_path)[1:]}*"),
        needs.Need("python3", needs.module, "json"),
    ]
    absent = [need._replace(name=f"{need.name}-absent") for need in there]
    assert needs.missing([*there, *absent]) == absent


@pytest.mark.parametrize("apt", [True, False])
def test_what_cannot_be_installed_is_named_with_its_command(
    apt: bool, scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts.system.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(
        scripts.system.shutil,
        "which",
        lambda name: "/usr/bin/apt-get" if apt and name[0] == "a" else None,
    )
    need = scripts.needs.Need("libnone0", scripts.needs.library, "libnone.so.0")
    with pytest.raises(scripts.system.NotReady, match="apt-get install libnone0") as raised:
        scripts.system.provide([need])
    assert "\n" not in str(raised.value)


def test_what_is_only_nice_to_have_never_stops_the_start(
    scripts: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts.system, "_may_install", lambda: False)
    font = scripts.needs.Need("fonts-none", scripts.needs.file, "none/none", optional=True)
    scripts.system.provide([font])


def test_a_stamp_saves_the_second_start_all_work(
    scripts: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment, done = scripts.environment, []
    monkeypatch.setattr(environment, "_do", lambda *command: done.append(command))
    for _ in range(2):
        environment.ready(environment.TEST, tmp_path, sys.executable)
    assert len(done) == 3  # made, packages installed, project installed: once
    environment.ready(environment.RUN, tmp_path, sys.executable)
    assert len(done) == 3  # who can test can run
    environment.ready(environment.RUN, tmp_path, "another interpreter")
    assert len(done) == 6


@pytest.mark.parametrize(
    ("program", "passed", "failed"),
    [("pass", True, 0), ("raise SystemExit(1)", False, 1), ("raise SystemExit(5)", True, 0)],
)
def test_a_stage_is_judged_by_its_end(
    program: str, passed: bool, failed: int, scripts: SimpleNamespace
) -> None:
    stage = scripts.stage.Stage("some", (sys.executable, "-c", program))
    outcome = scripts.stage.run(stage, ROOT, os.environ)
    assert (outcome.passed, outcome.counts.failed) == (passed, failed)


def test_a_stage_that_hangs_is_ended_and_failed(scripts: SimpleNamespace) -> None:
    waits = ("sh", "-c", "echo begun; exec sleep 600")  # which begins at once on a busy machine
    stage = scripts.stage.Stage("some", waits, longest=2.0)
    outcome = scripts.stage.run(stage, ROOT, os.environ)
    assert not outcome.passed
    assert "begun" in outcome.output


def test_a_stage_that_crashes_says_how(scripts: SimpleNamespace) -> None:
    crashes = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    stage = scripts.stage.Stage("some", (sys.executable, "-c", crashes))
    outcome = scripts.stage.run(stage, ROOT, os.environ)
    assert not outcome.passed
    assert "ended by SIGSEGV" in outcome.output


def test_a_stage_counts_its_tests(scripts: SimpleNamespace, tmp_path: Path) -> None:
    record = '<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>'
    results = tmp_path / "record.xml"
    writes = f"import pathlib; pathlib.Path({str(results)!r}).write_text({record!r})"
    stage = scripts.stage.Stage("some", (sys.executable, "-c", writes), results)
    counts = scripts.stage.run(stage, ROOT, os.environ).counts
    assert str(counts) == "3 passed, 2 failed, 2 skipped"
