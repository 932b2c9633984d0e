from __future__ import annotations

from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement


def test_scale_is_sent_pixels_for_one_of_the_source() -> None:
    assert Placement(Rect(10, 20, 30, 60), Size(40, 20)).scale == (2.0, 0.5)
    assert Placement(Rect(0, 0, 8, 8), Size(8, 8)).scale == (1.0, 1.0)
