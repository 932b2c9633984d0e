"""OpenRaster files, taken apart as any reader does."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest

from editor.imaging.geometry import Rect
from editor.imaging.openraster import encode
from editor.imaging.psd import Layer, background
from editor.imaging.raster import Native
from tests.fakes.pictures import noise, p3_profile, read_png

RECT = Rect(7, 5, 27, 15)


def document(depth: int, channels: int = 3) -> tuple[Native, list[Layer]]:
    source = Native(noise(20, 30, channels, depth=depth), p3_profile())
    part = noise(10, 20, channels, depth=depth, seed=1)
    mask = noise(10, 20, seed=2)
    return source, [background(source, "Source"), Layer('"v1" <&>', RECT, part, mask, False)]


def opened(data: bytes) -> zipfile.ZipFile:
    file = zipfile.ZipFile(io.BytesIO(data))
    assert file.testzip() is None
    return file


def test_the_type_is_told_by_the_head_of_the_file() -> None:
    data = encode(*document(8))
    assert data[30:54] == b"mimetypeimage/openraster"
    file = opened(data)
    assert file.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert set(file.namelist()) >= {"stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"}


def test_layers_stand_from_the_highest_down() -> None:
    root = ElementTree.fromstring(
        opened(encode(*document(8), dpi=(300.0, 300.0))).read("stack.xml")
    )
    assert (root.tag, root.get("w"), root.get("h"), root.get("xres")) == (
        "image",
        "30",
        "20",
        "300",
    )
    upper, lower = root.findall("stack/layer")
    assert (upper.get("name"), lower.get("name")) == ('"v1" <&>', "Source")
    assert (upper.get("x"), upper.get("y"), upper.get("visibility")) == ("7", "5", "hidden")
    assert lower.get("visibility") == "visible"
    assert (root.get("xres"), root.get("yres")) == ("300", "300")


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("channels", [3, 4])
def test_pixels_keep_depth_and_profile_and_masks_are_alpha(depth: int, channels: int) -> None:
    source, layers = document(depth, channels)
    file = opened(encode(source, layers))
    lowest, told = read_png(file.read("data/layer0.png"))
    assert np.array_equal(lowest, source.samples)
    assert b"iCCP" in told
    assert np.array_equal(read_png(file.read("mergedimage.png"))[0], source.samples)
    upper, _ = read_png(file.read("data/layer1.png"))
    assert np.array_equal(upper[..., :3], layers[1].samples[..., :3])
    most = (1 << depth) - 1
    alpha = layers[1].mask / 255 * (layers[1].samples[..., 3] if channels == 4 else most)
    assert np.abs(upper[..., 3] - alpha).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("depth", [8, 16])
def test_the_thumbnail_is_small_and_shallow(depth: int) -> None:
    large = Native(noise(300, 600, 3, depth=depth))
    file = opened(encode(large, []))
    thumb, told = read_png(file.read("Thumbnails/thumbnail.png"))
    assert (thumb.shape, thumb.dtype) == ((128, 256, 3), np.uint8)
    assert b"iCCP" not in told
    assert b"xres" not in file.read("stack.xml")


def test_the_same_picture_is_the_same_file() -> None:
    assert encode(*document(16)) == encode(*document(16))
