"""Secrets that would be recognised are let through everything, and then looked for everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from editor.capability.catalog import load
from editor.preferences.places import profiles_folder, resource
from tests.fakes import photographs
from tests.fakes.acting import Play
from tests.fakes.canaries import (
    BEARER,
    PROMPT,
    PROXY,
    RING,
    SIGNED,
    Canary,
    files_below,
    hits,
)
from tests.fakes.provider import Provider
from tests.fakes.refusals import INVALID, REFUSALS, USER, openai

ROOT = Path(__file__).parents[2]

KEYS = (BEARER, PROXY, RING)

RUN = """
import logging, sys
from editor.cli.command import main
from editor.transport.scrub import guard
logging.basicConfig(filename=sys.argv[1], level=logging.DEBUG)
guard()
if key := sys.stdin.read():
    import keyring
    keyring.set_password("frisket", "openai", key)
sys.exit(main(sys.argv[2:]))
"""
LEAKING = RUN.replace(
    "guard()\n",
    """
import editor.transport.http as sending
from editor.transport.credentials import credentials
def leak(*told):
    logging.info("%r", credentials(*told))
    return credentials(*told)
sending.credentials = leak
""",
)
"""The same with the key written into the log, which nothing guards."""

CRASHING = RUN.replace(
    "guard()\n",
    """
import faulthandler, resource
import editor.transport.http as sending
from editor.ui import life
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
crash_file = life.begin_log()
guard()
def crash(provider, key, url):
    held, wished = key.reveal(), list(sys.argv)
    faulthandler._sigsegv()
sending.credentials = crash
""",
)
"""The same on its way to a crash with the key and the prompt in its hands, as the window logs."""

PLAYS = {
    "picture": Play(),
    "link": Play(link=True),
    "refused": Play(refuse="moderation"),
    "key": Play(refuse="key"),
    "redirect": Play(refuse="redirect"),
    "server": Play(refuse="server"),
    "page": Play(refuse="page"),
    "cut": Play(cut=50),
    "dead link": Play(href="https://127.0.0.1/a.png?sig=signed-secret"),
    "task": Play(pending=1, link=True),
}
STYLES = {"api-key": ("api-key", ""), "key": ("authorization", "Key ")}
PROFILES = ("openai", "acedata", "aa", "openai-compatible", "applerouter")


@pytest.fixture
def asked(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command line in a process of its own, with everything that is secret around it."""
    monkeypatch.setattr(provider, "key", BEARER.text)
    source, mask = tmp_path / "photo.jpg", tmp_path / "mask.png"
    photographs.write_jpeg(source, 320, 240)
    photographs.write_soft_mask(mask, photographs.soft_disc(320, 240))

    def run(profile: str, play: Play, number: int, ring: str = "") -> Mapping[str, bytes]:
        """ring: the key that the keyring holds, when the environment holds none."""
        provider.play(play)
        place = load().provider(profile)
        name = profile.upper().replace("-", "_")
        proxy = f"http://someone:{PROXY.text}@127.0.0.1:9"
        environ = os.environ | {
            "PYTHONPATH": str(ROOT),
            "FRISKET_HOME": str(tmp_path / "home"),
            f"FRISKET_KEY_{name}": "" if ring else f" {BEARER.text}\n",
            "PYTHON_KEYRING_BACKEND": "tests.fakes.keyrings.Memory",
            "HTTP_PROXY": proxy,
            "HTTPS_PROXY": proxy,
        }
        line = ["edit", source, "--mask", mask, "--prompt", PROMPT.text, "--provider", profile]
        line += ["--model", place.models[0].id, "--base-url", provider.base_for(place)]
        line += ["--out", tmp_path / "out" / f"{profile}-{number}", "--json", "--embed-recipe"]
        done = subprocess.run(
            [sys.executable, "-c", RUN, tmp_path / "debug.log", *map(str, line)],
            env=environ,
            cwd=tmp_path,
            input=ring.encode(),
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert b"Traceback" not in done.stderr
        return {f"{profile} stdout": done.stdout, f"{profile} stderr": done.stderr}

    return run


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Profiles of one's own in the data folder: OpenAI with other ways to carry the key."""
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path / "home"))
    table = resource("capabilities", "openai.toml").read_text(encoding="utf-8")
    for style in STYLES:
        text = table.replace('auth = "bearer"', f'auth = "{style}"')
        (profiles_folder() / f"{style}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that repeats in its refusal the key, or the prompt, that it was sent."""
    for key in (BEARER, RING):
        told = f"Incorrect API key provided: {key.text}."
        no = openai(401, "invalid_api_key", INVALID, told)
        monkeypatch.setitem(REFUSALS, key.name, no)
    told = f"The words '{PROMPT.text}' are not allowed."
    monkeypatch.setitem(REFUSALS, PROMPT.name, openai(400, "moderation_blocked", USER, told))


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_secret_is_written_by_the_command_line(
    asked, provider: Provider, tmp_path: Path, profile: str
) -> None:
    said: dict[str, bytes] = {}
    names = list(PLAYS)[:-1] if profile == "openai" else ["link", "refused", "cut"]
    names += ["task"] if profile in {"acedata", "aa"} else []
    for number, name in enumerate(names):
        told = asked(profile, PLAYS[name], number)
        said |= {f"{name} {place}": data for place, data in told.items()}
    written = files_below(tmp_path / "home", tmp_path / "out")
    log = {"debug.log": (tmp_path / "debug.log").read_bytes()}
    assert len(written) > 5
    assert any(seen.headers for seen in provider.log if seen.charged)
    assert hits(KEYS, written | log | said) == []
    assert hits([PROMPT], log | said) == []
    signed = {hit.place for hit in hits([SIGNED], written | log | said)}
    assert {place.rpartition(".")[2] for place in signed} <= {"raw"}
    assert len(signed) == sum(name in {"dead link"} for name in names)  # the others are erased


@pytest.mark.usefixtures("repeated")
def test_a_key_of_the_keyring_is_written_nowhere(
    asked, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "key", RING.text)
    said: dict[str, bytes] = {}
    for number, play in enumerate((Play(), Play(refuse=RING.name), Play(refuse=PROMPT.name))):
        said |= asked("openai", play, number, RING.text)
        assert hits(KEYS, everything(tmp_path) | said) == []
    carried(provider, "authorization", f"Bearer {RING.text}", 3)
    assert any(b"The words '***' are not allowed." in text for text in said.values())
    log = {"debug.log": (tmp_path / "debug.log").read_bytes()}
    assert hits([PROMPT], log | said) == []


@pytest.mark.usefixtures("own", "repeated")
@pytest.mark.parametrize("style", STYLES)
def test_a_key_that_travels_in_another_way_is_written_nowhere(
    asked, provider: Provider, tmp_path: Path, style: str
) -> None:
    said: dict[str, bytes] = {}
    for number, play in enumerate((Play(), Play(refuse=BEARER.name))):
        said |= asked(style, play, number)
        assert hits(KEYS, everything(tmp_path) | said) == []
    header, before = STYLES[style]
    carried(provider, header, before + BEARER.text, 2)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(("profile", "ring"), [("openai", RING), ("api-key", None), ("key", None)])
def test_such_a_key_would_be_found(
    asked,
    provider: Provider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    profile: str,
    ring: Canary | None,
) -> None:
    key = ring or BEARER
    monkeypatch.setattr(provider, "key", key.text)
    monkeypatch.setattr(sys.modules[__name__], "RUN", LEAKING)
    asked(profile, PLAYS["picture"], 0, ring.text if ring else "")
    found = {(hit.canary, hit.place) for hit in hits(KEYS, everything(tmp_path))}
    assert found == {(key.name, "debug.log")}


@pytest.mark.parametrize("careless", [False, True], ids=["", "such a secret would be found"])
def test_a_crash_tells_where_it_was_and_nothing_secret(
    asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, careless: bool
) -> None:
    held = "wished = key.reveal(), list(sys.argv)"
    telling = f"{held}\n    print(held, wished, file=crash_file, flush=True)"
    run = CRASHING.replace(held, telling) if careless else CRASHING
    monkeypatch.setattr(sys.modules[__name__], "RUN", run)
    said = asked("openai", PLAYS["picture"], 0)
    logs = {name: data for name, data in files_below(tmp_path / "home").items() if "/log/" in name}
    crash = logs["home/log/crash.log"]
    assert b"Segmentation fault" in crash
    assert b"in crash\n" in crash
    assert b"in _submit\n" in crash
    found = {hit.canary for hit in hits([*KEYS, PROMPT], logs | said)}
    assert found == ({BEARER.name, PROMPT.name} if careless else set())
    assert careless or hits(KEYS, everything(tmp_path)) == []


def test_an_error_that_repeats_the_key_is_told_without_it(
    asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising = "raise ValueError(f'illegal header value {held!r}')"
    run = CRASHING.replace("faulthandler._sigsegv()", raising)
    monkeypatch.setattr(sys.modules[__name__], "RUN", run)
    said = asked("openai", PLAYS["picture"], 0)
    written = everything(tmp_path)
    for log in ("home/log/frisket.log", "debug.log"):
        assert b"Traceback" in written[log]
        assert b"ValueError: illegal header value '***'" in written[log]
    assert hits(KEYS, written | said) == []
    logs = {name: data for name, data in written.items() if name.endswith(".log")}
    assert hits([PROMPT], logs | said) == []


def everything(folder: Path) -> dict[str, bytes]:
    """What a run has written."""
    log = {"debug.log": (folder / "debug.log").read_bytes()}
    return files_below(folder / "home", folder / "out") | log


def carried(provider: Provider, header: str, key: str, count: int) -> None:
    """Make sure that so many requests were sent with the key, and carried it like this."""
    sent = [seen.headers.get(header) for seen in provider.log if seen.method == "POST"]
    assert sent == [key] * count


def test_what_is_written_is_found_again() -> None:
    """The search itself is worth something: every spelling of a secret is found."""
    for spelling in BEARER.spellings().values():
        assert hits([BEARER], {"file": b"before " + spelling + b" after"})
    assert hits([BEARER], {"file": b"nothing of it"}) == []


def test_a_key_in_an_error_would_be_found(
    asked, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys.modules[__name__], "RUN", RUN.replace("guard()\n", "logging.info('%r', sys.argv)\n", 1)
    )
    asked("openai", PLAYS["picture"], 0)
    log = {"debug.log": (tmp_path / "debug.log").read_bytes()}
    assert {hit.canary for hit in hits([PROMPT], log)} == {"prompt"}
