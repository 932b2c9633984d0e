import tomllib
from pathlib import Path

import numpy as np
import pytest

from editor.imaging import areas, cv
from editor.imaging.removal.fill import PATCH, QUICK, TEXTURE, Filler, fill
from editor.preferences.places import resource
from tests.fakes.holes import apart, disc, gradient, holed, stripes

FILLERS = {"quick": QUICK, "texture": TEXTURE, "patch": PATCH}


def quiet(fraction: float) -> None:
    assert 0 <= fraction <= 1


@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
@pytest.mark.parametrize("picture", [stripes, gradient])
def test_it_comes_nearer_to_the_truth_than_smearing(picture: object, filler: Filler) -> None:
    truth, hole = picture(240, 300), disc(240, 300, 36)
    given = holed(truth, hole)
    result = fill(given, hole, filler, quiet)
    smeared = areas.inpaint(given, hole.view(np.uint8), 5)
    assert np.array_equal(result[~hole], truth[~hole])
    assert apart(result, truth, hole) < 0.7 * apart(smeared, truth, hole)


@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_the_given_picture_is_not_touched_and_the_result_repeats(filler: Filler) -> None:
    hole = disc()
    given = holed(stripes(), hole)
    before = given.copy()
    once = fill(given, hole, filler, quiet)
    assert np.array_equal(given, before)
    assert np.array_equal(fill(given, hole, filler, quiet), once)


@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_holes_at_the_border_and_in_several_parts(filler: Filler) -> None:
    truth = stripes(200, 240)
    hole = np.zeros((200, 240), np.bool_)
    hole[:30, :30] = hole[170:, 200:] = hole[90:110, 100:140] = True
    result = fill(holed(truth, hole), hole, filler, quiet)
    assert np.array_equal(result[~hole], truth[~hole])
    assert apart(result, truth, hole) < 40


def test_full_size_searches_every_level() -> None:
    truth, hole = stripes(240, 300), disc(240, 300, 36)
    result = fill(holed(truth, hole), hole, QUICK.full_size, quiet)
    assert apart(result, truth, hole) < 8


def test_too_little_around_is_continued_smoothly() -> None:
    picture = np.full((30, 30, 3), 90, np.uint8)
    hole = np.ones((30, 30), np.bool_)
    hole[:2] = False
    result = fill(holed(picture, hole), hole, PATCH, quiet)
    assert np.abs(result.astype(int) - 90).max() <= 8


def test_progress_only_grows_and_ends_whole() -> None:
    heard: list[float] = []
    hole = disc()
    fill(holed(stripes(), hole), hole, PATCH, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 4


def test_what_the_listener_raises_ends_the_work() -> None:
    def stop(fraction: float) -> None:
        raise KeyboardInterrupt

    hole = disc()
    with pytest.raises(KeyboardInterrupt):
        fill(holed(stripes(), hole), hole, PATCH, stop)


def test_the_balloon_of_the_sample_is_gone() -> None:
    told = tomllib.loads(resource("samples", "sample.toml").read_text())["paint"]
    picture = cv.imdecode(resource("samples", "sample.jpg").read_bytes(), unchanged=False)
    assert picture is not None
    (x, y), radius = told["centre"], told["radius"]
    part = np.ascontiguousarray(picture[y - 400 : y + 400, x - 500 : x + 500]).astype(np.uint8)
    hole = disc(800, 1000, radius)

    def red(colours: np.ndarray) -> int:
        _, green, red = np.moveaxis(colours.astype(int), 2, 0)
        return int(np.count_nonzero(red - green > 115))

    assert red(part) == red(np.where(hole[..., None], part, 0)) > 20_000
    assert red(fill(part, hole, QUICK, quiet)) == 0


@pytest.mark.shared
@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_texture_on_a_photograph_is_as_lively_as_it_was(shared: Path, filler: Filler) -> None:
    """A disc on the meadow: gradient energy 0.5 to 2 times that of the truth."""
    data = (shared / "photos" / "picosdeeuropa_by_Aitzol_Berasategi.jpg").read_bytes()
    picture = cv.imdecode(data, unchanged=False)
    assert picture is not None
    truth = np.ascontiguousarray(picture[1500:2200, 1950:2650]).astype(np.uint8)
    hole = disc(700, 700, 100)
    result = fill(holed(truth, hole), hole, filler, quiet)

    def energy(part: np.ndarray) -> float:
        down, across = np.gradient(part[..., 1].astype(float))
        return float((down**2 + across**2)[hole].mean())

    assert 0.5 < energy(result) / energy(truth) < 2
