from __future__ import annotations

import ast
import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from editor.decoding import segment
from editor.decoding.child import Limits
from editor.decoding.pool import Pool, inspected
from editor.errors import InputProblem
from editor.imaging import codec
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from tests.fakes import misbehaving
from tests.fakes.pictures import exif_block, noise, p3_profile, png_of, saved, soft

ROOT = Path(__file__).resolve().parents[3]


class Short(Limits):
    """A second of the processor, but time by the clock to start on a loaded machine."""

    @property
    def patience(self) -> float:
        return 60.0


SHORT = Short(seconds=1.0)

FILES = {
    "a.png": saved(noise(40, 30, 4), "PNG"),
    "b.jpg": saved(soft(90, 120), "JPEG", exif=b"Exif\0\0" + exif_block(6)),
    "c.png": png_of(noise(20, 10, 3, depth=16)),
    "d.tif": saved(soft(30, 20), "TIFF", icc_profile=p3_profile(), dpi=(300, 300)),
}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool()
    pool.start()
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def rough() -> Iterator[Pool]:
    """A pool whose children obey the file, and may compute for a second."""
    pool = Pool(SHORT, misbehaving.serve)
    yield pool
    pool.close()


def asking(word: str) -> bytes:
    return FILES["a.png"] + b"\n" + word.encode()


def refused(pool: Pool, data: bytes, name: str = "a.png") -> InputProblem:
    with pytest.raises(InputProblem) as problem:
        pool.open(data, name)
    assert len(str(problem.value)) <= 160
    return problem.value


@pytest.mark.parametrize("name", FILES)
def test_a_child_sees_what_we_would_see(pool: Pool, name: str) -> None:
    data = FILES[name]
    facts = codec.read_facts(data, name)
    opened = pool.open(data, name)
    assert opened.facts == pool.inspect(data, name) == facts
    assert opened.digest == hashlib.sha256(data).hexdigest()
    assert np.array_equal(opened.raster.pixels, codec.decode(data, facts).pixels)
    ours, native = codec.decode_native(data, facts), pool.native(data, name)
    assert np.array_equal(native.samples, ours.samples)
    assert (native.profile, native.depth) == (ours.profile, ours.depth)
    small = pool.preview(data, name, 8)
    assert (small.facts, max(small.raster.size)) == (facts, 8)
    assert np.array_equal(small.raster.pixels, codec.preview(data, facts, 8).pixels)


def test_pixels_from_a_child_cannot_be_written(pool: Pool) -> None:
    pixels = pool.open(FILES["a.png"], "a.png").raster.pixels
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = 1
    with pytest.raises(ValueError, match="WRITEABLE"):
        pixels.flags.writeable = True


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"hello", "a.png is not a PNG, JPEG, WebP, TIFF, BMP, GIF or AVIF picture."),
        (FILES["a.png"][:200], "a.png is damaged: the file ends too early."),
        (FILES["d.tif"][:200], "a.png is damaged: the file ends too early."),
        (b"BM" + bytes(100), "a.png is damaged and cannot be opened."),
    ],
)
def test_what_is_no_picture_gets_the_child_s_sentence(
    pool: Pool, data: bytes, sentence: str
) -> None:
    assert str(refused(pool, data)) == sentence


def test_a_strange_name_is_shown_safely(pool: Pool) -> None:
    name = "\u202e{limit}\n" + "x" * 300 + ".png"
    assert str(refused(pool, b"hello", name)).startswith("�{limit}�xxx")


@pytest.mark.parametrize("word", ["abort", "exit", "spin", "hold", "nonsense", "want", "more"])
def test_a_child_that_misbehaves_is_replaced(rough: Pool, word: str) -> None:
    problem = refused(rough, asking(word))
    assert str(problem) == (
        "a.png could not be decoded safely, so it was not opened. Nothing has changed."
    )
    assert problem.details
    assert rough.open(FILES["a.png"], "a.png").raster.size == Size(30, 40)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "allocate",
            "a.png needs more memory than is allowed for one picture; scale it down first.",
        ),
        ("overrun", "a.png is damaged and cannot be opened."),
    ],
)
def test_a_child_that_reaches_a_limit_lives_on(rough: Pool, word: str, sentence: str) -> None:
    assert str(refused(rough, asking(word))) == sentence


def test_a_child_is_limited_and_knows_nothing_of_the_program(rough: Pool) -> None:
    told = ast.literal_eval(refused(rough, asking("tell")).details.removeprefix("ValueError: "))
    assert told["limits"] == {"RLIMIT_CORE": (0, 0), "RLIMIT_AS": (4 << 30, 4 << 30)}
    assert told["main"] == ""
    foreign = {"PySide6", "qasync", "httpx", "sqlite3", "pytest", "editor.__main__"}
    assert not foreign & set(told["modules"])


def test_a_child_that_died_while_idle_is_replaced_unnoticed() -> None:
    pool = Pool()
    try:
        pool.open(FILES["a.png"], "a.png")
        for child in pool._children:
            child.kill()
            if child._process is not None:
                child._process.join()
        assert pool.open(FILES["a.png"], "a.png").raster.size == Size(30, 40)
    finally:
        pool.close()


def test_a_child_that_never_speaks_costs_one_sentence() -> None:
    pool = Pool(SHORT, misbehaving.mute)
    try:
        assert "could not be decoded safely" in str(refused(pool, FILES["a.png"]))
    finally:
        pool.close()


def test_many_threads_get_their_own_pictures(pool: Pool) -> None:
    pictures = [noise(30 + seed, 20, 4, seed=seed) for seed in range(24)]
    files = [saved(samples, "PNG") for samples in pictures]
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(lambda data: pool.open(data, "a.png"), files))
    for samples, found in zip(pictures, opened, strict=True):
        assert np.array_equal(found.raster.pixels[..., [2, 1, 0, 3]], samples)


def test_pixels_outlive_the_next_picture_and_the_pool() -> None:
    pool = Pool()
    first = pool.open(FILES["a.png"], "a.png").raster.pixels[5:, 3:]
    before = first.copy()
    pool.open(saved(noise(40, 30, 4, seed=9), "PNG"), "a.png")
    assert np.array_equal(first, before)
    pool.close()
    gc.collect()
    assert np.array_equal(first, before)


@pytest.mark.skipif(not segment.available(), reason="no shared places on this system")
def test_places_are_used_again_and_none_is_lost(pool: Pool) -> None:
    def handles() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 names only, of a moving target

    pool.open(FILES["b.jpg"], "b.jpg")
    before = handles()
    for _ in range(10):
        pool.open(FILES["b.jpg"], "b.jpg")
        refused(pool, FILES["d.tif"][:200])
    assert handles() <= before


def test_without_shared_places_pixels_travel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "available", lambda: False)
    pool = Pool(entry=misbehaving.without_posix)
    try:
        for name, data in FILES.items():
            facts = codec.read_facts(data, name)
            found = pool.open(data, name).raster.pixels
            assert np.array_equal(found, codec.decode(data, facts).pixels)
            assert not found.flags.writeable
            ours = codec.decode_native(data, facts).samples
            assert np.array_equal(pool.native(data, name).samples, ours)
        assert "more memory" in str(refused(pool, asking("allocate"))) or sys.platform != "linux"
    finally:
        pool.close()


def test_a_closed_pool_says_so() -> None:
    pool = Pool()
    pool.start()
    pool.close()
    pool.close()
    pool.start()
    assert str(refused(pool, FILES["a.png"])) == (
        "a.png was not opened because the program is closing."
    )


def test_closing_ends_a_picture_in_the_making() -> None:
    pool = Pool(Limits(seconds=60), misbehaving.serve)
    pool.open(FILES["a.png"], "a.png")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(refused, pool, asking("spin"))
        pool.close()
        assert "a.png" in str(waiting.result())


def test_a_file_is_inspected_whole(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "b.jpg"
    path.write_bytes(FILES["b.jpg"])
    assert inspected(pool, path) == codec.read_facts(FILES["b.jpg"], "b.jpg")
    assert isinstance(inspected(pool, path), Facts)
    problem = inspected(pool, tmp_path / "nothing")
    assert str(problem) == "nothing is not there. Nothing has changed."


ORPHAN = """
import os, signal, sys
from pathlib import Path
print("started", file=open(sys.argv[2], "a"))
from editor.decoding.pool import Pool
pool = Pool()
pool.start()
held = pool.open(Path(sys.argv[1]).read_bytes(), "a.png")
pids = [child._process.pid for child in pool._children if child._process is not None]
print(*pids, flush=True)
named = [Path(f"/proc/{{pid}}/maps").read_text() for pid in (os.getpid(), *pids)]
assert "/dev/shm" not in "".join(named), "memory with a name would outlive a killed program"
{end}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "pass"])
def test_nothing_is_left_of_a_program_that_ends(tmp_path: Path, end: str) -> None:
    """A script without a guard, killed or simply over: children gone, no noise, no memory."""
    (tmp_path / "a.png").write_bytes(FILES["a.png"])
    script = tmp_path / "script.py"
    script.write_text(ORPHAN.format(end=end))
    done = subprocess.run(
        [sys.executable, script, tmp_path / "a.png", tmp_path / "starts"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    # The children hold the pipes: when those have closed, the children are gone.
    assert done.stderr == ""
    assert (tmp_path / "starts").read_text() == "started\n", "a child ran the program's start"
    assert len(done.stdout.split()) == 2
