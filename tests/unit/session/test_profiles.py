"""A profile of one's own is checked while it is written, and there at once when it is saved."""

from __future__ import annotations

import asyncio

import pytest

from editor.capability.profile import template
from editor.errors import CannotWrite, InputProblem
from editor.preferences.places import profiles_folder
from editor.preferences.secrets import Secret, keep_key, look_up
from editor.session import profiles as module
from editor.session.profiles import FIRST, aside
from editor.session.session import Session
from tests.fakes import keyrings
from tests.fakes.full_disk import FULL, full
from tests.fakes.living import Live, until


async def judged(session: Session) -> None:
    profiles = session.profiles
    await until(
        profiles.changed,
        lambda: profiles.draft is None or profiles.draft.faults is not None,
    )


def test_a_new_one_begins_with_the_template_and_is_there_when_it_is_saved(live: Live) -> None:
    async def script(session: Session) -> None:
        profiles = session.profiles
        session.form.set_prompt("a hat")
        await profiles.begin()
        await judged(session)
        assert profiles.draft is not None
        assert (profiles.draft.id, profiles.draft.faults) == (FIRST, ())
        assert "azure" in profiles.draft.beginnings
        await profiles.save()
        assert profiles.draft is None
        state = session.providers
        await until(state.changed, lambda: state.state.chosen.id == FIRST)
        assert state.state.chosen.custom
        assert session.form.state.catalog.provider(FIRST).label == "My server"
        assert session.form.state.prompt == "a hat"

    live.run(script)
    assert (profiles_folder() / f"{FIRST}.toml").exists()


def test_what_is_wrong_is_told_by_line_and_not_saved(live: Live) -> None:
    async def script(session: Session) -> None:
        profiles = session.profiles
        await profiles.begin()
        profiles.write('label = "x"\nengine = ')
        profiles.write('label = "x"\nengines = "remote"')  # the last one counts
        await judged(session)
        assert profiles.draft is not None
        assert [(one.line, str(one.sentence)) for one in profiles.draft.faults or ()] == [
            (2, "unexpected key 'engines'")
        ]
        await profiles.save()
        assert profiles.draft is not None
        profiles.leave()
        await profiles.save()

    live.run(script)
    assert list(profiles_folder().iterdir()) == []


def test_a_name_that_is_taken_is_refused(live: Live) -> None:
    async def script(session: Session) -> None:
        profiles = session.profiles
        await profiles.begin()
        profiles.call(" openai ")
        await judged(session)
        assert profiles.draft is not None
        assert not profiles.draft.sound
        await profiles.begin_with("litellm")
        await judged(session)
        assert profiles.draft.id == "litellm"
        assert profiles.draft.sound
        await profiles.begin_with("")
        assert profiles.draft.id == FIRST

    live.run(script)


def test_one_that_was_saved_is_edited_and_one_that_is_gone_is_told(live: Live) -> None:
    (profiles_folder() / "mine.toml").write_text('label = "Mine"')

    async def script(session: Session) -> None:
        assert session.providers.state.broken == ()
        await session.providers.reload()
        assert session.providers.state.broken == ("mine",)
        profiles = session.profiles
        await profiles.edit("mine")
        assert profiles.draft is not None
        assert (profiles.draft.text, profiles.draft.beginnings) == ('label = "Mine"', ())
        await judged(session)
        with pytest.raises(InputProblem):
            await profiles.edit("gone")

    live.run(script)


def test_a_disk_that_refuses_is_told_and_the_text_stays(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.atomic, "write", full)

    async def script(session: Session) -> None:
        profiles = session.profiles
        await profiles.begin()
        await judged(session)
        await profiles.save()
        assert profiles.draft is not None
        assert str(profiles.draft.trouble) == FULL
        profiles.write(profiles.draft.text + "\n")
        assert profiles.draft.trouble is None
        await judged(session)

    live.run(script)


def test_nothing_is_written_without_a_draft(live: Live) -> None:
    async def script(session: Session) -> None:
        session.profiles.write("x")
        session.profiles.call("x")
        assert session.profiles.draft is None

    live.run(script)


def test_one_that_is_removed_lies_aside_without_its_key_and_comes_back(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyrings.use(monkeypatch, keyrings.Memory())
    file = profiles_folder() / "mine.toml"
    file.write_text(template())

    async def script(session: Session) -> None:
        profiles, providers, form = session.profiles, session.providers, session.form
        keep_key("mine", Secret("sk-mine-0123456789"))
        await providers.add("mine")
        assert providers.state.key == "keyring"
        form.set_provider("mine")
        form.set_prompt("a hat")
        await profiles.edit("mine")
        await profiles.remove()  # which was not asked yet
        profiles.ask_removal(on=True)
        profiles.write(template() + "\n")
        assert not profiles.draft.removing
        profiles.ask_removal(on=True)
        await profiles.remove()
        assert profiles.draft is None
        await until(providers.changed, lambda: providers.state.chosen.id != "mine")
        assert (form.state.provider.id, form.state.prompt) == ("offline", "a hat")
        assert (file.exists(), aside("mine").read_text()) == (False, template())
        assert await asyncio.to_thread(look_up, "mine") is None
        await profiles.bring_back("mine")
        await until(providers.changed, lambda: providers.state.chosen.id == "mine")
        assert (file.exists(), providers.state.key) == (True, None)
        await profiles.bring_back("mine")  # its name is taken

    live.run(script)


def test_one_that_cannot_be_moved_is_told_and_stays(live: Live) -> None:
    (profiles_folder() / "mine.toml").write_text(template())

    async def script(session: Session) -> None:
        profiles = session.profiles
        await profiles.edit("mine")
        aside("mine").mkdir()
        (aside("mine") / "full").touch()
        profiles.ask_removal(on=True)
        await profiles.remove()
        assert isinstance(profiles.draft.trouble, CannotWrite)
        assert not profiles.draft.removing
        await judged(session)
        profiles.leave()
        profiles.ask_removal(on=True)
        assert profiles.draft is None

    live.run(script)
    assert (profiles_folder() / "mine.toml").exists()


def test_a_new_one_has_nothing_to_remove(live: Live) -> None:
    async def script(session: Session) -> None:
        await session.profiles.begin()
        session.profiles.ask_removal(on=True)
        assert not session.profiles.draft.removing
        await judged(session)

    live.run(script)
