import numpy as np

from editor.imaging.removal import detail
from editor.imaging.removal.detail import detailed
from editor.imaging.removal.field import Field
from editor.imaging.removal.levels import levels
from tests.fakes.holes import apart, disc, holed, stripes


def searched(period: int = 16) -> tuple[list, np.ndarray, Field, np.ndarray, np.ndarray]:
    """Stripes at quarter size, their hole copied from two periods away."""
    hole = disc(160, 200, 20)
    truth = stripes(160, 200)
    found = levels(holed(truth, hole), hole, 6.0)
    assert len(found) == 3
    channels = np.dstack([found[2].colours, np.zeros((40, 50, 2), np.float32)])
    field = Field(channels, found[2].hole)
    step = 3 * period // 4 * field.cols
    field.nearest[field.targets] += step
    colours = found[2].colours.copy()
    source = np.roll(colours, -3 * period // 4, axis=0)
    colours[found[2].hole] = source[found[2].hole]
    return found, colours, field, truth, hole


def test_detail_comes_back_with_the_sharpness_of_its_source() -> None:
    found, colours, field, truth, hole = searched()
    result = detailed(found, colours, field)
    assert result.dtype == np.uint8
    assert apart(result, truth, hole) < 6
    assert np.array_equal(result[~hole], truth[~hole])


def test_large_holes_are_taken_up_in_bands() -> None:
    once = detailed(*searched()[:3])
    detail._BAND, usual = 7, detail._BAND
    try:
        assert np.array_equal(detailed(*searched()[:3]), once)
    finally:
        detail._BAND = usual


def test_one_level_is_only_rounded() -> None:
    found, colours, field, _, _ = searched()
    colours[0, 0] = [-3, 300, 4.6]
    assert detailed(found[2:], colours, field)[0, 0].tolist() == [0, 255, 5]
