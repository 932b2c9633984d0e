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
ADOBE_CHROMA = (31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)

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


@pytest.mark.parametrize("told", [[gama(50000)], [gama(45455), chrm(*P3_CHROMA)], [P3]])
@pytest.mark.parametrize("kind", ["tiff", "jpeg", "webp", "avif"])
def test_other_formats_get_the_profile(told: list[tuple[bytes, bytes]], kind: str) -> None:
    data = png_of(noise(4, 4, 3), *told)
    facts = codec.read_facts(data, "a")
    assert (facts.profile != b"", facts.profile_name) == (True, colorimetry.NAME)
    found = codec.read_facts(encode(codec.decode_native(data, facts), facts, kind), "a")
    assert (found.profile, found.profile_name) == (facts.profile, colorimetry.NAME)


@pytest.mark.parametrize(
    "told",
    [
        [],
        PLAIN,
        [gama(45455)],
        [chrm(*SRGB_CHROMA)],
        [gama(45455), chrm(*SRGB_CHROMA)],
        [HDR],
        [(b"cICP", bytes([12, 13, 0, 0]))],
        [(b"cICP", bytes([1, 13, 0, 1]))],
        [gama(0)],
        [gama(5)],
        [chrm(31270, 32900, *(64000, 33000) * 3)],
        [chrm(*[0] * 8)],
        [chrm(31270, 32900, 64000, 0, 30000, 60000, 15000, 6000)],
    ],
)
def test_srgb_and_what_no_profile_can_say_have_none(told: list[tuple[bytes, bytes]]) -> None:
    assert colorimetry.profile(b"".join(name + content for name, content in told)) == b""


def test_grey_keeps_its_statement_without_a_profile() -> None:
    data = png_of(noise(4, 4), gama(100000))
    facts = codec.read_facts(data, "a")
    assert (facts.colour, facts.profile) == ("grey", b"")
    _, chunks = read_png(encode(codec.decode_native(data, facts), facts, "png"))
    assert dict([gama(100000)]).items() <= chunks.items()


def shown(*told: tuple[bytes, bytes], colour: tuple[int, int, int]) -> list[int]:
    data = png_of(np.full((2, 2, 3), colour, np.uint8), *told)
    return codec.decode(data, codec.read_facts(data, "a")).pixels[0, 0, :3][::-1].tolist()


def test_a_linear_picture_is_shown_as_bright_as_it_is() -> None:
    light = 55 / 255
    assert shown(gama(100000), colour=(55, 55, 55)) == pytest.approx(
        [255 * (1.055 * light ** (1 / 2.4) - 0.055)] * 3, abs=1
    )


@pytest.mark.parametrize("told", [[P3], [chrm(*P3_CHROMA)]])
def test_display_p3_is_shown_as_its_icc_profile_shows_it(told: list[tuple[bytes, bytes]]) -> None:
    for colour in ((200, 90, 60), (40, 160, 90), (128, 128, 128), (20, 30, 200)):
        want = shown(png.profile(display_p3()), colour=colour)
        assert shown(*told, colour=colour) == pytest.approx(want, abs=1)


def test_adobe_rgb_has_the_columns_that_adobe_tells() -> None:
    told = b"".join(name + content for name, content in (gama(45455), chrm(*ADOBE_CHROMA)))
    profile = colorimetry.profile(told)
    assert icc.space(profile) == "rgb"
    columns = {
        name: np.array(struct.unpack(">3i", profile[at + 8 : at + 20])) / 65536
        for name, at in places(profile).items()
        if name in {b"rXYZ", b"gXYZ", b"bXYZ"}
    }
    assert columns[b"rXYZ"] == pytest.approx([0.60974, 0.31111, 0.01947], abs=2e-4)
    assert columns[b"gXYZ"] == pytest.approx([0.20528, 0.62567, 0.06087], abs=2e-4)
    assert columns[b"bXYZ"] == pytest.approx([0.14919, 0.06322, 0.74457], abs=2e-4)


def places(profile: bytes) -> dict[bytes, int]:
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = (struct.unpack_from(">4sI", profile, 132 + 12 * n) for n in range(count))
    return dict(entries)
