"""The provider panel, and the providers that it shows: one that ships, one without an address,
one that wants no key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from editor.capability.card import Card, Tally
from editor.capability.catalog import load
from editor.session.provider_state import ProvidersState
from editor.ui.panel.provider_panel import ProviderPanel

OPENAI = load().provider("openai")
OTHER = replace(OPENAI, id="other", label="Other", base_url="", key_page="", note="Not run.")
FREE = replace(OPENAI, id="free", label="Free", auth="none", custom=True)
STATE = ProvidersState((OPENAI, OTHER, FREE), OPENAI)
CARD = Card(date(2026, 11, 28), {"size": Tally(4, 0), "mask": Tally(1, 3)}, ("gpt-image-2",))


@pytest.fixture
def panel(qtbot: QtBot) -> ProviderPanel:
    made = ProviderPanel()
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show_state(STATE, in_use=False)
    made.show()
    return made
