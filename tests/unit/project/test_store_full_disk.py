"""A really full disk: a small one of its own, where the person running the tests may mount it."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from editor.engine.ledger import Ledger
from editor.engine.note import Asked
from editor.errors import CannotWrite, Problem
from editor.imaging.geometry import Rect
from editor.project.store import Store
from editor.storage import atomic
from tests.fakes.project import SIZE, Painted, add_picture

SOON = 30.0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.name != "posix" or os.geteuid() or mount is None:
        pytest.skip("only root may mount a disk; twins with injected failures run everywhere")
    command = [mount, "-t", "tmpfs", "-o", "size=3m", "frisket-test", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("nothing may be mounted here; twins with injected failures run everywhere")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, leave: int) -> Path:
    """Leave so many bytes of room; the file to delete to get the rest back."""
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(folder).free - leave))
    return ballast


def test_a_file_is_the_old_one(small_disk: Path) -> None:
    path = small_disk / "result.png"
    atomic.write(path, b"old" * 1000)
    fill(small_disk, 100_000)
    with pytest.raises(CannotWrite, match="disk is full"):
        atomic.write(path, os.urandom(500_000))
    assert path.read_bytes() == b"old" * 1000
    assert sorted(found.name for found in small_disk.iterdir()) == ["ballast", "result.png"]


def test_strokes_wait_in_memory_and_are_all_there_later(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISKET_HOME", str(small_disk))
    told: list[Problem | None] = []
    full, well = threading.Event(), threading.Event()

    def trouble(problem: Problem | None) -> None:
        told.append(problem)
        (full if problem else well).set()

    store = Store.create(trouble)
    add_picture(store, "a", os.urandom(600_000))
    store.flush()
    ballast = fill(small_disk, 200_000)
    chance, painted, tickets = np.random.default_rng(0), Painted("a"), []
    for _ in range(20):
        noise = chance.integers(0, 256, (256, 256), np.uint8)
        tickets.append(painted.stroke(store, Rect(0, 0, 256, 256), noise))
    assert full.wait(SOON)
    with pytest.raises(CannotWrite, match="disk is full"):
        store.save_as(small_disk / "other.frisket").result(SOON)
    ballast.unlink()
    for ticket in tickets:
        ticket.result(SOON)
    assert well.wait(SOON)
    path = store.path
    store.close()
    again = Store.open(path)
    mask = again.mask("a", SIZE)
    assert np.array_equal(mask.plane.pixels, painted.plane.pixels)
    assert len(mask.undo) == 20
    assert not again.opened.notes
    again.close()


def test_a_paid_answer_waits_in_memory(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("FRISKET_HOME", str(small_disk))
    ledger = Ledger()
    entry = ledger.open(Asked("job", "p", "m", "h", "0"))
    entry.sending(1)
    entry.sent()
    ballast = fill(small_disk, 50_000)
    answer = os.urandom(400_000)
    for start in range(0, len(answer), 64_000):
        entry.spool.write(answer[start : start + 64_000])
    with pytest.raises(CannotWrite, match="held in memory"):
        entry.spool.sync()
    assert entry.spool.read() == answer
    ballast.unlink()
    entry.spool.sync()
    entry.received()
    assert ledger.raw(entry.note) == answer
    entry.stored()
    ledger.close()
    assert "held in memory" in caplog.text


def test_nothing_is_asked_when_it_cannot_be_written_down(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISKET_HOME", str(small_disk))
    ledger = Ledger()
    fill(small_disk, 0)
    with pytest.raises(CannotWrite, match="disk is full"):
        ledger.open(Asked("job", "p" * 50_000, "m", "h", "0"))
    ledger.close()
