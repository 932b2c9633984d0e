"""The words in which the loopback provider hands over a picture: one body, or a stream."""

from __future__ import annotations

import base64
import json

from tests.fakes.acting import Play
from tests.fakes.redraw import encoded, redrawn
from tests.fakes.rules import Wish
from tests.fakes.speaking.speaker import Carried, Speaker, facts


def body(told: object) -> list[bytes]:
    """One JSON body, in two pieces of which the last is short."""
    whole = json.dumps(told).encode()
    return [whole[:-20], whole[-20:]]


def events(wish: Wish, play: Play, carried: Carried) -> list[bytes]:
    """A comment, the previews and the end, one piece each."""
    asked = int(wish.texts.get("partial_images", "0"))
    pieces: list[bytes] = [b": hello\n\n"]
    for index in range(asked if play.partials < 0 else play.partials):
        unfinished = redrawn(wish.pictures[0], wish.mask, 7 * index + 1)
        unfinished.thumbnail((256, 256))
        preview = {"b64_json": base64.b64encode(encoded(unfinished, "jpeg", 60)).decode()}
        fields = facts(wish) | preview | {"partial_image_index": index}
        pieces.append(_event(f"{play.names}.partial_image", fields))
    if not play.unfinished:
        pieces.append(_event(f"{play.names}.completed", facts(wish) | dict(carried)))
    return [*pieces, b"data: [DONE]\n\n"] if play.done else pieces


def _event(name: str, fields: dict[str, object]) -> bytes:
    data = json.dumps({"type": name, "created_at": 1_764_000_000} | fields)
    return f"event: {name}\ndata: {data}\n\n".encode()


def inline(picture: bytes) -> Carried:
    """A picture in the answer itself."""
    return {"b64_json": base64.b64encode(picture).decode()}


def drawn(wish: Wish, seed: int, speaker: Speaker) -> bytes:
    """The finished picture as bytes; another one for each seed."""
    picture = redrawn(wish.pictures[0], wish.mask, seed)
    if picture.size != wish.size:
        picture = picture.resize(wish.size)
    quality = int(wish.texts.get("output_compression", "100"))
    return encoded(picture, speaker.kind(wish), quality)
