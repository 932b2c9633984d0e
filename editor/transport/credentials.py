"""How the key of a provider travels; nothing else adds it to a request."""

from __future__ import annotations

from collections.abc import Mapping

from editor.capability.provider import Provider
from editor.preferences.secrets import Secret
from editor.transport.addresses import origin


def credentials(provider: Provider, key: Secret | None, url: str) -> Mapping[str, str]:
    """The headers that go with a request to this address.

    The key and the provider's own headers go to its scheme, host and port and nowhere else.
    """
    if origin(url) != origin(provider.base_url):
        return {}
    return {**provider.headers, **_key(provider, key)}


def _key(provider: Provider, key: Secret | None) -> dict[str, str]:
    if key is None:
        return {}
    match provider.auth:
        case "bearer":
            return {"Authorization": f"Bearer {key.reveal()}"}
        case "key":
            return {"Authorization": f"Key {key.reveal()}"}
        case "api-key":
            return {"api-key": key.reveal()}
        case "none":
            return {}
