from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from editor.imaging import cv, png
from editor.imaging.geometry import Size
from tests.fakes.pictures import exif_block, noise, p3_profile, read_png

CV_ORDER = {1: None, 2: [0, 3], 3: [2, 1, 0], 4: [2, 1, 0, 3]}

SHAPES = st.tuples(
    st.one_of(st.integers(1, 5), st.integers(62, 66), st.integers(127, 130)),
    st.integers(1, 40),
    st.integers(1, 4),
)


@given(SHAPES, st.sampled_from([8, 16]), st.integers(0, 9), st.integers(1, 9))
def test_what_is_written_is_read_back_by_three_readers(
    shape: tuple[int, int, int], depth: int, seed: int, level: int
) -> None:
    samples = noise(*shape, depth=depth, seed=seed)
    data = png.encode(samples if shape[2] > 1 else samples[..., 0], level=level)
    assert np.array_equal(read_png(data)[0], samples)
    order = CV_ORDER[shape[2]]
    by_opencv = cv.imdecode(data, unchanged=True)
    assert by_opencv is not None
    assert np.array_equal(by_opencv[..., None] if order is None else by_opencv[..., order], samples)
    if depth == 8:
        assert np.array_equal(
            np.asarray(Image.open(io.BytesIO(data))),
            samples.squeeze(2) if shape[2] == 1 else samples,
        )


@given(SHAPES, st.lists(st.booleans(), min_size=2, max_size=4), st.integers(0, 9))
def test_levels_stand_in_every_channel_or_are_turned_there(
    shape: tuple[int, int, int], turned: list[bool], seed: int
) -> None:
    levels = noise(*shape[:2], 1, seed=seed)[..., 0]
    size = Size(shape[1], shape[0])
    file = png.BandedPng(size, lambda top, bottom: levels[top:bottom], turned=turned).to_bytes()
    wanted = np.stack([255 - levels if each else levels for each in turned], axis=2)
    assert np.array_equal(read_png(file)[0], wanted)


def test_bands_of_wide_rows_are_filtered_a_few_rows_at_a_time() -> None:
    samples = noise(66, 5000, 4)
    whole = cv.imdecode(png.encode(samples), unchanged=True)
    assert whole is not None
    assert np.array_equal(whole[..., CV_ORDER[4]], samples)
    levels, turned = samples[..., 0], (False, False, False, True)
    size = Size(5000, 66)
    file = png.BandedPng(size, lambda top, bottom: levels[top:bottom], turned=turned).to_bytes()
    spread = cv.imdecode(file, unchanged=True)
    assert spread is not None
    assert np.array_equal(spread, np.dstack([levels, levels, levels, 255 - levels]))


def test_colour_under_clear_pixels_is_kept() -> None:
    samples = noise(5, 6, 4)
    samples[..., 3] = 0
    assert np.array_equal(read_png(png.encode(samples))[0], samples)


def test_slices_and_read_only_samples_are_written() -> None:
    samples = noise(20, 30, 4)
    samples.flags.writeable = False
    part = samples[3:17:2, 5:25, :3]
    assert np.array_equal(read_png(png.encode(part))[0], part)


def test_only_changed_bands_are_packed_again() -> None:
    samples, packed = noise(200, 10, 3), []

    def rows(top: int, bottom: int) -> np.ndarray:
        packed.append((top, bottom))
        return samples[top:bottom]

    kept = png.BandedPng(Size(10, 200), rows)
    first = kept.to_bytes()
    assert sorted(packed) == [(0, 1), (0, 64), (64, 128), (128, 192), (192, 200)]
    packed.clear()
    assert kept.to_bytes() == first
    assert packed == [(0, 1)], "the header asks for one row"
    samples[64:128] = 7
    kept.changed(64, 65)
    kept.changed(-5, 0)
    kept.changed(400, 500)
    assert np.array_equal(read_png(kept.to_bytes())[0], samples)
    assert sorted(packed) == [(0, 1), (0, 1), (64, 128)]


@given(st.lists(st.tuples(st.integers(-10, 210), st.integers(0, 60)), max_size=4))
def test_a_file_after_changes_equals_one_made_afresh(changes: list[tuple[int, int]]) -> None:
    samples = noise(200, 4, 4)
    kept = png.BandedPng(Size(4, 200), lambda top, bottom: samples[top:bottom])
    kept.to_bytes()
    for seed, (top, height) in enumerate(changes):
        rows = slice(max(top, 0), max(top + height, 0))
        samples[rows] = noise(200, 4, 4, seed=seed + 1)[rows]
        kept.changed(top, top + height)
    assert kept.to_bytes() == png.encode(samples)


def test_metadata_stands_before_the_pixels() -> None:
    profile, block = p3_profile(), exif_block(1)
    chunks = [
        png.profile(profile),
        png.resolution((300.0, 72.0)),
        png.exif(block),
    ]
    data = png.encode(noise(4, 4, 3), chunks=chunks)
    told = read_png(data)[1]
    assert list(told) == [b"IHDR", b"iCCP", b"pHYs", b"eXIf", b"IEND"]
    assert data.index(b"eXIf") < data.index(b"IDAT")
    assert zlib.decompress(told[b"iCCP"].split(b"\0\0", 1)[1]) == profile
    assert told[b"eXIf"] == block
    image = Image.open(io.BytesIO(data))
    assert image.info["icc_profile"] == profile
    assert image.info["dpi"] == pytest.approx((300, 72), abs=0.02)


@pytest.mark.parametrize("shape", [(200, 100, 4), (65, 3, 4), (3, 1, 4)])
def test_the_checksum_of_all_bands_is_that_of_the_whole(shape: tuple[int, ...]) -> None:
    data = png.encode(noise(*shape))
    at, stream = 8, b""
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        stream += data[at + 8 : at + 8 + length] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    assert len(zlib.decompress(stream)) == shape[0] * (1 + shape[1] * shape[2])


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("blot", [None, 0, 63, 64, 100, 191, 199])
def test_blank_bands_are_packed_once_and_read_back(depth: int, blot: int | None) -> None:
    samples = np.full((200, 30, 4), 200, np.uint8 if depth == 8 else np.uint16)
    samples[:, 5:9] = 7
    if blot is not None:
        samples[blot, 3] = 1
    kept = png.BandedPng(Size(30, 200), lambda top, bottom: samples[top:bottom])
    assert np.array_equal(read_png(kept.to_bytes())[0], samples)
    assert len(kept._blank) <= 2, "whole bands, and the shorter last one"
    samples[...] = 9
    kept.changed(0, 200)
    assert np.array_equal(read_png(kept.to_bytes())[0], samples)
