import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import field, learned, texture
from editor.compose.fitting.grain import Grain
from editor.compose.fitting.part import Part
from editor.compose.fitting.residue import Told
from editor.compose.fitting.texture import MOST_WORSE, textured
from editor.compose.patch import Where
from editor.imaging import cv
from tests.fakes.redrawing import Floats

Bytes = NDArray[np.uint8]
CHANCE = np.random.default_rng(2)
RAMP = np.broadcast_to(np.linspace(0.3, 0.6, 160, dtype=np.float32)[None, :, None], (160, 160, 3))
INSIDE = np.zeros((160, 160), np.bool_)
INSIDE[50:110, 50:110] = True


def grainy(strength: float, lighter: float = 0.0) -> Bytes:
    pixels = RAMP + lighter + CHANCE.normal(0, strength, RAMP.shape)
    return cv.reordered(cv.as_bytes(pixels.astype(np.float32)), "bgr bgra")


def lay_on(monkeypatch: pytest.MonkeyPatch, levels: float) -> None:
    """Grain that is a step of so many levels, as far as it is asked for."""

    def added(part: Part, grain: Grain) -> list[Floats]:
        share = float(grain.lacks.max()) if grain.field is not None else 0.0
        rows, cols = part.rect.size.height, part.rect.size.width
        return [np.full((rows, cols), levels * share / whole, np.float32)] * 3

    def planned(told: Told) -> Grain:
        return real(told)._replace(lacks=np.full(64, whole, np.float32))

    whole, real = 0.02, texture.planned
    monkeypatch.setattr(texture, "planned", planned)
    monkeypatch.setattr(Part, "added", added)


def test_an_answer_with_the_same_texture_is_returned_itself() -> None:
    source = grainy(0.01)
    assert textured(source, source, ~INSIDE, INSIDE) == (source, 1.0)


def test_an_answer_without_grain_gets_that_of_its_surroundings() -> None:
    source = grainy(0.02)
    came = grainy(0.0)
    after, detail = textured(came, source, ~INSIDE, INSIDE)
    assert detail == 1.0, "grain is no detail"
    assert after[INSIDE].std() > came[INSIDE].std()
    assert (after[..., 3] == 255).all()


@pytest.mark.parametrize(("levels", "got"), [(1, 1), (25, 2)])
def test_what_leads_away_is_given_in_part(
    monkeypatch: pytest.MonkeyPatch, levels: float, got: float
) -> None:
    source = grainy(0.02)
    came = grainy(0.0)
    lay_on(monkeypatch, levels)
    after, _ = textured(came, source, ~INSIDE, INSIDE)
    more = after[..., :3].astype(int) - came[..., :3]
    assert 0 < more.mean() <= got
    differs = texture._differs
    worse = differs(after[~INSIDE], source[~INSIDE]) - differs(came[~INSIDE], source[~INSIDE])
    assert worse < 1.5 * MOST_WORSE


def test_where_nothing_can_be_compared_nothing_is_done() -> None:
    source, came = grainy(0.02), grainy(0.0)
    assert textured(came, source, np.zeros_like(INSIDE), INSIDE) == (came, 1.0)


def test_of_surroundings_that_were_drawn_anew_no_grain_is_taken() -> None:
    source, came = grainy(0.02), grainy(0.0, 0.2)
    assert textured(came, source, ~INSIDE, INSIDE)[0] is came
    assert textured(grainy(0.0), source, ~INSIDE, INSIDE)[0] is not came


def squares(cols: int = 160) -> Bytes:
    """Detail without grain."""
    levels = np.random.default_rng(3).integers(60, 200, (32, cols // 5), np.uint8)
    grey = np.repeat(np.repeat(levels, 5, axis=0), 5, axis=1)
    return np.dstack([grey, grey, grey, np.full_like(grey, 255)])


def test_a_soft_answer_is_made_as_sharp_as_its_surroundings() -> None:
    source = squares()
    came = cv.gaussian(source, 1.0)
    after, detail = textured(came, source, ~INSIDE, INSIDE)
    assert detail < 0.9
    differs = texture._differs
    assert differs(after[INSIDE], source[INSIDE]) < 0.92 * differs(came[INSIDE], source[INSIDE])


def test_a_noisy_answer_is_made_as_clean_as_its_surroundings() -> None:
    source = squares()
    noise = np.random.default_rng(4).normal(0, 4, source.shape) * (1, 1, 1, 0)
    came = np.clip(np.rint(source + noise), 0, 255).astype(np.uint8)
    after, _ = textured(came, source, ~INSIDE, INSIDE)
    differs = texture._differs
    assert differs(after[INSIDE], source[INSIDE]) < 0.9 * differs(came[INSIDE], source[INSIDE])


def test_of_a_wide_picture_a_part_is_judged() -> None:
    source = squares(1600)
    outside = np.ones(source.shape[:2], np.bool_)
    outside[:, :300] = False
    judge = texture._Judge(source, source, outside, outside)
    for part, where in judge.parts:
        assert part.rect.size.width == 1024
        assert part.rect.left >= 300
        assert where.all()


def test_what_only_leads_away_is_left_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    source = squares()
    came = cv.gaussian(source, 1.0)
    monkeypatch.setattr(texture._Judge, "after", lambda judge, _: judge.before + 1)
    monkeypatch.setattr(texture, "REDRAWN", 0.0)
    monkeypatch.setattr(texture, "_FILTERED", 0)
    assert textured(came, source, ~INSIDE, INSIDE)[0] is came


def test_where_no_place_lends_its_grain_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    source, came = grainy(0.02), grainy(0.0)
    monkeypatch.setattr(field, "laid", lambda *_: None)
    assert textured(came, source, ~INSIDE, INSIDE)[0] is came


def spoilt(source: Bytes) -> Bytes:
    """Soft and noisy."""
    noise = np.random.default_rng(5).normal(0, 2.5, source.shape) * (1, 1, 1, 0)
    return np.clip(np.rint(cv.gaussian(source, 1.5) + noise), 0, 255).astype(np.uint8)


def test_a_soft_and_noisy_answer_learns_from_its_surroundings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = squares()
    came, differs = spoilt(source), texture._differs
    after, detail = textured(came, source, ~INSIDE, INSIDE)
    assert detail < 0.8
    monkeypatch.setattr(texture, "_FILTERED", 0)
    without, _ = textured(came, source, ~INSIDE, INSIDE)
    assert differs(after[INSIDE], source[INSIDE]) < 0.85 * differs(without[INSIDE], source[INSIDE])


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [(texture, "_NEARER", 0.0), (texture, "_MADE_UP", 9.0), (learned, "FEWEST", 10**6)],
    ids=["not nearer", "less detail", "too few places"],
)
def test_what_was_learned_is_taken_only_where_it_is_borne_out(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, value: float
) -> None:
    source = squares()
    came = spoilt(source)
    by_filters, _ = textured(came, source, ~INSIDE, INSIDE)
    monkeypatch.setattr(module, name, value)
    after, _ = textured(came, source, ~INSIDE, INSIDE)
    monkeypatch.setattr(learned, "learned", lambda *_: None)
    without, _ = textured(came, source, ~INSIDE, INSIDE)
    assert np.array_equal(after, without)
    assert not np.array_equal(after, by_filters)


def test_where_filters_are_judged_they_did_not_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    source, taught, judging = squares(), [], []
    real, judge = learned.learned, texture._Judge

    def spied(came: Bytes, source: Bytes, where: Where) -> learned.Filters | None:
        taught.append(where)
        return real(came, source, where)

    def heard(came: Bytes, source: Bytes, outside: Where, kept: Where) -> texture._Judge:
        judging.append(kept)
        return judge(came, source, outside, kept)

    monkeypatch.setattr(learned, "learned", spied)
    monkeypatch.setattr(texture, "_Judge", heard)
    textured(spoilt(source), source, ~INSIDE, INSIDE)
    assert len(taught) == 1
    assert len(judging) == 2
    for kept in judging:
        assert not (taught[0] & kept).any()
        assert np.array_equal(taught[0] | kept, ~INSIDE)
        assert kept.sum() / (~INSIDE).sum() == pytest.approx(0.2, abs=0.02)


def test_grain_teaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(learned, "learned", lambda *_: asked.append(1))
    for source in (grainy(0.05), squares()):
        textured(cv.gaussian(source, 0.8), source, ~INSIDE, INSIDE)
        asked.append(0)
    assert asked == [0, 1, 0]
