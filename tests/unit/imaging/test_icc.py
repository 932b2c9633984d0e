from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from editor.imaging import icc
from tests.fakes.pictures import cmyk_profile, grey_profile, p3_profile

PROFILES = {"grey": grey_profile(), "rgb": p3_profile(), "cmyk": cmyk_profile()}


def shown(profile: bytes, ramp: np.ndarray) -> np.ndarray:
    """A ramp of a profile in sRGB, as Pillow's colour management shows it."""
    opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    picture = Image.fromarray(ramp)
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    to = ImageCms.createProfile("sRGB")
    moved = ImageCms.profileToProfile(picture, opened, to, 1, "RGB", flags=flags)
    assert moved is not None
    return np.asarray(moved).astype(int)


@pytest.mark.parametrize("space", PROFILES)
def test_a_profile_tells_its_space(space: str) -> None:
    assert icc.space(PROFILES[space]) == space


@pytest.mark.parametrize("nothing", [b"", b"profile", bytes(200), p3_profile()[:131]])
def test_what_is_no_profile_has_no_space(nothing: bytes) -> None:
    assert icc.space(nothing) == ""


def test_a_profile_fits_the_samples_it_can_describe() -> None:
    fitting = {
        (space, colour)
        for space, profile in PROFILES.items()
        for colour in ("grey", "palette", "rgb", "cmyk")
        if icc.fits(profile, colour)
    }
    assert fitting == {
        ("grey", "grey"),
        ("rgb", "grey"),
        ("rgb", "palette"),
        ("rgb", "rgb"),
        ("cmyk", "cmyk"),
    }


@pytest.mark.parametrize("gamma", [1.8, 2.2, 2.6])
def test_widened_grey_looks_as_grey_did(gamma: float) -> None:
    ramp = np.arange(256, dtype=np.uint8)[None]
    profile = grey_profile(gamma)
    wide = icc.widened(profile)
    assert icc.space(wide) == "rgb"
    apart = shown(wide, np.repeat(ramp[..., None], 3, axis=2)) - shown(profile, ramp)
    assert np.abs(apart).max() <= 1


def test_other_profiles_stay_as_they_are() -> None:
    assert icc.widened(PROFILES["rgb"]) == PROFILES["rgb"]
    assert icc.widened(b"") == b""


def test_grey_without_a_curve_against_xyz_cannot_be_widened() -> None:
    assert icc.widened(grey_profile(connection=b"Lab ")) == b""
    assert icc.widened(grey_profile().replace(b"kTRC", b"none")) == b""


@given(st.binary(max_size=60), st.integers(0, 2**32 - 1))
def test_hostile_tag_tables_never_raise(tail: bytes, count: int) -> None:
    head = bytearray(grey_profile()[:128])
    icc.widened(bytes(head) + count.to_bytes(4, "big") + tail)


def test_srgb_is_srgb_and_always_the_same() -> None:
    ramp = np.stack(np.meshgrid(*[np.arange(0, 256, 15, dtype=np.uint8)] * 3), -1).reshape(1, -1, 3)
    assert np.abs(shown(icc.srgb(), ramp) - ramp).max() <= 1
    assert icc.srgb() == icc.srgb()
    assert icc.space(icc.srgb()) == "rgb"
    opened = ImageCms.ImageCmsProfile(io.BytesIO(icc.srgb()))
    assert ImageCms.getProfileDescription(opened).strip() == "sRGB"
