import numpy as np

from editor.imaging.removal.field import Field
from editor.imaging.removal.patches import REACH
from editor.imaging.removal.seams import smoothed
from tests.fakes.holes import disc, gradient


def field(shift: tuple[int, int], hole: np.ndarray) -> Field:
    """A gradient whose hole is copied whole from somewhere else."""
    channels = np.zeros((*hole.shape, 5), np.float32)
    channels[..., :3] = gradient(*hole.shape)
    made = Field(channels, hole)
    made.nearest[made.inside] = made.inside + shift[0] * made.cols + shift[1]
    return made


def test_a_piece_from_elsewhere_takes_the_light_of_its_place() -> None:
    hole = disc(100, 120, 15)
    made = field((0, 40), hole)
    truth = gradient(100, 120).astype(np.float32)
    bare = made.flat[made.nearest].reshape(made.channels.shape)[REACH:-REACH, REACH:-REACH, :3]
    evened = smoothed(made)
    assert np.abs(bare - truth)[hole].mean() > 10
    assert np.abs(evened - truth)[hole].mean() < 4
    assert np.array_equal(evened[~hole], truth[~hole])


def test_a_hole_at_the_border_is_held_by_its_other_sides() -> None:
    hole = np.zeros((100, 120), np.bool_)
    hole[:20, :30] = True
    evened = smoothed(field((30, 30), hole))
    truth = gradient(100, 120).astype(np.float32)
    assert np.abs(evened - truth)[hole].mean() < 8
    assert np.isfinite(evened).all()
