import numpy as np
import pytest
from PySide6.QtCore import QRect

from editor.ui.canvas.hatch import HATCH, hatch
from editor.ui.viewport import Viewport
from tests.widget.canvas.conftest import viewport


def expected(coverage: np.ndarray, seen: QRect, view: Viewport) -> np.ndarray:
    """Pixel by pixel, on a screen of ratio 1."""
    left, top = map(round, view.origin)
    lines = np.zeros((seen.height(), seen.width()), np.uint8)
    for row in range(seen.height()):
        for col in range(seen.width()):
            x, y = seen.left() + col - left, seen.top() + row - top
            if (x + y) % HATCH == 0:
                lines[row, col] = coverage[int((y + 0.5) // view.zoom), int((x + 0.5) // view.zoom)]
    return lines


@pytest.mark.parametrize("zoom", [1.5, 3.7])
def test_lines_show_the_coverage_under_them(zoom: float) -> None:
    coverage = np.random.default_rng(0).integers(0, 256, (300, 400), np.uint8)
    view, seen = viewport(zoom), QRect(31, 17, 90, 60)
    assert np.array_equal(hatch(coverage, seen, view), expected(coverage, seen, view))


def test_parts_meet_wherever_they_are_cut() -> None:
    coverage, view = np.full((300, 400), 255, np.uint8), viewport(2.0)
    whole = hatch(coverage, QRect(0, 0, 100, 80), view)
    assert np.array_equal(hatch(coverage, QRect(13, 29, 50, 40), view), whole[29:69, 13:63])
    assert whole.any(axis=0).all()


def test_lines_of_a_fine_screen_are_as_far_apart_and_as_wide() -> None:
    coverage = np.full((300, 400), 255, np.uint8)
    lines = hatch(coverage, QRect(100, 100, 60, 40), viewport(2.0, ratio=2.0))
    assert lines.shape == (80, 120)
    assert (lines > 0).mean() == pytest.approx(1 / HATCH, rel=0.1)
    steps = np.diff(np.flatnonzero(lines[0]))
    assert set(steps.tolist()) == {1, 2 * HATCH - 1}
