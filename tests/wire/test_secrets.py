"""Secrets that would be recognised are let through everything, and then looked for everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from editor.capability.catalog import load
from tests.fakes import photographs
from tests.fakes.acting import Play
from tests.fakes.canaries import Canary, files_below, hits
from tests.fakes.provider import Provider

ROOT = Path(__file__).parents[2]

BEARER = Canary("bearer", "sk-canary-Vf83kQ0aZp71Lm")
PROXY = Canary("proxy password", "proxy-word-9Tq2wEr5")
RING = Canary("keyring value", "sk-ring-Hs64nBv82KdXy")
PROMPT = Canary("prompt", "zebra-quilt-1187 balloon")
SIGNED = Canary("signed address", "sig=signed-secret")

KEYS = (BEARER, PROXY, RING)

RUN = """
import logging, sys
from editor.cli.command import main
from editor.transport.scrub import guard
logging.basicConfig(filename=sys.argv[1], level=logging.DEBUG)
guard()
sys.exit(main(sys.argv[2:]))
"""

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
PROFILES = ("openai", "acedata", "aa", "openai-compatible", "applerouter")


@pytest.fixture
def asked(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command line in a process of its own, with everything that is secret around it."""
    monkeypatch.setattr(provider, "key", BEARER.text)
    source, mask = tmp_path / "photo.jpg", tmp_path / "mask.png"
    photographs.write_jpeg(source, 320, 240)
    photographs.write_soft_mask(mask, photographs.soft_disc(320, 240))

    def run(profile: str, play: Play, number: int) -> Mapping[str, bytes]:
        provider.play(play)
        place = load().provider(profile)
        name = profile.upper().replace("-", "_")
        proxy = f"http://someone:{PROXY.text}@127.0.0.1:9"
        environ = os.environ | {
            "PYTHONPATH": str(ROOT),
            "FRISKET_HOME": str(tmp_path / "home"),
            f"FRISKET_KEY_{name}": f" {BEARER.text}\n",
            "HTTP_PROXY": proxy,
            "HTTPS_PROXY": proxy,
        }
        line = ["edit", source, "--mask", mask, "--prompt", PROMPT.text, "--provider", profile]
        line += ["--model", place.models[0].id, "--base-url", provider.base_for(place)]
        line += ["--out", tmp_path / "out" / f"{profile}-{number}", "--json"]
        done = subprocess.run(
            [sys.executable, "-c", RUN, tmp_path / "debug.log", *map(str, line)],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert b"Traceback" not in done.stderr
        return {f"{profile} stdout": done.stdout, f"{profile} stderr": done.stderr}

    return run


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
