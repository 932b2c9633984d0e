from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from editor.imaging import exif, metadata
from editor.imaging.geometry import Size
from tests.fakes.pictures import (
    cmyk_profile,
    exif_block,
    grey_profile,
    noise,
    p3_profile,
    png_of,
    saved,
    soft,
)

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def facts_of(data: bytes):
    return metadata.facts_of(opened(data), data, "a picture")


def test_facts_of_a_plain_jpeg() -> None:
    facts = facts_of(saved(soft(20, 30), "JPEG"))
    assert (facts.format, facts.size, facts.depth) == ("jpeg", Size(30, 20), 8)
    assert (facts.colour, facts.alpha, facts.orientation) == ("rgb", False, 1)
    assert (facts.dpi, facts.profile, facts.exif, facts.frames) == ((0.0, 0.0), b"", b"", 1)
    assert facts.notes == ()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_sizes_are_upright(kind: str, orientation: int) -> None:
    block = exif_block(orientation)
    facts = facts_of(saved(soft(20, 30), kind, exif=b"Exif\0\0" + block))
    assert facts.orientation == orientation
    assert facts.size == (Size(30, 20) if orientation < 5 else Size(20, 30))


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_invalid_orientation_is_no_turn(orientation: int) -> None:
    facts = facts_of(saved(soft(20, 30), "JPEG", exif=b"Exif\0\0" + exif_block(orientation)))
    assert (facts.orientation, facts.size) == (1, Size(30, 20))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_exif_is_kept_as_it_is(kind: str) -> None:
    block = exif_block(6, order=">")
    assert facts_of(saved(soft(8, 8), kind, exif=b"Exif\0\0" + block)).exif == block


def test_the_exif_of_a_tiff_is_gathered_without_its_pixels_tags() -> None:
    told = Image.Exif()
    told[0x010F], told[0x0112] = "Maker", 6
    told.get_ifd(0x8769)[0x9003] = "2026:01:01 00:00:00"
    facts = facts_of(saved(soft(8, 8), "TIFF", exif=told.tobytes()))
    found = Image.Exif()
    found.load(facts.exif)
    assert dict(found) == {0x010F: "Maker", 0x8769: found[0x8769]}
    assert found.get_ifd(0x8769)[0x9003] == "2026:01:01 00:00:00"
    assert facts_of(saved(soft(8, 8), "TIFF")).exif == b""


@pytest.mark.filterwarnings("ignore")  # Pillow's, about what it is given
@given(st.binary(max_size=60))
def test_hostile_exif_leaves_a_picture(block: bytes) -> None:
    image = opened(saved(soft(8, 8), "PNG"))
    image.info["exif"] = b"Exif\0\0MM\0*" + block
    assert 1 <= metadata.orientation(image) <= 8
    assert metadata.exif_block(image) == b"MM\0*" + block


def test_an_endless_exif_is_left_out() -> None:
    image = opened(saved(soft(8, 8), "PNG"))
    image.info["exif"] = b"II*\0" + bytes(5 << 20)
    assert metadata.exif_block(image) == b""


@pytest.mark.parametrize(
    ("told", "dpi"),
    [
        ((300, 150), (300.0, 150.0)),
        ((0, 0), (0.0, 0.0)),
        ((float("nan"), 72), (0.0, 0.0)),
        ((72, 1e9), (0.0, 0.0)),
        ("many", (0.0, 0.0)),
        (None, (0.0, 0.0)),
    ],
)
def test_a_resolution_must_be_credible(told: object, dpi: tuple[float, float]) -> None:
    image = opened(saved(soft(8, 8), "PNG"))
    image.info["dpi"] = told
    assert metadata.dpi(image) == dpi


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "BMP"])
def test_resolution_comes_from_the_file(kind: str) -> None:
    across, down = facts_of(saved(soft(8, 8), kind, dpi=(300, 150))).dpi
    assert across == pytest.approx(300, abs=0.1)
    assert down == pytest.approx(150, abs=0.1)


def test_frames_are_counted_and_previews_are_not() -> None:
    frames = [Image.fromarray(soft(8, 8, seed)) for seed in (0, 60, 120)]
    for kind in ("GIF", "PNG", "WEBP", "TIFF", "MPO"):
        buffer = io.BytesIO()
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
        facts = facts_of(buffer.getvalue())
        assert facts.frames == (1 if kind == "MPO" else 3), kind
        assert facts.format == metadata.KINDS[kind]


def test_frames_that_cannot_be_counted_are_one() -> None:
    class Torn:
        @property
        def n_frames(self) -> int:
            raise EOFError

    assert metadata.frames(Torn(), "gif") == 1


@pytest.mark.parametrize(
    ("profile", "mode", "kept"),
    [
        (p3_profile(), "RGB", True),
        (p3_profile(), "L", True),
        (grey_profile(), "L", True),
        (cmyk_profile(), "CMYK", True),
        (grey_profile(), "RGB", False),
        (cmyk_profile(), "RGB", False),
        (p3_profile()[:200], "RGB", False),
        (grey_profile(connection=b"Lab "), "L", False),
        (b"no profile", "RGB", False),
    ],
)
def test_a_profile_is_kept_where_it_can_be_used(profile: bytes, mode: str, kept: bool) -> None:
    facts = facts_of(saved(soft(8, 8), "TIFF", mode, icc_profile=profile))
    assert facts.profile == (profile if kept else b"")
    assert facts.profile_name == ("Made by hand" if kept else "")
    assert ("The colour profile could not be used and was left out." in facts.notes) != kept


def test_what_is_srgb_already_needs_no_change() -> None:
    assert metadata.to_srgb(SRGB, "RGB") is None
    assert metadata.to_srgb(b"", "CMYK") is None
    assert metadata.to_srgb(p3_profile(), "RGB") is not None
    assert metadata.to_srgb(cmyk_profile(), "CMYK") is not None


def test_converting_there_and_back_returns_the_colours() -> None:
    inside = (noise(40, 40, 3).astype(int) // 2 + 64).astype(np.uint8)
    wide = metadata.convert(inside, b"", p3_profile())
    assert np.abs(wide.astype(int) - inside).max() > 3
    back = metadata.convert(wide, p3_profile(), b"").astype(int)
    assert np.abs(back - inside).max() <= 2


def test_converting_to_the_same_profile_is_free() -> None:
    rgb = noise(4, 4, 3)
    assert metadata.convert(rgb, p3_profile(), p3_profile()) is rgb
    assert metadata.convert(rgb, b"", b"") is rgb


def test_a_sixteen_bit_grey_with_alpha_is_grey() -> None:
    facts = facts_of(png_of(noise(3, 3, 2, depth=16)))
    assert (facts.colour, facts.alpha, facts.depth) == ("grey", True, 16)


def test_exif_without_its_mark_is_the_same() -> None:
    assert exif.bare(exif_block(1)) == exif_block(1)
