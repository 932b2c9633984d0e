"""A server that speaks images/edits as of gpt-image-1 and dall-e-2, at any address."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fakes.rules import Rules, Value, Wish, whole, word
from tests.fakes.speaking.speaker import Carried, Speaker, openai_body

GPT, OLD = "gpt-image-1", "dall-e-2"
SMALL = {(256, 256), (512, 512), (1024, 1024)}

VALUES = {
    "n": whole(1, 10),
    "background": word("transparent", "opaque", "auto", only=(GPT,)),
    "input_fidelity": word("high", "low", only=(GPT,)),
    "output_compression": whole(0, 100, only=(GPT,)),
    "output_format": word("png", "jpeg", "webp", only=(GPT,)),
    "partial_images": whole(0, 3, only=(GPT,)),
    "quality": word("auto", "high", "medium", "low", "standard"),
    "response_format": word("url", "b64_json", only=(OLD,)),
    "stream": Value("flag", only=(GPT,)),
    "user": Value(),
}


def fits(model: str, width: int, height: int) -> bool:
    """Whether the model draws in this size."""
    large = {(1024, 1024), (1536, 1024), (1024, 1536)}
    return (width, height) in (SMALL if model == OLD else large)


def links(wish: Wish) -> bool:
    """The old model answers with links unless it is told not to."""
    return wish.model == OLD and wish.texts.get("response_format") != "b64_json"


def body(wish: Wish, carried: Sequence[Carried], task: str) -> object:
    """The old model tells nothing but the pictures."""
    if wish.model == OLD:
        return {"created": 1_764_000_000, "data": list(carried)}
    return openai_body(wish, carried, task)


COMPATIBLE = Speaker(
    ("/v1/images/edits",),
    Rules(frozenset({GPT, OLD}), VALUES, fits),
    links=links,
    streams=True,
    body=body,
)
