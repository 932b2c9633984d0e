"""The words in which the loopback provider hands over a picture: one body, or a stream."""

from __future__ import annotations

import base64
import json

from tests.fakes.acting import Play
from tests.fakes.redraw import encoded, redrawn
from tests.fakes.rules import Wish


def body(wish: Wish, carried: dict[str, object]) -> list[bytes]:
    """One JSON body, in two pieces of which the last is short."""
    text = _facts(wish) | {"created": 1_764_000_000, "data": [carried]}
    whole = json.dumps(text).encode()
    return [whole[:-20], whole[-20:]]


def events(wish: Wish, play: Play, carried: dict[str, object]) -> list[bytes]:
    """A comment, the previews and the end, one piece each."""
    asked = int(wish.texts.get("partial_images", "0"))
    pieces: list[bytes] = [b": hello\n\n"]
    for index in range(asked if play.partials < 0 else play.partials):
        unfinished = redrawn(wish.pictures[0], wish.mask, 7 * index + 1)
        unfinished.thumbnail((256, 256))
        preview = {"b64_json": base64.b64encode(encoded(unfinished, "jpeg", 60)).decode()}
        fields = _facts(wish) | preview | {"partial_image_index": index}
        pieces.append(_event(f"{play.names}.partial_image", fields))
    if not play.unfinished:
        pieces.append(_event(f"{play.names}.completed", _facts(wish) | carried))
    return [*pieces, b"data: [DONE]\n\n"] if play.done else pieces


def _facts(wish: Wish) -> dict[str, object]:
    width, height = wish.size
    quality = wish.texts.get("quality", "auto")
    return {
        "background": "opaque",
        "output_format": wish.texts.get("output_format", "png"),
        "quality": "medium" if quality == "auto" else quality,
        "size": f"{width}x{height}",
        "usage": {
            "input_tokens": 100,
            "input_tokens_details": {"image_tokens": 90, "text_tokens": 10},
            "output_tokens": 196,
            "total_tokens": 296,
        },
    }


def _event(name: str, fields: dict[str, object]) -> bytes:
    data = json.dumps({"type": name, "created_at": 1_764_000_000} | fields)
    return f"event: {name}\ndata: {data}\n\n".encode()
