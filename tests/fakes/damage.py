"""Damaging project files in many ways, and looking at what is then opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from editor.errors import Problem
from editor.project.opening import open_file
from editor.storage.blobs import Blobs

Bytes = bytearray


def flip(data: Bytes, chance: np.random.Generator) -> None:
    """Turn a few single bits."""
    for at in chance.integers(0, len(data), int(chance.integers(1, 12))):
        data[at] ^= 1 << int(chance.integers(0, 8))


def flip_in_a_page_head(data: Bytes, chance: np.random.Generator) -> None:
    """Turn bits where they hurt: in the first bytes of pages, where structure is."""
    for page in chance.integers(0, len(data) // 4096, int(chance.integers(1, 4))):
        data[int(page) * 4096 + int(chance.integers(0, 64))] ^= 1 << int(chance.integers(0, 8))


def cut(data: Bytes, chance: np.random.Generator) -> None:
    del data[int(chance.integers(0, len(data))) :]


def cut_out(data: Bytes, chance: np.random.Generator) -> None:
    start = int(chance.integers(0, len(data)))
    del data[start : start + int(chance.integers(1, 20_000))]


def blank(data: Bytes, chance: np.random.Generator) -> None:
    """Fill a stretch with zeros, as a file system does after a power cut."""
    start = int(chance.integers(0, len(data)))
    end = min(start + int(chance.integers(1, 30_000)), len(data))
    data[start:end] = bytes(end - start)


def swap_pages(data: Bytes, chance: np.random.Generator) -> None:
    one, other = (int(page) * 4096 for page in chance.integers(1, len(data) // 4096, 2))
    data[one : one + 4096], data[other : other + 4096] = (
        data[other : other + 4096],
        data[one : one + 4096],
    )


def scribble(data: Bytes, chance: np.random.Generator) -> None:
    start = int(chance.integers(0, len(data)))
    end = min(start + int(chance.integers(1, 5000)), len(data))
    data[start:end] = chance.bytes(end - start)


WAYS: tuple[Callable[[Bytes, np.random.Generator], None], ...] = (
    flip,
    flip_in_a_page_head,
    cut,
    cut_out,
    blank,
    swap_pages,
    scribble,
)


def outcome(path: Path, good: bytes, pictures: dict[str, bytes], seed: int) -> str:
    """Damage a copy of a good project, open it, and say what came: "whole", "copy", "refused".

    pictures: bytes by slot id. Asserts that the file was not touched, that what is offered is
    right to the last bit, and that what is not offered is told.
    """
    chance = np.random.default_rng(seed)
    data = bytearray(good)
    WAYS[seed % len(WAYS)](data, chance)
    path.write_bytes(data)
    try:
        opened = open_file(path)
    except Problem as problem:
        sentence = str(problem)
        assert len(sentence) <= 160
        assert path.read_bytes() == data
        return "refused"
    blobs = Blobs(opened.database)
    for slot in opened.project.slots:
        assert blobs.get(slot.digest) == pictures[slot.id]
    lost = sum(loss.what == "picture" for loss in opened.losses)
    unknown = any(loss.what == "slot" for loss in opened.losses)
    assert len(opened.project.slots) + lost >= len(pictures) or unknown or opened.notes
    copied = opened.database.path != path
    assert path.read_bytes() == data
    opened.database.close()
    opened.lock.release()
    if copied:
        opened.database.path.unlink()
    return "copy" if copied else "whole"
