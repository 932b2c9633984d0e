"""Framing: the window, the masks and the pictures of a request as the model gets them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.catalog import load
from editor.capability.limits import Fixed, Free, Limits, legal
from editor.edits.framing import OTHER_SHAPE, limits_for, taken, usual, window
from editor.edits.request import Frame
from editor.imaging.geometry import NOWHERE, Rect, Size, whole
from editor.imaging.placement import Placement
from tests.fakes.windows import boxes, holds

CATALOG = load()
FREE = CATALOG.model("openai", "gpt-image-2")
FIXED = CATALOG.model("openai", "gpt-image-1.5")
OFFLINE = CATALOG.model("offline", "quick")
SQUARES = Limits(
    sizes=Fixed((Size(256, 256), Size(512, 512), Size(1024, 1024))), native=1024 * 1024
)

LOOSE = CATALOG.model("acedata", "gpt-image-2").limits

frames = st.sampled_from(Frame)
rules = st.sampled_from([FREE.limits, FIXED.limits, OFFLINE.limits, SQUARES, LOOSE])


@given(boxes(), rules, frames)
def test_every_window_holds_the_mask_at_one_scale_and_is_legal(case, limits, chosen):
    picture, box = case
    placement = window(picture, box, limits, chosen)
    assert holds(placement.window, box)
    assert not legal(limits.sizes, placement.sent)
    across, down = placement.scale
    # The window is of whole pixels, and a pixel at its rim may be saved.
    assert abs(across / down - 1) <= 2 / min(placement.window.size)


@given(boxes(), rules, frames)
def test_a_window_leaves_the_picture_only_where_it_must(case, limits, chosen):
    picture, box = case
    placement = window(picture, box, limits, chosen)
    inside = placement.window.clipped(picture)
    if placement.sent == placement.window.size:
        assert inside.size.area * 3 >= placement.sent.area * 2 - 1
    for side in (0, 1):
        if placement.window.size[side] <= picture[side]:
            assert inside.size[side] == placement.window.size[side]
    if min(picture) >= 3840:
        assert inside == placement.window or chosen is Frame.WHOLE or max(box.size) > 3000


@given(boxes(), rules, frames)
def test_an_empty_mask_asks_for_the_whole_picture(case, limits, chosen):
    picture, _ = case
    assert holds(window(picture, NOWHERE, limits, chosen).window, whole(picture))


@given(boxes(), frames)
def test_offline_nothing_is_ever_resampled(case, chosen):
    picture, box = case
    placement = window(picture, box, OFFLINE.limits, chosen)
    assert placement.sent == placement.window.size
    if chosen is Frame.WHOLE:
        assert placement.window == whole(picture)


@given(boxes())
def test_nothing_is_resampled_where_a_legal_window_holds_the_mask(case):
    picture, box = case
    rule = FREE.limits.sizes
    assert isinstance(rule, Free)
    side = math.isqrt(rule.most) // 16 * 16
    if min(picture) >= side and max(box.size) <= side - 80:
        for chosen in (Frame.TIGHT, Frame.BALANCED):
            placement = window(picture, box, FREE.limits, chosen)
            assert placement.sent == placement.window.size


@given(boxes())
def test_tight_sends_no_more_than_balanced(case):
    picture, box = case
    for limits in (FREE.limits, OFFLINE.limits):
        tight = window(picture, box, limits, Frame.TIGHT)
        balanced = window(picture, box, limits, Frame.BALANCED)
        if tight.sent == tight.window.size and balanced.sent == balanced.window.size:
            assert tight.sent.area <= balanced.sent.area


BIG = Size(6000, 4000)
SPOT = Rect(1000, 1000, 1100, 1050)
PATCH = Rect(1000, 1000, 2200, 1800)


@pytest.mark.parametrize(
    ("picture", "box", "limits", "chosen", "expected"),
    [
        # Free sizes: whole while it fits, trimmed to the grid at 1:1 or scaled to the nearest.
        (Size(1600, 1200), SPOT, FREE.limits, Frame.BALANCED, (0, 0, 1600, 1200, 1600, 1200)),
        (Size(1920, 1080), SPOT, FREE.limits, Frame.BALANCED, (0, 4, 1920, 1076, 1920, 1072)),
        (
            Size(1920, 1080),
            Rect(500, 0, 600, 1080),
            FREE.limits,
            Frame.BALANCED,
            (0, -4, 1920, 1084, 1920, 1088),
        ),
        (Size(1000, 600), SPOT, FREE.limits, Frame.WHOLE, (-12, -20, 1012, 620, 1024, 640)),
        (
            Size(300, 200),
            Rect(9, 9, 20, 20),
            FREE.limits,
            Frame.BALANCED,
            (0, 0, 300, 200, 1008, 672),
        ),
        (Size(300, 200), Rect(9, 9, 20, 20), FREE.limits, Frame.TIGHT, (0, 0, 300, 200, 1008, 672)),
        # Tight takes the smallest window even of a small picture.
        (Size(1600, 1200), SPOT, FREE.limits, Frame.TIGHT, (538, 560, 1562, 1200, 1024, 640)),
        (BIG, SPOT, FREE.limits, Frame.TIGHT, (538, 705, 1562, 1345, 1024, 640)),
        (BIG, SPOT, FREE.limits, Frame.BALANCED, (538, 705, 1562, 1345, 1024, 640)),
        (BIG, PATCH, FREE.limits, Frame.TIGHT, (848, 848, 2352, 1952, 1504, 1104)),
        (BIG, PATCH, FREE.limits, Frame.BALANCED, (696, 696, 2504, 2104, 1808, 1408)),
        (BIG, PATCH, FREE.limits, Frame.WHOLE, (0, 0, 6000, 4000, 3504, 2336)),
        # A picture longer than the ratio: the part around the mask.
        (
            Size(5000, 600),
            Rect(3000, 100, 3100, 200),
            FREE.limits,
            Frame.BALANCED,
            (2410, 0, 3690, 512, 1280, 512),
        ),
        (
            Size(5000, 600),
            Rect(3000, 100, 3100, 200),
            FREE.limits,
            Frame.WHOLE,
            (1600, 0, 3400, 600, 1824, 608),
        ),
        # Fixed sizes: by shape and one scale.
        (Size(1500, 1000), SPOT, FIXED.limits, Frame.BALANCED, (-18, -12, 1518, 1012, 1536, 1024)),
        (BIG, SPOT, FIXED.limits, Frame.BALANCED, (538, 513, 1562, 1537, 1024, 1024)),
        (BIG, PATCH, FIXED.limits, Frame.TIGHT, (832, 888, 2368, 1912, 1536, 1024)),
        (BIG, PATCH, FIXED.limits, Frame.BALANCED, (832, 888, 2368, 1912, 1536, 1024)),
        (
            BIG,
            Rect(1000, 1000, 4000, 3000),
            FIXED.limits,
            Frame.BALANCED,
            (437, 625, 4562, 3375, 1536, 1024),
        ),
        (BIG, PATCH, FIXED.limits, Frame.WHOLE, (0, 0, 6000, 4000, 1536, 1024)),
        (BIG, SPOT, SQUARES, Frame.TIGHT, (922, 897, 1178, 1153, 256, 256)),
        # A mask too long for every shape: the edge is repeated, nothing is squeezed.
        (
            Size(9000, 500),
            Rect(0, 100, 9000, 200),
            FIXED.limits,
            Frame.TIGHT,
            (0, -2750, 9000, 3250, 1536, 1024),
        ),
        (
            Size(9000, 500),
            Rect(0, 100, 9000, 200),
            FIXED.limits,
            Frame.WHOLE,
            (0, -2750, 9000, 3250, 1536, 1024),
        ),
        (
            Size(1500, 900),
            Rect(0, 10, 1500, 890),
            FIXED.limits,
            Frame.BALANCED,
            (-18, -62, 1518, 962, 1536, 1024),
        ),
        (
            Size(1300, 900),
            Rect(100, 50, 1200, 850),
            FIXED.limits,
            Frame.TIGHT,
            (-118, -62, 1418, 962, 1536, 1024),
        ),
        # A small mask gets as much again around it, a thin one a square.
        (
            BIG,
            Rect(1000, 1000, 1400, 1300),
            FIXED.limits,
            Frame.TIGHT,
            (688, 638, 1712, 1662, 1024, 1024),
        ),
        (
            BIG,
            Rect(1000, 1000, 2000, 1020),
            FREE.limits,
            Frame.TIGHT,
            (868, 378, 2132, 1642, 1264, 1264),
        ),
        # Offline: the box with its context, whatever its size.
        (BIG, PATCH, OFFLINE.limits, Frame.TIGHT, (850, 850, 2350, 1950, 1500, 1100)),
        (BIG, PATCH, OFFLINE.limits, Frame.BALANCED, (400, 400, 2800, 2400, 2400, 2000)),
    ],
)
def test_windows_of_known_pictures(picture, box, limits, chosen, expected):
    placement = window(picture, box, limits, chosen)
    assert (*placement.window, *placement.sent) == expected


def test_context_gives_way_before_pixels_do():
    box = Rect(1000, 500, 3000, 2500)
    placement = window(BIG, box, FREE.limits, Frame.BALANCED)
    assert placement.sent == placement.window.size
    assert placement.sent.area > FREE.limits.native


def test_a_draft_is_tight_unless_the_person_chose():
    assert usual("draft", None) is Frame.TIGHT
    assert usual("final", None) is Frame.BALANCED
    assert usual("draft", Frame.WHOLE) is Frame.WHOLE


SENT = Placement(Rect(100, 200, 1636, 1224), Size(1536, 1024))


@pytest.mark.parametrize("answer", [(1536, 1024), (768, 512), (3072, 2048), (1530, 1024)])
def test_an_answer_of_the_same_shape_is_the_window(answer):
    placement, said = taken(SENT, Size(*answer))
    assert placement == Placement(SENT.window, Size(*answer))
    assert said == ""


def test_an_answer_in_the_shape_that_was_sent_is_the_window_even_if_that_was_squeezed():
    squeezed = Placement(Rect(0, 0, 4000, 3000), Size(1536, 1024))
    assert taken(squeezed, Size(768, 512))[0].window == squeezed.window
    assert taken(squeezed, Size(1200, 900))[0].window == squeezed.window


@pytest.mark.parametrize(
    ("answer", "expected"),
    [((1024, 1024), (356, 200, 1380, 1224)), ((3000, 1000), (100, 456, 1636, 968))],
)
def test_an_answer_of_another_shape_is_centred_and_said(answer, expected):
    placement, said = taken(SENT, Size(*answer))
    assert placement == Placement(Rect(*expected), Size(*answer))
    assert said == OTHER_SHAPE
    assert len(said) <= 160


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_answers_stay_inside_the_window(width, height):
    placement, _ = taken(SENT, Size(width, height))
    assert holds(SENT.window, placement.window)
    assert not placement.window.empty


def test_a_window_is_no_thumbnail_unless_the_person_asks_for_one():
    model = CATALOG.model("acedata", "gpt-image-2")
    assert legal(model.limits.sizes, Size(160, 16)) == ""
    limits = limits_for(model, {})
    picture, box = Size(4000, 3000), Rect(1000, 1000, 1060, 1060)
    sent = window(picture, box, limits, Frame.TIGHT).sent
    assert 655_360 <= sent.area < 800_000
    own = limits_for(model, {"size": "160x16"})
    assert window(picture, Rect(1000, 1000, 1060, 1010), own, Frame.TIGHT).sent == Size(160, 16)
    openai = CATALOG.model("openai", "gpt-image-2")
    assert limits_for(openai, {}) is openai.limits
