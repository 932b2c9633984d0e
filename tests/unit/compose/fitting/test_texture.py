import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import texture
from editor.compose.fitting.texture import MOST_WORSE, textured
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
    def added(came: Bytes, rect: object, grain: object, strength: float = 1.0) -> Floats:
        part = came[rect.rows_cols]  # type: ignore[attr-defined]  # a rectangle
        return np.full(part.shape, levels * strength, np.float32) * np.float32([1, 1, 1, 0])

    monkeypatch.setattr(texture, "added", added)
    monkeypatch.setattr("editor.compose.fitting.grain.added", added)


def test_an_answer_with_the_same_texture_is_returned_itself() -> None:
    source = grainy(0.01)
    assert textured(source, source, ~INSIDE, INSIDE) == (source, 1.0)


def test_an_answer_without_grain_gets_that_of_its_surroundings() -> None:
    source = grainy(0.02)
    came = cv.gaussian(source, 1.0)
    after, detail = textured(came, source, ~INSIDE, INSIDE)
    assert detail == 1.0, "grain is no detail"
    assert after[INSIDE].std() > came[INSIDE].std()
    assert (after[..., 3] == 255).all()


@pytest.mark.parametrize(("levels", "got"), [(1, 1), (25, 2)])
def test_what_leads_away_is_given_in_part(
    monkeypatch: pytest.MonkeyPatch, levels: float, got: float
) -> None:
    source = grainy(0.02)
    came = cv.gaussian(source, 1.0)
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
