"""Where the loopback provider plays whom: each under a folder of its own name."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from editor.capability.provider import Provider
from tests.fakes.speaking.aa import AA
from tests.fakes.speaking.acedata import ACEDATA
from tests.fakes.speaking.applerouter import APPLEROUTER
from tests.fakes.speaking.compatible import COMPATIBLE
from tests.fakes.speaking.openai import OPENAI
from tests.fakes.speaking.speaker import Speaker

MOUNTS = {
    "": OPENAI,
    "/acedata": ACEDATA,
    "/aa": AA,
    "/openai-compatible": COMPATIBLE,
    "/applerouter": APPLEROUTER,
    "/api-key": replace(OPENAI, header="api-key", prefix=""),
    "/key": replace(OPENAI, prefix="Key "),
}
"""The last two are OpenAI with other ways to carry the key."""


def speaker_at(path: str) -> tuple[Speaker, str]:
    """Who is played at a path of the server, and the path as that provider knows it."""
    mount = "/" + path.split("/")[1]
    if mount in MOUNTS:
        return MOUNTS[mount], path.removeprefix(mount)
    return MOUNTS[""], path


def base_for(root: str, place: Provider) -> str:
    """The base address of a profile on the server; root: "http://127.0.0.1:PORT"."""
    mount = f"/{place.id}" if f"/{place.id}" in MOUNTS else ""
    own = urlsplit(place.base_url).path.rstrip("/")
    if not place.base_url and not place.path.startswith("/v1/"):
        own = "/v1"
    return root + mount + own
