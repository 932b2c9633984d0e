"""Joining for the eyes: what it changed is counted, and a base is known by what was kept on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from editor.compose.blend import Overlay
from editor.compose.recipe import Recipe
from editor.imaging.facts import Facts
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.project.project import Kept
from editor.session.held import Held
from editor.session.joining import Bases, bounds_of, compared, seen_on
from tests.fakes.joining import noise, variant

SIZE = Size(60, 40)
BOX = Rect(10, 10, 30, 20)


def coverage() -> np.ndarray:
    painted = np.zeros((SIZE.height, SIZE.width), np.uint8)
    painted[BOX.rows_cols] = 255
    return painted


def kept(patch: str, rect: Rect = BOX, id: str = "another") -> Kept:
    return Kept(id, "Keep", rect, patch)


def held(*edits: Kept) -> Held:
    return Held("a", "a.png", Facts("png", SIZE), "digest", noise(SIZE), kept=edits)


def test_an_answer_is_seen_inside_its_mask_only() -> None:
    base = noise(SIZE, 1)
    seen = seen_on(base, variant(noise(SIZE, 2), Rect(0, 0, *SIZE), coverage()))
    assert seen.joined.rect == BOX
    assert (seen.joined.pixels != base.pixels[BOX.rows_cols]).any()
    assert seen.proof == (0, SIZE.area - BOX.size.area)
    assert seen.tile.size != SIZE or (seen.tile.pixels != base.pixels).any()


def test_with_another_recipe_the_fit_is_not_looked_for_again() -> None:
    base = noise(SIZE, 1)
    answer = variant(noise(SIZE, 2), Rect(0, 0, *SIZE), coverage())
    first = seen_on(base, answer)
    wider = np.zeros_like(coverage())
    wider[0:3, 0:4] = 255
    again = seen_on(base, answer, Recipe(answer.id, 0.0, let_in=wider), first.fit)
    assert again.fit is first.fit
    assert again.proof == (0, SIZE.area - BOX.size.area - 12)
    assert (again.joined.pixels[0:3, 0:4] != base.pixels[0:3, 0:4]).any()


def test_every_protected_pixel_that_differs_is_counted() -> None:
    base, painted = noise(SIZE, 1), coverage()
    pixels = base.pixels[5:25, 5:35].copy()
    joined = Overlay(Rect(5, 5, 35, 25), pixels)
    assert compared(base, joined, painted) == (0, SIZE.area - BOX.size.area)
    pixels[0, :3] ^= 1
    pixels[8, 8] ^= 1
    assert compared(base, joined, painted) == (3, SIZE.area - BOX.size.area)
    assert compared(base, joined, None) == (0, 0)


def test_an_answer_for_the_whole_picture_may_change_all_of_it() -> None:
    answer = noise(SIZE)
    assert bounds_of(variant(answer, Rect(0, 0, *SIZE), coverage()), SIZE) == BOX
    assert bounds_of(variant(answer, Rect(0, 0, *SIZE), None), SIZE) == Rect(0, 0, *SIZE)


ELSEWHERE = Rect(40, 30, 50, 40)


@pytest.mark.parametrize(
    ("asked_on", "now", "changed"),
    [
        ((), (), False),
        ((), (kept("one"),), True),
        ((), (kept("one", ELSEWHERE),), False),
        ((kept("one"),), (kept("one"),), False),
        ((kept("one"),), (kept("one"), kept("two", ELSEWHERE)), False),
        ((kept("one"),), (kept("one"), kept("two")), True),
        ((kept("one"),), (), True),
        ((kept("one", ELSEWHERE),), (), False),
        ((), (kept("its own", id="v1"),), False),
    ],
    ids=[
        "nothing happened",
        "kept over it",
        "kept elsewhere",
        "was there before",
        "was there before, and kept elsewhere",
        "kept over both",
        "taken back under it",
        "taken back elsewhere",
        "itself",
    ],
)
def test_an_answer_is_out_of_date_when_its_place_has_changed(
    asked_on: tuple[Kept, ...], now: tuple[Kept, ...], changed: bool
) -> None:
    bases = Bases()
    bases.note(held(*asked_on))
    bases.note(held(*now))
    answer = variant(noise(SIZE), Rect(0, 0, *SIZE), coverage())
    answer = replace(answer, base=held(*asked_on).base_digest)
    assert bases.changed(answer, held(*now), BOX) is changed


def test_the_bases_a_picture_came_from_are_known_with_it() -> None:
    bases = Bases()
    bases.note(held(kept("one"), kept("two", ELSEWHERE)))
    answer = variant(noise(SIZE), Rect(0, 0, *SIZE), coverage())
    asked_between = replace(answer, base=held(kept("one")).base_digest)
    assert not bases.changed(asked_between, held(kept("one"), kept("two", ELSEWHERE)), BOX)
    unknown = replace(answer, base="of a lost project")
    assert bases.changed(unknown, held(kept("one"), kept("two", ELSEWHERE)), BOX)


def test_joining_leaves_the_base_as_it_is() -> None:
    base = noise(SIZE, 1)
    before = base.pixels.copy()
    seen_on(base, variant(Raster(np.zeros((40, 60, 4), np.uint8)), Rect(0, 0, *SIZE), coverage()))
    assert np.array_equal(base.pixels, before)
