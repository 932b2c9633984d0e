import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from editor.errors import InputProblem
from editor.imaging.cv import gaussian
from editor.imaging.geometry import Rect, Size
from editor.imaging.raster import Raster
from editor.mask.exchange import (
    Found,
    Manner,
    MaskExporter,
    Polarity,
    binary,
    from_raster,
    to_png,
)

SIZE = Size(120, 90)


def coverage(seed: int = 1, size: Size = SIZE) -> np.ndarray:
    """A painted-looking mask: a few soft discs away from the border."""
    chance = np.random.default_rng(seed)
    ys, xs = np.mgrid[: size.height, : size.width]
    painted = np.zeros((size.height, size.width))
    for _ in range(3):
        y, x = (chance.uniform(0.3, 0.7) * side for side in (size.height, size.width))
        painted = np.maximum(painted, size.height / 4.5 - np.hypot(ys - y, xs - x))
    return (np.clip(painted, 0, 5) * 51).astype(np.uint8)


def raster(red, green, blue, alpha) -> Raster:
    planes = [np.broadcast_to(plane, (SIZE.height, SIZE.width)) for plane in (blue, green, red)]
    alpha = np.broadcast_to(alpha, (SIZE.height, SIZE.width))
    return Raster(np.ascontiguousarray(np.stack([*planes, alpha], axis=-1).astype(np.uint8)))


def grey(levels) -> Raster:
    return raster(levels, levels, levels, 255)


def decoded(data: bytes) -> np.ndarray:
    image = Image.open(io.BytesIO(data))
    assert image.mode == "RGBA"
    return np.asarray(image)


def filed(coverage: np.ndarray, *, soft: bool = False) -> Raster:
    """The mask file as a picture."""
    pixels = decoded(to_png(coverage, soft=soft))
    return Raster(np.ascontiguousarray(pixels[..., [2, 1, 0, 3]]))


def test_the_mask_file_is_exact() -> None:
    painted = coverage()
    pixels = decoded(to_png(painted))
    edit = painted >= 128
    assert (pixels[edit] == (255, 255, 255, 0)).all()
    assert (pixels[~edit] == (0, 0, 0, 255)).all()


def test_the_soft_mask_file_keeps_all_levels() -> None:
    painted = coverage()
    pixels = decoded(to_png(painted, soft=True))
    assert np.array_equal(pixels[..., 3], 255 - painted)
    assert np.array_equal(pixels[..., 0], painted)
    assert np.array_equal(pixels[..., 1], painted)
    assert np.array_equal(pixels[..., 2], painted)


@given(st.integers(0, 1000), st.booleans())
def test_what_is_written_is_read_again(seed: int, soft: bool) -> None:
    painted = coverage(seed)
    found = from_raster(filed(painted, soft=soft), SIZE)
    assert np.array_equal(found.coverage, painted if soft else binary(painted))
    assert found.polarity is Polarity.CLEAR
    assert found.fitted_from is None


@pytest.mark.parametrize("soft", [False, True])
def test_writing_again_after_a_stroke_is_writing_it_all(soft: bool) -> None:
    painted = coverage(1, Size(300, 400))
    exporter = MaskExporter(Size(300, 400), Manner(soft))
    exporter.to_png(painted)
    painted[150:170, 20:200] = 255
    exporter.changed(Rect(20, 150, 200, 170))
    assert exporter.to_png(painted) == to_png(painted, soft=soft)


def test_only_what_was_said_to_change_is_written_again() -> None:
    painted = coverage(1, Size(300, 400))
    exporter = MaskExporter(Size(300, 400), Manner())
    first = exporter.to_png(painted)
    painted[300:310] = 255
    assert exporter.to_png(painted) == first


def read(picture: Raster) -> Found:
    found = from_raster(picture, SIZE)
    assert not found.coverage.flags.writeable
    assert found.how.startswith("Read as")
    return found


def test_a_hole_in_a_photograph_is_what_may_change() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (SIZE.height, SIZE.width))
    painted = coverage()
    found = read(raster(noise, noise[::-1], 80, 255 - painted))
    assert np.array_equal(found.coverage, painted)
    assert found.polarity is Polarity.CLEAR
    assert "transparent may change" in found.how


def test_a_hole_stays_one_when_it_is_most_of_the_picture() -> None:
    painted = 255 - coverage()
    noise = np.random.default_rng(1).integers(0, 256, (SIZE.height, SIZE.width))
    assert read(raster(noise, 3, 80, 255 - painted)).polarity is Polarity.CLEAR
    assert read(raster(0, 0, 0, 255 - painted)).polarity is Polarity.CLEAR


@pytest.mark.parametrize("colour", [(255, 255, 255), (255, 0, 40), (10, 200, 10)])
def test_paint_on_nothing_is_what_may_change(colour: tuple[int, int, int]) -> None:
    painted = coverage()
    found = read(raster(*colour, painted))
    assert np.array_equal(found.coverage, painted)
    assert found.polarity is Polarity.SOLID


def test_paint_that_reaches_most_of_the_border_keeps_it() -> None:
    painted = np.zeros((SIZE.height, SIZE.width), np.uint8)
    painted[:8] = painted[-8:] = painted[:, :8] = painted[:, -8:] = 255
    assert read(raster(255, 255, 255, painted)).polarity is Polarity.CLEAR


def test_most_of_the_picture_opaque_is_what_is_kept() -> None:
    kept = np.zeros((SIZE.height, SIZE.width), np.uint8)
    kept[5:-5, 5:-5] = 255
    assert read(raster(255, 255, 255, kept)).polarity is Polarity.CLEAR


@pytest.mark.parametrize("inverted", [False, True])
def test_black_and_white_is_read_either_way_round(inverted: bool) -> None:
    painted = coverage()
    found = read(grey(255 - painted if inverted else painted))
    assert np.array_equal(found.coverage, painted), "all levels of a soft rim are meant"
    assert found.polarity is (Polarity.BLACK if inverted else Polarity.WHITE)
    assert found.polarity.value in found.how


def test_white_is_edited_when_only_half_of_the_evidence_is_against_it() -> None:
    frame = np.zeros((SIZE.height, SIZE.width), np.uint8)
    frame[:4] = frame[-4:] = frame[:, :4] = frame[:, -4:] = 255
    assert read(grey(frame)).polarity is Polarity.WHITE
    inner = np.zeros((SIZE.height, SIZE.width), np.uint8)
    inner[4:-4, 4:-4] = 255
    assert read(grey(inner)).polarity is Polarity.WHITE


@pytest.mark.parametrize("sigma", [1.5, 6.0])
def test_a_feathered_rim_is_kept_to_its_last_level(sigma: float) -> None:
    painted = gaussian(binary(coverage()), sigma)
    assert np.array_equal(read(grey(painted)).coverage, painted)


@pytest.mark.parametrize("soft", [False, True])
def test_compression_stains_do_not_matter(soft: bool) -> None:
    painted = coverage() if soft else binary(coverage())
    file = io.BytesIO()
    Image.fromarray(painted).convert("RGB").save(file, "JPEG", quality=60)
    red, green, blue = np.moveaxis(np.asarray(Image.open(file)), -1, 0)
    found = read(raster(red, green, blue, 255))
    assert found.coverage[0].max() == 0
    assert ((found.coverage >= 128) != (painted >= 128)).mean() < 0.01


def test_full_alpha_is_no_mask_but_its_colours_are() -> None:
    painted = coverage()
    faint = raster(painted, painted, painted, 250)
    assert read(faint).polarity is Polarity.WHITE


@pytest.mark.parametrize("polarity", [None, *Polarity])
def test_one_grey_is_no_mask(polarity: Polarity | None) -> None:
    with pytest.raises(InputProblem, match=r"no mask|Nothing in this mask is transparent"):
        from_raster(grey(128), SIZE, polarity=polarity)


@pytest.mark.parametrize("level", [0, 255])
def test_black_or_white_all_over_needs_to_be_told(level: int) -> None:
    with pytest.raises(InputProblem, match="the same all over"):
        from_raster(grey(level), SIZE)
    with pytest.raises(InputProblem, match="Nothing in this mask is transparent"):
        from_raster(grey(level), SIZE, polarity=Polarity.CLEAR)
    for polarity, levels in ((Polarity.WHITE, level), (Polarity.BLACK, 255 - level)):
        found = from_raster(grey(level), SIZE, polarity=polarity)
        assert (found.coverage == levels).all()


@pytest.mark.parametrize("colour", [0, 90])
def test_what_is_clear_all_over_needs_to_be_told(colour: int) -> None:
    nothing = raster(colour, colour, colour, 0)
    with pytest.raises(InputProblem, match="the same all over" if colour == 0 else "no mask"):
        from_raster(nothing, SIZE)
    for polarity, level in ((Polarity.CLEAR, 255), (Polarity.SOLID, 0)):
        assert (from_raster(nothing, SIZE, polarity=polarity).coverage == level).all()


@pytest.mark.parametrize("soft", [False, True])
def test_an_exact_mask_that_lets_everything_change_is_read_again(soft: bool) -> None:
    painted = np.full((SIZE.height, SIZE.width), 255, np.uint8)
    found = from_raster(filed(painted, soft=soft), SIZE)
    assert found.polarity is Polarity.CLEAR
    assert np.array_equal(found.coverage, painted)


def test_a_photograph_is_no_mask() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (SIZE.height, SIZE.width))
    with pytest.raises(InputProblem, match=r"no mask.*nothing changed"):
        from_raster(raster(noise, noise[::-1], noise[:, ::-1], 255), SIZE)


@pytest.mark.parametrize("size", [Size(60, 45), Size(240, 180), Size(121, 90)])
def test_another_size_of_the_same_shape_is_fitted(size: Size) -> None:
    found = from_raster(filed(coverage(1, size)), SIZE)
    assert found.fitted_from == size
    assert found.coverage.shape == (SIZE.height, SIZE.width)
    assert ((found.coverage >= 128) != (coverage() >= 128)).mean() < 0.05


def test_another_shape_is_refused() -> None:
    with pytest.raises(InputProblem, match="mask is 90x120 and the picture 120x90"):
        from_raster(filed(coverage(1, Size(90, 120))), SIZE)


def palette_mask() -> Image.Image:
    """A palette with transparency, black throughout: only the alpha tells anything."""
    indices = np.full((SIZE.height, SIZE.width), 3, np.uint8)
    indices[50:80, 40:70] = 0
    indices[0, 90:] = 1
    indices[49, 40:70] = 2
    image = Image.fromarray(indices)
    image = image.convert("P")
    image.putpalette([0, 0, 0] * 256)
    file = io.BytesIO()
    image.save(file, "PNG", transparency=bytes([0, 7, 12, 255]))
    return Image.open(file)


def check_palette(image: Image.Image) -> None:
    pixels = np.asarray(image.convert("RGBA"))
    assert set(np.unique(pixels[..., 3]).tolist()) == {0, 7, 12, 255}
    bgra = np.ascontiguousarray(pixels[..., [2, 1, 0, 3]])
    found = from_raster(Raster(bgra), Size(*image.size))
    assert found.polarity is Polarity.CLEAR
    assert np.array_equal(found.coverage, 255 - pixels[..., 3])
    assert set(np.unique(found.coverage).tolist()) == {0, 243, 248, 255}


def test_a_palette_with_transparency() -> None:
    check_palette(palette_mask())


@pytest.mark.shared
def test_the_real_palette_mask(shared: Path) -> None:
    check_palette(Image.open(shared / "real" / "sunlit_lounge_mask.png"))


def test_a_mask_is_read_as_was_said() -> None:
    painted = np.where(coverage() > 127, 255, 0).astype(np.uint8)
    dual = filed(painted)
    for polarity in Polarity:
        found = from_raster(dual, SIZE, polarity=polarity)
        edited = polarity in {Polarity.CLEAR, Polarity.WHITE}
        assert np.array_equal(found.coverage, painted if edited else 255 - painted)
        assert found.polarity is polarity
        assert found.polarity.other.other is polarity
        assert found.polarity.other is not polarity
    with pytest.raises(InputProblem, match="Nothing in this mask is transparent"):
        from_raster(grey(painted), SIZE, polarity=Polarity.SOLID)
    with pytest.raises(InputProblem, match="no mask"):
        from_raster(raster(90, 90, 90, 255 - painted), SIZE, polarity=Polarity.BLACK)


def test_a_mask_for_a_part_of_the_picture_lies_there() -> None:
    large, window = Size(300, 200), Rect(40, 50, 160, 140)
    found = from_raster(grey(coverage()), large, window=window)
    assert found.placed == window
    assert found.fitted_from is None
    expected = np.zeros((200, 300), bool)
    expected[window.rows_cols] = coverage() >= 128
    assert np.array_equal(found.coverage >= 128, expected)
    smaller = from_raster(grey(coverage()), large, window=Rect(40, 50, 100, 95))
    assert smaller.fitted_from == SIZE
    assert smaller.coverage[95:].max() == 0


def test_a_mask_of_another_shape_is_stretched_only_on_request() -> None:
    with pytest.raises(InputProblem, match="shapes differ"):
        from_raster(grey(coverage()), Size(200, 90))
    found = from_raster(grey(coverage()), Size(200, 90), stretch=True)
    assert found.coverage.shape == (90, 200)
    assert found.fitted_from == SIZE


@pytest.mark.parametrize("soft", [False, True])
def test_black_and_white_is_one_channel(soft: bool) -> None:
    painted = coverage()
    image = Image.open(io.BytesIO(to_png(painted, soft=soft, grey=True)))
    assert image.mode == "L"
    assert np.array_equal(np.asarray(image), painted if soft else binary(painted))
