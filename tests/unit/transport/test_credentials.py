"""How a key travels, and that it travels nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from editor.capability.provider import Auth
from editor.preferences.secrets import Secret
from editor.transport.credentials import credentials
from tests.fakes.exchange import place

KEY = Secret("sk-1234")
HOME = "https://api.example:8443/v1"


@pytest.mark.parametrize(
    ("auth", "headers"),
    [
        ("bearer", {"Authorization": "Bearer sk-1234"}),
        ("key", {"Authorization": "Key sk-1234"}),
        ("api-key", {"api-key": "sk-1234"}),
        ("none", {}),
    ],
)
def test_each_style_has_its_header_beside_those_of_the_provider(
    auth: Auth, headers: Mapping[str, str]
) -> None:
    provider = place(HOME, auth, {"X-Version": "2"})
    found = credentials(provider, KEY, HOME + "/images/edits")
    assert found == {"X-Version": "2", **headers}
    assert credentials(provider, None, HOME) == {"X-Version": "2"}


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example:8443/v1",
        "https://api.example/v1",
        "https://api.example:8444/v1",
        "https://api.example.evil:8443/v1",
        "https://evil.example:8443/v1",
        "https://api.example:8443@evil.example/v1",
    ],
)
@pytest.mark.parametrize("auth", ["bearer", "key", "api-key"])
def test_no_other_origin_sees_it(url: str, auth: Auth) -> None:
    assert credentials(place(HOME, auth, {"X-Version": "2"}), KEY, url) == {}
