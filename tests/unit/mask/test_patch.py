import struct
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import ProjectDamaged
from editor.imaging.geometry import Rect, Size
from editor.mask.patch import MANY, TILE, Patch, alike

SIZE = Size(300, 280)
FIRST = Rect(0, 0, TILE, TILE)
CORNER = Rect(TILE, TILE, 300, 280)


def rows(rect: Rect, seed: int = 1) -> np.ndarray:
    size = rect.size
    noise = np.random.default_rng(seed).integers(0, 256, (size.height, size.width))
    return noise.astype(np.uint8)


def contents(patch: Patch) -> dict[Rect, np.ndarray]:
    return {
        rect: np.broadcast_to(tile, (rect.size.height, rect.size.width))
        for rect, tile in patch.contents()
    }


def test_an_empty_patch_is_nothing() -> None:
    assert not Patch(SIZE, {})
    assert Patch(SIZE, {}).weight == 0
    assert Patch(SIZE, {}).bounds.empty


def test_a_patch_knows_its_tiles_and_weight() -> None:
    patch = Patch(SIZE, {FIRST: rows(FIRST), CORNER: 255})
    assert patch
    assert patch.rects() == (FIRST, CORNER)
    assert patch.bounds == Rect(0, 0, 300, 280)
    assert Patch(SIZE, {CORNER: 1}).bounds == CORNER
    assert patch.area == TILE * TILE + 44 * 24
    assert patch.weight == TILE * TILE + 1


def test_packing_keeps_the_contents_and_drops_the_weight() -> None:
    half = np.zeros((TILE, TILE), np.uint8)
    half[:100] = 255
    patch = Patch(SIZE, {FIRST: half, CORNER: np.full((24, 44), 7, np.uint8)})
    assert patch.packed() is patch
    assert patch.weight < 1000
    assert np.array_equal(contents(patch)[FIRST], half)
    assert dict(patch.contents())[CORNER] == 7


@pytest.mark.parametrize("count", [1, MANY - 1, MANY, MANY + 8])
def test_however_many_tiles_come_back_in_their_order(count: int) -> None:
    rects = [Rect(TILE * at, 0, TILE * (at + 1), 40) for at in range(count)]
    tiles = {rect: rows(rect, seed) for seed, rect in enumerate(rects)}
    patch = Patch(Size(TILE * count, 40), dict(tiles)).packed()
    assert patch.rects() == tuple(rects)
    assert [rect for rect, _ in patch.contents()] == rects
    for rect, found in contents(patch).items():
        assert np.array_equal(found, tiles[rect])


def test_packing_runs_beside_reading() -> None:
    patch = Patch(SIZE, {FIRST: rows(FIRST)})
    thread = threading.Thread(target=patch.packed)
    thread.start()
    assert np.array_equal(contents(patch)[FIRST], rows(FIRST))
    thread.join()
    assert np.array_equal(contents(patch)[FIRST], rows(FIRST))


@given(st.lists(st.sampled_from([FIRST, CORNER]), unique=True), st.integers(0, 255), st.booleans())
def test_bytes_and_back(rects: list[Rect], value: int, noisy: bool) -> None:
    patch = Patch(SIZE, {rect: rows(rect) if noisy else value for rect in rects})
    before = contents(patch)
    again = Patch.from_bytes(patch.to_bytes())
    assert again.size == SIZE
    after = contents(again)
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[rect], after[rect]) for rect in before)


def entry(left: int, top: int, data: bytes, length: int | None = None) -> bytes:
    size = len(data) if length is None else length
    head = struct.pack("<4sIII", b"FMP1", *SIZE, 1)
    return head + struct.pack("<IIIB", left, top, size, 0) + data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(40),
        entry(0, 0, b"")[:-3],
        entry(3, 0, b""),
        entry(0, 3, b""),
        entry(TILE * 2, 0, b""),
        entry(0, 0, b"no zlib"),
        entry(0, 0, b"", length=10),
        entry(0, 0, __import__("zlib").compress(b"short")),
        entry(0, 0, __import__("zlib").compress(bytes(TILE * TILE + 9))),
    ],
)
def test_damaged_bytes_are_said(data: bytes) -> None:
    with pytest.raises(ProjectDamaged, match="everything else in the project is safe"):
        Patch.from_bytes(data)


def test_tiles_are_alike_by_what_they_hold() -> None:
    rows = np.arange(16, dtype=np.uint8).reshape(4, 4)
    assert alike(7, 7)
    assert alike(rows, rows.copy())
    assert not alike(rows, np.zeros_like(rows))
    assert not alike(rows, 0)
    assert not alike(7, 8)
