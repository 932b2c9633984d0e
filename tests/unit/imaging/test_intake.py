from __future__ import annotations

import io

import pytest
from PIL import Image

from editor.errors import InputProblem
from editor.imaging import deep, intake
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from tests.fakes.pictures import noise, png_of


@pytest.mark.parametrize("size", [Size(20_000, 15_000), Size(100_000, 3_000), Size(1, 1)])
def test_large_pictures_are_opened(size: Size) -> None:
    intake.check_size(size, "a.png")


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (Size(20_001, 15_000), "a.png is 20001 × 15000 pixels; the limit is 300 megapixels."),
        (Size(60_000, 60_000), "a.png is 60000 × 60000 pixels; the limit is 300 megapixels."),
        (Size(100_001, 2), "a.png is 100001 × 2 pixels; the limit is 100000 on a side."),
    ],
)
def test_larger_ones_get_a_sentence(size: Size, sentence: str) -> None:
    with pytest.raises(InputProblem) as refused:
        intake.check_size(size, "a.png")
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("mode", "colour"), [("1", "grey"), ("LA", "grey"), ("PA", "palette"), ("CMYK", "cmyk")]
)
def test_modes_are_colours(mode: str, colour: str) -> None:
    assert intake.colour(mode, "a.tif") == colour


@pytest.mark.parametrize("mode", ["F", "I", "LAB", "HSV"])
def test_other_modes_get_a_sentence(mode: str) -> None:
    with pytest.raises(InputProblem, match="form of colour") as refused:
        intake.colour(mode, "a.tif")
    assert mode in refused.value.details


def test_a_png_header_tells_depth_and_grey() -> None:
    assert intake.png_depth(png_of(noise(2, 2, depth=16))) == 16
    assert intake.png_depth(png_of(noise(2, 2))) == 8
    greys = {kind: intake.png_is_grey(png_of(noise(2, 2, kind, depth=16))) for kind in (1, 2, 3, 4)}
    assert greys == {1: True, 2: True, 3: False, 4: False}


def test_a_tiff_header_tells_depth() -> None:
    assert intake.tiff_depth({}, "1", "a.tif") == 8
    assert intake.tiff_depth({deep.BITS: (8, 8, 8)}, "RGB", "a.tif") == 8
    assert intake.tiff_depth({deep.BITS: (16,) * 3}, "RGB", "a.tif") == 16
    assert intake.tiff_depth({deep.BITS: (16,) * 4}, "CMYK", "a.tif") == 8


@pytest.mark.parametrize(
    "tags", [{deep.BITS: (12,)}, {deep.BITS: (32,)}, {deep.BITS: (16,), deep.SAMPLE_FORMAT: (2,)}]
)
def test_other_depths_get_a_sentence(tags: dict[int, object]) -> None:
    with pytest.raises(InputProblem, match="form of colour"):
        intake.tiff_depth(tags, "I;16", "a.tif")


def test_what_is_read_at_less_than_its_depth_is_known() -> None:
    assert intake.reduced(b"", "tiff", {deep.BITS: (16,) * 4})
    assert not intake.reduced(b"", "tiff", {deep.BITS: (8,)})
    assert not intake.reduced(b"", "jpeg", {})
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "AVIF")
    assert not intake.reduced(buffer.getvalue(), "avif", {})
    ten_bits = bytearray(buffer.getvalue())
    ten_bits[ten_bits.index(b"av1C") + 6] |= 0x40
    assert intake.reduced(bytes(ten_bits), "avif", {})


def test_notes_say_what_intake_changes() -> None:
    plain = Facts("png", Size(2, 2))
    assert intake.notes(plain, reduced=False, profile_lost=False) == ()
    told = Facts("tiff", Size(2, 2), depth=16, colour="grey", orientation=6, frames=3)
    assert intake.notes(told, reduced=False, profile_lost=True) == (
        intake.TURNED,
        intake.KEPT,
        intake.GREYS,
        intake.PAGES,
        intake.NO_PROFILE,
    )
    inks = Facts("gif", Size(2, 2), colour="cmyk", frames=2)
    told_of = (intake.REDUCED, intake.INKS, intake.ANIMATION)
    assert intake.notes(inks, reduced=True, profile_lost=False) == told_of
    assert intake.PALETTE in intake.notes(
        Facts("gif", Size(2, 2), colour="palette"), reduced=False, profile_lost=False
    )
