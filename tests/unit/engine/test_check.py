"""A key is tried out against a provider on loopback, and nothing is charged."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.engine import check
from editor.engine.check import checked
from editor.errors import NotSent
from editor.preferences.secrets import Secret
from editor.providers import checking
from editor.transport import sentences
from tests.fakes.provider import KEY

PLACE = load().provider("openai")
MODEL = PLACE.models[0]


def tried(base_url, key=KEY, **changes):
    place = replace(PLACE, base_url=base_url, **changes)
    return asyncio.run(checked(place, MODEL, Secret(key)))


def test_a_good_key_works(provider):
    found = tried(provider.base_url)
    assert (found.mood, found.template) == ("ok", checking.WORKS)
    assert MODEL.id in found.models
    assert not any(seen.charged for seen in provider.log)


def test_a_wrong_key_is_refused_and_stands_in_no_word(provider):
    found = tried(provider.base_url, "sk-wrong-0123456789")
    assert (found.mood, found.template) == ("error", checking.REFUSED)
    assert "sk-wrong-0123456789" not in repr(found)


def test_who_has_nothing_for_free_is_not_asked(provider):
    found = tried(provider.base_url, check="")
    assert found.template == checking.UNTESTABLE
    assert provider.log == []


def test_who_is_not_there_is_told():
    found = tried("http://127.0.0.1:1/v1")
    assert (found.mood, found.template) == ("error", check.NOT_REACHED)
    assert "charged" not in str(found.said)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (NotSent(sentences.UNPROVEN, host="a.example"), check.UNPROVEN),
        (NotSent(sentences.PROXY, host="a.example"), check.PROXY),
        (NotSent("The system's proxy is of the kind {kind}.", kind="socks"), "of the kind socks"),
    ],
)
def test_what_stands_between_is_told(problem, said, monkeypatch):
    async def refuse(*_):
        raise problem

    monkeypatch.setattr(check, "asked", refuse)
    found = tried("https://a.example")
    assert said in {found.template} or said in str(found.said)
    assert "charged" not in str(found.said)
