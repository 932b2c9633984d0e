from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from editor.imaging import exif
from tests.fakes.pictures import exif_block, saved, soft

THUMBNAIL = b"\xff\xd8 the old picture \xff\xd9"


def opened(block: bytes) -> Image.Exif:
    found = Image.Exif()
    found.load(block)
    return found


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_a_settled_block_is_upright_and_otherwise_the_same(order: str, orientation: int) -> None:
    block = exif_block(orientation, order=order)
    told = opened(exif.settled(block))
    assert told[exif.ORIENTATION] == 1
    assert told[0x010F] == "Maker"
    assert len(exif.settled(block)) == len(block)


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_old_thumbnail_is_blanked_and_unlinked(order: str) -> None:
    settled = exif.settled(exif_block(6, order=order, thumbnail=THUMBNAIL))
    assert b"old picture" not in settled
    assert opened(settled).get_ifd(0x0201) == {}
    assert opened(settled)[0x010F] == "Maker"


def test_a_thumbnail_past_the_end_is_no_matter() -> None:
    block = exif_block(6, thumbnail=THUMBNAIL)
    assert len(exif.settled(block[:-5])) == len(block) - 5


def test_the_mark_before_the_block_is_taken_off() -> None:
    block = exif_block(3)
    assert exif.bare(b"Exif\0\0" + block) == block
    assert exif.bare(block) == block


@pytest.mark.parametrize(
    "block", [b"", b"no EXIF at all", exif_block(3)[:14], b"II*\0\xff\xff\xff\x7f"]
)
def test_what_is_not_exif_comes_back_empty(block: bytes) -> None:
    assert exif.settled(block) == b""


@given(st.binary(max_size=80), st.sampled_from([b"II*\0", b"MM\0*"]))
def test_hostile_blocks_never_grow_or_raise(tail: bytes, head: bytes) -> None:
    block = head + tail
    assert len(exif.settled(block)) in {0, len(block)}


def test_pillow_reads_the_settled_block_back() -> None:
    data = saved(soft(8, 12), "JPEG", exif=b"Exif\0\0" + exif.settled(exif_block(6)))
    assert Image.open(io.BytesIO(data)).getexif()[exif.ORIENTATION] == 1


def with_place(order: str) -> bytes:
    """A maker, a GPS directory with a short and a long value, and a date behind it."""
    told = [
        (0x010F, 2, 6, b"Maker\0"),
        (0x8825, 4, 1, b""),
        (0x0132, 2, 20, b"2026:11:21 00:00:00\0"),
    ]
    gps = [(0x0001, 2, 2, b"N\0\0\0"), (0x0002, 5, 3, struct.pack(order + "6I", *range(50, 56)))]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    second = 8 + 2 + 12 * len(told) + 4
    behind = second + 2 + 12 * len(gps) + 4
    first, values = _directory(order, told, behind, {0x8825: second})
    return (
        head
        + first
        + _directory(order, gps, behind + len(values))[0]
        + values
        + (_directory(order, gps, behind + len(values))[1])
    )


def _directory(
    order: str,
    entries: list[tuple[int, int, int, bytes]],
    behind: int,
    links: dict[int, int] | None = None,
) -> tuple[bytes, bytes]:
    table, values = struct.pack(order + "H", len(entries)), b""
    for tag, kind, count, value in entries:
        told = value
        if links and tag in links:
            told = struct.pack(order + "I", links[tag])
        elif len(value) > 4:
            told, values = struct.pack(order + "I", behind + len(values)), values + value
        table += struct.pack(order + "HHI", tag, kind, count) + told
    return table + bytes(4), values


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_place_is_gone_and_the_rest_is_there(order: str) -> None:
    before = with_place(order)
    told = Image.Exif()
    told.load(before)
    assert told.get_ifd(0x8825)[2] == (50 / 51, 52 / 53, 54 / 55)
    block = exif.without_place(before)
    after = Image.Exif()
    after.load(block)
    assert dict(after) == {0x010F: "Maker", 0x0132: "2026:11:21 00:00:00"}
    assert not after.get_ifd(0x8825)
    assert struct.pack(order + "2I", 50, 51) not in block
    assert struct.pack(order + "2I", 54, 55) not in block
    assert len(block) == len(before)


def test_without_a_place_nothing_changes() -> None:
    assert exif.without_place(exif_block(6, thumbnail=b"small")) == exif_block(
        6, thumbnail=b"small"
    )


@pytest.mark.parametrize("block", [b"", b"GPS?", b"II*\0\x08\0\0\0\xff\xff"])
def test_what_cannot_be_followed_is_left_out_whole(block: bytes) -> None:
    assert exif.without_place(block) == b""


def test_a_comment_is_of_the_type_that_readers_look_for() -> None:
    kept = Image.Exif()
    kept[0x010F] = "Maker"
    kept.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0words"
    kept.get_ifd(0x8769)[0x829D] = 2.8
    before = exif.bare(kept.tobytes())
    after = exif.typed(before)
    differs = [
        at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other
    ]
    assert len(differs) == 1
    assert (before[differs[0]], after[differs[0]]) == (1, 7)
    assert opened(after).get_ifd(0x8769)[0x9286] == b"ASCII\0\0\0words"
    assert exif.typed(after) == after
    assert exif.typed(b"no EXIF") == b"no EXIF"
