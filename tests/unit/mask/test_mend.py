"""A mask is mended change by change, and what was given stays as it was."""

import numpy as np
import pytest

from editor.mask.mend import mended
from editor.mask.reshape import reshaped


def painted() -> np.ndarray:
    mask = np.zeros((60, 80), np.uint8)
    mask[0:40, 20:60] = 200
    mask[50:54, 70:74] = 255
    mask.setflags(write=False)
    return mask


def test_one_change_comes_after_the_other() -> None:
    wanted = reshaped(reshaped(painted(), "drop-specks", 64), "grow", 3)
    assert np.array_equal(mended(painted(), (("drop-specks", 64), ("grow", 3))), wanted)
    assert np.array_equal(mended(painted(), ()), painted())


def test_what_may_change_is_swapped_with_what_is_kept() -> None:
    assert np.array_equal(mended(painted(), (("invert", 0),)), 255 - painted())


@pytest.mark.parametrize("by", [1, 8, 30, 40])
def test_a_border_is_kept_and_the_rest_stays(by: int) -> None:
    found = mended(painted(), (("withdraw", by),))
    inside = np.zeros((60, 80), bool)
    inside[by : 60 - by, by : 80 - by] = True
    assert np.array_equal(found, np.where(inside, painted(), 0))
