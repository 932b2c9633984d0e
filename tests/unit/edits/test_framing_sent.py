"""What is sent of a request: the pixels, the mask and the references, and the way back."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.capability.catalog import load
from editor.capability.limits import Anything
from editor.compose.fitting.placed import placed
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster

CATALOG = load()
FREE = CATALOG.model("openai", "gpt-image-2")
FIXED = CATALOG.model("openai", "gpt-image-1.5")
OFFLINE = CATALOG.model("offline", "quick")


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


def waves(width, height):
    """A drawn pattern whose every place can be told, without fine detail."""
    rows, cols = np.mgrid[:height, :width]
    planes = [128 + 80 * np.sin(cols / 37 + rows / 90), 128 + 80 * np.cos(rows / 29)]
    pixels = np.dstack([*planes, (cols + rows) * 255 / (width + height), np.full_like(cols, 255)])
    return Raster(pixels.astype(np.uint8))


CASES = [
    (Size(1600, 1200), Rect(800, 600, 1000, 700), FREE, Frame.TIGHT),
    (Size(1600, 1200), Rect(800, 600, 1000, 700), FIXED, Frame.WHOLE),
    (Size(1000, 600), Rect(0, 0, 60, 60), FREE, Frame.WHOLE),
    (Size(500, 300), Rect(400, 200, 500, 300), FREE, Frame.TIGHT),
    (Size(2500, 700), Rect(100, 10, 2400, 690), FIXED, Frame.TIGHT),
    (Size(1301, 903), Rect(10, 50, 1290, 850), FIXED, Frame.BALANCED),
]


@pytest.mark.parametrize(("size", "box", "model", "chosen"), CASES)
def test_what_was_framed_comes_back_to_the_same_pixels(size, box, model, chosen):
    source = waves(*size)
    coverage = np.zeros((size.height, size.width), np.uint8)
    coverage[box.rows_cols] = 255
    request = EditRequest(source, coverage, "a boat", "openai", model.id, frame=chosen)
    framed = frame(request, model)
    assert framed.mask is not None
    rect = framed.placement.window.clipped(size)
    back = placed(framed.source, framed.placement, rect)
    assert back.shape[:2] == (rect.size.height, rect.size.width)
    error = back[..., :3].astype(int) - source.pixels[rect.rows_cols][..., :3]
    assert np.abs(error).max() <= 4
    # Half a pixel off would show as an error along the slope of the waves.
    along = np.gradient(source.pixels[rect.rows_cols][..., 0].astype(float), axis=1)
    slope = float((error[..., 0] * along).sum() / (along**2).sum())
    assert abs(slope) <= 0.05
    mask = np.dstack([framed.mask] * 3 + [np.full_like(framed.mask, 255)])
    painted = placed(Raster(mask), framed.placement, rect)[..., 0]
    assert (painted[coverage[rect.rows_cols] > 0] > 100).all()


@pytest.mark.parametrize(("size", "box", "model", "chosen"), CASES)
def test_beyond_the_picture_its_edge_is_sent_and_kept(size, box, model, chosen):
    source = waves(*size)
    coverage = np.zeros((size.height, size.width), np.uint8)
    coverage[box.rows_cols] = 255
    model = replace(model, limits=replace(model.limits, grow=0))
    framed = frame(EditRequest(source, coverage, "a boat", "", "", frame=chosen), model)
    window, sent = framed.placement.window, framed.placement.sent
    if window.top < 0 and window.size == sent:
        left = -window.left
        row = framed.source.pixels[0, left : left + size.width]
        assert np.array_equal(row, source.pixels[0])
        assert not framed.mask[: -window.top].any()
    share = framed.mask.mean() / 255 * window.size.area / box.size.area
    assert share == pytest.approx(1.0, abs=0.02)


def test_a_window_that_was_drawn_wins_over_the_frame():
    drawn = replace(REQUEST, window=Rect(500, 300, 1524, 940), frame=Frame.WHOLE)
    framed = frame(drawn, FREE)
    assert (framed.placement.window, framed.placement.sent) == (drawn.window, (1024, 640))
    assert frame(replace(drawn, coverage=None), FREE).placement.window == drawn.window
    assert frame(drawn, FIXED).placement.sent == Size(1536, 1024)


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
    beyond = replace(full, source=picture(1590, 1190), coverage=np.full((1190, 1590), 9, np.uint8))
    assert frame(beyond, FREE).placement.window == Rect(-5, -5, 1595, 1195)
    assert frame(beyond, FREE).mask is None


def test_references_are_fitted_and_opaque():
    clear = picture(3000, 1000)
    pixels = clear.pixels.copy()
    pixels[:, :10, 3] = 0
    request = replace(REQUEST, references=(Raster(pixels), picture(64, 64)))
    long, small = frame(request, FREE).references
    assert long.size == Size(2048, 682)
    assert (long.pixels[..., 3] == 255).all()
    assert small.size == Size(64, 64)


@pytest.mark.parametrize("model", [FREE, FIXED])
@given(st.integers(1, 900), st.integers(1, 900), st.integers(2000, 10**6), st.integers(16, 4096))
@settings(max_examples=30)
def test_references_are_within_every_limit_in_their_own_shape(model, width, height, most, side):
    limits = replace(model.limits, picture_bytes=most, side=side)
    reference = Raster(np.zeros((height, width, 4), np.uint8))
    request = replace(REQUEST, references=(reference,), frame=Frame.TIGHT)
    (fitted,) = frame(request, replace(model, limits=limits)).references
    assert max(fitted.size) <= side
    assert fitted.pixels.nbytes <= max(most, 4 * max(fitted.size))
    assert max(fitted.size) <= max(width, height)
    factor = min(1, side / max(width, height), math.sqrt(most / (4 * width * height)))
    for found, whole in zip(fitted.size, (width, height), strict=True):
        assert whole * factor - 1 < found <= max(whole * factor, 1)


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
