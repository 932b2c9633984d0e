"""Answers made elsewhere are found on their picture, and others are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from editor.compose.fitting import locate
from editor.compose.fitting.locate import UNFOUND, belonging, located
from editor.edits.framing import OTHER_SHAPE
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from tests.fakes.drawn import answered, drawn, opaque, packed, redrawn, tinted

SIZE = Size(480, 720)
PORTRAIT = drawn(SIZE, 1, 120)
FRAME = Placement(whole(SIZE), SIZE)
MIDDLE = Rect(60, 180, 420, 660)


def off(found: Placement | None, window: Rect) -> float:
    """How far the worst side of a window is from where it should be, in source pixels."""
    assert found is not None
    return max(abs(a - b) for a, b in zip(found.window, window, strict=True))


@pytest.mark.parametrize(
    ("window", "size"),
    [
        (whole(SIZE), SIZE),
        (whole(SIZE), Size(240, 360)),
        (whole(SIZE), Size(1024, 1536)),
        (whole(SIZE), Size(1024, 1024)),
        (whole(SIZE), Size(768, 512)),
        (Rect(0, 120, 480, 600), Size(512, 512)),
        (MIDDLE, Size(360, 480)),
        (MIDDLE, Size(180, 240)),
        (MIDDLE, Size(720, 960)),
        (Rect(48, 30, 528, 750), Size(512, 768)),
        (Rect(-120, -180, 600, 900), Size(512, 768)),
        (Rect(10, 20, 250, 380), Size(240, 360)),
    ],
)
def test_an_answer_is_found_where_it_was_taken_from(window: Rect, size: Size) -> None:
    answer = answered(PORTRAIT, window, size)
    found = located(PORTRAIT, packed(tinted(answer)), FRAME)
    assert off(found, window) <= 4
    assert found is not None
    assert found.sent == size


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("window", [whole(SIZE), Rect(0, 0, 480, 480)])
def test_one_that_was_redrawn_is_found_about_there(window: Rect, seed: int) -> None:
    size = Size(512, 768) if window == whole(SIZE) else Size(512, 512)
    answer = redrawn(answered(PORTRAIT, window, size), seed)
    answer.pixels.flags.writeable = True
    answer.pixels[150:350, 150:350] = 90
    assert off(located(PORTRAIT, Raster(answer.pixels), FRAME), window) <= 15


def test_the_whole_frame_and_the_guess_are_taken_exactly() -> None:
    for size in (Size(512, 768), Size(512, 512)):
        drifted = Rect(12, -9, 492, 711)
        answer = redrawn(answered(PORTRAIT, drifted, size), 3)
        assert located(PORTRAIT, answer, FRAME) == Placement(whole(SIZE), size)
    guess = Placement(Rect(72, 186, 392, 506), Size(320, 320))
    answer = redrawn(answered(PORTRAIT, guess.window, guess.sent), 4)
    assert located(PORTRAIT, answer, guess) == guess
    middle = answered(PORTRAIT, Rect(4, 123, 476, 595), Size(600, 600))
    assert located(PORTRAIT, middle, FRAME) == Placement(Rect(0, 120, 480, 600), Size(600, 600))


def test_a_small_window_is_found_near_the_guess_at_its_full_resolution() -> None:
    parts = [drawn(Size(600, 450), 5 + part, 90).pixels for part in range(9)]
    rows = [np.concatenate(parts[start : start + 3], axis=1) for start in (0, 3, 6)]
    large = Raster(np.concatenate(rows, axis=0))
    guess = Placement(Rect(700, 500, 1100, 900), Size(400, 400))
    window = Rect(740, 480, 1140, 880)
    found = located(large, packed(answered(large, window, Size(400, 400))), guess)
    assert off(found, window) <= 2
    for wide in (whole(large.size), Rect(400, 250, 1400, 1250)):
        size = Size(900, 900 * wide.size.height // wide.size.width)
        assert off(located(large, packed(answered(large, wide, size)), guess), wide) <= 4
    frame = located(large, packed(answered(large, whole(large.size), Size(900, 675))), guess)
    assert frame == Placement(whole(large.size), Size(900, 675))


def test_the_same_question_has_the_same_answer() -> None:
    answer = redrawn(answered(PORTRAIT, MIDDLE, Size(360, 480)), 9)
    first = located(PORTRAIT, answer, FRAME)
    assert first is not None
    assert all(located(PORTRAIT, answer, FRAME) == first for _ in range(2))


def test_unrelated_pictures_are_found_nowhere() -> None:
    sizes = (Size(180, 240), Size(240, 180), Size(220, 220))
    for seed in range(100):
        base = drawn(sizes[seed % 3], 1000 + seed, 60)
        other = drawn(sizes[seed % 2], 2000 + seed, 60)
        guess = Placement(whole(base.size), base.size)
        assert located(base, other, guess) is None, seed


def lettered(seed: int) -> Raster:
    """The same few letters at other places: much is alike, and nothing is where it was."""
    chance = np.random.default_rng(seed)
    pixels = np.full((360, 360, 3), 200, np.uint8)
    for _ in range(40):
        at = int(chance.integers(0, 330)), int(chance.integers(15, 360))
        cv2.putText(pixels, chance.choice(["gk", "mQ", "x7"]), at, 0, 0.7, (20, 20, 20), 2)
    return opaque(pixels)


def test_the_same_things_at_other_places_are_found_nowhere() -> None:
    guess = Placement(Rect(0, 0, 360, 360), Size(360, 360))
    for seed in range(10):
        assert located(lettered(seed), lettered(100 + seed), guess) is None


@pytest.mark.parametrize("seed", range(4))
def test_one_thing_in_common_is_not_enough(seed: int) -> None:
    base, other = drawn(Size(300, 300), 10, 90), drawn(Size(300, 300), 20 + seed, 90)
    pixels = other.pixels.copy()
    pixels[40:100, 40:100] = base.pixels[40:100, 40:100]
    assert located(base, Raster(pixels), Placement(whole(base.size), base.size)) is None


def test_turned_and_mirrored_answers_are_left_alone() -> None:
    turned = np.ascontiguousarray(np.rot90(PORTRAIT.pixels))
    mirrored = np.ascontiguousarray(PORTRAIT.pixels[:, ::-1])
    for pixels in (turned, mirrored):
        assert located(PORTRAIT, Raster(pixels), FRAME) is None


@pytest.mark.parametrize("size", [Size(1, 1), Size(40, 30), Size(500, 500)])
def test_where_there_is_nothing_to_see_nothing_is_found(size: Size) -> None:
    even = opaque(np.full((size.height, size.width, 3), 120, np.uint8))
    assert located(even, PORTRAIT, Placement(whole(size), size)) is None
    assert located(PORTRAIT, even, FRAME) is None


def test_what_is_found_nowhere_goes_where_its_shape_fits() -> None:
    guess = Placement(Rect(100, 200, 300, 300), Size(200, 100))
    other = drawn(Size(300, 150), 77)
    assert belonging(PORTRAIT, other, guess) == (Placement(guess.window, other.size), UNFOUND)
    tall = drawn(Size(200, 300), 78)
    assert belonging(PORTRAIT, tall, guess) == (Placement(whole(SIZE), tall.size), UNFOUND)
    square = drawn(Size(300, 300), 79)
    centred = Placement(Rect(150, 200, 250, 300), square.size)
    assert belonging(PORTRAIT, square, guess) == (centred, OTHER_SHAPE)
    answer = answered(PORTRAIT, MIDDLE, Size(360, 480))
    assert belonging(PORTRAIT, answer, guess) == (located(PORTRAIT, answer, guess), "")
    assert len(UNFOUND) <= 160


def test_frames_of_an_impossible_shape_are_none() -> None:
    assert not locate._Frame(1.0, 1.3, 0, 0).plausible
    assert not locate._Frame(0.3, 0.3, 0, 0).plausible
    assert locate._Frame(0.5, 0.55, 9, 9).plausible
