from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from editor.imaging import deep
from tests.fakes.pictures import noise, png_of


def tags_of(data: bytes) -> dict[int, object]:
    return dict(Image.open(io.BytesIO(data)).tag_v2)


def tiff_of(samples: np.ndarray, **options: object) -> bytes:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, samples, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_png_samples_are_as_they_lie(channels: int) -> None:
    samples = noise(5, 7, channels, depth=16)
    read = deep.png(png_of(samples), None)
    order = {1: [0, 0, 0], 2: [0, 0, 0, 1], 3: [0, 1, 2], 4: [0, 1, 2, 3]}[channels]
    assert np.array_equal(read, samples[..., order])


def test_the_one_clear_grey_of_a_png_becomes_alpha() -> None:
    samples = noise(5, 7, depth=16)
    clear = int(samples[2, 3])
    read = deep.png(png_of(samples, (b"tRNS", clear.to_bytes(2, "big"))), clear)
    assert np.array_equal(read[..., 3], np.where(samples == clear, 0, 65535))
    assert np.array_equal(read[..., 1], samples)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("planar", ["contig", "separate"])
@pytest.mark.parametrize("pieces", [{}, {"rowsperstrip": 7}, {"tile": (16, 32)}])
@pytest.mark.parametrize("packed", [{}, {"compression": "zlib", "predictor": True}])
def test_tiff_samples_are_as_they_lie(
    order: str, channels: int, planar: str, pieces: dict[str, object], packed: dict[str, object]
) -> None:
    samples = noise(20, 33, channels, depth=16)
    apart = planar == "separate" and channels > 1
    data = tiff_of(
        np.ascontiguousarray(np.moveaxis(samples, 2, 0)) if apart else samples.squeeze(),
        byteorder=order,
        photometric="minisblack" if channels == 1 else "rgb",
        planarconfig=planar if channels > 1 else None,
        extrasamples=["unassalpha"] if channels == 4 else None,
        **pieces,
        **packed,
    )
    read = deep.tiff(data, tags_of(data), alpha=channels == 4)
    assert np.array_equal(read, samples if channels > 1 else np.repeat(samples, 3, axis=2))


def test_white_as_zero_is_turned_round() -> None:
    samples = noise(5, 7, depth=16)
    data = tiff_of(samples, photometric="miniswhite")
    assert np.array_equal(deep.tiff(data, tags_of(data), alpha=False)[..., 0], 65535 - samples)


def test_a_fourth_channel_that_is_not_alpha_is_left_out() -> None:
    samples = noise(5, 7, 4, depth=16)
    data = tiff_of(samples, photometric="rgb", extrasamples=["unspecified"])
    assert np.array_equal(deep.tiff(data, tags_of(data), alpha=False), samples[..., :3])


def test_premultiplied_colour_is_divided_back() -> None:
    straight = noise(5, 7, 4, depth=16)
    straight[..., 3] |= 0x8000
    alpha = straight[..., 3:].astype(np.uint64)
    heavy = straight.copy()
    heavy[..., :3] = (straight[..., :3] * alpha + 32767) // 65535
    data = tiff_of(heavy, photometric="rgb", extrasamples=["assocalpha"])
    read = deep.tiff(data, tags_of(data), alpha=True).astype(int)
    assert np.abs(read - straight).max() <= 1
    assert deep.tiff(data, tags_of(data), alpha=True).dtype == np.uint16


def test_clear_premultiplied_pixels_are_black() -> None:
    data = tiff_of(np.zeros((2, 2, 4), np.uint16), photometric="rgb", extrasamples=["assocalpha"])
    assert not deep.tiff(data, tags_of(data), alpha=True).any()


@pytest.mark.parametrize("data", [b"nothing", png_of(noise(3, 3, 3))])
def test_what_has_no_sixteen_bits_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="16-bit"):
        deep.png(data, None)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_shallow_keeps_the_shape(channels: int) -> None:
    samples = noise(5, 7, channels, depth=16)
    assert deep.shallow(samples).shape == samples.shape
    assert np.abs(deep.shallow(samples) * 257.0 - samples).max() <= 128.5


@pytest.mark.shared
@pytest.mark.parametrize("lying", ["tiff_strip_planar", "tiff_tiled_planar"])
@pytest.mark.parametrize("kind", ["RGB", "RGBa"])
def test_planes_packed_by_lzw_equal_the_picture_in_one_piece(
    shared: Path, lying: str, kind: str
) -> None:
    def read(name: str) -> np.ndarray:
        data = (shared / "corpus" / "pillow" / name).read_bytes()
        return deep.tiff(data, tags_of(data), alpha=kind == "RGBa")

    assert np.array_equal(read(f"{lying}_16bit_{kind}.tiff"), read(f"tiff_16bit_{kind}.tiff"))
