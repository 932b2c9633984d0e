"""The prompts of earlier projects, kept from one start to the next, each with its model."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import CannotWrite
from editor.preferences.places import config_folder
from editor.storage import atomic

log = logging.getLogger(__name__)

MOST = 500
"""Prompts that are kept; nobody looks for an older one."""

LARGEST_FILE = 2**24
"""Bytes; 500 prompts of 32,000 characters, as long as any model reads."""


@dataclass(frozen=True, slots=True)
class Prompted:
    """A prompt that was sent. model: its id in the capability table."""

    prompt: str
    model: str


def load() -> tuple[Prompted, ...]:
    """Read the file, newest first; nothing when there is none or it is damaged."""
    try:
        with _file().open("rb") as file:
            told = json.loads(file.read(LARGEST_FILE))
        return tuple(Prompted(str(each["prompt"]), str(each["model"])) for each in told)[:MOST]
    except (OSError, CannotWrite, ValueError, TypeError, KeyError, RecursionError) as error:
        log.info("no earlier prompts: %s", type(error).__name__)
        return ()


def save(prompts: Sequence[Prompted]) -> bool:
    """Write the newest of them; False when the disk refuses, which is no reason to stop."""
    told = [{"prompt": each.prompt, "model": each.model} for each in prompts[:MOST]]
    try:
        atomic.write(_file(), json.dumps(told, indent=1).encode())
    except CannotWrite as problem:
        log.info("earlier prompts not saved: %s", problem)
        return False
    return True


def _file() -> Path:
    return config_folder() / "prompts.json"
