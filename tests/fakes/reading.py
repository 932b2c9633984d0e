"""Reading what was sent to the loopback provider: a multipart form, or JSON in the same shape."""

from __future__ import annotations

import binascii
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from tests.fakes.rules import Broken, Rules, Sent

LONGEST_URL = 20_971_520
"""Characters of a data URL, the published cap."""

Fetch = Callable[[str], "bytes | None"]
"""Gives what is behind an address of this server, None for every other one."""


async def form_parts(request: Request) -> AsyncIterator[Sent]:
    """The parts of a multipart form in their order. Raises Broken."""
    try:
        form = await request.form(max_files=20, max_fields=40)
    except MultiPartException as error:
        raise Broken("invalid_value", error.message) from None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            yield Sent(name, content, value.filename or "", value.content_type or "")
        else:
            yield Sent(name, value.encode())
    await form.close()


def json_object(data: bytes) -> dict[str, Any]:
    """Read a JSON object without twins. Raises Broken."""
    try:
        found = json.loads(data, object_pairs_hook=_without_twins)
    except ValueError:
        raise Broken("invalid_value", "this is no JSON") from None
    if not isinstance(found, dict):
        raise Broken("invalid_value", "this is no JSON object")
    return found


def json_parts(body: Mapping[str, Any], rules: Rules, key: str, fetch: Fetch) -> Iterator[Sent]:
    """The values of a JSON body as if they were parts. Raises Broken.

    key: "images" for a list of objects, "image" for an address or a list of addresses.
    """
    for name, value in body.items():
        if name not in {key, "mask"}:
            yield Sent(name, _written(name, value, rules).encode())
    addresses = _addresses(body.get(key), key)
    name = "image" if len(addresses) == 1 else "image[]"
    for number, address in enumerate(addresses, 1):
        data, media_type = _fetched(address, fetch)
        yield Sent(name, data, f"image-{number}.png", media_type)
    if "mask" in body:
        if key == "image":
            raise Broken("unknown_parameter", "a JSON body takes no mask", "mask")
        data, media_type = _fetched(_address(body["mask"]), fetch)
        yield Sent("mask", data, "mask.png", media_type)


def _written(name: str, value: object, rules: Rules) -> str:
    rule = rules.values.get(name)
    kind = rule.kind if rule else "text"
    wanted = {"whole": int, "flag": bool}.get(kind, str)
    if type(value) is not wanted:
        raise Broken("invalid_type", f"{name} is a {type(value).__name__}", name)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _addresses(value: object, key: str) -> list[str]:
    if key == "image":
        values = value if isinstance(value, list) else [value]
        texts = [each for each in values if isinstance(each, str)]
        if len(texts) < len(values):
            raise Broken("invalid_type", "image is an address or a list of addresses", key)
        return texts
    if not isinstance(value, list):
        raise Broken("invalid_type", "images is a list of objects", key)
    return [_address(each) for each in value]


def _address(value: object) -> str:
    if not isinstance(value, dict) or len(value) != 1 or not value.keys() <= {"image_url"}:
        raise Broken("invalid_type", "exactly one of image_url and file_id", "images")
    if not isinstance(value["image_url"], str):
        raise Broken("invalid_type", "image_url is a text", "images")
    return value["image_url"]


def _fetched(address: str, fetch: Fetch) -> tuple[bytes, str]:
    if len(address) > LONGEST_URL:
        raise Broken("invalid_value", "the data URL is too long", "images")
    if address.startswith("data:"):
        media_type, _, text = address.removeprefix("data:").partition(";base64,")
        try:
            return binascii.a2b_base64(text.encode("ascii"), strict_mode=True), media_type
        except ValueError:
            raise Broken("invalid_base64_image", "this is no base64", "images") from None
    data = fetch(address)
    if data is None:
        raise Broken("invalid_image_url", "there is nothing behind the address", "images")
    return data, "image/png"


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Broken("duplicate_parameter", "a name stands twice in the body")
    return found
