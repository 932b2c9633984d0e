"""A mask that is exported again after a stroke is the mask as it is then."""

from __future__ import annotations

import asyncio
from pathlib import Path

import cv2
import numpy as np
import pytest

from editor.imaging.geometry import Size
from editor.mask.exchange import Manner
from editor.session.mask_files import MaskFiles
from editor.session.painting import Painting


def alpha(path: Path) -> np.ndarray:
    return cv2.imread(str(path), cv2.IMREAD_UNCHANGED)[..., 3]


@pytest.mark.parametrize("soft", [False, True])
def test_every_export_is_the_mask_of_its_moment(tmp_path: Path, soft: bool) -> None:
    painting = Painting()
    painting.turn_to("a", Size(300, 500))
    painting.set_brush(diameter=40, hardness=0.5)
    files = MaskFiles(painting)
    for y in (100, 400, 250):
        painting.begin(150, y)
        painting.end()
        if y == 250:
            painting.undo("a")
        asyncio.run(files.write(tmp_path / "mask.png", Manner(soft)))
        assert painting.plane is not None
        expected = 255 - painting.plane.pixels
        if not soft:
            expected = np.where(painting.plane.pixels >= 128, 0, 255)
        assert np.array_equal(alpha(tmp_path / "mask.png"), expected)
