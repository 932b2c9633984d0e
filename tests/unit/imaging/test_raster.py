from __future__ import annotations

import numpy as np
import pytest

from editor.imaging.geometry import Size
from editor.imaging.raster import Native, Raster


def test_a_raster_cannot_be_written() -> None:
    raster = Raster(np.zeros((2, 3, 4), np.uint8))
    assert raster.size == Size(3, 2)
    with pytest.raises(ValueError, match="read-only"):
        raster.pixels[0, 0] = 1


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 3)])
def test_a_raster_has_four_channels(shape: tuple[int, ...]) -> None:
    with pytest.raises(AssertionError):
        Raster(np.zeros(shape, np.uint8))


def test_a_raster_is_told_apart_by_identity() -> None:
    pixels = np.zeros((2, 3, 4), np.uint8)
    assert Raster(pixels) != Raster(pixels)


@pytest.mark.parametrize(("dtype", "depth"), [(np.uint8, 8), (np.uint16, 16)])
def test_a_native_tells_its_depth_and_cannot_be_written(dtype: type, depth: int) -> None:
    native = Native(np.zeros((2, 3, 3), dtype))
    assert (native.depth, native.size, native.profile) == (depth, Size(3, 2), b"")
    assert not native.samples.flags.writeable


@pytest.mark.parametrize("samples", [np.zeros((2, 3)), np.zeros((2, 3, 3)), np.zeros((2, 3, 2))])
def test_a_native_has_colour_in_whole_numbers(samples: np.ndarray) -> None:
    with pytest.raises(AssertionError):
        Native(samples)
