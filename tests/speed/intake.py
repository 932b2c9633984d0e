"""Intake: 16 JPEGs of 8.3 MP through the pool, beside two processes that only decode them."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import cv2
import numpy as np

from editor.decoding.pool import Opened, Pool
from tests.speed.rows import Row, table

FILES, WIDTH, HEIGHT = 16, 3840, 2160
ROUNDS, THUMBNAIL, CHILDREN = 7, 256, 2

FLOOR = """
import sys
import cv2, numpy as np
cv2.setNumThreads(1)
files = [sys.stdin.buffer.read(int(sys.stdin.buffer.readline())) for _ in range(int(sys.argv[1]))]
while sys.stdin.buffer.readline():
    for data in files:
        cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    sys.stdout.buffer.write(b"done\\n")
    sys.stdout.buffer.flush()
"""


def report() -> list[Row]:
    """Thumbnails and whole pictures; rounds alternate, medians are compared."""
    files = [photograph(seed, WIDTH, HEIGHT) for seed in range(FILES)]
    pool = Pool()
    try:
        with _floor(files) as floor:
            seconds = _measured(
                {
                    "floor": floor,
                    "thumbnails": partial(_previews, pool, files),
                    "one by one": partial(_one_by_one, pool, files),
                    "all held": partial(_all_held, pool, files),
                }
            )
    finally:
        pool.close()
    size = sum(map(len, files)) / FILES / 1e6
    peer = f"OpenCV in 2 processes {seconds['floor'] * 1e3:.0f} ms"

    def row(what: str, key: str, limit: float, note: str = "") -> Row:
        ratio = seconds[key] / seconds["floor"]
        ours = f"{seconds[key] * 1e3:.0f} ms"
        return Row(what, ours, peer, ratio, f"<= {limit}x", ratio <= limit, note)

    return [
        row(f"16 thumbnails of {THUMBNAIL} px", "thumbnails", 0.6, f"JPEGs of {size:.1f} MB"),
        row("16 JPEGs in full, each let go before the next", "one by one", 1.3),
        Row(
            "16 JPEGs in full, all held at once",
            f"{seconds['all held'] * 1e3:.0f} ms",
            peer,
            seconds["all held"] / seconds["floor"],
            note="for comparison: 530 MB of fresh pages, which the window never holds",
        ),
    ]


def photograph(seed: int, width: int, height: int) -> bytes:
    """A JPEG of soft shapes under film grain, as a photograph packs: 8.3 MP are about 1.5 MB."""
    chance = np.random.default_rng(seed)
    small = chance.integers(0, 256, (height // 16, width // 16, 3)).astype(np.float32)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = cv2.randn(np.empty((height, width, 3), np.float32), (0, 0, 0), (2, 2, 2))
    picture = np.clip(large + grain, 0, 255).astype(np.uint8)
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()


@contextmanager
def _floor(files: list[bytes]) -> Iterator[Callable[[], None]]:
    """Two warm processes with their half of the files in memory; one call decodes them all."""
    command = [sys.executable, "-c", FLOOR, str(FILES // CHILDREN)]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(CHILDREN)
    ]
    for index, process in enumerate(processes):
        for data in files[index::CHILDREN]:
            process.stdin.write(b"%d\n" % len(data) + data)

    def run() -> None:
        for process in processes:
            process.stdin.write(b"\n")
            process.stdin.flush()
        for process in processes:
            assert process.stdout.readline() == b"done\n"

    yield run
    for process in processes:
        process.communicate()


def _previews(pool: Pool, files: list[bytes]) -> None:
    with ThreadPoolExecutor(CHILDREN) as threads:
        list(threads.map(lambda data: pool.preview(data, "a.jpg", THUMBNAIL), files))


def _one_by_one(pool: Pool, files: list[bytes]) -> None:
    with ThreadPoolExecutor(CHILDREN) as threads:
        list(threads.map(lambda data: pool.open(data, "a.jpg").digest, files))


def _all_held(pool: Pool, files: list[bytes]) -> None:
    def opened(data: bytes) -> Opened:
        return pool.open(data, "a.jpg")

    with ThreadPoolExecutor(CHILDREN) as threads:
        held = list(threads.map(opened, files))
    assert len({id(picture.raster) for picture in held}) == FILES


def _measured(ways: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Median seconds of each, after one round to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS + 1):
        for name, run in ways.items():
            started = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(seconds[1:]) for name, seconds in taken.items()}


if __name__ == "__main__":
    print(table(report()))
