"""Cards: the file that keeps what was learnt of each provider from one start to the next."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path

from editor.capability.card import Card, restored, stored
from editor.errors import CannotWrite
from editor.preferences.places import data_folder
from editor.storage import atomic

log = logging.getLogger(__name__)

LARGEST_FILE = 2**20
"""Bytes; what is larger was not written by this program."""


def load() -> dict[str, Card]:
    """Read the cards by the ids of their providers; nothing when there are none or damaged."""
    try:
        with _file().open("rb") as file:
            told = json.loads(file.read(LARGEST_FILE))
        return {str(id): restored(card) for id, card in told.items()}
    except (
        OSError,
        CannotWrite,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as error:
        log.info("nothing learnt so far: %s", type(error).__name__)
        return {}


def save(cards: Mapping[str, Card]) -> bool:
    """Write all of them; False when the disk refuses, which is no reason to stop."""
    told = {id: stored(card) for id, card in cards.items()}
    try:
        atomic.write(_file(), json.dumps(told, indent=1).encode())
    except CannotWrite as problem:
        log.info("what was learnt is not kept: %s", problem)
        return False
    return True


def _file() -> Path:
    return data_folder() / "learnt.json"
