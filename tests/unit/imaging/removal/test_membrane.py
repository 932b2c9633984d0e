import numpy as np
import pytest

from editor.imaging.removal.membrane import solved
from tests.fakes.holes import disc


def laplacian(grid: np.ndarray) -> np.ndarray:
    total = -4 * grid
    total[1:] += grid[:-1]
    total[:-1] += grid[1:]
    total[:, 1:] += grid[:, :-1]
    total[:, :-1] += grid[:, 1:]
    return total


def thin() -> np.ndarray:
    hole = np.zeros((61, 83), np.bool_)
    hole[30, 5:80] = hole[5:55, 40] = True
    return hole


@pytest.mark.parametrize("hole", [disc(61, 83, 20), thin()], ids=["disc", "cross"])
@pytest.mark.parametrize("fading", [0.0, 1e-3])
def test_the_membrane_has_the_wanted_laplacian(hole: np.ndarray, fading: float) -> None:
    wanted = np.random.default_rng(0).normal(0, 5, (61, 83, 3)).astype(np.float32)
    wanted[25:35] += 3
    found = solved(wanted, hole, ~hole, fading)
    rest = laplacian(found) - fading * found - wanted
    assert np.abs(rest[hole]).mean() < 0.02
    assert not found[~hole].any()


def test_nothing_wanted_is_flat() -> None:
    hole = disc(20, 20, 6)
    assert not solved(np.zeros((20, 20, 3), np.float32), hole, ~hole, 0.0).any()


def test_at_the_border_of_the_picture_it_is_free() -> None:
    hole = np.zeros((12, 12), np.bool_)
    hole[1:6, 1:11] = True
    held = np.zeros_like(hole)
    held[6, 1:11] = True
    pulled = np.zeros((12, 12, 1), np.float32)
    pulled[5, 1:11] = -1  # as if the row below were 1 higher
    found = solved(pulled, hole, held, 0.0)[1:6, 1:11]
    assert np.abs(found - 1).max() < 1e-2
