import numpy as np
import pytest

from editor.imaging.removal.patches import LENGTH, SIDE, WEIGHTS, busyness, described


def channels(rows: int = 40, cols: int = 50, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(100, 20, (rows, cols, 5)).astype(np.float32)


def test_one_vector_for_every_pixel() -> None:
    assert described(channels()).shape == (40, 50, LENGTH)


def test_a_distance_of_vectors_never_exceeds_that_of_the_patches() -> None:
    picture = channels()
    vectors = described(picture)
    weighted = picture * WEIGHTS
    one, other = weighted[10:17, 20:27], weighted[25:32, 5:12]
    bound = float(((vectors[13, 23] - vectors[28, 8]) ** 2).sum())
    assert 0 < bound <= float(((one - other) ** 2).sum()) * (1 + 1e-4)


def test_smooth_patches_are_told_almost_whole() -> None:
    y, x = np.mgrid[:40, :50].astype(np.float32)
    picture = np.repeat((x * 2 + np.sin(y / 5) * 30)[..., None], 5, axis=2)
    picture[..., 1:] = 0
    vectors = described(picture)
    one, other = picture[10:17, 20:27, 0], picture[25:32, 5:12, 0]
    bound = float(((vectors[13, 23] - vectors[28, 8]) ** 2).sum())
    assert bound == pytest.approx(float(((one - other) ** 2).sum()), rel=0.01)


def test_an_even_patch_is_told_by_its_mean() -> None:
    vectors = described(np.full((20, 20, 5), 10, np.float32))
    assert vectors[10, 10, 0] == pytest.approx(10 * SIDE, rel=1e-4)
    assert np.abs(vectors[10, 10, 1:15]).max() < 1e-3


def test_busyness_sees_direction_and_not_what_is_unknown() -> None:
    luma = np.zeros((60, 80), np.float32)
    luma[:, ::4] = 100
    luma[20:40, 30:50] = np.random.default_rng(1).normal(0, 500, (20, 20))
    known = np.ones_like(luma)
    known[20:40, 30:50] = 0
    across, down = np.moveaxis(busyness(luma, known), 2, 0)
    assert across[5, 10] > 20
    assert down[5, 10] < 1
    assert across.max() < 65  # were the noise counted, above 150
