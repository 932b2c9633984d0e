"""Loopback: the tests' provider as a process of its own, steered over HTTP."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import urllib.request
from typing import Any

from tests.fakes.acting import Play
from tests.fakes.provider import KEY
from tests.journey.person import ROOT, awaited


class Loopback:
    """Starts `python -m tests.fakes.provider` and ends it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.fakes.provider"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().strip()

    @property
    def environ(self) -> dict[str, str]:
        """What a program needs to send here."""
        return {"FRISKET_KEY_OPENAI": KEY, "FRISKET_URL_OPENAI": self.base_url}

    @property
    def log(self) -> list[dict[str, Any]]:
        """Every request that came, as `tests.fakes.provider.Seen` has it."""
        found: list[dict[str, Any]] = self._ask("GET", "log")
        return found

    def play(self, *plays: Play) -> None:
        """Answer the next requests like this, one each."""
        self._ask("POST", "play", [dataclasses.asdict(play) for play in plays])

    def release(self) -> None:
        """Let every held answer go on."""
        self._ask("POST", "release")

    def reset(self) -> None:
        """Forget plays and log; let go of what is held."""
        self._ask("POST", "reset")

    def received(self, count: int) -> None:
        """Wait until so many requests have come whole."""
        awaited(lambda: sum(bool(seen["digest"]) for seen in self.log) >= count)

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, method: str, path: str, content: object = None) -> Any:
        url = self.base_url.removesuffix("/v1") + "/control/" + path
        data = None if method == "GET" else json.dumps(content).encode()
        asked = urllib.request.Request(url, data, method=method)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return json.load(answer)
