"""What an edit costs: an estimate before it is sent, the figure from the usage afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from editor.capability.field import Value
from editor.capability.provider import Model
from editor.capability.rates import Flat, Tokens
from editor.capability.values import effective, why_off
from editor.imaging.geometry import Size

_MILLION = 1_000_000


def estimate(
    model: Model, settings: Mapping[str, Value], sent: Size, input_pictures: int
) -> float | None:
    """USD for one result of this size; None when nobody knows.

    input_pictures: target and references together, each reckoned at the sent size. The few
    tokens of the prompt are left out; previews are counted as if all of them came.
    """
    match model.prices:
        case None:
            return None
        case Flat(picture):
            return picture
        case Tokens() as rates:
            values = effective(model, settings)
            quality = str(values.get("quality", rates.auto))
            quality = rates.auto if quality == "auto" else quality
            faithful = _in_force("input_fidelity", model, settings) == "high"
            drawn = rates.output.tokens(quality, sent) + rates.partial * _previews(model, settings)
            read = input_pictures * rates.input.tokens(sent, faithful=faithful)
            words = rates.answer_text * rates.text_out
            return (drawn * rates.image_out + read * rates.image_in + words) / _MILLION
        case _:
            assert_never(model.prices)


def actual(model: Model, usage: Mapping[str, object], pictures: int = 1) -> float | None:
    """USD of one picture by the usage that came with an answer; None when it cannot be told.

    pictures: how many the answer brought, which share its tokens. Tokens without details are
    reckoned as those of pictures.
    """
    match model.prices:
        case None:
            return None
        case Flat(picture):
            return picture
        case Tokens() as rates:
            read, drawn = _counted(usage, "input_tokens"), _counted(usage, "output_tokens")
            if read is None or drawn is None:
                return None
            total = read[0] * rates.image_in + read[1] * rates.text_in
            total += drawn[0] * rates.image_out + drawn[1] * rates.text_out
            return total / _MILLION / pictures
        case _:
            assert_never(model.prices)


def _previews(model: Model, settings: Mapping[str, Value]) -> int:
    return int(_in_force("partial_images", model, settings) or 0)


def _in_force(name: str, model: Model, settings: Mapping[str, Value]) -> Value | None:
    """The value of a field that is sent, None for one that is not."""
    field = model.field(name)
    if field is None or why_off(field, model, settings):
        return None
    return effective(model, settings)[name]


def _counted(usage: Mapping[str, object], name: str) -> tuple[int, int] | None:
    """Tokens of pictures and of text."""
    details = usage.get(f"{name}_details")
    if isinstance(details, Mapping):
        pictures, words = details.get("image_tokens"), details.get("text_tokens", 0)
        if isinstance(pictures, int) and isinstance(words, int):
            return pictures, words
    total = usage.get(name)
    return (total, 0) if isinstance(total, int) else None


def of_answer(model: Model, facts: Mapping[str, object]) -> float | None:
    """USD of one picture by what its answer said; None when it said nothing of use."""
    usage, pictures = facts.get("usage"), facts.get("pictures")
    shared = pictures if isinstance(pictures, int) and pictures > 0 else 1
    return actual(model, usage if isinstance(usage, Mapping) else {}, shared)
