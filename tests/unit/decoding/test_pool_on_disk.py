"""A picture that is too large for memory lies in a file, and nobody can tell but by waiting."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from editor.decoding import segment, wire
from editor.decoding.child import Limits
from editor.decoding.pool import Pool
from editor.decoding.room import Room
from editor.errors import CannotWrite, InputProblem
from editor.imaging import codec
from tests.fakes import misbehaving
from tests.fakes.full_disk import no_space
from tests.fakes.pictures import noise, png_of, saved

ROOT = Path(__file__).resolve().parents[3]
PNG = saved(noise(40, 30, 4), "PNG")
DEEP = png_of(noise(20, 10, 3, depth=16))


def mapped() -> str:
    """Files without a name that this process looks into."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return "\n".join(line for line in lines if "(deleted)" in line and "memfd" not in line)


@pytest.fixture
def small(tmp_path: Path) -> Pool:
    """A pool that believes in very little memory."""
    return Pool(Limits(), misbehaving.serve, Room(lambda: tmp_path, lambda: 1000))


def test_a_picture_in_a_file_is_the_same_picture(small: Pool, tmp_path: Path) -> None:
    for data in (PNG, DEEP):
        facts = codec.read_facts(data, "a.png")
        raster = small.open(data, "a.png").raster
        assert raster.on_disk
        assert not raster.pixels.flags.writeable
        assert np.array_equal(raster.pixels, codec.decode(data, facts).pixels)
        native = small.native(data, "a.png")
        assert np.array_equal(native.samples, codec.decode_native(data, facts).samples)
        if sys.platform == "linux":
            assert str(tmp_path) in mapped(), "the pixels themselves, not a copy of them"
        del raster, native
    gc.collect()
    if sys.platform == "linux":
        assert str(tmp_path) not in mapped()
    small.close()
    assert list(tmp_path.iterdir()) == []


def test_a_large_photograph_is_one_of_them_when_a_hundred_megabytes_are_free(
    tmp_path: Path,
) -> None:
    data = saved(np.full((4000, 6000, 3), 90, np.uint8), "JPEG")
    pool = Pool(room=Room(lambda: tmp_path, lambda: 100_000_000))
    assert pool.open(data, "a.jpg").raster.on_disk
    assert not pool.preview(data, "a.jpg", 256).raster.on_disk
    pool.close()


def test_a_copy_lies_beside_its_picture_and_can_be_written(small: Pool, tmp_path: Path) -> None:
    raster = small.open(PNG, "a.png").raster
    copy = raster.copied()
    copy[0, 0] = 7
    assert np.array_equal(copy[1:], raster.pixels[1:])
    if sys.platform == "linux":
        assert mapped().count(str(tmp_path)) == 2
    small.close()


def test_a_child_that_cuts_the_file_short_costs_one_sentence(small: Pool) -> None:
    with pytest.raises(InputProblem, match="could not be decoded safely"):
        small.open(PNG + b"\ncut", "a.png")
    assert small.open(PNG, "a.png").raster.size == (30, 40)
    small.close()


def test_a_child_is_gone_before_its_file_is_read(small: Pool) -> None:
    small.open(PNG, "a.png")
    child = small._children[-1]
    before = child._process
    small.open(PNG, "a.png")
    assert child._process is not before
    small.close()


def test_a_full_disk_is_one_sentence_and_the_next_picture_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [1000]
    pool = Pool(room=Room(lambda: tmp_path, lambda: free[0]))
    raster = pool.open(PNG, "a.png").raster
    monkeypatch.setattr(os, "posix_fallocate", no_space)
    with pytest.raises(InputProblem) as caught:
        pool.open(PNG, "a.png")
    assert "of disk space to be opened. Nothing has changed" in str(caught.value)
    assert len(str(caught.value)) <= 160
    with pytest.raises(CannotWrite, match="disk is full"):
        raster.copied()
    free[0] = 1 << 30
    assert not pool.open(PNG, "a.png").raster.on_disk
    assert np.array_equal(raster.copied(), raster.pixels)
    pool.close()


def test_without_shared_places_pixels_travel_into_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(segment, "available", lambda: False)
    monkeypatch.setattr(wire, "_BAND", 1000)
    pool = Pool(entry=misbehaving.in_bands, room=Room(lambda: tmp_path, lambda: 1000))
    raster = pool.open(PNG, "a.png").raster
    assert raster.on_disk
    assert not raster.pixels.flags.writeable
    expected = codec.decode(PNG, codec.read_facts(PNG, "a.png")).pixels
    assert np.array_equal(raster.pixels, expected)
    pool.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from editor.decoding.pool import Pool
from editor.decoding.room import Room
pool = Pool(room=Room(lambda: Path(sys.argv[2]), lambda: 1000))
held = pool.open(Path(sys.argv[1]).read_bytes(), "a.png")
assert held.raster.on_disk
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such end")
def test_nothing_is_left_by_a_program_that_was_killed(tmp_path: Path) -> None:
    file, folder = tmp_path / "a.png", tmp_path / "cache"
    folder.mkdir()
    file.write_bytes(PNG)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, file, folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
    assert list(folder.iterdir()) == []
