import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.compose.patch import NativePatch, applied, painted, working
from editor.errors import ProjectDamaged
from editor.imaging.geometry import Rect
from editor.imaging.raster import Native, Raster
from tests.fakes.colour import display_p3, srgb

SRGB = srgb()


def patch(
    seed: int = 0, depth: type = np.uint8, channels: int = 3, rows: int = 7, cols: int = 5
) -> NativePatch:
    chance = np.random.default_rng(seed)
    samples = chance.integers(0, np.iinfo(depth).max, (rows, cols, channels), depth, endpoint=True)
    return NativePatch(Rect(3, 2, 3 + cols, 2 + rows), samples, chance.random((rows, cols)) < 0.6)


@given(
    st.integers(0, 999),
    st.sampled_from([np.uint8, np.uint16]),
    st.sampled_from([3, 4]),
    st.integers(1, 40),
    st.integers(1, 40),
)
def test_bytes_and_back(seed: int, depth: type, channels: int, rows: int, cols: int) -> None:
    before = patch(seed, depth, channels, rows, cols)
    after = NativePatch.from_bytes(before.to_bytes())
    assert after.rect == before.rect
    assert after.samples.dtype == depth
    assert np.array_equal(after.painted, before.painted)
    assert np.array_equal(after.samples[after.painted], before.samples[before.painted])
    assert not after.samples[~after.painted].any()


def test_an_even_surface_packs_to_little() -> None:
    even = np.full((500, 500, 3), 40_000, np.uint16)
    data = NativePatch(Rect(0, 0, 500, 500), even, np.ones((500, 500), np.bool_)).to_bytes()
    assert len(data) < 20_000


def head(mark: bytes = b"FPA1", cols: int = 2, channels: int = 3, depth: int = 1) -> bytes:
    return struct.pack("<4sIIIIBB", mark, 0, 0, cols, 2, channels, depth)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"FPA1 too short",
        patch().to_bytes()[:-9],
        patch().to_bytes()[:30] + b"broken",
        head(b"ELSE") + zlib.compress(bytes(13)),
        head(channels=5) + zlib.compress(bytes(13)),
        head(depth=3) + zlib.compress(bytes(13)),
        head(cols=1 << 31) + zlib.compress(bytes(13)),
        head() + zlib.compress(bytes(12)),
        head() + zlib.compress(bytes(1 << 20)),
    ],
)
def test_anything_else_is_damaged(data: bytes) -> None:
    with pytest.raises(ProjectDamaged, match="source and the other edits"):
        NativePatch.from_bytes(data)


def test_the_exact_length_is_no_damage() -> None:
    assert not NativePatch.from_bytes(head() + zlib.compress(bytes(13))).painted.any()


def test_patches_lie_in_their_order_and_only_where_they_were_painted() -> None:
    chance = np.random.default_rng(5)
    source = Native(chance.integers(0, 65536, (20, 20, 4), np.uint16), b"a profile")
    first, second = patch(1, np.uint16, 4), patch(2, np.uint16, 4)
    result = applied(source, [first, second])
    assert result.profile == b"a profile"
    want = source.samples.copy()
    for each in (first, second):
        want[each.rect.rows_cols][each.painted] = each.samples[each.painted]
    assert np.array_equal(result.samples, want)
    assert not np.array_equal(result.samples, source.samples)


def test_no_patches_give_an_equal_picture() -> None:
    source = Native(np.arange(60, dtype=np.uint8).reshape(4, 5, 3))
    assert np.array_equal(applied(source, []).samples, source.samples)


@pytest.mark.parametrize("profile", [b"", SRGB])
def test_for_the_eyes_8_bits_come_as_they_are(profile: bytes) -> None:
    base = Raster(np.full((20, 20, 4), 7, np.uint8))
    edit = patch(3)
    seen = painted(base, edit, profile).pixels
    inside = seen[edit.rect.rows_cols]
    assert np.array_equal(inside[edit.painted][:, :3], edit.samples[edit.painted][:, ::-1])
    assert (inside[edit.painted][:, 3] == 255).all()
    assert (inside[~edit.painted] == 7).all()
    assert (seen[:2] == 7).all()


def test_for_the_eyes_16_bits_are_rounded_and_alpha_is_kept() -> None:
    base = Raster(np.zeros((20, 20, 4), np.uint8))
    samples = np.full((2, 2, 4), 257 * 100 + 120, np.uint16)
    edit = NativePatch(Rect(0, 0, 2, 2), samples, np.ones((2, 2), np.bool_))
    assert (painted(base, edit, b"").pixels[:2, :2] == 100).all()


def test_for_the_eyes_another_profile_is_converted() -> None:
    base = Raster(np.zeros((4, 4, 4), np.uint8))
    red = np.array([[[234, 51, 35]]], np.uint8)
    edit = NativePatch(Rect(0, 0, 1, 1), red, np.ones((1, 1), np.bool_))
    assert painted(base, edit, display_p3()).pixels[0, 0] == pytest.approx([0, 0, 255, 255], abs=8)


def test_only_rgb_profiles_are_worked_in() -> None:
    cmyk = bytearray(SRGB)
    cmyk[16:20] = b"CMYK"
    assert working(SRGB) == SRGB
    assert working(bytes(cmyk)) == b""
    assert working(b"") == b""
