"""A picture in its slot is named by its source and everything kept on it, in order."""

from dataclasses import replace

import numpy as np

from editor.imaging.facts import Facts
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.project.project import Kept
from editor.session.held import Held

BARE = Held(
    slot="a",
    name="photo.png",
    facts=Facts("png", Size(4, 3)),
    digest="digest of the file",
    thumb=Raster(np.zeros((3, 4, 4), np.uint8)),
)


def kept(patch: str, title: str = "Keep v1") -> Kept:
    return Kept("v1", title, Rect(0, 0, 2, 2), patch)


def test_the_base_is_named_by_its_pixels_alone() -> None:
    assert replace(BARE, slot="b", name="copy.png", reference=False).base_digest == BARE.base_digest
    assert replace(BARE, digest="another file").base_digest != BARE.base_digest


def test_every_kept_edit_and_their_order_name_another_base() -> None:
    one, two = kept("one"), kept("two")
    bases = [(), (one,), (two,), (one, two), (two, one)]
    assert len({replace(BARE, kept=some).base_digest for some in bases}) == len(bases)


def test_taking_an_edit_back_names_the_base_of_before() -> None:
    edited = replace(BARE, kept=(kept("one"),))
    assert replace(edited, kept=()).base_digest == BARE.base_digest
    assert replace(BARE, kept=(kept("one", "Keep v7"),)).base_digest == edited.base_digest
