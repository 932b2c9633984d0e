"""What was learnt of providers outlives the program; a damaged file is no reason to stop."""

from __future__ import annotations

from datetime import date

import pytest

from editor.capability.card import Card, learnt, unverified
from editor.engine import cards
from editor.preferences.places import data_folder
from tests.fakes.full_disk import full

DAY = date(2026, 11, 28)


def test_cards_are_there_again() -> None:
    kept = {
        "openai": unverified(learnt(Card(), {"size": True, "mask": False}, DAY), "m", DAY),
        "acedata": Card(),
    }
    assert cards.load() == {}
    assert cards.save(kept)
    assert cards.load() == kept


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"seen": 3}}', "[" * 99999])
def test_a_damaged_file_is_none(text: str) -> None:
    (data_folder() / "learnt.json").write_text(text)
    assert cards.load() == {}


def test_a_full_disk_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards.atomic, "write", full)
    assert not cards.save({"openai": Card()})
