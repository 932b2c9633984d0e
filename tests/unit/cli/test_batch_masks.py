"""Masks are found by the name of their picture, and a reused one keeps its shape."""

import numpy as np
import pytest

from editor.cli.batch_masks import mask_for, reused, without_masks
from editor.imaging.geometry import Size


def touched(folder, *names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch()
    return folder


@pytest.mark.parametrize(
    "name", ["photo_mask.png", "photo.mask.png", "photo_mask.TIF", "PHOTO_Mask.png"]
)
def test_a_mask_lies_beside_its_picture(name, tmp_path):
    touched(tmp_path, "photo.jpg", "photo_mask.txt", "photo2_mask.png", name)
    assert mask_for(tmp_path / "photo.jpg", None) == tmp_path / name


def test_a_picture_is_not_its_own_mask(tmp_path):
    touched(tmp_path, "photo.png", "other.png")
    assert mask_for(tmp_path / "photo.png", None) is None
    assert mask_for(tmp_path / "photo.png", tmp_path) is None


def test_a_folder_of_masks_needs_no_ending(tmp_path):
    masks = touched(tmp_path / "masks", "photo.png", "two.png", "two_mask.png")
    touched(tmp_path, "photo_mask.png")
    assert mask_for(tmp_path / "photo.jpg", masks) == masks / "photo.png"
    assert mask_for(tmp_path / "two.jpg", masks) == masks / "two_mask.png"
    assert mask_for(tmp_path / "three.jpg", masks) is None
    assert mask_for(tmp_path / "photo.jpg", tmp_path / "nowhere") is None


def test_masks_among_the_pictures_are_not_edited_and_none_is_twice(tmp_path):
    names = ["a.jpg", "a_mask.png", "b_mask.png", "c.png", "a.jpg"]
    touched(tmp_path, *names)
    pictures, masks = without_masks([tmp_path / name for name in names])
    assert [path.name for path in pictures] == ["a.jpg", "b_mask.png", "c.png"]
    assert [path.name for path in masks] == ["a_mask.png"]


COVERAGE = np.zeros((20, 40), np.uint8)
COVERAGE[5:15, 10:30] = 255


def test_a_mask_of_the_same_size_stays_as_it_is():
    again = reused(COVERAGE, Size(40, 20))
    assert (again.coverage is COVERAGE, again.factor) == (True, 1.0)
    assert "as it is" in again.how


@pytest.mark.parametrize(
    ("size", "factor", "box"),
    [
        (Size(80, 40), 2.0, (20, 10, 60, 30)),
        (Size(20, 10), 0.5, (5, 2.5, 15, 7.5)),
        (Size(80, 100), 2.0, (20, 40, 60, 60)),
        (Size(100, 20), 1.0, (40, 5, 60, 15)),
    ],
)
def test_a_mask_of_another_size_lies_in_the_middle(size, factor, box):
    again = reused(COVERAGE, size)
    assert again.coverage.shape == (size.height, size.width)
    assert again.factor == factor
    assert f"{100 * factor:.0f} % of its size" in again.how
    rows, cols = np.nonzero(again.coverage >= 128)
    found = (cols.min(), rows.min(), cols.max() + 1, rows.max() + 1)
    assert np.abs(np.subtract(found, box)).max() <= 1
