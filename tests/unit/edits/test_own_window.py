"""A window that was drawn by hand: legal, around the mask, like what was drawn."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.limits import ANYTHING, Fixed, Free, legal
from editor.edits.own_window import MIDDLE, NEARLY, STEP, own_window, stepped
from editor.imaging.geometry import NOWHERE, Rect, Size, whole
from tests.fakes.windows import holds

FREE = Free(multiple=16, longest=3840, ratio=3.0, least=655_360, most=8_294_400)
THREE = Fixed((Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)))
SQUARES = Fixed((Size(256, 256), Size(512, 512), Size(1024, 1024)))
PICTURE = Size(6000, 4000)
rules = st.sampled_from([FREE, THREE, SQUARES, ANYTHING])
holds_at = st.sampled_from([0.0, 0.5, 1.0])


@st.composite
def cases(draw, longest=7000):
    """A picture, a rectangle inside it or none, and one drawn anywhere."""
    width, height = draw(st.integers(1, longest)), draw(st.integers(1, longest))
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    right, bottom = draw(st.integers(left + 1, width)), draw(st.integers(top + 1, height))
    box = draw(st.sampled_from([NOWHERE, Rect(left, top, right, bottom)]))
    x, y = draw(st.integers(-longest, longest)), draw(st.integers(-longest, longest))
    wide, high = draw(st.integers(1, longest)), draw(st.integers(1, longest))
    return Size(width, height), box, Rect(x, y, x + wide, y + high)


@given(cases(), rules, holds_at, holds_at)
def test_it_is_legal_holds_the_mask_and_has_one_scale(case, rule, across, down):
    picture, box, drawn = case
    found = own_window(rule, picture, box, drawn, (across, down))
    assert not legal(rule, found.sent)
    assert holds(found.window, box)
    assert found.window.overlaps(whole(picture))
    wide, high = found.scale
    assert abs(wide / high - 1) <= 1.1 / min(found.window.size)
    for side in (0, 1):
        if found.window.size[side] <= picture[side]:
            assert found.window[side] >= 0
            assert found.window[side + 2] <= picture[side]


@given(cases(), rules)
def test_what_was_snapped_stays(case, rule):
    picture, box, drawn = case
    first = own_window(rule, picture, box, drawn)
    again = own_window(rule, picture, box, first.window)
    if first.sent == first.window.size:
        assert again == first
    if again.sent == first.sent:
        moved = max(abs(a - b) for a, b in zip(again.window, first.window, strict=True))
        # What is nearly at 1:1 may become so.
        assert moved <= 2 + (math.exp(NEARLY) - 1) * max(first.window.size)


@pytest.mark.parametrize(
    ("rule", "drawn", "held", "expected"),
    [
        # At 1:1 to the grid, from the corner or edge that stays.
        (FREE, (1000, 1000, 2003, 2010), (0, 0), (1000, 1000, 2008, 2008, 1008, 1008)),
        (FREE, (1000, 1000, 2003, 2010), (1, 1), (995, 1002, 2003, 2010, 1008, 1008)),
        (FREE, (1000, 1000, 2003, 2010), (0, 0.5), (1000, 1001, 2008, 2009, 1008, 1008)),
        (FREE, (5500, -50, 6100, 1000), (0, 0), (5500, 0, 6000, 1000, 576, 1152)),
        # Moved beyond the picture it stops at its border.
        (FREE, (5500, -50, 6508, 958), MIDDLE, (4992, 0, 6000, 1008, 1008, 1008)),
        # Smaller than the least it is enlarged, larger than the most it is shrunk.
        (FREE, (1000, 1000, 1400, 1400), MIDDLE, (1000, 1000, 1400, 1400, 816, 816)),
        (FREE, (0, 0, 6000, 4000), MIDDLE, (0, 0, 6000, 4000, 3504, 2336)),
        # One of a few shapes, the drawn side deciding, 1:1 when it is near.
        (THREE, (1000, 1000, 1990, 2040), (0, 0), (1000, 1000, 2024, 2024, 1024, 1024)),
        (THREE, (1000, 1000, 3000, 2040), (0, 0.5), (1000, 853, 3000, 2187, 1536, 1024)),
        (THREE, (1000, 1000, 2536, 2200), (0.5, 0), (868, 1000, 2668, 2200, 1536, 1024)),
        (THREE, (0, 0, 6000, 4000), (0, 0), (0, 0, 6000, 4000, 1536, 1024)),
        (ANYTHING, (7, 9, 107, 60), (0, 0), (7, 9, 107, 60, 100, 51)),
        (ANYTHING, (-900, -900, -800, -800), (1, 1), (0, 0, 100, 100, 100, 100)),
    ],
)
def test_known_windows(rule, drawn, held, expected):
    found = own_window(rule, PICTURE, NOWHERE, Rect(*drawn), held)
    assert (*found.window, *found.sent) == expected


def test_it_never_leaves_the_mask_behind():
    box = Rect(2000, 2000, 2500, 2400)
    found = own_window(FREE, PICTURE, box, Rect(100, 100, 1124, 740))
    assert holds(found.window, box)
    inside = own_window(FREE, PICTURE, box, Rect(1500, 1600, 2300, 2600), (0, 0.5))
    assert inside.window.left == 1500
    assert inside.window.right == 2508


def test_no_window_is_larger_than_it_takes_to_hold_the_picture():
    found = own_window(SQUARES, Size(900, 300), NOWHERE, Rect(-9000, -9000, 9000, 9000))
    assert found.window == Rect(0, -300, 900, 600)


@given(cases(), st.integers(-2, 2), st.integers(-2, 2), st.integers(-2, 2))
def test_steps_move_and_widen(case, across, down, wider):
    window = case[2]
    after = stepped(window, across, down, wider)
    if min(window.size) >= 4 * STEP:
        assert (after.size > window.size) is (wider > 0)
        if wider == 0:
            step = max(window.size.width // 8, STEP)
            assert after.left - window.left == across * step
    assert min(after.size) >= 1
