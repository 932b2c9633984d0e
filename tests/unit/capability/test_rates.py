"""Tokens as the vendor counts them."""

import pytest

from editor.capability.rates import Area, Ladder, Steps, Tiles
from editor.imaging.geometry import Size

LADDER = Ladder({"q16": 16, "q24": 24, "q48": 48, "q64": 64, "q96": 96}, {"q24": 4.0})

PUBLISHED = {
    (1024, 1024): (196, 439, 1756, 3122, 7024),
    (1536, 1024): (158, 343, 1372, 2459, 5488),
    (1024, 1536): (158, 343, 1372, 2459, 5488),
    (1536, 864): (120, 280, 1078, 1917, 4312),
    (2048, 1152): (157, 367, 1413, 2511, 5650),
    (2048, 2048): (397, 892, 3568, 6343, 14272),
    (3840, 2160): (371, 865, 3336, 5930, 13342),
    (2880, 2880): (659, 1483, 5930, 10542, 23719),
}


@pytest.mark.parametrize("size", PUBLISHED)
def test_the_ladder_gives_the_published_tokens(size):
    counted = [LADDER.tokens(quality, Size(*size)) for quality in LADDER.rungs]
    counted[1] /= 4
    assert tuple(counted) == PUBLISHED[size]


def test_steps_go_by_shape():
    steps = Steps({"low": (272, 408, 400)})
    assert steps.tokens("low", Size(1024, 1024)) == 272
    assert steps.tokens("low", Size(1024, 1536)) == 408
    assert steps.tokens("low", Size(1536, 1024)) == 400


def test_area_counts_a_kilopixel_square_as_said():
    assert Area(1024).tokens(Size(1024, 1024), faithful=True) == 1024
    assert Area(1024).tokens(Size(512, 512), faithful=False) == 256


def test_tiles_give_what_was_recorded():
    tiles = Tiles(base=65, tile=129, faithful_square=4160, faithful_other=6240)
    assert tiles.tokens(Size(128, 128), faithful=False) == 194
    assert tiles.tokens(Size(1024, 1024), faithful=False) == 65 + 4 * 129
    assert tiles.tokens(Size(1024, 1024), faithful=True) == 65 + 4 * 129 + 4160
    assert tiles.tokens(Size(1025, 1024), faithful=True) == 65 + 6 * 129 + 6240
