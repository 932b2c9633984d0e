"""Framing: the window, the masks and the pictures of a request as the model gets them."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.catalog import load
from editor.capability.limits import Anything, Fixed, Free, Limits, legal
from editor.edits.framing import OTHER_SHAPE, frame, taken, usual, window
from editor.edits.request import EditRequest, Frame
from editor.imaging.geometry import NOWHERE, Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster

CATALOG = load()
FREE = CATALOG.model("openai", "gpt-image-2")
FIXED = CATALOG.model("openai", "gpt-image-1.5")
OFFLINE = CATALOG.model("offline", "quick")
SQUARES = Limits(
    sizes=Fixed((Size(256, 256), Size(512, 512), Size(1024, 1024))), native=1024 * 1024
)

frames = st.sampled_from(Frame)
rules = st.sampled_from([FREE.limits, FIXED.limits, OFFLINE.limits, SQUARES])


@st.composite
def boxes(draw, longest=9000):
    """A picture and a rectangle inside it."""
    width, height = draw(st.integers(1, longest)), draw(st.integers(1, longest))
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    right, bottom = draw(st.integers(left + 1, width)), draw(st.integers(top + 1, height))
    return Size(width, height), Rect(left, top, right, bottom)


def holds(window, box):
    return window.joined(box) == window


@given(boxes(), rules, frames)
def test_every_window_is_inside_holds_the_mask_and_is_legal(case, limits, chosen):
    picture, box = case
    placement = window(picture, box, limits, chosen)
    assert holds(whole(picture), placement.window)
    assert holds(placement.window, box)
    assert not legal(limits.sizes, placement.sent)


@given(boxes(), rules, frames)
def test_an_empty_mask_asks_for_the_whole_picture(case, limits, chosen):
    picture, _ = case
    assert window(picture, NOWHERE, limits, chosen).window == whole(picture)


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
            (0, 0, 1920, 1080, 1936, 1088),
        ),
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
        (Size(1500, 1000), SPOT, FIXED.limits, Frame.BALANCED, (0, 0, 1500, 1000, 1536, 1024)),
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
        # A mask too long for every shape: squeezed.
        (
            Size(9000, 500),
            Rect(0, 100, 9000, 200),
            FIXED.limits,
            Frame.TIGHT,
            (0, 0, 9000, 500, 1536, 1024),
        ),
        (
            Size(9000, 500),
            Rect(0, 100, 9000, 200),
            FIXED.limits,
            Frame.WHOLE,
            (0, 0, 9000, 500, 1536, 1024),
        ),
        (
            Size(1500, 900),
            Rect(0, 10, 1500, 890),
            FIXED.limits,
            Frame.BALANCED,
            (0, 0, 1500, 900, 1536, 1024),
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


def picture(width, height, seed=1):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return Raster(pixels)


SOURCE = picture(1600, 1200)
PAINTED = np.zeros((1200, 1600), np.uint8)
PAINTED[600:700, 800:1000] = 200
REQUEST = EditRequest(SOURCE, PAINTED, "a boat like @1", "openai", "gpt-image-2")


def test_a_frame_at_one_to_one_holds_the_very_pixels():
    framed = frame(replace(REQUEST, frame=Frame.TIGHT), FREE)
    inside = framed.placement.window.rows_cols
    assert np.array_equal(framed.source.pixels, SOURCE.pixels[inside])
    assert framed.source.pixels.flags.c_contiguous
    assert framed.settings == {"size": "1024x640"}
    assert framed.mask is not None
    assert framed.mask.shape == (640, 1024)
    assert set(np.unique(framed.mask)) == {0, 255}
    painted = PAINTED[inside] > 0
    assert (framed.mask[painted] == 255).all()
    grown = int((framed.mask == 255).sum()) - int(painted.sum())
    assert 0 < grown < 20 * 2 * (100 + 200)


def test_a_scaled_frame_fits_its_mask():
    framed = frame(replace(REQUEST, frame=Frame.WHOLE), FIXED)
    assert framed.source.size == framed.placement.sent == Size(1536, 1024)
    assert framed.mask is not None
    assert framed.mask.shape == (1024, 1536)


def test_small_pictures_are_enlarged():
    tiny = EditRequest(picture(20, 10), None, "a boat", "openai", "gpt-image-2")
    framed = frame(tiny, FREE)
    assert framed.source.size == framed.placement.sent
    assert framed.mask is None


def test_a_size_that_was_chosen_is_the_size_that_is_sent():
    framed = frame(replace(REQUEST, settings={"size": "1280x512", "quality": "low"}), FREE)
    assert framed.placement.sent == Size(1280, 512)
    assert framed.settings == {"size": "1280x512", "quality": "low"}
    auto = frame(replace(REQUEST, settings={"size": "auto"}), FREE)
    assert auto.settings == {"size": "1600x1200"}


def test_offline_gets_the_mask_as_painted_and_no_size():
    framed = frame(REQUEST, OFFLINE)
    assert framed.settings == {}
    assert framed.mask is not None
    assert np.array_equal(framed.mask > 0, PAINTED[framed.placement.window.rows_cols] > 0)


def test_a_model_without_masks_gets_none():
    assert frame(REQUEST, replace(FREE, mask=False)).mask is None


def test_everything_painted_is_sent_without_a_mask_unless_it_is_needed():
    full = replace(REQUEST, coverage=np.full_like(PAINTED, 255))
    assert frame(full, FREE).mask is None
    assert frame(full, OFFLINE).mask is not None


def test_references_are_fitted_and_opaque():
    clear = picture(3000, 1000)
    pixels = clear.pixels.copy()
    pixels[:, :10, 3] = 0
    request = replace(REQUEST, references=(Raster(pixels), picture(64, 64)))
    long, small = frame(request, FREE).references
    assert long.size == Size(2048, 682)
    assert (long.pixels[..., 3] == 255).all()
    assert small.size == Size(64, 64)


def test_references_stay_within_the_bytes_even_uncompressed():
    limits = replace(FREE.limits, picture_bytes=40_000)
    request = replace(REQUEST, references=(picture(300, 200),))
    (fitted,) = frame(request, replace(FREE, limits=limits)).references
    assert fitted.pixels.nbytes <= 40_000
    assert fitted.size == Size(122, 81)
    free = replace(FREE, limits=replace(limits, picture_bytes=0))
    assert frame(request, free).references[0].size == Size(300, 200)


def test_the_prompt_is_sent_in_the_words_of_providers():
    framed = frame(replace(REQUEST, references=(SOURCE,)), FREE)
    assert framed.request.prompt == "a boat like image 2"


def test_anything_goes_offline():
    assert isinstance(OFFLINE.limits.sizes, Anything)
