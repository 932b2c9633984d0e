from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from editor.errors import InputProblem
from editor.imaging import codec, cv, metadata, png
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.imaging.raster import Native, Raster
from tests.fakes.pictures import (
    chunk,
    cmyk_profile,
    exif_block,
    grey_profile,
    noise,
    p3_profile,
    png_of,
    saved,
    soft,
)


def opened(data: bytes) -> tuple[Facts, Raster, Native]:
    facts = codec.read_facts(data, "a picture")
    return facts, codec.decode(data, facts), codec.decode_native(data, facts)


def rgba(raster: Raster) -> np.ndarray:
    return raster.pixels[..., [2, 1, 0, 3]]


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "WEBP"])
def test_lossless_pictures_are_shown_and_kept_as_they_are(kind: str) -> None:
    samples = noise(21, 13, 3)
    options = {"lossless": True} if kind == "WEBP" else {}
    facts, raster, native = opened(saved(samples, kind, **options))
    assert facts.size == raster.size == native.size == Size(13, 21)
    assert np.array_equal(rgba(raster)[..., :3], samples)
    assert (raster.pixels[..., 3] == 255).all()
    assert np.array_equal(native.samples, samples)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_alpha_and_the_colour_below_it_are_kept(kind: str) -> None:
    samples = noise(9, 8, 4)
    options = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    facts, raster, native = opened(saved(samples, kind, **options))
    assert facts.alpha
    assert np.array_equal(rgba(raster), samples)
    assert np.array_equal(native.samples, samples)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_turn_shows_what_pillow_turns_to(kind: str, orientation: int) -> None:
    data = saved(soft(24, 40), kind, exif=b"Exif\0\0" + exif_block(orientation))
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    _, raster, native = opened(data)
    assert np.array_equal(native.samples, expected)
    assert np.array_equal(rgba(raster)[..., :3], expected)
    shown = codec.preview(data, codec.read_facts(data, "a"), 20)
    assert max(shown.size) == 20
    assert np.abs(rgba(shown)[0, 0, :3].astype(int) - expected[0, 0]).max() < 20


@pytest.mark.parametrize("orientation", range(1, 9))
def test_sixteen_bits_are_turned_alike(orientation: int) -> None:
    samples = noise(5, 9, 3, depth=16)
    data = png_of(samples, (b"eXIf", exif_block(orientation)))
    _, raster, native = opened(data)
    eight = saved(codec.deep.shallow(samples), "PNG", exif=b"Exif\0\0" + exif_block(orientation))
    assert np.array_equal(raster.pixels, opened(eight)[1].pixels)
    assert np.array_equal(codec.deep.shallow(native.samples), rgba(raster)[..., :3])


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"quality": 30}])
def test_the_two_ways_of_reading_jpeg_agree(subsampling: int, more: dict[str, object]) -> None:
    samples = np.asarray(Image.fromarray(noise(9, 11, 3)).resize((301, 203), Image.BICUBIC))
    data = saved(samples, "JPEG", subsampling=subsampling, **more)
    _, raster, native = opened(data)
    assert np.array_equal(rgba(raster)[..., :3], native.samples)
    assert np.array_equal(native.samples, np.asarray(Image.open(io.BytesIO(data))))


@pytest.mark.parametrize(
    ("mode", "colour", "channels"),
    [("1", "grey", 3), ("L", "grey", 3), ("LA", "grey", 4), ("P", "palette", 3)],
)
def test_few_colours_are_widened(mode: str, colour: str, channels: int) -> None:
    data = saved(soft(20, 20), "PNG", mode)
    facts, raster, native = opened(data)
    assert facts.colour == colour
    assert native.samples.shape == (20, 20, channels)
    expected = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert np.array_equal(rgba(raster), expected)
    assert np.array_equal(native.samples, expected[..., :channels])


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_one_clear_colour_becomes_alpha(mode: str) -> None:
    halves = np.repeat(np.repeat(np.array([[0, 255]], np.uint8), 10, axis=1), 8, axis=0)
    clear = (0, 0, 0) if mode == "RGB" else 0
    facts, raster, native = opened(saved(halves, "PNG", mode, transparency=clear))
    assert facts.alpha
    assert native.samples.shape[2] == 4
    assert set(np.unique(raster.pixels[..., 3])) == {0, 255}


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_sixteen_bits_are_kept_and_shown_at_eight(channels: int, order: str) -> None:
    samples = noise(6, 7, channels, depth=16)
    facts, raster, native = opened(png_of(samples))
    assert (facts.depth, native.depth) == (16, 16)
    full = samples[..., {1: [0, 0, 0], 2: [0, 0, 0, 1], 3: [0, 1, 2], 4: [0, 1, 2, 3]}[channels]]
    assert np.array_equal(native.samples, full)
    nearest = (full.astype(int) + 128) // 257
    assert np.array_equal(rgba(raster)[..., : full.shape[2]], nearest)


def test_colours_are_shown_through_their_profile_and_kept_in_it() -> None:
    samples = soft(16, 16)
    facts, raster, native = opened(saved(samples, "PNG", icc_profile=p3_profile()))
    assert facts.profile_name == "Made by hand"
    assert np.array_equal(native.samples, samples)
    assert native.profile == p3_profile()
    expected = metadata.convert(samples, p3_profile(), b"")
    assert np.abs(rgba(raster)[..., :3].astype(int) - expected).max() == 0
    assert np.abs(expected.astype(int) - samples).max() > 5


def test_alpha_stays_what_it_is_through_a_profile() -> None:
    samples = noise(8, 8, 4)
    _, raster, _ = opened(saved(samples, "PNG", icc_profile=p3_profile()))
    assert np.array_equal(raster.pixels[..., 3], samples[..., 3])
    expected = metadata.convert(np.ascontiguousarray(samples[..., :3]), p3_profile(), b"")
    assert np.array_equal(rgba(raster)[..., :3], expected)


def test_grey_in_its_own_profile_is_shown_and_kept() -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    facts, raster, native = opened(saved(ramp, "PNG", icc_profile=grey_profile(1.4)))
    assert facts.profile == grey_profile(1.4)
    assert np.array_equal(native.samples[..., 1], ramp)
    shown = metadata.convert(native.samples, native.profile, b"")
    assert np.array_equal(rgba(raster)[..., :3], shown)
    assert shown[8, 8, 0] > ramp[8, 8] + 20


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_inks_are_brought_to_rgb(kind: str) -> None:
    inks = Image.new("CMYK", (16, 8), (0, 0, 0, 0))
    inks.paste((255, 255, 255, 255), (8, 0, 16, 8))
    for profile in (b"", cmyk_profile()):
        buffer = io.BytesIO()
        inks.save(buffer, kind, icc_profile=profile)
        facts, raster, native = opened(buffer.getvalue())
        assert facts.colour == "cmyk"
        assert native.profile == b""
        assert np.array_equal(rgba(raster)[..., :3], native.samples)
        assert native.samples[4, 3].tolist() == [255, 255, 255]
        assert native.samples[4, 12].tolist() == [0, 0, 0]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_the_first_frame_counts(kind: str) -> None:
    frames = [Image.fromarray(np.full((8, 8, 3), value, np.uint8)) for value in (40, 200)]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    facts, raster, _ = opened(buffer.getvalue())
    assert facts.frames == 2
    assert np.abs(raster.pixels[..., :3].astype(int) - 40).max() <= 2


def test_avif_is_opened() -> None:
    facts, raster, _ = opened(saved(soft(32, 32), "AVIF", quality=100))
    assert facts.format == "avif"
    assert np.abs(rgba(raster)[..., :3].astype(int) - soft(32, 32)).max() < 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("longest", [1, 37, 100, 4000])
def test_previews_fit_and_are_never_enlarged(kind: str, longest: int) -> None:
    data = saved(soft(150, 200), kind)
    facts = codec.read_facts(data, "a")
    shown = codec.preview(data, facts, longest)
    assert max(shown.size) == min(longest, 200)
    assert shown.size.height == max(1, round(150 * min(longest, 200) / 200))


def test_a_preview_of_sixteen_bits_has_the_colours_of_the_whole() -> None:
    flat = np.full((64, 64, 3), 40_000, np.uint16)
    data = png_of(flat)
    shown = codec.preview(data, codec.read_facts(data, "a"), 8)
    assert np.unique(shown.pixels[..., :3]) == [156]


def test_samples_are_put_where_they_are_wanted() -> None:
    places = []

    def new(shape: tuple[int, ...], dtype: object) -> np.ndarray:
        places.append(np.zeros(shape, dtype))
        return places[-1]

    for data in (
        saved(soft(9, 9), "JPEG"),
        saved(soft(9, 9), "PNG"),
        png_of(noise(9, 9, depth=16)),
    ):
        facts = codec.read_facts(data, "a")
        assert codec.decode(data, facts, new).pixels is places[-1]
        assert codec.decode_native(data, facts, new).samples is places[-1]
        assert codec.preview(data, facts, 4, new).pixels is places[-1]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (png_of(noise(8, 8))[:60], "is damaged: the file ends too early"),
        (saved(soft(8, 8), "JPEG")[:-2], "is damaged: the file ends too early"),
        (png_of(noise(8, 8)).replace(b"IDAT", b"IDAX"), "checksums do not match"),
        (saved(soft(8, 8), "ICO"), "cannot be read"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(InputProblem, match=sentence):
        codec.read_facts(data, "a.png")


def test_a_header_that_lies_about_its_size_is_not_decoded() -> None:
    small = png_of(noise(4, 4))
    head = (60_000).to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    bomb = small[:8] + chunk(b"IHDR", head) + small[33:]
    with pytest.raises(InputProblem, match="60000 × 60000 pixels; the limit is 300"):
        codec.read_facts(bomb, "a.png")


@given(st.integers(1, 90), st.integers(1, 70), st.integers(0, 5))
def test_what_is_sent_is_read_back(rows: int, cols: int, seed: int) -> None:
    raster = Raster(noise(rows, cols, 4, seed=seed))
    assert np.array_equal(opened(codec.encode_png(raster))[1].pixels, raster.pixels)


def test_no_second_picture_is_made_to_write_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (3 * png.BAND, 8, 4), dtype=np.uint8)
    asked, whole = [], cv.reordered

    def reordered(part: NDArray[np.uint8], change: str) -> NDArray[np.uint8]:
        asked.append(part.shape[0])
        return whole(part, change)

    monkeypatch.setattr(cv, "reordered", reordered)
    data = codec.encode_png(Raster(pixels))
    assert max(asked) == png.BAND
    monkeypatch.undo()
    assert np.array_equal(opened(data)[1].pixels, pixels)
