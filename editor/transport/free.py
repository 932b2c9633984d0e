"""Free: one question that costs nothing, such as which models a key may use."""

from __future__ import annotations

import asyncio

import httpx

from editor.capability.provider import Provider
from editor.preferences.secrets import Secret
from editor.providers.dialect import Call, Message
from editor.transport import failures
from editor.transport.addresses import origin
from editor.transport.connection import HEADERS, client_for
from editor.transport.credentials import credentials
from editor.transport.scrub import register

PATIENCE = 10.0
"""Seconds: somebody looks at the button and waits."""

LARGEST = 2**22
"""Bytes; a list of some thousand models is not longer, and the rest is not read."""


async def asked(call: Call, provider: Provider, key: Secret | None) -> Message:
    """Ask once, with the key, following nobody. Raises NotSent when nobody answers."""
    if key:
        register(key.reveal())
    headers = {**HEADERS, **call.headers, **credentials(provider, key, call.url)}
    try:
        async with asyncio.timeout(PATIENCE), await client_for(call.url) as client:
            request = client.stream(call.method, call.url, headers=headers)
            async with request as response:
                return await _message(call, response)
    except (*failures.WIRE_ERRORS, OSError) as error:
        raise failures.before_the_last_byte(error, origin(call.url).host, 0.0) from None


async def _message(call: Call, response: httpx.Response) -> Message:
    body = b""
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) >= LARGEST:
            break
    declared = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Message(
        call,
        body[:LARGEST],
        status=response.status_code,
        media_type=declared,
        headers=dict(response.headers),
    )
