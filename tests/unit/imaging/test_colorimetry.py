"""What a PNG says of its colours: one statement, and the profile that shows it so."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from editor.imaging import codec, colorimetry, icc, png
from editor.imaging.encode import encode
from tests.fakes.colour import display_p3
from tests.fakes.pictures import noise, p3_profile, png_of, read_png

SRGB_CHROMA = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
P3_CHROMA = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)

NAMES = {b"cICP", b"sRGB", b"gAMA", b"cHRM", b"iCCP"}


def gama(value: int) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", value)


def chrm(*values: int) -> tuple[bytes, bytes]:
    return b"cHRM", struct.pack(">8I", *values)


SRGB = b"sRGB", b"\0"
P3 = b"cICP", bytes([12, 13, 0, 1])
HDR = b"cICP", bytes([9, 16, 0, 1])
PLAIN = [SRGB, gama(45455), chrm(*SRGB_CHROMA)]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([], []),
        (PLAIN, PLAIN),
        ([SRGB, gama(100000), chrm(*P3_CHROMA)], [SRGB]),
        ([gama(45455), chrm(*P3_CHROMA), P3, SRGB], [P3]),
        ([gama(100000)], [gama(100000)]),
        ([gama(100000), gama(45455)], [gama(100000)]),
        ([HDR], [HDR]),
    ],
)
def test_one_statement_is_kept(
    told: list[tuple[bytes, bytes]], kept: list[tuple[bytes, bytes]]
) -> None:
    samples = noise(6, 5, 3)
    data = png_of(samples, *told)
    facts = codec.read_facts(data, "a")
    assert colorimetry.chunks(facts.colours) == kept
    native = codec.decode_native(data, facts)
    written = encode(native, facts, "png")
    again, chunks = read_png(written)
    assert {name: found for name, found in chunks.items() if name in NAMES} == dict(kept)
    assert np.array_equal(again, samples)
    assert codec.read_facts(written, "a").profile == facts.profile


def test_after_the_pixels_nothing_is_read() -> None:
    data = png_of(noise(2, 2, 3))
    end = data.index(b"IEND") - 4
    late = struct.pack(">I", 1) + b"sRGB\0" + bytes(4)
    assert colorimetry.statement(data[:end] + late + data[end:]) == b""
    assert colorimetry.statement(data[:20]) == b""


def test_chunks_of_another_length_do_not_count() -> None:
    told = [(b"gAMA", b"\0"), (b"cHRM", b"short"), (b"sRGB", b""), SRGB]
    assert colorimetry.statement(png_of(noise(2, 2, 3), *told)) == b"sRGB\0"


def test_beside_an_icc_profile_nothing_else_counts() -> None:
    data = png_of(noise(4, 4, 3), P3, gama(45455), png.profile(p3_profile()))
    facts = codec.read_facts(data, "a")
    native = codec.decode_native(data, facts)
    assert (native.profile, facts.colours) == (p3_profile(), b"")
    _, chunks = read_png(encode(native, facts, "png"))
    assert NAMES & chunks.keys() == {b"iCCP"}


@pytest.mark.parametrize("kind", ["tiff", "jpeg", "webp", "avif"])
def test_other_formats_get_the_profile(kind: str) -> None:
    data = png_of(noise(4, 4, 3), P3)
    facts = codec.read_facts(data, "a")
    assert (facts.profile != b"", facts.profile_name) == (True, colorimetry.NAME)
    found = codec.read_facts(encode(codec.decode_native(data, facts), facts, kind), "a")
    assert (found.profile, found.profile_name) == (facts.profile, colorimetry.NAME)


@pytest.mark.parametrize(
    "told",
    [
        [],
        PLAIN,
        [gama(100000)],
        [chrm(*P3_CHROMA)],
        [gama(45455), chrm(*P3_CHROMA)],
        [HDR],
        [(b"cICP", bytes([12, 13, 0, 0]))],
        [(b"cICP", bytes([12, 13, 1, 1]))],
        [(b"cICP", bytes([1, 13, 0, 1]))],
    ],
)
def test_what_is_not_followed_has_no_profile(told: list[tuple[bytes, bytes]]) -> None:
    assert colorimetry.profile(b"".join(name + content for name, content in told)) == b""


@pytest.mark.parametrize("told", [gama(100000), P3])
def test_grey_keeps_its_statement_without_a_profile(told: tuple[bytes, bytes]) -> None:
    data = png_of(noise(4, 4), told)
    facts = codec.read_facts(data, "a")
    assert (facts.colour, facts.profile) == ("grey", b"")
    _, chunks = read_png(encode(codec.decode_native(data, facts), facts, "png"))
    assert chunks[told[0]] == told[1]


def shown(*told: tuple[bytes, bytes], colour: tuple[int, int, int]) -> list[int]:
    data = png_of(np.full((2, 2, 3), colour, np.uint8), *told)
    return codec.decode(data, codec.read_facts(data, "a")).pixels[0, 0, :3][::-1].tolist()


COLOURS = [(200, 90, 60), (40, 160, 90), (128, 128, 128), (20, 30, 200)]


@pytest.mark.parametrize("colour", COLOURS)
def test_display_p3_is_shown_as_its_icc_profile_shows_it(colour: tuple[int, int, int]) -> None:
    want = shown(png.profile(display_p3()), colour=colour)
    assert shown(P3, colour=colour) == pytest.approx(want, abs=1)
    assert shown(gama(100000), chrm(*P3_CHROMA), colour=colour) == list(colour), "not followed"


def test_white_stays_white_and_wide_colours_are_wider() -> None:
    wide = b"cICP", bytes([9, 13, 0, 1])
    assert shown(wide, colour=(255, 255, 255)) == pytest.approx([255] * 3, abs=1)
    assert shown(wide, colour=(120, 200, 120))[0] < shown(P3, colour=(120, 200, 120))[0] < 120
    assert icc.space(colorimetry.profile(b"".join(wide))) == "rgb"
