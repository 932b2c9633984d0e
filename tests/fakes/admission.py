"""What the loopback provider makes of a request before it works: who asks, and for what."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from tests.fakes.reading import Fetch, form_parts, json_object, json_parts
from tests.fakes.rules import Broken, Sent, Wish, understood
from tests.fakes.speaking.mounts import speaker_at
from tests.fakes.speaking.speaker import Speaker


@dataclass
class Seen:
    """One request in the log.

    digest: of model, prompt, settings and files, so that equal wishes have the same. error:
    the code of the rule that was broken, or the refusal played. left: the client went away
    before the answer was out. headers: of the request, in lower case.
    """

    method: str
    path: str
    headers: dict[str, str]
    digest: str = ""
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    files: list[tuple[str, str, str, int]] = dataclasses.field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    error: str = ""
    charged: bool = False
    answered: bool = False
    left: bool = False


def authorized(seen: Seen, speaker: Speaker, key: str) -> bool:
    """Whether the key stands where this provider wants it."""
    return seen.headers.get(speaker.header) == speaker.prefix + key


def wrong_key(key: str) -> Broken:
    """The answer to a key that is not the right one."""
    return Broken("invalid_api_key", f"Incorrect API key provided: {key[:7]}***.")


async def admitted(
    request: Request, seen: Seen, key: str, fetch: Fetch, tell: Callable[[], None]
) -> Wish:
    """Read and check a paid request, and note in seen what it says; tell is called then.

    Raises Broken.
    """
    speaker, path = speaker_at(seen.path)
    if not authorized(seen, speaker, key):
        async for _ in request.stream():
            pass
        raise wrong_key(key)
    if path not in speaker.paths or request.url.query:
        raise Broken("not_found", f"Invalid URL (POST {seen.path})")
    if not seen.headers.get("content-length", "").isdigit():
        raise Broken("length_required", "Content-Length is missing")
    parts = await _parts(request, speaker, fetch)
    seen.texts = {part.name: part.content.decode() for part in parts if not part.filename}
    seen.files = [
        (part.name, part.filename, part.media_type, len(part.content))
        for part in parts
        if part.filename
    ]
    seen.digest = _digest(parts)
    tell()
    wish = understood(parts, speaker.rules)
    seen.size = wish.size
    return wish


async def _parts(request: Request, speaker: Speaker, fetch: Fetch) -> list[Sent]:
    kind = request.headers.get("content-type", "")
    if speaker.form and kind.startswith("multipart/form-data; boundary="):
        return [part async for part in form_parts(request)]
    if speaker.json and kind.partition(";")[0] == "application/json":
        body = json_object(await request.body())
        return list(json_parts(body, speaker.rules, speaker.json, fetch))
    raise Broken("invalid_value", f"nobody reads {kind or 'a body without a type'} here")


def _digest(parts: Sequence[Sent]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part.name} {len(part.content)} ".encode() + part.content)
    return digest.hexdigest()
