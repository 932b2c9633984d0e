import numpy as np
import pytest

from editor.compose.patch import NativePatch
from editor.compose.proof import changed, painted_over
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Native


def picture(rows: int = 600, channels: int = 3, depth: type = np.uint8) -> np.ndarray:
    chance = np.random.default_rng(1)
    return chance.integers(0, np.iinfo(depth).max, (rows, 30, channels), depth)


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [3, 4])
def test_every_changed_protected_pixel_is_counted_once(depth: type, channels: int) -> None:
    source = picture(channels=channels, depth=depth)
    result = source.copy()
    result[0, 0, 0] ^= 1
    result[300, 7] ^= 1
    result[599, 29, channels - 1] ^= 1
    may_change = np.zeros((600, 30), np.bool_)
    assert changed(Native(source), Native(result), may_change) == (3, 18_000)
    may_change[300, 7] = True
    assert changed(Native(source), Native(result), may_change) == (2, 17_999)


def test_equal_pictures_prove_equal() -> None:
    source = picture()
    assert (
        changed(Native(source), Native(source.copy()), np.zeros((600, 30), np.bool_)).changed == 0
    )


@pytest.mark.parametrize(
    "other",
    [picture(599), picture(channels=4), picture(depth=np.uint16)],
    ids=["size", "channels", "depth"],
)
def test_another_shape_or_depth_has_changed_everywhere(other: np.ndarray) -> None:
    may_change = np.zeros((600, 30), np.bool_)
    may_change[:100] = True
    assert changed(Native(picture()), Native(other), may_change) == (15_000, 15_000)


def test_what_several_edits_painted_is_their_union() -> None:
    def edit(rect: Rect, painted: np.ndarray) -> NativePatch:
        return NativePatch(rect, np.zeros((*painted.shape, 3), np.uint8), painted)

    one = edit(Rect(0, 0, 2, 2), np.eye(2, dtype=np.bool_))
    two = edit(Rect(1, 1, 3, 3), np.ones((2, 2), np.bool_))
    want = np.zeros((4, 5), np.bool_)
    want[0, 0] = want[1, 1] = True
    want[1:3, 1:3] = True
    assert np.array_equal(painted_over(Size(5, 4), [one, two]), want)
    assert not painted_over(Size(5, 4), []).any()
