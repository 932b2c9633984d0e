"""Strips: an answer that came soft, clean or noisy looks like the photograph around it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.imaging.codec import decode, read_facts
from tests.fakes.graining import Floats, came, disc, grained, high_pass, quantised, textured
from tests.fakes.photographs import scene


@pytest.mark.parametrize(
    ("blur", "noise"), [(0.8, 0.0), (1.1, 0.0), (0.0, 0.01), (0.8, 0.01), (1.5, 0.0)]
)
@pytest.mark.parametrize("draw", [textured, lambda: scene(400, 320)])
def test_detail_inside_comes_near_the_truth(draw: object, blur: float, noise: float) -> None:
    source: Floats = draw()  # type: ignore[operator]  # one of the functions above
    answer, inside = came(source, blur, noise), disc(source.shape)
    before = high_pass(answer, inside) / high_pass(source, inside)
    after = high_pass(grained(answer, source, ~inside, inside), inside)
    share = after / high_pass(source, inside)
    assert abs(share - 1) <= abs(before - 1) + 0.01
    assert 0.85 <= share <= (1.2 if blur > 1.2 else 1.15)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["chelsea.png", "coffee.png", "rocket.jpg"])
def test_detail_inside_photographs_comes_near_the_truth(shared: Path, name: str) -> None:
    data = (shared / "photos" / name).read_bytes()
    raster = decode(data, read_facts(data, name))
    source = np.ascontiguousarray(raster.pixels[..., :3]).astype(np.float32) / 255
    inside = disc(source.shape)
    answer = came(source, 0.8, 0.0)
    result = grained(answer, source, ~inside, inside)
    assert 0.85 <= high_pass(result, inside) / high_pass(source, inside) <= 1.15


def test_what_is_outside_stays_and_nothing_leaves_the_range() -> None:
    source = scene(300, 240)
    answer, inside = came(source, 1.0, 0.0), disc(source.shape)
    answer[100:140, 100:200] = (0.0, 1.0, 1.0)
    result = grained(answer, source, ~inside, inside)
    np.testing.assert_array_equal(result[~inside], quantised(answer)[~inside])
    assert (result[inside] != answer[inside]).mean() > 0.9
    assert 0 <= result.min() <= result.max() <= 1


def test_the_same_input_gives_the_same_grain() -> None:
    source = scene(300, 240)
    answer, inside = came(source, 1.0, 0.0), disc(source.shape)
    once = grained(answer, source, ~inside, inside)
    np.testing.assert_array_equal(once, grained(answer, source, ~inside, inside))


def test_parts_with_nothing_inside_are_passed_over() -> None:
    source = scene(200, 400)
    inside = np.zeros((400, 200), np.bool_)
    inside[20:60, 20:60] = inside[300:340, 100:160] = True
    answer = came(source, 1.0, 0.0)
    result = grained(answer, source, ~inside, inside)
    assert (result[inside] != answer[inside]).mean() > 0.9
    np.testing.assert_array_equal(result[128:256], quantised(answer)[128:256])
