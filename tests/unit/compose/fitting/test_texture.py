import numpy as np
import pytest

from editor.compose.fitting import texture
from editor.compose.fitting.texture import MOST_WORSE, textured
from tests.fakes.redrawing import Floats

CHANCE = np.random.default_rng(2)
RAMP = np.broadcast_to(np.linspace(0.3, 0.6, 160, dtype=np.float32)[None, :, None], (160, 160, 3))
INSIDE = np.zeros((160, 160), np.bool_)
INSIDE[50:110, 50:110] = True


def grainy(strength: float) -> Floats:
    return (RAMP + CHANCE.normal(0, strength, RAMP.shape)).astype(np.float32)


def test_an_answer_with_the_same_texture_is_returned_itself() -> None:
    source = grainy(0.01)
    assert textured(source, source, ~INSIDE, INSIDE) is source


def test_a_little_grain_is_given_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    source = grainy(0.01)
    more = (source + np.float32(0.001)).astype(np.float32)
    monkeypatch.setattr(texture, "grained", lambda *_: more)
    assert textured(source, source, ~INSIDE, INSIDE) is more


def test_a_pattern_that_leads_away_is_given_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    source = grainy(0.0)
    monkeypatch.setattr(texture, "grained", lambda *_: source + np.float32(0.1))
    after = textured(source, source, ~INSIDE, INSIDE)
    share = float((after - source).mean()) / 0.1
    assert 0 < share < 0.2
    assert texture._differs(after[~INSIDE], source[~INSIDE]) < 1.5 * MOST_WORSE


def test_where_nothing_can_be_compared_nothing_is_said_against_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = grainy(0.0)
    more = source + np.float32(0.1)
    monkeypatch.setattr(texture, "grained", lambda *_: more)
    assert textured(source, source, np.zeros_like(INSIDE), INSIDE) is more


def test_of_surroundings_that_were_drawn_anew_no_grain_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = grainy(0.0)
    came = (source + np.float32(0.2)).astype(np.float32)
    monkeypatch.setattr(texture, "grained", lambda *_: came + np.float32(0.01))
    assert textured(came, source, ~INSIDE, INSIDE) is came
