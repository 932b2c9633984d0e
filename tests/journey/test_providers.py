"""A key is typed into the real window, used, refused, and found in no file afterwards."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.fakes.provider import KEY
from tests.journey.conftest import Start
from tests.journey.desk import Desk
from tests.journey.loopback import Loopback
from tests.journey.person import Person
from tests.journey.sight import chart

WRONG = "sk-wrong-9876543210fedcba"


def spellings(key: str) -> Iterator[bytes]:
    """The key as it could get into a file."""
    yield key.encode()
    yield key.encode("utf-16-le")
    yield quote(key, safe="").encode()
    yield base64.b64encode(key.encode()).rstrip(b"=")[:-2]


def traces(folder: Path, *keys: str) -> list[str]:
    """Files in which one of the keys stands, in any spelling."""
    return [
        f"{path}: {key[:8]}"
        for path in folder.rglob("*")
        if path.is_file()
        for key in keys
        if any(spelling in path.read_bytes() for spelling in spellings(key))
    ]


class AtTheKeys:
    """A program with something painted and the keys of its providers open."""

    def __init__(
        self, person: Person, start: Start, provider: Loopback, folder: Path, **more: str
    ) -> None:
        self.person = person
        self.program = start(
            chart(folder / "chart.png"),
            FRISKET_URL_OPENAI=provider.base_url,
            PYTHON_KEYRING_BACKEND="tests.fakes.keyrings.Memory",
            **more,
        )
        self.program.opened()
        Desk(person, self.program).cover()
        person.press("Return")
        person.press("ctrl+k")

    def type(self, key: str, answer: str) -> None:
        """Try a key and wait for what the provider says of it."""
        self.person.type(key)
        self.person.press("Return")
        self.program.log.awaited(f"a key was tried: {answer}")

    def send(self, prompt: str, said: str) -> None:
        """Close the keys, ask for something and wait for what is said of it."""
        self.person.press("Escape")
        self.person.type(prompt)
        self.person.press("ctrl+Return")
        self.program.log.awaited(said)


def test_a_key_is_added_used_and_left_nowhere(
    person: Person, start: Start, provider: Loopback, tmp_path: Path
) -> None:
    keys = AtTheKeys(person, start, provider, tmp_path, FRISKET_LOG="DEBUG")
    keys.type(WRONG, "Key refused")
    person.shoot("a refused key")
    keys.type(KEY, "Key works")
    person.shoot("a key that works")
    keys.send("something else", "showing answer 1")
    person.shoot("answered with the key")
    keys.program.close()
    assert sum(bool(seen["charged"]) for seen in provider.log) == 1
    assert traces(tmp_path, KEY, WRONG) == []
    kept = (keys.program.home / "config" / "preferences.toml").read_text("utf-8")
    assert "keyed = [" in kept


def test_a_key_that_is_revoked_stops_the_queue_and_a_new_one_lets_it_go_on(
    person: Person, start: Start, provider: Loopback, tmp_path: Path
) -> None:
    keys = AtTheKeys(person, start, provider, tmp_path)
    keys.type(WRONG, "Key refused")
    keys.send("something else", "a job is failed: {host} did not accept the key")
    person.shoot("the queue stopped")
    keys.type(KEY, "Key works")
    person.shoot("the queue may go on")
    keys.send("", "showing answer 1")
    keys.program.close()
    assert sum(bool(seen["charged"]) for seen in provider.log) == 1


def test_a_planted_key_is_found(tmp_path: Path) -> None:
    for number, spelling in enumerate(spellings(KEY)):
        (tmp_path / f"{number}.bin").write_bytes(b"x" + spelling + b"y")
    assert len(traces(tmp_path, KEY)) == 4
