from __future__ import annotations

from pathlib import Path

import pytest

from editor.imaging.intact import State, state
from tests.fakes.pictures import chunk, noise, png_of, saved, soft

WHOLE = {
    "png": png_of(noise(6, 7, 3), (b"tEXt", b"Title\0words")),
    "jpeg": saved(soft(40, 50), "JPEG"),
    "progressive": saved(soft(40, 50), "JPEG", progressive=True, comment=b"\xff\xd9 in a comment"),
    "webp": saved(soft(20, 20), "WEBP", lossless=True),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_is_whole(kind: str) -> None:
    assert state(WHOLE[kind]) is State.WHOLE
    assert state(WHOLE[kind] + b"something behind it") is State.WHOLE


@pytest.mark.parametrize("kind", WHOLE)
def test_no_beginning_of_a_file_passes_for_whole(kind: str) -> None:
    data = WHOLE[kind]
    assert {state(data[:end]) for end in range(12, len(data))} == {State.CUT}


def test_a_changed_bit_in_the_pixels_of_a_png_is_seen() -> None:
    data = bytearray(WHOLE["png"])
    data[data.index(b"IDAT") + 9] ^= 1
    assert state(bytes(data)) is State.BROKEN


def test_a_changed_bit_in_a_remark_is_not_worth_a_refusal() -> None:
    assert state(WHOLE["png"].replace(b"words", b"wards")) is State.WHOLE


def test_a_jpeg_of_loose_bytes_between_segments_is_followed() -> None:
    data = WHOLE["jpeg"]
    for loose in (b"\xff\xff", b"\xff\xd0\xff\x01", b"\xff\xff\0\0"):
        assert state(data[:2] + loose + data[2:]) is State.WHOLE, loose
    assert state(b"\xff\xd8\xff") is State.CUT


def test_a_png_without_an_end_is_cut() -> None:
    assert state(WHOLE["png"].removesuffix(chunk(b"IEND", b""))) is State.CUT


def test_other_kinds_pass() -> None:
    assert state(b"BM anything") is State.WHOLE
    assert state(b"") is State.WHOLE


@pytest.mark.shared
def test_the_broken_files_of_pngsuite_are_seen(shared: Path) -> None:
    suite = shared / "corpus" / "pngsuite"
    seen = {path.name: state(path.read_bytes()) for path in suite.glob("*.png")}
    assert {name for name, found in seen.items() if found is not State.WHOLE} == {
        "xcsn0g01.png",  # wrong checksum of the pixels
        "xhdn0g08.png",  # wrong checksum of the header
    }
