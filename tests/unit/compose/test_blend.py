import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from editor.compose import blend
from editor.compose.blend import BEYOND, join, mixed, preview
from editor.compose.fitting.fit import fit
from editor.compose.patch import applied
from editor.compose.recipe import Recipe
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size, whole
from editor.imaging.raster import Native, Raster
from editor.mask.plane import Coverage
from tests.fakes.colour import display_p3, srgb
from tests.fakes.joining import blobs, noise, source, variant
from tests.fakes.redrawing import answered, ellipse, raster, scene

SIZE = Size(90, 70)
PROFILES = {"none": b"", "sRGB": srgb(), "P3": display_p3()}


def solid(size: Size, *bgra: int) -> Raster:
    return Raster(np.full((size.height, size.width, 4), bgra, np.uint8))


@given(
    seed=st.integers(0, 999),
    depth=st.sampled_from([8, 16]),
    channels=st.sampled_from([3, 4]),
    profile=st.sampled_from(sorted(PROFILES)),
    feather=st.floats(0, 20),
    clear=st.booleans(),
    factor=st.sampled_from([1.0, 0.4, 1.7]),
)
def test_coverage_0_keeps_every_bit(
    seed: int,
    depth: int,
    channels: int,
    profile: str,
    feather: float,
    clear: bool,
    factor: float,
) -> None:
    base = source(SIZE, depth, channels, PROFILES[profile])
    coverage = blobs(SIZE, seed)
    window = Rect(5, 3, 85, 66)
    sent = Size(round(80 * factor), round(63 * factor))
    answer = variant(noise(sent, seed, clear=clear), window, coverage)
    joined = join(base, answer, Recipe("v1", feather))
    result = applied(base, [joined.patch])
    keep = coverage == 0
    assert np.array_equal(result.samples[keep], base.samples[keep])
    assert result.profile == base.profile
    assert result.samples.dtype == base.samples.dtype
    assert joined.protected == np.count_nonzero(keep)
    assert joined.changed == 0


@pytest.mark.parametrize("depth", [8, 16])
def test_a_blend_that_runs_outward_is_found(monkeypatch: pytest.MonkeyPatch, depth: int) -> None:
    def outward(coverage: Coverage, feather: float) -> Coverage:
        return np.maximum(coverage, 40)

    base = source(SIZE, depth)
    coverage = np.zeros((70, 90), np.uint8)
    coverage[20:40, 30:50] = 255
    coverage[20, 30] = 0
    answer = variant(noise(SIZE), whole(SIZE), coverage)
    assert join(base, answer, Recipe("v1", 4)).changed == 0
    monkeypatch.setattr(blend, "blend_mask", outward)
    assert join(base, answer, Recipe("v1", 4)).changed == 1


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("channels", [3, 4])
def test_full_coverage_takes_the_answer_as_it_is(depth: int, channels: int) -> None:
    base = source(SIZE, depth, channels)
    coverage = np.zeros((70, 90), np.uint8)
    coverage[10:50, 20:80] = 255
    answer = noise(SIZE)
    joined = join(base, variant(answer, whole(SIZE), coverage), Recipe("v1", 0))
    full = 257 if depth == 16 else 1
    want = answer.pixels[10:50, 20:80, [2, 1, 0, 3]][..., :channels].astype(int) * full
    assert joined.patch.rect == Rect(20, 10, 80, 50)
    assert np.array_equal(joined.patch.samples, want)
    assert joined.note == ""


def test_the_answer_comes_in_the_sources_profile() -> None:
    base = source(Size(4, 4), 16, 3, display_p3())
    answer = variant(solid(Size(4, 4), 0, 0, 255, 255), Rect(0, 0, 4, 4), None)
    red, green, blue = join(base, answer, Recipe("v1", 0)).patch.samples[0, 0] / 257
    assert (red, green, blue) == pytest.approx((234, 51, 35), abs=2)


def test_the_feather_runs_inward_and_not_along_the_pictures_border() -> None:
    base = Native(np.zeros((40, 40, 3), np.uint8))
    coverage = np.zeros((40, 40), np.uint8)
    coverage[:, :20] = 255
    joined = join(
        base,
        variant(solid(Size(40, 40), 255, 255, 255, 255), Rect(0, 0, 40, 40), coverage),
        Recipe("v1", 10),
    )
    row = joined.patch.samples[20, :, 0]
    assert joined.patch.rect == Rect(0, 0, 20, 40)
    assert (row[:10] == 255).all()
    assert (np.diff(row[9:].astype(int)) < 0).all()
    assert 0 < row[-1] < 20
    assert np.array_equal(joined.patch.samples[0], joined.patch.samples[20])


def test_where_the_answer_is_clear_the_source_shows() -> None:
    under = np.full((1, 2, 3), 200, np.uint8)
    answer = np.array([[[9, 9, 9, 0], [100, 100, 100, 128]]], np.uint8)
    result = mixed(under, answer, np.full((1, 2), 255, np.uint8))
    assert result[0, :, 0].tolist() == [200, 150]


def test_with_alpha_a_colour_counts_as_much_as_it_is_seen() -> None:
    under = np.array([[[10, 0, 0, 0], [10, 0, 0, 255], [10, 20, 30, 0]]], np.uint8)
    answer = np.array([[[90, 0, 0, 255], [90, 0, 0, 255], [0, 0, 0, 0]]], np.uint8)
    result = mixed(under, answer, np.full((1, 3), 51, np.uint8))
    assert result[0, 0].tolist() == [90, 0, 0, 51]  # nothing seen below: the answer's colour
    assert result[0, 1].tolist() == [26, 0, 0, 255]
    assert result[0, 2].tolist() == [10, 20, 30, 0]  # nothing seen at all


def test_without_a_mask_the_whole_window_is_the_answer() -> None:
    base = source(SIZE)
    answer = noise(Size(90, 50))
    joined = join(base, variant(answer, Rect(0, 10, 90, 60), None), Recipe("v1", 0))
    assert joined.patch.rect == Rect(0, 10, 90, 60)
    assert np.array_equal(joined.patch.samples, answer.pixels[..., 2::-1])
    assert joined.protected == 90 * 20


def test_painted_beyond_the_answer_stays_and_is_said() -> None:
    base = source(SIZE)
    coverage = np.zeros((70, 90), np.uint8)
    coverage[10:20, :] = 255
    narrow = variant(noise(Size(30, 70)), Rect(30, 0, 60, 70), coverage)
    joined = join(base, narrow, Recipe("v1", 0))
    result = applied(base, [joined.patch]).samples
    assert joined.note == preview(noise(SIZE), narrow, Recipe("v1", 0)).note == BEYOND
    assert np.array_equal(result[:, :30], base.samples[:, :30])
    assert np.array_equal(result[:, 60:], base.samples[:, 60:])
    assert not np.array_equal(result[10:20, 30:60], base.samples[10:20, 30:60])
    assert joined.protected == 90 * 60


def test_a_mask_quite_beyond_the_answer_changes_nothing() -> None:
    base = source(SIZE)
    coverage = np.zeros((70, 90), np.uint8)
    coverage[:5, :5] = 255
    joined = join(
        base, variant(noise(Size(30, 30)), Rect(30, 30, 60, 60), coverage), Recipe("v1", 0)
    )
    assert joined.note == BEYOND
    assert np.array_equal(applied(base, [joined.patch]).samples, base.samples)


def test_nothing_painted_is_told() -> None:
    answer = variant(noise(SIZE), whole(SIZE), np.zeros((70, 90), np.uint8))
    with pytest.raises(InputProblem, match="Nothing is painted"):
        join(source(SIZE), answer, Recipe("v1", 0))


@given(st.integers(0, 999), st.floats(0, 20))
def test_the_preview_is_the_join_of_an_srgb_source(seed: int, feather: float) -> None:
    base = noise(SIZE, 3)
    native = Native(np.ascontiguousarray(base.pixels[..., 2::-1]))
    answer = variant(noise(SIZE, seed), whole(SIZE), blobs(SIZE, seed))
    seen = preview(base, answer, Recipe("v1", feather))
    joined = join(native, answer, Recipe("v1", feather))
    assert seen.rect == joined.patch.rect
    assert np.array_equal(seen.pixels[..., 2::-1], joined.patch.samples)
    assert (seen.pixels[..., 3] == 255).all()


def test_the_preview_keeps_alpha_outside_the_mask() -> None:
    base = noise(SIZE, 3, clear=True)
    coverage = blobs(SIZE, 4)
    seen = preview(base, variant(noise(SIZE), whole(SIZE), coverage), Recipe("v1", 5))
    part, keep = base.pixels[seen.rect.rows_cols], coverage[seen.rect.rows_cols] == 0
    assert np.array_equal(seen.pixels[keep], part[keep])


@given(st.integers(0, 999), st.floats(0, 20), st.floats(0, 1))
def test_only_what_was_painted_or_let_in_changes(seed: int, feather: float, match: float) -> None:
    base = noise(SIZE, 3)
    native = Native(np.ascontiguousarray(base.pixels[..., 2::-1]))
    answer = variant(noise(SIZE, seed), whole(SIZE), blobs(SIZE, seed))
    assert answer.coverage is not None
    recipe = Recipe("v1", feather, match, blobs(SIZE, seed + 1), blobs(SIZE, seed + 2))
    may_change = recipe.may_change(answer.coverage)
    assume(may_change.any())
    found = fit(base, answer)
    joined = join(native, answer, recipe, found)
    keep = may_change == 0
    assert np.array_equal(applied(native, [joined.patch]).samples[keep], native.samples[keep])
    assert joined.changed == 0
    assert joined.protected == np.count_nonzero(keep)
    assert joined.report is found.report
    seen = preview(base, answer, recipe, found)
    assert np.array_equal(seen.pixels[..., 2::-1], joined.patch.samples)


def test_of_the_whole_window_a_part_can_be_kept_out() -> None:
    keep = np.zeros((70, 90), np.uint8)
    keep[20:30, 40:50] = 255
    base, answer = noise(SIZE, 3), variant(noise(SIZE), whole(SIZE), None)
    seen = preview(base, answer, Recipe("v1", 0, kept_out=keep))
    assert np.array_equal(seen.pixels[keep > 0], base.pixels[keep > 0])
    assert np.array_equal(seen.pixels[keep == 0], answer.raster.pixels[keep == 0])


def test_match_goes_from_the_colours_as_they_came_to_those_around() -> None:
    size = Size(240, 180)
    picture = scene(size)
    answer = answered(raster(picture * np.float32([0.8, 1.0, 1.1])), ellipse(size, 0.3))
    base = raster(picture)
    found = fit(base, answer)
    middle = np.s_[50:60, 60:80]
    none, half, full = (
        preview(base, answer, Recipe("v1", 0, match), found).pixels[middle].astype(int)
        for match in (0.0, 0.5, 1.0)
    )
    assert np.abs(none - full).max() > 10
    assert np.abs(half - (none + full) / 2).max() <= 1
