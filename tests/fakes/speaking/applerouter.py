"""applerouter: dall-e-2's own limits, n as text, a closing slash, links."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fakes.rules import Rules, Value, Wish, whole, word
from tests.fakes.speaking import compatible
from tests.fakes.speaking.speaker import Carried, Speaker

VALUES = {
    "n": whole(1, 10),
    "response_format": word("url", "b64_json"),
    "user": Value(),
}


def body(wish: Wish, carried: Sequence[Carried], task: str) -> object:
    """Nothing is told but the pictures."""
    return {"created": 1_713_833_628, "data": list(carried)}


APPLEROUTER = Speaker(
    ("/v1/images/edits/",),
    Rules(frozenset({"dall-e-2"}), VALUES, compatible.fits, own_alpha=True),
    links=lambda wish: wish.texts.get("response_format") != "b64_json",
    body=body,
)
