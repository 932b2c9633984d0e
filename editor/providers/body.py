"""Reading what providers answer: strict about what is a picture, lenient about how it travels."""

from __future__ import annotations

import binascii
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NoReturn
from urllib.parse import urlsplit

from editor.decoding.sniff import kind
from editor.edits.events import Picture
from editor.errors import AnswerUnusable
from editor.providers.dialect import Call, Message

UNREADABLE = (
    "The answer of {host} could not be read. It is kept with the request; nothing was sent again."
)
WEB_PAGE = "{host} answered with a web page instead of a picture. The page is kept; look at it."
EMPTY = "{host} answered with nothing. It may have been charged; nothing was sent again."
NO_PICTURE = "The answer of {host} holds no picture. It is kept with the request as it came."
NOT_A_PICTURE = "What {host} sent as a picture is none. It is kept with the request as it came."
LINK_DEAD = "The link to the finished picture no longer works ({status}); the answer is kept."

FACTS = (
    *("background", "output_format", "quality", "size", "usage", "revised_prompt", "created"),
    *("task_id", "trace_id", "elapsed", "expired", "task_status"),
)
"""What is worth keeping of an answer beside its picture; everything may be absent."""

_NOTHING: Mapping[str, object] = MappingProxyType({})
_BLANKS = b" \t\n\r\f\v"
_URL_ALPHABET = bytes.maketrans(b"-_", b"+/")

_BLOCK = 2**18
"""Characters that are decoded at a time; no other thread runs meanwhile, nor does the window."""


def host(message: Message) -> str:
    """Name who answered, as it is shown."""
    return urlsplit(message.call.url).netloc.rpartition("@")[2]


def unusable(
    sentence: str, message: Message, said: Mapping[str, object] = _NOTHING, **values: object
) -> AnswerUnusable:
    """Build the problem of an answer that is whole and of no use; said: what names its request."""
    header = message.headers.get("x-request-id", "")
    names = text(said, "request_id") or header or text(said, "trace_id")
    return AnswerUnusable(sentence, host=host(message), details=names, **values)


def parsed(message: Message) -> dict[str, object]:
    """Read a JSON object. Raises AnswerUnusable for everything else."""
    words = message.data.decode("utf-8-sig", "replace").strip()
    if not words:
        raise unusable(EMPTY, message)
    if words.startswith("<"):
        raise unusable(WEB_PAGE, message)
    try:
        # RecursionError: a hostile answer of brackets alone; NaN is no JSON.
        found = json.loads(words, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise unusable(UNREADABLE, message) from None
    if not isinstance(found, dict):
        raise unusable(UNREADABLE, message)
    return found


def pictures(message: Message, body: Mapping[str, object]) -> Iterator[Picture | Call]:
    """Yield each picture of an answer, or the call that fetches it.

    A picture is in `data`, or the body itself carries one, as stream events do. Raises
    AnswerUnusable when there is none or when one is broken.
    """
    found = carriers(body)
    if not found:
        raise unusable(NO_PICTURE, message, body)
    for index, item in enumerate(found):
        facts = _facts(message, body, item)
        if len(found) > 1:
            facts["pictures"] = len(found)
        if encoded := text(item, "b64_json"):
            yield Picture(index, _picture(message, encoded, facts), facts)
        elif (url := text(item, "url")).startswith("data:"):
            yield Picture(index, _picture(message, url, facts), facts)
        else:
            yield Call("GET", url, purpose="fetch", facts=facts)


def carriers(body: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The parts of an answer that carry a picture, or a link to one."""
    items = body.get("data")
    items = items if isinstance(items, list) else [body]
    return [item for item in items if isinstance(item, dict) and carries_picture(item)]


def fetched(message: Message) -> Picture:
    """Take the picture behind a link. Raises AnswerUnusable."""
    facts = message.call.facts
    if message.status != 200:
        raise unusable(LINK_DEAD, message, facts, status=message.status)
    if not kind(message.data):
        raise unusable(NOT_A_PICTURE, message, facts)
    return Picture(0, message.data, facts)


def carries_picture(item: Mapping[str, object]) -> bool:
    """Whether there is a picture or a link to one in it."""
    return bool(text(item, "b64_json") or text(item, "url"))


def from_base64(written: str) -> bytes:
    """Decode what is base64 but for line breaks, a data: prefix or the alphabet of URLs.

    Raises ValueError for everything else: what has been cut must not pass for a picture.
    """
    if written.startswith("data:"):
        head, _, written = written.partition(",")
        if not head.endswith(";base64"):
            raise ValueError("not base64")
    found, rest = bytearray(), b""
    for at in range(0, len(written), _BLOCK):
        rest += written[at : at + _BLOCK].encode("ascii").translate(_URL_ALPHABET, _BLANKS)
        known = max(len(rest) - 1, 0) // 4 * 4  # the last four may end it
        part, rest = rest[:known], rest[known:]
        if b"=" in part:
            raise ValueError("it goes on after its end")
        found += binascii.a2b_base64(part, strict_mode=True)
    found += binascii.a2b_base64(rest, strict_mode=True)
    return bytes(found)


def _picture(message: Message, encoded: str, facts: Mapping[str, object]) -> bytes:
    try:
        data = from_base64(encoded)
    except ValueError:
        raise unusable(UNREADABLE, message, facts) from None
    if not kind(data):
        raise unusable(NOT_A_PICTURE, message, facts)
    return data


def _facts(
    message: Message, body: Mapping[str, object], item: Mapping[str, object]
) -> dict[str, object]:
    facts = {name: source[name] for source in (body, item) for name in FACTS if name in source}
    if request := message.headers.get("x-request-id") or text(body, "request_id"):
        facts["request_id"] = request
    return facts


def text(item: Mapping[str, object], name: str) -> str:
    """The text of this name, "" when there is none."""
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
