"""A request is one frozen value with usual settings."""

import dataclasses

import numpy as np
import pytest

from editor.edits.request import EditRequest, Frame
from editor.imaging.raster import Raster


def test_a_request_says_what_is_usual():
    source = Raster(np.zeros((2, 3, 4), np.uint8))
    request = EditRequest(source, None, "a boat", "openai", "gpt-image-2")
    assert request.frame is Frame.BALANCED
    assert request.references == ()
    assert request.settings == {}
    with pytest.raises(dataclasses.FrozenInstanceError):
        request.prompt = "a house"


def test_frames_have_the_names_of_the_command_line():
    assert [frame.value for frame in Frame] == ["tight", "balanced", "whole"]
