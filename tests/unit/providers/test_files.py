"""Files of pictures and masks: bare, within the bytes, coded as the provider reads them."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.errors import InputProblem
from editor.providers import files
from editor.providers.files import mask_file, picture_file
from tests.fakes.framing import framed, raster

PROVIDER = load().provider("openai")
EDIT = framed()


def coded(**changes):
    data = mask_file(EDIT.mask, replace(PROVIDER, **changes), 0)
    picture = Image.open(io.BytesIO(data))
    assert picture.mode == "RGBA"
    assert picture.info == {}
    pixels = np.asarray(picture)
    edit, keep = pixels[EDIT.mask == 255], pixels[EDIT.mask == 0]
    assert (edit == edit[0]).all()
    assert (keep == keep[0]).all()
    return tuple(map(int, edit[0])), tuple(map(int, keep[0]))


WHITE, BLACK = (255, 255, 255), (0, 0, 0)


@pytest.mark.parametrize(
    ("mode", "polarity", "edit", "keep"),
    [
        ("dual", "usual", (*WHITE, 0), (*BLACK, 255)),
        ("dual", "inverted", (*BLACK, 255), (*WHITE, 0)),
        ("alpha", "usual", (*BLACK, 0), (*BLACK, 255)),
        ("alpha", "inverted", (*BLACK, 255), (*BLACK, 0)),
        ("grey", "usual", (*WHITE, 255), (*BLACK, 255)),
        ("grey", "inverted", (*BLACK, 255), (*WHITE, 255)),
    ],
)
def test_how_a_mask_is_coded(mode, polarity, edit, keep):
    assert coded(mask_mode=mode, mask_polarity=polarity) == (edit, keep)


def test_no_mask_is_no_file():
    assert mask_file(None, PROVIDER, 0) == b""
    assert mask_file(EDIT.mask, replace(PROVIDER, mask_field=""), 0) == b""
    assert mask_file(EDIT.mask, replace(PROVIDER, mask_mode="off"), 0) == b""


def levels_of(monkeypatch, sizes):
    """Let packing give so many bytes by level, and note the levels."""
    levels = []

    def packed(picture, level=1):
        levels.append(level)
        return bytes(sizes[level])

    monkeypatch.setattr(files, "encode_png", packed)
    return levels


def test_a_mask_that_comes_near_the_limit_is_packed_harder(monkeypatch):
    levels = levels_of(monkeypatch, {1: files.ROOMY_MASK, 9: 5})
    assert len(mask_file(EDIT.mask, PROVIDER, 0)) == files.ROOMY_MASK
    assert levels == [1]
    levels = levels_of(monkeypatch, {1: files.ROOMY_MASK + 1, 9: 5})
    assert len(mask_file(EDIT.mask, PROVIDER, 0)) == 5
    assert levels == [1, 9]


def test_a_mask_stays_below_the_limit_of_its_model_or_is_not_sent(monkeypatch):
    levels = levels_of(monkeypatch, {1: 800_000, 9: 799_999})
    assert len(mask_file(EDIT.mask, PROVIDER, 800_001)) == 800_000
    assert len(mask_file(EDIT.mask, PROVIDER, 800_000)) == 799_999
    assert levels == [1, 1, 9]
    with pytest.raises(InputProblem) as told:
        mask_file(EDIT.mask, PROVIDER, 799_999)
    assert str(told.value).startswith("The mask takes 0.8 MB as a file, and OpenAI takes less")


def test_a_picture_is_packed_harder_before_it_is_too_large(monkeypatch):
    levels = levels_of(monkeypatch, {1: 40, 9: 39})
    assert len(picture_file(raster(), PROVIDER, 41)) == 40
    assert len(picture_file(raster(), PROVIDER, 0)) == 40
    assert levels == [1, 1]
    assert len(picture_file(raster(), PROVIDER, 40)) == 39
    assert levels == [1, 1, 1, 9]


def test_a_picture_that_stays_too_large_is_not_sent(monkeypatch):
    levels_of(monkeypatch, {1: 5_000_000, 9: 4_000_000})
    with pytest.raises(InputProblem) as told:
        picture_file(raster(), PROVIDER, 4_000_000)
    assert str(told.value).startswith("A picture takes 4.0 MB as a file, and OpenAI takes less")
    assert len(str(told.value)) <= 160
