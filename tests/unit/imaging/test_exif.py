from __future__ import annotations

import io

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
