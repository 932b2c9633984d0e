"""Spill: a click on a shadow beside the mask lets it through, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.leaking.spill import blob, count
from editor.edits.variant import Variant
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes.drawn import drawn, opaque
from tests.fakes.fitted import fit_of
from tests.fakes.obeying import variant

SIZE = Size(800, 600)


def coverage() -> NDArray[np.uint8]:
    level = np.zeros((600, 800), np.uint8)
    cv2.ellipse(level, (400, 280), (120, 90), 0, 0, 360, 255, -1)
    return level


def shadowed() -> tuple[Raster, Variant]:
    """A new thing in the mask that throws a shadow, and something far away that changed."""
    base = drawn(SIZE, 4, 20)
    shade = np.zeros((600, 800), np.float32)
    cv2.ellipse(shade, (420, 380), (130, 40), 0, 0, 360, 1.0, -1)
    shade = cv2.GaussianBlur(shade, (0, 0), 10)[..., None]
    pixels = base.pixels[..., :3] * (1 - 0.5 * shade)
    pixels[coverage() > 0] = (40, 60, 220)
    pixels[30:90, 30:110] = (240, 20, 20)
    return base, variant(opaque(pixels), coverage(), SIZE)


def test_a_click_on_a_shadow_lets_it_through_softly() -> None:
    base, made = shadowed()
    spill = blob(base, made, fit_of(made), 430, 405)
    assert spill is not None
    assert spill.shape == (600, 800)
    assert spill.dtype == np.uint8
    assert spill[405, 430] == 255
    assert spill[:230].max() == 0
    assert spill[500:].max() == 0
    assert ((spill > 0) & (spill < 255)).sum() > 500
    assert count(spill, coverage()) == int(((spill > 0) & (coverage() == 0)).sum())


def test_no_gap_is_left_between_a_spill_and_the_mask() -> None:
    base, made = shadowed()
    spill = blob(base, made, fit_of(made), 430, 405)
    assert spill is not None
    together = np.maximum(coverage(), spill)
    assert (together[370:400, 400] > 100).all()


def test_a_click_may_miss_a_little() -> None:
    base, made = shadowed()
    spill = blob(base, made, fit_of(made), 430, 405)
    assert spill is not None
    row = int(np.flatnonzero(spill[:, 430] == 255).max())
    missed = blob(base, made, fit_of(made), 430, row + 7)
    assert missed is not None
    np.testing.assert_array_equal(missed, spill)


@pytest.mark.parametrize(("x", "y"), [(700, 300), (60, 60), (-50, 10), (900, 10)])
def test_nothing_is_let_through_where_nothing_changed_or_far_from_the_mask(x: int, y: int) -> None:
    base, made = shadowed()
    assert blob(base, made, fit_of(made), x, y) is None


def test_nothing_is_let_through_without_a_mask() -> None:
    base = drawn(SIZE)
    made = variant(drawn(SIZE, 1), None, SIZE)
    assert blob(base, made, fit_of(made), 400, 300) is None


def test_a_spill_lies_in_its_window() -> None:
    base, made = shadowed()
    window = Rect(200, 100, 700, 550)
    part = opaque(np.ascontiguousarray(made.raster.pixels[window.rows_cols][..., :3]))
    smaller = replace(made, raster=part, placement=Placement(window, window.size))
    spill = blob(base, smaller, fit_of(smaller), 430, 405)
    assert spill is not None
    whole = blob(base, made, fit_of(made), 430, 405)
    assert whole is not None
    both = ((spill > 128) & (whole > 128)).sum() / ((spill > 128) | (whole > 128)).sum()
    assert both > 0.8
