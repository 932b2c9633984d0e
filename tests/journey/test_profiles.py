"""Every provider of the documents in the window, by real input, to the finished asset."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.capability.catalog import load
from tests.fakes.canaries import Canary, files_below, hits
from tests.fakes.photographs import write_jpeg
from tests.fakes.provider import KEY
from tests.fakes.speaking.mounts import base_for
from tests.journey.conftest import Start
from tests.journey.loopback import Loopback
from tests.journey.person import Person
from tests.journey.test_main_job import proven, zigzag

PROVIDER = (1440, 128)
# The middle of the choice of providers, in pixels of the screen.

PROMPT = Canary("prompt", "zebra-quilt-1187 balloon")
SECRET = Canary("key", KEY)
SIGNED = Canary("signed address", "sig=signed-secret")


@pytest.mark.parametrize("profile", ["acedata", "aa", "openai-compatible", "applerouter"])
def test_a_provider_from_choosing_it_to_the_asset(
    start: Start, person: Person, provider: Loopback, tmp_path: Path, profile: str
) -> None:
    photo = tmp_path / "photo.jpg"
    write_jpeg(photo, 900, 600)
    place, name = load().provider(profile), profile.upper().replace("-", "_")
    root = provider.base_url.removesuffix("/v1")
    own = {f"FRISKET_KEY_{name}": KEY, f"FRISKET_URL_{name}": base_for(root, place)}
    program = start(photo, **provider.environ, **own, FRISKET_LOG="DEBUG")
    program.opened()
    person.shoot(f"before-choosing-{profile}")
    person.click(PROVIDER)
    person.type(place.label[:4])
    person.press("Return")
    program.paint(*zigzag(program))
    person.press("Return")
    person.type(PROMPT.text)
    person.shoot(f"chosen-{profile}")
    program.send()
    program.keep()
    program.export()
    line = Path(f"/proc/{program.process.pid}/cmdline").read_bytes()
    proven(person, program, photo)
    paid = [seen for seen in provider.log if seen["digest"]]
    assert [(seen["path"], seen["charged"]) for seen in paid] == [
        (base_for("", place) + place.path, True)
    ]
    written = files_below(tmp_path)
    said = {"said": program.said.read_bytes(), "command line": line}
    logs = {where: data for where, data in written.items() if ".log" in where}
    assert hits([SECRET, SIGNED], written | said) == []
    assert hits([PROMPT], logs | said) == []
