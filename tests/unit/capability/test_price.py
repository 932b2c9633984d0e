"""Prices: estimated before, counted afterwards, unknown when unknown."""

import pytest

from editor.capability.catalog import load
from editor.capability.price import actual, estimate, of_answer
from editor.capability.provider import Model
from editor.capability.rates import Area, Flat, Ladder, Tokens
from editor.imaging.geometry import Size

SQUARE = Size(1024, 1024)
RATES = Tokens(
    text_in=5.0,
    image_in=8.0,
    image_out=30.0,
    text_out=10.0,
    output=Ladder({"medium": 24}),
    input=Area(1024),
)


@pytest.fixture(scope="module")
def catalog():
    return load()


@pytest.mark.parametrize(
    ("name", "settings", "tokens"),
    [
        ("gpt-image-2", {"quality": "low"}, 196),
        ("gpt-image-2", {"quality": "auto"}, 1756),
        ("gpt-image-2", {}, 1756),
        ("gpt-image-2.5-flare", {"quality": "max"}, 7024),
        ("gpt-image-2.6-flare", {"quality": "low"}, 4 * 196),
        ("gpt-image-2", {"quality": "low", "stream": True, "partial_images": 3}, 496),
        ("gpt-image-2", {"quality": "low", "partial_images": 3}, 196),
    ],
)
def test_estimates_follow_the_published_tokens(catalog, name, settings, tokens):
    model = catalog.model("openai", name)
    assert estimate(model, settings, SQUARE, 0) == pytest.approx(tokens * 30 / 1e6)
    with_two = (tokens * 30 + 2 * 1024 * 8) / 1e6
    assert estimate(model, settings, SQUARE, 2) == pytest.approx(with_two)


def test_fidelity_counts_where_it_is_sent(catalog):
    model = catalog.model("openai", "gpt-image-1.5")
    usual = (1056 * 32 + 225 * 10 + (65 + 4 * 129) * 8) / 1e6
    faithful = usual + 4160 * 8 / 1e6
    assert estimate(model, {}, SQUARE, 1) == pytest.approx(usual)
    assert estimate(model, {"input_fidelity": "high"}, SQUARE, 1) == pytest.approx(faithful)


def test_here_nothing_costs_anything(catalog):
    model = catalog.model("offline", "quick")
    assert estimate(model, {}, SQUARE, 1) == 0.0
    assert actual(model, {}) == 0.0


def test_a_model_without_figures_costs_nobody_knows_what(catalog):
    model = catalog.model("openai", "gpt-image-9")
    assert estimate(model, {}, SQUARE, 1) is None
    assert actual(model, {"input_tokens": 1, "output_tokens": 1}) is None


def test_a_flat_price_is_itself():
    model = Model(id="m", label="M", prices=Flat(0.04))
    assert estimate(model, {}, SQUARE, 3) == 0.04
    assert actual(model, {}) == 0.04


def test_a_model_without_the_fields_is_reckoned_at_their_usual_values():
    model = Model(id="m", label="M", prices=RATES)
    assert estimate(model, {}, SQUARE, 1) == pytest.approx((439 * 30 + 1024 * 8) / 1e6)


@pytest.mark.parametrize(
    ("usage", "usd"),
    [
        (
            {
                "input_tokens": 1100,
                "input_tokens_details": {"image_tokens": 1000, "text_tokens": 100},
                "output_tokens": 1200,
                "output_tokens_details": {"image_tokens": 1000, "text_tokens": 200},
            },
            (1000 * 8 + 100 * 5 + 1000 * 30 + 200 * 10) / 1e6,
        ),
        ({"input_tokens": 1000, "output_tokens": 1000}, (1000 * 8 + 1000 * 30) / 1e6),
        (
            {"input_tokens": 1000, "input_tokens_details": "?", "output_tokens": 1000},
            (1000 * 8 + 1000 * 30) / 1e6,
        ),
        (
            {
                "input_tokens": 10,
                "input_tokens_details": {"image_tokens": None},
                "output_tokens_details": {"image_tokens": 10},
            },
            (10 * 8 + 10 * 30) / 1e6,
        ),
        ({"input_tokens": 1000}, None),
        ({"output_tokens": "many", "input_tokens": 3}, None),
        ({}, None),
    ],
)
def test_the_usage_gives_the_price(usage, usd):
    model = Model(id="m", label="M", prices=RATES)
    found = actual(model, usage)
    assert found == (None if usd is None else pytest.approx(usd))


def test_several_pictures_of_one_answer_share_its_tokens():
    model = Model(id="m", label="M", prices=RATES)
    usage = {"input_tokens": 0, "output_tokens": 3_000_000}
    assert actual(model, usage) == pytest.approx(90.0)
    assert of_answer(model, {"usage": usage}) == pytest.approx(90.0)
    assert of_answer(model, {"usage": usage, "pictures": 3}) == pytest.approx(30.0)
    for odd in (0, -1, "3", None):
        assert of_answer(model, {"usage": usage, "pictures": odd}) == pytest.approx(90.0)
    flat = Model(id="f", label="F", prices=Flat(0.5))
    assert of_answer(flat, {"pictures": 3}) == 0.5
    assert of_answer(model, {"usage": "much"}) is None
