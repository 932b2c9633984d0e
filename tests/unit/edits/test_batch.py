"""One wish becomes as many requests for one picture each."""

import numpy as np

from editor.edits.batch import split
from editor.edits.request import EditRequest
from editor.imaging.raster import Raster


def test_every_part_asks_for_one_and_for_the_rest_alike():
    source = Raster(np.zeros((2, 3, 4), np.uint8))
    settings = {"count": 3, "quality": "low"}
    request = EditRequest(source, None, "a boat", "openai", "gpt-image-2", settings=settings)
    parts = split(request, 3)
    assert len(parts) == 3
    for part in parts:
        assert part.settings == {"quality": "low"}
        assert (part.source, part.prompt) == (source, "a boat")
    assert request.settings == settings


def test_a_provider_that_honours_their_number_is_asked_once():
    source = Raster(np.zeros((2, 3, 4), np.uint8))
    request = EditRequest(source, None, "a boat", "mine", "m", settings={"count": 9})
    (one,) = split(request, 3, together=True)
    assert one.settings == {"count": 3}
    (single,) = split(request, 1, together=True)
    assert single.settings == {}
