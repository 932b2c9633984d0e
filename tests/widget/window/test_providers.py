"""Adding a provider in the window: in the place of the settings, and back to the prompt."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton

from editor.errors import ProviderRefused
from editor.preferences import preferences
from editor.providers import checking
from editor.providers.refusal import KEY as KEY_REFUSED
from editor.providers.refusal import QUOTA
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls.message import Message
from editor.ui.panel.provider_panel import ProviderPanel
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint, scene, until
from tests.fakes.provider import KEY, Provider

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return scene(tmp_path / "photo.png")


def panel_of(window: Window) -> ProviderPanel:
    shown = window.side.currentWidget()
    assert isinstance(shown, ProviderPanel)
    return shown


def is_open(window: Window) -> bool:
    return isinstance(window.side.currentWidget(), ProviderPanel)


def ids(session: Session) -> set[str]:
    return {provider.id for provider in session.form.state.catalog.providers}


def press(window: Window, name: str) -> None:
    found = window.side.findChild(QPushButton, name)
    assert found is not None
    found.click()


def test_a_key_is_pasted_and_the_way_back_leads_to_the_prompt(
    live: Live, keyless: Provider, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        painted = session.painting.plane.box
        window.stage.prompt.link_taken.emit()
        panel = panel_of(window)
        panel.tiles.chosen.emit("openai-compatible")
        assert panel.key.address is window.focusWidget()
        panel.tiles.chosen.emit("openai")
        assert panel.key.field.line is window.focusWidget()
        QGuiApplication.clipboard().setText(KEY + "\n")
        QTest.keySequence(panel.key.field.line, QKeySequence(QKeySequence.StandardKey.Paste))
        QGuiApplication.clipboard().clear()
        providers = session.providers
        await until(providers.changed, lambda: providers.state.verdict is not None)
        assert providers.state.verdict.template == checking.WORKS
        assert session.form.state.provider.id == "openai"
        press(window, "providers-done")
        assert not is_open(window)
        assert window.stage.prompt.text is window.focusWidget()
        assert session.painting.plane.box == painted
        assert window.preferences.keyed == ("openai",)
        await finish()
        assert preferences.load().keyed == ("openai",)

    live.show(script)


def test_a_refused_key_and_who_was_used_last_are_remembered(live: Live, keyless: Provider) -> None:
    async def script(window: Window, session: Session) -> None:
        window.stage.prompt.link_taken.emit()
        panel_of(window).tiles.chosen.emit("openai")
        await session.providers.keep("sk-wrong-0123456789")
        await finish()
        assert preferences.load().unfit == ("openai",)
        session.form.set_provider("acedata")
        assert window.preferences.used == ("acedata", "openai")
        window.close()
        assert preferences.load().used == ("acedata", "openai")

    live.show(script)


@pytest.mark.parametrize("field", ["provider-key-line", "provider-address"])
def test_enter_in_a_field_stays_there(field: str, live: Live, keyless: Provider) -> None:
    async def script(window: Window, session: Session) -> None:
        session.providers.open("openai")
        line = window.side.findChild(QLineEdit, field)
        assert line is not None
        line.setFocus()
        QTest.keyClicks(line, "https://gateway.example")
        QTest.keyClick(line, Qt.Key.Key_Return)
        await finish()
        assert window.focusWidget() is line

    live.show(script)


def test_it_opens_and_closes_by_keys_and_leaves_text_and_mask_alone(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        session.form.set_provider("openai")
        session.form.set_prompt("a hat")
        window.actions_by_id["providers"].trigger()
        panel = panel_of(window)
        QTest.keyClick(panel.key.field.line, Qt.Key.Key_Escape)
        assert not is_open(window)
        assert session.form.state.prompt == "a hat"
        window.panel.provider_wanted.emit()
        assert panel_of(window) is panel
        window.actions_by_id["providers"].trigger()
        assert not is_open(window)

    live.show(script)


def test_it_comes_up_where_the_panels_are_hidden(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        window.toggle_panels()
        window.actions_by_id["providers"].trigger()
        assert window.dock.isVisible()
        assert is_open(window)

    live.show(script)


def test_an_edit_without_a_key_brings_it_up(live: Live, keyless: Provider, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        session.form.set_provider("openai")
        session.form.set_prompt("a hat")
        await session.send()
        await until(session.jobs.changed, lambda: session.jobs.running == 0)
        assert is_open(window)
        assert session.providers.state.trouble is not None

    live.show(script)


def test_its_buttons_reach_the_session(
    live: Live, keyless: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", went.append)

    async def script(window: Window, session: Session) -> None:
        providers = session.providers
        providers.open("openai")
        panel = panel_of(window)
        panel.key.key_given.emit(KEY)
        await until(providers.changed, lambda: providers.state.verdict is not None)
        press(window, "key-test")
        await until(providers.changed, lambda: providers.state.busy == "test")
        await until(providers.changed, lambda: providers.state.busy == "")
        press(window, "key-page")
        assert went == [QUrl(providers.state.chosen.key_page)]
        panel.key.address_typed.emit("http://gateway.example")
        assert providers.state.wrong
        panel.key.address_given.emit("https://gateway.example/v1")
        await until(session.form.changed, lambda: "gateway" in providers.state.chosen.base_url)
        assert window.preferences.addresses == {"openai": "https://gateway.example/v1"}
        press(window, "key-forget")
        await until(providers.changed, lambda: providers.state.key is None)
        assert window.preferences.keyed == ()

    live.show(script)


def test_the_shown_provider_is_used(live: Live, paid: Provider, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        assert session.form.state.offline
        session.providers.open("openai")
        press(window, "providers-use")
        assert session.form.state.provider.id == "openai"
        assert not is_open(window)
        window.stage.prompt.link_taken.emit()
        assert not is_open(window)
        assert window.stage.prompt.text is window.focusWidget()

    live.show(script)


def test_a_profile_is_written_saved_edited_again_and_removed(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        profiles, providers = session.profiles, session.providers
        providers.open()
        panel = panel_of(window)
        panel.tiles.begun.emit()
        await until(profiles.changed, lambda: bool(profiles.draft and profiles.draft.sound))
        assert panel.profile.isVisible()
        panel.profile.begun.emit("litellm")
        await until(profiles.changed, lambda: profiles.draft.id == "litellm")
        panel.profile.called.emit("proxy")
        panel.profile.written.emit(profiles.draft.text.replace("LiteLLM", "Proxy"))
        await until(profiles.changed, lambda: bool(profiles.draft and profiles.draft.sound))
        press(window, "profile-save")
        await until(providers.changed, lambda: providers.state.chosen.id == "proxy")
        assert not panel.profile.isVisible()
        assert providers.state.chosen.label == "Proxy"
        panel.key.profile_wanted.emit()
        await until(profiles.changed, lambda: bool(profiles.draft and profiles.draft.sound))
        press(window, "profile-remove")
        assert "key is forgotten" in window.side.findChild(Message, "profile-doubt").words
        assert not window.side.findChild(QPushButton, "profile-save").isVisible()
        QTest.keyClick(panel.profile.text, Qt.Key.Key_Escape)
        assert not profiles.draft.removing
        press(window, "profile-remove")
        press(window, "profile-keep")
        press(window, "profile-remove")
        press(window, "profile-remove-now")
        await until(providers.changed, lambda: "proxy" not in ids(session))
        assert not panel.profile.isVisible()
        (toast,) = window.stage.toasts.shown()
        assert toast.words == "proxy is removed."
        toast.acted.emit("bring-back")
        await until(providers.changed, lambda: providers.state.chosen.id == "proxy")
        QTest.keyClick(panel, Qt.Key.Key_Escape)
        assert not is_open(window)
        await finish()

    live.show(script)


def test_masks_are_tested_from_the_panel(live: Live, paid: Provider) -> None:
    async def script(window: Window, session: Session) -> None:
        providers = session.providers
        providers.open("openai")
        await until(providers.changed, lambda: providers.state.key == "environment")
        press(window, "card-probe")
        await until(session.probing.changed, lambda: session.probing.state.obeyed is True)
        said = window.side.findChild(Message, "card-probed")
        assert said is not None
        assert said.words.startswith("It keeps to masks")

    live.show(script)


def test_edits_that_wait_go_on_from_the_panel(live: Live, paid: Provider) -> None:
    async def script(window: Window, session: Session) -> None:
        providers, went = session.providers, []
        session.jobs.resume = went.append
        providers.begin((), {})
        session.jobs.waiting = lambda provider: 2
        session.jobs.paused.emit("openai", ProviderRefused(QUOTA, host="api.example"))
        assert is_open(window)
        assert window.stage.toasts.shown() == []  # one way on, not two
        assert window.side.findChild(QPushButton, "providers-resume").isVisible()
        press(window, "providers-done")
        (toast,) = window.stage.toasts.shown()
        assert toast.words == "2 edits wait; nothing was lost."
        toast.acted.emit("providers")
        assert is_open(window)
        assert window.stage.toasts.shown() == []
        assert window.side.findChild(QPushButton, "providers-resume").isVisible()
        press(window, "providers-drop")
        press(window, "providers-resume")
        assert went == ["openai"]
        assert not is_open(window)


def test_the_link_at_the_prompt_names_who_reads_words(
    live: Live, paid: Provider, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        providers, link = session.providers, window.stage.prompt.link
        assert link.text() == "Use words: OpenAI"
        session.jobs.paused.emit("openai", ProviderRefused(KEY_REFUSED, host="api.example"))
        assert link.text() == "Use words: add a provider"
        tile = panel_of(window).tiles.findChild(QRadioButton, "provider-openai")
        assert "key refused" in tile.toolTip()
        await providers.test()
        assert "key: environment" in tile.toolTip()
        link.click()
        assert session.form.state.provider.id == "openai"

    live.show(script)

    live.show(script)
