import numpy as np

from editor.imaging.geometry import NOWHERE, Rect
from editor.mask.outline import outline


def test_a_square_and_its_hole() -> None:
    coverage = np.zeros((60, 80), np.uint8)
    coverage[10:40, 20:60] = 255
    coverage[20:30, 30:40] = 127
    lines = outline(coverage, Rect(0, 0, 80, 60))
    assert len(lines) == 2
    points = {tuple(point) for point in lines[0].tolist()}
    assert points == {(20, 10), (20, 39), (59, 39), (59, 10)}


def test_positions_are_those_of_the_whole_mask() -> None:
    coverage = np.zeros((60, 80), np.uint8)
    coverage[30:40, 50:60] = 128
    (line,) = outline(coverage, Rect(45, 25, 500, 500))
    assert line.min(axis=0).tolist() == [50, 30]
    assert line.max(axis=0).tolist() == [59, 39]


def test_nothing_painted_has_no_rim() -> None:
    coverage = np.full((60, 80), 127, np.uint8)
    assert outline(coverage, Rect(0, 0, 80, 60)) == []
    assert outline(coverage, NOWHERE) == []
