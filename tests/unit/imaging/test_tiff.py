from __future__ import annotations

import io

import numpy as np
import pytest
import tifffile
from PIL import Image

from editor.imaging import exif, tiff
from tests.fakes.pictures import exif_block, noise, p3_profile


def full_block(order: str) -> bytes:
    """EXIF with a camera directory, a place and a maker note."""
    told = Image.Exif()
    told.endian = order
    told[0x010F], told[0x0112] = "Maker", 6
    told.get_ifd(0x8769)[0x9003] = "2026:01:01 00:00:00"
    told.get_ifd(0x8769)[0x927C] = b"maker note" * 5
    told.get_ifd(0x8825)[1] = "N"
    return exif.settled(exif.bare(told.tobytes()))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("shape", [(1, 1), (40, 50), (300, 400, 3), (301, 400, 4)])
def test_pixels_metadata_and_exif_are_all_there(
    shape: tuple[int, ...], depth: int, order: str
) -> None:
    samples = noise(*shape, depth=depth)
    profile = p3_profile()
    data = tiff.encode(samples, profile=profile, dpi=(300.0, 150.0), exif=full_block(order))
    assert np.array_equal(tifffile.imread(io.BytesIO(data)), samples)
    image = Image.open(io.BytesIO(data))
    assert image.info["icc_profile"] == profile
    assert image.info["dpi"] == (300, 150)
    told = image.getexif()
    assert told[0x010F] == "Maker"
    assert told.get_ifd(0x8769)[0x9003] == "2026:01:01 00:00:00"
    assert told.get_ifd(0x8769)[0x927C] == b"maker note" * 5
    assert told.get_ifd(0x8825)[1] == "N"
    image.load()
    assert image.size == (shape[1], shape[0]), "the old turn is gone"


def test_nothing_is_invented() -> None:
    data = tiff.encode(noise(4, 4, 3), profile=b"", dpi=(0.0, 0.0), exif=b"")
    tags = dict(Image.open(io.BytesIO(data)).tag_v2)
    assert not {34675, 0x8769, 305, 270} & set(tags)
    assert tags.get(296, 1) == 1


def test_an_odd_block_keeps_the_picture_on_an_even_place() -> None:
    block = exif.settled(exif_block(3)) + b"\0"
    samples = noise(7, 7, 3, depth=16)
    data = tiff.encode(samples, profile=b"", dpi=(0.0, 0.0), exif=block)
    assert np.array_equal(tifffile.imread(io.BytesIO(data)), samples)


def test_alpha_is_said_to_be_straight() -> None:
    data = tiff.encode(noise(4, 4, 4), profile=b"", dpi=(0.0, 0.0), exif=b"")
    assert Image.open(io.BytesIO(data)).tag_v2[338] == (2,)
