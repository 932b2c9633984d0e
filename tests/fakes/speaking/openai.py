"""OpenAI, as strict as the strictest of its models: form, JSON with data URLs, streams."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes.rules import Broken, Rules, Value, whole, word
from tests.fakes.speaking.speaker import Speaker

FREE_SIZES = (
    "gpt-image-2",
    "gpt-image-2-2026-04-21",
    "gpt-image-2.5-sunburst",
    "gpt-image-2.5-sunburst-2026-09-08",
    "gpt-image-2.5-flare",
    "gpt-image-2.5-flare-2026-09-08",
    "gpt-image-2.6-sunburst",
    "gpt-image-2.6-flare",
)
FIXED_SIZES = ("gpt-image-1.5", "chatgpt-image-latest", "gpt-image-1-mini")
COMPLEX = FREE_SIZES[6:]
THREE = {(1024, 1024), (1536, 1024), (1024, 1536)}
LADDER = ("auto", "low", "medium", "high")

VALUES = {
    "n": whole(1, 10),
    "quality": word(*LADDER, "xhigh", "max"),
    "background": word("auto", "opaque", "transparent"),
    "output_format": word("png", "jpeg", "webp"),
    "output_compression": whole(0, 100),
    "input_fidelity": word("low", "high", only=FIXED_SIZES),
    "moderation": word("auto", "low"),
    "complexity": word(*LADDER, only=COMPLEX),
    "stream": Value("flag"),
    "partial_images": whole(0, 3),
    "user": Value(),
    "safety_identifier": Value(),
}


def fits(model: str, width: int, height: int) -> bool:
    """Whether the model draws in this size."""
    if model not in FREE_SIZES:
        return (width, height) in THREE
    return (
        width % 16 == 0 == height % 16
        and max(width, height) <= 3840
        and max(width, height) <= 3 * min(width, height)
        and 655_360 <= width * height <= 8_294_400
    )


def _also(values: Mapping[str, str], model: str) -> None:
    if values.get("quality") in {"xhigh", "max"} and model not in FREE_SIZES[2:]:
        raise Broken("invalid_value", f"Invalid value: '{values['quality']}'", "quality")
    if values.get("n", "1") != "1":
        raise Broken("n_is_one", "this client asks for one picture at a time", "n")
    if "partial_images" in values and values.get("stream") != "true":
        raise Broken("invalid_value", "partial_images needs stream", "partial_images")


RULES = Rules(frozenset(FREE_SIZES + FIXED_SIZES), VALUES, fits, also=_also)

OPENAI = Speaker(("/v1/images/edits",), RULES, json="images", streams=True)
