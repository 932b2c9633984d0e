"""What the next start knows of providers: a key that was refused, and who was used last."""

from __future__ import annotations

import pytest

from editor.session.session import Session
from tests.fakes import keyrings
from tests.fakes.living import Live
from tests.fakes.provider import KEY, Provider


def test_that_a_key_was_refused_is_known_to_the_next_start_until_there_is_another(
    live: Live, keyless: Provider, store: keyrings.Memory
) -> None:
    kept: list[tuple[object, ...]] = []

    async def script(session: Session) -> None:
        providers = session.providers
        providers.kept.connect(lambda *told: kept.append(told))
        providers.begin(("openai",), {}, ("openai",))
        assert providers.state.unfit == {"openai"}
        assert providers.state.reader is None
        providers.open("openai")
        await providers.keep("sk-wrong-0123456789")
        assert kept[-1] == ("openai", "", True, True)
        await providers.keep(KEY)
        assert providers.state.unfit == set()
        assert kept[-1] == ("openai", "", True, False)
        assert KEY not in repr(kept)

    live.run(script)


@pytest.mark.parametrize("over", ["forget", "set_address", "drop"])
def test_a_refusal_is_over_with_the_key_or_the_address_that_it_was_about(
    live: Live, keyless: Provider, store: keyrings.Memory, over: str
) -> None:
    async def script(session: Session) -> None:
        providers = session.providers
        providers.begin(("openai",), {}, ("openai",))
        providers.open("openai")
        if over == "forget":
            await providers.forget()
        elif over == "drop":
            await providers.drop("openai")
        else:
            await providers.set_address("https://gateway.example/v1")
        assert providers.state.unfit == set()

    live.run(script)


def test_a_refusal_says_nothing_of_a_key_from_the_environment(live: Live, paid: Provider) -> None:
    async def script(session: Session) -> None:
        session.providers.begin(("openai",), {}, ("openai",))
        assert session.providers.state.unfit == set()

    live.run(script)


def test_words_are_read_by_the_first_that_has_a_key(live: Live, paid: Provider) -> None:
    wanted = []

    async def script(session: Session) -> None:
        providers = session.providers
        providers.wanted.connect(lambda: wanted.append(providers.state.chosen.id))
        assert not providers.use_words()
        assert wanted != []
        providers.begin((), {})
        assert providers.use_words()
        assert session.form.state.provider.id == "openai"
        session.form.set_model("openai", "gpt-image-1.5")
        assert providers.use_words()
        assert session.form.state.model.id == "gpt-image-1.5"

    live.run(script)


def test_words_are_read_by_the_one_that_was_used_last(live: Live, paid: Provider) -> None:
    told: list[tuple[str, ...]] = []

    async def script(session: Session) -> None:
        providers, form = session.providers, session.form
        offline = form.state.provider.id
        assert form.state.offline
        providers.used.connect(told.append)
        providers.begin(("acedata",), {}, used=("acedata", "gone"))
        assert providers.use_words()
        assert form.state.provider.id == "acedata"
        assert told == []
        form.set_provider("openai")
        form.set_provider(offline)
        assert told == [("openai", "acedata", "gone")]
        assert providers.use_words()
        assert form.state.provider.id == "openai"

    live.run(script)
