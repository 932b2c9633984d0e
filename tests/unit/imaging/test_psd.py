"""PSD files, read again by an independent library, layer by layer."""

from __future__ import annotations

import io

import numpy as np
import pytest
from psd_tools import PSDImage

from editor.imaging import psd
from editor.imaging.geometry import Rect
from editor.imaging.psd import Layer, background, encode
from editor.imaging.raster import Native
from tests.fakes.pictures import exif_block, noise, p3_profile

RECT = Rect(7, 5, 27, 15)


def opened(data: bytes) -> PSDImage:
    return PSDImage.open(io.BytesIO(data))


def plane(layer: object, number: int, depth: int, version: int) -> np.ndarray:
    """The stored samples of one channel, not brought to floats."""
    record, channels = layer._record, layer._channels
    index = [info.id for info in record.channel_info].index(number)
    rect = record.mask_data if number == -2 else record
    size = (rect.right - rect.left, rect.bottom - rect.top)
    raw = channels[index].get_data(*size, depth, version)
    return np.frombuffer(raw, f">u{depth // 8}").reshape(size[1], size[0]).astype(f"u{depth // 8}")


def document(depth: int, channels: int = 3) -> tuple[Native, list[Layer]]:
    source = Native(noise(20, 30, channels, depth=depth), p3_profile())
    mask = noise(10, 20, seed=2)
    part = noise(10, 20, 3, depth=depth, seed=1)
    return source, [background(source, "Source"), Layer("v1 Jäcke 夹克", RECT, part, mask, False)]


@pytest.fixture(params=[1, 2], ids=["psd", "psb"])
def version(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The number in the head of the file; 2 is written for what is too long for a PSD."""
    if request.param == 2:
        monkeypatch.setattr(psd, "LONGEST", 29)
    return int(request.param)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("channels", [3, 4])
def test_every_layer_comes_back_sample_by_sample(depth: int, channels: int, version: int) -> None:
    source, layers = document(depth, channels)
    found = opened(encode(source, layers))
    assert found.version == version
    assert (found.size, found.depth, found.color_mode.name) == ((30, 20), depth, "RGB")
    assert [layer.name for layer in found] == ["Source", "v1 Jäcke 夹克"]
    assert [layer.visible for layer in found] == [True, False]
    assert found[1].bbox == tuple(RECT)
    for layer, meant in zip(found, layers, strict=True):
        for number in range(3):
            assert np.array_equal(plane(layer, number, depth, version), meant.samples[..., number])
    if channels == 4:
        assert np.array_equal(plane(found[0], -1, depth, version), source.samples[..., 3])
    assert not found[0].has_mask()
    mask = found[1].mask
    assert (mask.bbox, mask.background_color, mask.disabled) == (tuple(RECT), 0, False)
    wide = layers[1].mask.astype(np.uint16) * (257 if depth == 16 else 1)
    assert np.array_equal(plane(found[1], -2, depth, version), wide)


@pytest.mark.parametrize("depth", [8, 16])
def test_readers_without_layers_see_the_merged_picture(depth: int, version: int) -> None:
    source, layers = document(depth)
    found = opened(encode(source, layers))
    assert found.version == version
    assert found.has_preview()
    raw = found._record.image_data.get_data(found._record.header)
    planes = [np.frombuffer(each, f">u{depth // 8}").reshape(20, 30) for each in raw]
    assert np.array_equal(np.dstack(planes), source.samples)


@pytest.mark.parametrize("depth", [8, 16])
def test_the_merged_picture_lies_on_white_where_it_is_clear(depth: int) -> None:
    most = (1 << depth) - 1
    samples = np.zeros((2, 2, 4), np.uint8 if depth == 8 else np.uint16)
    samples[0, 0, 3] = most
    found = opened(encode(Native(samples), []))
    raw = found._record.image_data.get_data(found._record.header)
    colour, *_, alpha = (np.frombuffer(each, f">u{depth // 8}") for each in raw)
    assert colour.tolist() == [0, most, most, most]
    assert alpha.tolist() == [most, 0, 0, 0]


def test_opaque_alpha_changes_no_colour() -> None:
    samples = noise(4, 4, 4)
    samples[..., 3] = 255
    raw = opened(encode(Native(samples), []))._record.image_data.data
    assert raw[: 3 * 16] == b"".join(samples[..., n].tobytes() for n in range(3))


def test_profile_resolution_exif_and_xmp_are_there() -> None:
    source, layers = document(8)
    told = {"dpi": (300.0, 240.0), "exif": exif_block(1), "xmp": b"<x:xmpmeta/>"}
    resources = opened(encode(source, layers, **told)).image_resources
    assert resources.get_data(0x040F) == p3_profile()
    assert resources.get_data(0x0422) == exif_block(1)
    assert resources.get_data(0x0424) == b"<x:xmpmeta/>"
    told_resolution = resources.get_data(0x03ED)
    assert (told_resolution.horizontal, told_resolution.vertical) == (300 << 16, 240 << 16)
    assert told_resolution.horizontal_unit == told_resolution.vertical_unit == 1


def test_nothing_is_invented() -> None:
    resources = opened(encode(Native(noise(2, 2, 3)), [])).image_resources
    assert set(resources) == {0x0421}


def test_the_same_picture_is_the_same_file() -> None:
    assert encode(*document(16)) == encode(*document(16))


def test_what_no_reader_opens_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psd, "LARGEST", 2000)
    encode(Native(noise(10, 10, 3)), [])
    with pytest.raises(ValueError, match="too large"):
        encode(Native(noise(30, 30, 3)), [])
    monkeypatch.setattr(psd, "LONGEST", 29)
    assert opened(encode(Native(noise(30, 30, 3)), [])).version == 2


@pytest.mark.parametrize("depth", [8, 16])
def test_a_side_of_more_than_thirty_thousand(depth: int) -> None:
    source = Native(noise(2, psd.LONGEST + 1, 3, depth=depth))
    found = opened(encode(source, [background(source, "Source")]))
    assert (found.version, found.size) == (2, (30_001, 2))
    for number in range(3):
        assert np.array_equal(plane(found[0], number, depth, 2), source.samples[..., number])
    short = Native(source.samples[:, : psd.LONGEST])
    assert opened(encode(short, [])).version == 1
