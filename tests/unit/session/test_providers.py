"""Keys and addresses of providers, kept and tried out; text and mask are left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from editor.capability.card import Card
from editor.engine.choose import NO_KEY
from editor.errors import NotSent, Problem, ProviderRefused
from editor.preferences import addresses, secrets
from editor.preferences.secrets import Secret, keep_key
from editor.providers import checking, refusal
from editor.session.session import Session
from tests.fakes import keyrings
from tests.fakes.living import Live, opened, paint, scene, until
from tests.fakes.provider import KEY, Provider


def test_a_pasted_key_is_kept_tried_out_and_used(
    live: Live, keyless: Provider, store: keyrings.Memory
) -> None:
    kept = []

    async def script(session: Session) -> None:
        providers = session.providers
        session.form.set_prompt("a hat")
        providers.kept.connect(lambda *told: kept.append(told))
        providers.open("openai")
        assert not providers.state.ready
        await providers.keep(f"  {KEY}\n")
        state = providers.state
        assert (state.key, state.told, state.busy) == ("keyring", "", "")
        assert state.verdict is not None
        assert state.verdict.template == checking.WORKS
        assert session.form.state.provider.id == "openai"
        assert session.form.state.prompt == "a hat"
        assert KEY not in repr(state)

    live.run(script)
    assert store.kept == {(secrets.SERVICE, "openai"): KEY}
    assert kept == [("openai", "", True, False)]
    assert not any(seen.charged for seen in keyless.log)


def test_without_a_keyring_the_key_is_kept_for_the_session_and_that_is_said(
    live: Live, keyless: Provider
) -> None:
    async def script(session: Session) -> None:
        providers = session.providers
        providers.open("openai")
        await providers.keep(KEY)
        assert (providers.state.key, providers.state.told) == ("session", secrets.NO_KEYRING)
        providers.leave()
        assert providers.state.told == ""
        assert providers.state.key == "session"

    live.run(script)


def test_a_key_that_cannot_be_sent_is_refused_beside_its_field(
    live: Live, keyless: Provider
) -> None:
    async def script(session: Session) -> None:
        providers = session.providers
        providers.open("openai")
        await providers.keep("“sk-smart”")
        assert providers.state.refused is not None
        assert "can't be sent" in str(providers.state.refused)
        assert "smart" not in repr(providers.state)
        assert providers.state.key is None
        await providers.keep("  ")
        assert keyless.log == []

    live.run(script)


def test_the_environment_wins_and_a_bad_key_in_it_is_told(
    live: Live, paid: Provider, store: keyrings.Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(session: Session) -> None:
        providers = session.providers
        providers.begin((), {})
        assert providers.state.keys["openai"] == "environment"
        providers.open("openai")
        await providers.keep("sk-another-one-0123")
        assert providers.state.key == "environment"
        monkeypatch.setenv("FRISKET_KEY_OPENAI", "sk “x”")
        await providers.look()
        assert providers.state.refused is not None

    live.run(script)


def test_a_wrong_key_is_refused_in_words(
    live: Live, keyless: Provider, store: keyrings.Memory
) -> None:
    async def script(session: Session) -> None:
        session.providers.open("openai")
        await session.providers.keep("sk-wrong-0123456789")
        verdict = session.providers.state.verdict
        assert verdict is not None
        assert verdict.template == checking.REFUSED

    live.run(script)


def test_a_forgotten_key_is_gone(live: Live, keyless: Provider, store: keyrings.Memory) -> None:
    kept = []

    async def script(session: Session) -> None:
        providers = session.providers
        providers.open("openai")
        await providers.keep(KEY)
        providers.kept.connect(lambda *told: kept.append(told))
        await providers.forget()
        assert providers.state.key is None
        assert providers.state.verdict is None

    live.run(script)
    assert store.kept == {}
    assert kept == [("openai", "", False, False)]


def test_what_an_earlier_start_left_is_known_without_asking_the_keyring(live: Live) -> None:
    async def script(session: Session) -> None:
        providers = session.providers
        providers.begin(("openai",), {"openai": "https://gateway.example/v1"})
        assert providers.state.keys == {"openai": "keyring"}
        assert providers.state.ready
        await providers.look()  # it was taken out meanwhile
        assert providers.state.keys == {}

    live.run(script)


def test_an_address_is_judged_while_it_is_typed_and_taken_when_it_is_right(live: Live) -> None:
    kept = []

    async def script(session: Session) -> None:
        providers = session.providers
        providers.kept.connect(lambda *told: kept.append(told))
        providers.open("openai")
        own = providers.state.chosen.base_url
        providers.judge_address("http://gateway.example")
        assert providers.state.wrong == addresses.OPEN
        await providers.set_address("http://gateway.example")
        assert providers.state.chosen.base_url == own
        await providers.set_address("https://gateway.example/v1/")
        assert providers.state.wrong == ""
        assert providers.state.chosen.base_url == "https://gateway.example/v1"
        provider = session.form.state.catalog.provider("openai")
        assert provider.base_url == "https://gateway.example/v1"
        await providers.set_address("https://gateway.example/v1")
        await providers.set_address("")
        assert providers.state.chosen.base_url == own

    live.run(script)
    assert kept == [
        ("openai", "https://gateway.example/v1", False, False),
        ("openai", "", False, False),
    ]


def test_an_edit_without_a_key_opens_the_panel_at_its_provider(
    live: Live, keyless: Provider, tmp_path: Path
) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        providers = session.providers
        await opened(session, source)
        paint(session)
        session.form.set_provider("openai")
        session.form.set_prompt("a hat")
        await session.send()
        await until(session.jobs.changed, lambda: session.jobs.running == 0)
        assert providers.state.chosen.id == "openai"
        assert isinstance(providers.state.trouble, NotSent)
        assert providers.state.trouble.template == NO_KEY
        providers.choose(next(p.id for p in providers.state.providers if p.id == "openai"))
        assert providers.state.trouble is not None
        providers.leave()
        assert providers.state.trouble is None

    live.run(script)


def test_nothing_is_asked_where_the_project_stays_here(live: Live, paid: Provider) -> None:
    async def script(session: Session) -> None:
        session.form.set_local(on=True)
        session.providers.begin((), {})
        session.providers.open("openai")
        assert session.providers.state.local
        await session.providers.test()
        assert session.providers.state.verdict is None
        assert not session.providers.use_words()

    live.run(script)
    assert paid.log == []


def test_what_an_edit_was_refused_for_is_remembered_by_the_test(
    live: Live, paid: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(session: Session) -> None:
        providers = session.providers
        providers.begin((), {})
        providers.open("openai")
        model = providers.state.chosen.models[0].id
        card = replace(Card(), seen=date(2026, 11, 28), unverified=(model,))
        monkeypatch.setattr(session.learning, "of", lambda id: card)
        session.learning.changed.emit("openai")
        await providers.test()
        assert providers.state.verdict is not None
        assert providers.state.verdict.template == checking.UNVERIFIED
        providers.use()
        assert session.form.state.provider.id == "openai"

    live.run(script)


def test_a_key_found_in_the_keyring_is_used_by_the_next_edit(
    live: Live, keyless: Provider, store: keyrings.Memory, tmp_path: Path
) -> None:
    keep_key("openai", Secret(KEY))
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        session.form.set_provider("openai")
        session.form.set_prompt("a hat")
        await session.send()
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)

    live.run(script)
    assert sum(seen.charged for seen in keyless.log) == 1


def test_a_refused_key_stops_the_queue_and_a_new_one_lets_it_go_on(
    live: Live,
    paid: Provider,
    store: keyrings.Memory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FRISKET_KEY_OPENAI")
    keep_key("openai", Secret("sk-revoked-0123456789"))
    source, wanted = scene(tmp_path / "photo.png"), []

    async def script(session: Session) -> None:
        providers = session.providers
        providers.wanted.connect(lambda: wanted.append(providers.state.trouble))
        places = session.form.state.catalog.providers
        slow = tuple(replace(one, at_once=1) if one.id == "openai" else one for one in places)
        session.form.set_catalog(replace(session.form.state.catalog, providers=slow))
        await opened(session, source)
        paint(session)
        session.form.set_provider("openai")
        session.form.set_prompt("a hat")
        session.form.set_count(3)
        await session.send()
        await until(providers.changed, lambda: providers.state.trouble is not None)
        assert [one.template for one in wanted] == [refusal.KEY]
        assert (providers.state.chosen.id, providers.state.waiting) == ("openai", 2)
        assert providers.state.unfit == {"openai"}
        assert providers.state.reader is None
        providers.leave()
        providers.open("openai")
        assert (providers.state.trouble.template, providers.state.waiting) == (refusal.KEY, 2)
        await providers.keep("sk-wrong-0123456789")
        assert providers.state.unfit == {"openai"}
        await providers.keep(KEY)
        assert providers.state.verdict is not None
        assert providers.state.verdict.mood == "ok"
        assert providers.state.unfit == set()
        assert not any(seen.charged for seen in paid.log)
        providers.resume()
        assert (providers.state.trouble, providers.state.waiting) == (None, 0)
        await until(session.jobs.changed, lambda: session.jobs.running == 0)

    live.run(script)
    assert sum(seen.charged for seen in paid.log) == 2


def test_only_what_the_key_or_the_account_is_to_blame_for_brings_the_panel(live: Live) -> None:
    wanted, held = [], []

    async def script(session: Session) -> None:
        providers = session.providers
        providers.wanted.connect(lambda: wanted.append(1))
        providers.held.connect(lambda id, problem: held.append(id))
        session.jobs.paused.emit("openai", Problem("{host} fails again.", host="x"))
        assert (wanted, held) == ([], ["openai"])
        for told in (refusal.QUOTA, refusal.FORBIDDEN, refusal.VERIFY):
            session.jobs.paused.emit("openai", ProviderRefused(told, host="x"))
        assert len(wanted) == 3
        session.jobs.resumed.emit("acedata")
        assert providers.state.trouble is not None
        session.jobs.resumed.emit("openai")
        assert providers.state.trouble is None

    live.run(script)
