"""The command line asks where the window asks."""

from __future__ import annotations

import pytest

from editor.capability.catalog import load
from editor.cli.table import table
from editor.preferences.preferences import Preferences

OWN = "https://gateway.example/v1"


def test_without_an_address_of_ones_own_it_is_the_table() -> None:
    assert table() == load()


def test_what_the_window_wrote_down_is_asked() -> None:
    assert Preferences(addresses={"openai-compatible": OWN}).save()
    assert table().provider("openai-compatible").base_url == OWN


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Preferences(addresses={"openai": OWN}).save()
    monkeypatch.setenv("FRISKET_URL_OPENAI", "https://other.example/v1")
    assert table().provider("openai").base_url == "https://other.example/v1"
