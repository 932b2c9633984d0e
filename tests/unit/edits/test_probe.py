"""The probe is small, legal for every model, half masked, and its wish speaks of no mask."""

from __future__ import annotations

import numpy as np
import pytest

from editor.capability.catalog import load
from editor.capability.limits import legal
from editor.capability.provider import Model, Provider
from editor.edits.check import problems
from editor.edits.framing import frame
from editor.edits.probe import PROMPT, cost, probe

MASKED = [
    (provider, model)
    for provider in load().providers
    for model in provider.models
    if provider.engine == "remote" and model.mask
]


@pytest.mark.parametrize(("provider", "model"), MASKED, ids=[f"{p.id}-{m.id}" for p, m in MASKED])
def test_every_model_that_takes_a_mask_can_be_probed(provider: Provider, model: Model) -> None:
    request = probe(provider, model)
    assert problems(request, model) == ()
    assert not legal(model.limits.sizes, request.source.size)
    assert request.source.size.area <= 1024 * 1024


def test_it_is_sent_as_it_is_with_the_right_half_masked() -> None:
    provider, model = MASKED[0]
    request = probe(provider, model)
    framed = frame(request, model)
    width = request.source.size.width
    assert framed.placement.window.size == framed.placement.sent == request.source.size
    assert framed.mask is not None
    assert framed.mask[:, width * 3 // 4 :].all()
    assert not framed.mask[:, : width // 4].any()
    assert request.coverage is not None
    assert not request.coverage.flags.writeable


def test_its_price_is_that_of_its_size_and_speed() -> None:
    openai = load().provider("openai")
    model = openai.models[0]
    price = cost(model)
    assert price is not None
    assert 0 < price < 0.05
    assert cost(openai.model("unheard-of")) is None


def test_both_halves_are_full_of_colours_and_always_the_same() -> None:
    provider, model = MASKED[0]
    one, other = probe(provider, model).source.pixels, probe(provider, model).source.pixels
    assert np.array_equal(one, other)
    half = one.shape[1] // 2
    for part in (one[:, :half], one[:, half:]):
        assert len(np.unique(part.reshape(-1, 4), axis=0)) > 40
    assert not {"mask", "half", "keep", "leave"} & set(PROMPT.lower().strip(".").split())
