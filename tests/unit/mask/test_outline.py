from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import NOWHERE, Rect, tiles_over
from editor.mask.outline import edges, outline

ALL = Rect(0, 0, 80, 60)


def marked(lines: list[np.ndarray], shape: tuple[int, int]) -> np.ndarray:
    """The pixels that lines run through."""
    found = np.zeros(shape, np.bool_)
    for line in lines:
        for (x0, y0), (x1, y1) in pairwise(line.tolist()):
            steps = max(abs(x1 - x0), abs(y1 - y0), 1)
            ways = np.linspace((x0, y0), (x1, y1), steps + 1).round().astype(int)
            found[ways[:, 1], ways[:, 0]] = True
    return found


def test_a_square_and_its_hole() -> None:
    coverage = np.zeros((60, 80), np.uint8)
    coverage[10:40, 20:60] = 255
    coverage[20:30, 30:40] = 127
    lines = outline(coverage, [ALL])
    assert len(lines) == 2
    assert lines[0][0].tolist() == lines[0][-1].tolist()
    points = {tuple(point) for point in lines[0].tolist()}
    assert points == {(20, 10), (20, 39), (59, 39), (59, 10)}


def test_positions_are_those_of_the_whole_mask() -> None:
    coverage = np.zeros((60, 80), np.uint8)
    coverage[30:40, 50:60] = 128
    (line,) = outline(coverage, [Rect(45, 25, 500, 500)])
    assert line.min(axis=0).tolist() == [50, 30]
    assert line.max(axis=0).tolist() == [59, 39]


def test_few_points_tell_nearly_the_same() -> None:
    ys, xs = np.mgrid[:200, :200]
    coverage = ((np.hypot(ys - 100, xs - 100) < 80) * 255).astype(np.uint8)
    for rects in ([Rect(0, 0, 200, 200)], list(tiles_over(Rect(0, 0, 200, 200), 64))):
        exact, fewer = outline(coverage, rects), outline(coverage, rects, tolerance=1.0)
        assert sum(map(len, fewer)) < sum(map(len, exact)) / 4
        far = np.hypot(*(np.concatenate(fewer) - 100).T)
        assert np.abs(far - 79.5).max() < 1.5


def test_nothing_painted_has_no_rim() -> None:
    coverage = np.full((60, 80), 127, np.uint8)
    assert outline(coverage, [ALL]) == []
    assert outline(coverage, [NOWHERE]) == []


def test_a_side_of_a_rectangle_is_no_rim_but_one_of_the_mask_is() -> None:
    coverage = np.full((60, 80), 255, np.uint8)
    assert outline(coverage, [Rect(20, 20, 40, 40)]) == []
    (line,) = outline(coverage, [Rect(60, 20, 80, 40)])
    assert sorted(line.tolist()) == [[79, 19], [79, 40]]
    (closed,) = outline(coverage, [ALL])
    assert marked([closed], coverage.shape).sum() == 2 * (80 + 58)


@given(st.integers(0, 99), st.integers(5, 40))
def test_squares_together_tell_the_same_as_the_whole(seed: int, side: int) -> None:
    chance = np.random.default_rng(seed)
    coverage = np.zeros((60, 80), np.uint8)
    for _ in range(3):
        x, y = chance.integers(0, 70), chance.integers(0, 50)
        coverage[y : y + 25, x : x + 20] = chance.choice([0, 255])
    whole = marked(outline(coverage, [ALL]), coverage.shape)
    parts = marked(outline(coverage, tiles_over(ALL, side)), coverage.shape)
    assert np.array_equal(parts, whole)


def test_edges_lie_between_the_pixels() -> None:
    coverage = np.zeros((60, 80), np.uint8)
    coverage[10:40, 20:60] = 255
    found = {tuple(line) for line in edges(coverage, Rect(0, 0, 80, 60)).tolist()}
    assert found == {(20, 10, 60, 10), (20, 40, 60, 40), (20, 10, 20, 40), (60, 10, 60, 40)}


def test_the_border_of_the_picture_is_an_edge() -> None:
    found = {
        tuple(line) for line in edges(np.full((3, 4), 255, np.uint8), Rect(0, 0, 9, 9)).tolist()
    }
    assert found == {(0, 0, 4, 0), (0, 3, 4, 3), (0, 0, 0, 3), (4, 0, 4, 3)}


def test_the_side_of_the_rectangle_is_no_edge() -> None:
    coverage = np.full((60, 80), 255, np.uint8)
    coverage[:, 40:] = 0
    assert edges(coverage, Rect(10, 10, 50, 50)).tolist() == [[40, 10, 40, 50]]
    assert edges(coverage, Rect(10, 10, 40, 50)).tolist() == [[40, 10, 40, 50]]
    assert edges(coverage, Rect(0, 70, 10, 80)).shape == (0, 4)


@given(st.integers(0, 1000))
def test_edges_are_as_long_as_the_rim(seed: int) -> None:
    chance = np.random.default_rng(seed)
    coverage = (chance.random((9, 12)) > 0.5).astype(np.uint8) * 255
    lines = edges(coverage, Rect(0, 0, 12, 9))
    length = (lines[:, 2:] - lines[:, :2]).sum()
    padded = np.pad(coverage.astype(int), 1) // 255
    rim = np.abs(np.diff(padded, axis=0)).sum() + np.abs(np.diff(padded, axis=1)).sum()
    assert length == rim
