"""Each kind of field tells what does not fit, and what would."""

import pytest

from editor.capability.field import (
    Choice,
    Extent,
    Flag,
    Number,
    Text,
    Whole,
    closest,
    complaint,
    parsed_size,
    written_size,
)
from editor.capability.limits import Fixed
from editor.imaging.geometry import Size

QUALITY = Choice(name="quality", label="Quality", choices=("auto", "low"), default="auto")
COUNT = Whole(name="count", label="Variants", minimum=1, maximum=10, default=1)
STRENGTH = Number(name="strength", label="Strength", minimum=0.0, maximum=1.0, default=0.5)
STREAM = Flag(name="stream", label="Stream", default=False)
PROMPT = Text(name="prompt", label="Prompt", longest=5)
SIZE = Extent(name="size", label="Size", rule=Fixed((Size(64, 64), Size(128, 64))))


@pytest.mark.parametrize(
    ("field", "value", "reason", "better"),
    [
        (QUALITY, "low", "", None),
        (QUALITY, "best", "not one of auto, low", "auto"),
        (COUNT, 10, "", None),
        (COUNT, 11, "not within 1 to 10", 10),
        (COUNT, -3, "not within 1 to 10", 1),
        (COUNT, 2.5, "not a whole number", 2),
        (COUNT, True, "not a whole number", 1),
        (COUNT, "2", "not a whole number", 1),
        (STRENGTH, 1, "", None),
        (STRENGTH, 0.25, "", None),
        (STRENGTH, 1.5, "not within 0.0 to 1.0", 1.0),
        (STRENGTH, False, "not a number", 0.5),
        (STRENGTH, "much", "not a number", 0.5),
        (STREAM, True, "", None),
        (STREAM, 1, "not yes or no", False),
        (PROMPT, "12345", "", None),
        (PROMPT, "123456", "longer than 5 characters", None),
        (PROMPT, 5, "not text", None),
        (SIZE, "auto", "", None),
        (SIZE, "128x64", "", None),
        (SIZE, "300x150", "not one of 64x64, 128x64", "128x64"),
        (SIZE, "large", "write auto, or a size such as 1024x1024", "auto"),
    ],
)
def test_complaints_and_what_would_do(field, value, reason, better):
    assert complaint(field, value) == reason
    if reason:
        assert closest(field, value) == better
        if better is not None:
            assert complaint(field, better) == ""


def test_every_default_fits_its_field():
    for field in (QUALITY, COUNT, STRENGTH, STREAM, PROMPT, SIZE):
        assert complaint(field, field.default) == ""


@pytest.mark.parametrize("words", ["auto", "x", "10x", "x10", "-1x10", "1e3x10", "１x２", "1x2x3"])
def test_what_is_no_size(words):
    assert parsed_size(words) is None


def test_sizes_are_read_as_they_are_written():
    assert parsed_size(written_size(Size(1536, 1024))) == Size(1536, 1024)
