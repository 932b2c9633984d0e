"""Lines along a rim are seen as they were brushed until they are let go."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from editor.ui.canvas.brushed import Brushed, Line
from tests.widget.canvas.conftest import rgb, viewport


def drawn(brushed: Brushed) -> np.ndarray:
    """Which pixels of the pane are not as they were."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    with QPainter(image) as painter:
        brushed.draw(painter)
    return (rgb(image) != 0x80).any(axis=2)


@pytest.mark.parametrize("zoom", [0.5, 1.0])
def test_each_line_has_the_width_of_its_brush_and_goes_by_itself(zoom: float) -> None:
    dirty: list[QRect] = []
    view = viewport(zoom)
    brushed = Brushed(view, dirty.append)
    upper, lower = Line(((100, 100), (300, 100)), 20.0), Line(((100, 200), (300, 200)), 40.0)
    for line in (upper, lower):
        brushed.show(line)
        x, y = (round(at) for at in view.to_pane(200, line.places[0][1]))
        across = np.flatnonzero(drawn(brushed)[y - 30 : y + 30, x])
        assert np.ptp(across) == pytest.approx(line.diameter * zoom, abs=2)
    assert brushed.shown
    both = drawn(brushed)
    brushed.let_go(upper)
    gone = both & ~drawn(brushed)
    assert gone.any()
    covered = np.zeros_like(gone)
    for rect in dirty:
        covered[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1] = True
    assert not (both & ~covered).any()
    brushed.clear()
    brushed.let_go(upper)
    assert not brushed.shown
    assert not drawn(brushed).any()


def test_lines_follow_the_view_and_may_lie_beyond_it() -> None:
    view = viewport(2.0)
    brushed = Brushed(view, lambda _: None)
    brushed.show(Line(((200, 100), (200, 200)), 20.0))
    x, y = (round(at) for at in view.to_pane(200, 150))
    assert drawn(brushed)[y, x]
    view.pan(30, 10)
    seen = drawn(brushed)
    assert seen[y + 10, x + 30]
    assert np.flatnonzero(seen[y + 10]).min() == pytest.approx(x + 10, abs=1)
    view.ratio = 2.0
    x, y = (round(at) for at in view.to_pane(200, 150))
    assert drawn(brushed)[y, x]
    brushed.clear()
    brushed.show(Line(((1, 1), (1, 9)), 2.0))
    view.pan(-400, -300)
    assert not drawn(brushed).any()
