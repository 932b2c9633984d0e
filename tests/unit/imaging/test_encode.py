from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from editor.imaging import codec, deep
from editor.imaging.encode import Finish, encode
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.imaging.raster import Native
from tests.fakes.pictures import exif_block, grey_profile, noise, p3_profile, soft, xmp_packet

FORMATS = ("png", "jpeg", "webp", "tiff", "avif")

QUALITIES = (40, 80, 95)


def source(colour: str = "rgb", profile: bytes = b"", exif: bytes = b"") -> Facts:
    return Facts("png", Size(30, 20), colour=colour, dpi=(300.0, 300.0), profile=profile, exif=exif)


def again(data: bytes) -> tuple[Facts, Native]:
    facts = codec.read_facts(data, "the asset")
    return facts, codec.decode_native(data, facts)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("channels", [3, 4])
def test_profile_resolution_and_exif_go_with_the_pixels(
    kind: str, depth: int, channels: int
) -> None:
    samples = noise(20, 30, channels, depth=depth)
    native = Native(samples, p3_profile())
    facts, found = again(encode(native, source(exif=exif_block(6)), kind))
    assert facts.format == kind
    assert facts.profile == p3_profile()
    assert facts.orientation == 1
    assert b"Maker" in facts.exif
    if kind not in {"webp", "avif"}:
        assert facts.dpi == pytest.approx((300, 300), abs=0.01)
    if kind in {"png", "tiff"}:
        assert found.depth == depth
        assert np.array_equal(found.samples, samples)
    if kind in {"webp", "avif"}:
        assert np.array_equal(found.samples, samples if depth == 8 else deep.shallow(samples))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_packet_is_found_again(kind: str) -> None:
    facts, _ = again(encode(Native(soft(20, 30)), source(), kind, Finish(xmp=xmp_packet())))
    assert facts.xmp == xmp_packet()


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_invented(kind: str) -> None:
    facts, _ = again(encode(Native(soft(20, 30)), Facts("png", Size(30, 20)), kind))
    assert (facts.profile, facts.exif, facts.dpi[0] in {0.0, 1.0}) == (b"", b"", True)
    assert (facts.xmp, facts.colours) == (b"", b"")


@pytest.mark.parametrize("kind", ["png", "jpeg", "tiff"])
@pytest.mark.parametrize("profile", [b"", grey_profile()])
def test_what_is_still_grey_is_written_grey(kind: str, profile: bytes) -> None:
    ramp = np.repeat(soft(20, 30)[..., :1], 3, axis=2)
    facts, found = again(encode(Native(ramp, b"wide"), source("grey", profile), kind))
    assert facts.colour == "grey"
    assert facts.profile == profile
    assert np.abs(found.samples.astype(int) - ramp).max() <= (2 if kind == "jpeg" else 0)


@pytest.mark.parametrize("kind", FORMATS)
def test_what_an_edit_coloured_is_written_in_colour(kind: str) -> None:
    ramp = np.repeat(soft(20, 30)[..., :1], 3, axis=2)
    ramp[3, 4] = (200, 10, 10)
    facts, _ = again(encode(Native(ramp, p3_profile()), source("grey", grey_profile()), kind))
    assert facts.colour == "rgb"
    assert facts.profile == p3_profile()


def test_grey_under_a_colour_profile_stays_in_it() -> None:
    ramp = np.repeat(soft(20, 30)[..., :1], 3, axis=2)
    facts, _ = again(encode(Native(ramp, p3_profile()), source("grey", p3_profile()), "png"))
    assert (facts.colour, facts.profile) == ("rgb", p3_profile())


@pytest.mark.parametrize(("kind", "colour"), [("png", "grey"), ("tiff", "rgb"), ("webp", "rgb")])
@pytest.mark.parametrize("depth", [8, 16])
def test_grey_keeps_its_alpha(kind: str, colour: str, depth: int) -> None:
    samples = noise(20, 30, 4, depth=depth)
    samples[..., 1] = samples[..., 2] = samples[..., 0]
    facts, found = again(encode(Native(samples), source("grey"), kind))
    assert (facts.colour, facts.alpha) == (colour, True)
    kept = samples if kind != "webp" or depth == 8 else deep.shallow(samples)
    assert np.array_equal(found.samples, kept)


@pytest.mark.parametrize("colour", ["grey", "rgb"])
@pytest.mark.parametrize("depth", [8, 16])
def test_a_jpeg_lays_clear_parts_over_white(colour: str, depth: int) -> None:
    full = (1 << depth) - 1
    samples = np.zeros((16, 32, 4), np.uint8 if depth == 8 else np.uint16)
    samples[:, 16:, 3] = full
    _, found = again(encode(Native(samples), source(colour), "jpeg"))
    assert found.samples[:, :14].min() >= 253
    assert found.samples[:, 18:].max() <= 2


@pytest.mark.parametrize("kind", ["jpeg", "webp", "avif"])
def test_quality_is_that_of_the_lossy_file(kind: str) -> None:
    native = Native(noise(40, 40, 3))
    sizes = [len(encode(native, source(), kind, Finish(quality, False))) for quality in QUALITIES]
    assert sizes == sorted(set(sizes))


def test_colour_is_kept_at_full_resolution() -> None:
    data = encode(Native(soft(40, 40)), source(), "jpeg")
    assert Image.open(io.BytesIO(data)).layer[0][1:3] == (1, 1), "colour at full resolution"


def test_exif_that_no_jpeg_can_hold_is_left_out() -> None:
    facts, _ = again(encode(Native(soft(9, 9)), source(exif=exif_block(1) + bytes(70_000)), "jpeg"))
    assert facts.exif == b""


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("exif", [b"", exif_block(1)], ids=["bare", "with EXIF"])
def test_a_packet_goes_with_the_pixels(kind: str, exif: bytes) -> None:
    data = encode(Native(soft(8, 8)), source(exif=exif), kind, Finish(xmp=b"<x:xmpmeta/>"))
    info = Image.open(io.BytesIO(data)).info
    assert info["xmp"] == b"<x:xmpmeta/>"
    assert again(data)[0].orientation == 1


def test_webp_and_avif_hold_grey_as_colour() -> None:
    ramp = np.repeat(soft(20, 30)[..., :1], 3, axis=2)
    for kind in ("webp", "avif"):
        facts, found = again(encode(Native(ramp, b""), source("grey"), kind))
        assert facts.colour == "rgb"
        assert np.abs(found.samples.astype(int) - ramp).max() <= 3


@pytest.mark.parametrize("kind", FORMATS)
def test_one_pixel_is_a_picture(kind: str) -> None:
    for channels in (3, 4):
        samples = np.full((1, 1, channels), 255, np.uint8)
        assert again(encode(Native(samples), source("grey"), kind))[0].size == Size(1, 1)
