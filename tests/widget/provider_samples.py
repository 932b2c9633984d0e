"""Provider samples: the panel of keys, and the controls that it brought, for the contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from editor.capability.card import Card, Tally
from editor.capability.catalog import load
from editor.capability.profile import Fault, template
from editor.capability.sentence import Sentence
from editor.errors import ProviderRefused
from editor.preferences.addresses import OPEN
from editor.preferences.secrets import NO_KEYRING
from editor.providers.checking import UNVERIFIED, WORKS, Verdict
from editor.providers.refusal import QUOTA
from editor.session.probing import KEEPS, Probed
from editor.session.profiles import Draft
from editor.session.provider_state import ProvidersState
from editor.ui.controls.choice_tile import ChoiceTile
from editor.ui.controls.code_text import CodeText
from editor.ui.controls.key_field import KeyField
from editor.ui.language import label
from editor.ui.panel.provider_panel import ProviderPanel

Made = tuple[str, str, Callable[[], QWidget], int]
"""Title, state, what builds it, and its width."""

_TEXT = 'label = "Studio"\nengines = "remote"\n# Where it is\nbase_url = "https://ai.example"\n'


def provider_samples(states: tuple[str, ...]) -> Iterator[Made]:
    """Each new control in the states that all controls have, and the panel as it is met."""
    for state in states:
        yield "ChoiceTile", state, _tile, 140
        yield "ChoiceTile chosen", state, lambda: _tile(chosen=True), 140
        yield "KeyField", state, _key, 200
        yield "CodeText", state, _code, 300
    for state, shown in _panels().items():
        yield "ProviderPanel", state, lambda shown=shown: _panel(shown), 320
    yield "ProviderPanel", "narrow", lambda: _panel(_panels()["stopped"]), 280
    yield "ProviderPanel", "profile", _profile, 320


def _tile(*, chosen: bool = False) -> QWidget:
    made = ChoiceTile("tile", label("OpenAI"))
    made.show_note(label("key: keyring"), "ok")
    made.setChecked(chosen)
    return made


def _key() -> QWidget:
    made = KeyField("key", label("Key"), label("Keep"))
    made.show_hint(label("Paste the key here"))
    return made


def _code() -> QWidget:
    made = CodeText("code", label("Profile"))
    made.show_text(_TEXT)
    made.show_wrong({2: label("Unexpected key 'engines'")})
    made.setFixedHeight(220)
    return made


def _panels() -> dict[str, ProvidersState]:
    remote = tuple(one for one in load().providers if one.engine == "remote")
    openai = next(one for one in remote if one.id == "openai")
    bare = next(one for one in remote if not one.base_url)
    empty = ProvidersState(remote, openai)
    card = Card(date(2026, 11, 28), {"size": Tally(4, 0), "mask": Tally(1, 3)})
    works = Verdict("ok", Sentence(WORKS, count=14))
    wants = Verdict("warn", Sentence(UNVERIFIED))
    trouble = ProviderRefused(QUOTA, host="api.example.com")
    kept = replace(empty, keys={"openai": "keyring", "acedata": "environment"})
    return {
        "no key": empty,
        "works": replace(kept, verdict=works, card=card),
        "session": replace(empty, keys={"openai": "session"}, told=NO_KEYRING, verdict=wants),
        "address": replace(empty, chosen=bare, wrong=OPEN),
        "stopped": replace(kept, trouble=trouble, waiting=3, card=card),
    }


def _panel(state: ProvidersState) -> QWidget:
    made = ProviderPanel()
    made.show_state(state, in_use=False)
    said = Sentence(KEEPS, share="0.3%")
    probed = Probed(state.chosen.id, obeyed=True, said=said) if state.card.seen else Probed()
    made.card.show_probe(probed, state, state.chosen.models[0])
    made.setFixedHeight(700)
    return made


def _profile() -> QWidget:
    made = ProviderPanel()
    fault = Fault(6, Sentence("unexpected key '{key}'", key="engines"))
    made.show_draft(Draft("my-server", template(), (fault,), ("azure", "litellm")))
    made.setFixedHeight(700)
    return made
