"""Heat: the map of change outside, and how strongly it is laid on."""

from __future__ import annotations

import numpy as np

from editor.compose.leaking.heat import HOT, heat, ramp
from editor.imaging.geometry import Rect, Size
from tests.fakes.drawn import drawn, opaque
from tests.fakes.fitted import fit_of
from tests.fakes.obeying import variant

SIZE = Size(640, 480)


def test_the_map_is_hot_where_something_changed_outside_only() -> None:
    base = drawn(SIZE)
    pixels = base.pixels[..., :3].copy()
    pixels[200:280, 240:400] = (0, 255, 0)
    pixels[400:470, 20:90] = (255, 0, 255)
    coverage = np.zeros((480, 640), np.uint8)
    coverage[200:280, 240:400] = 255
    made = variant(opaque(pixels), coverage, SIZE)
    rect, levels = heat(base, made, fit_of(made))
    assert rect == Rect(0, 0, 640, 480)
    assert levels.shape == (240, 320)
    assert levels.dtype == np.uint8
    assert levels[100:140, 120:200].max() == 0
    assert np.median(levels[205:230, 15:40]) > HOT
    assert np.median(levels[20:80, 40:300]) < 2


def test_a_ramp_leaves_the_invisible_alone_and_rises() -> None:
    shares = ramp()
    assert shares.shape == (256,)
    assert (shares[:4] == 0).all()
    assert (np.diff(shares) >= 0).all()
    assert (shares[int(HOT) :] == 1).all()
    assert 0.5 < shares[12] < 0.7
