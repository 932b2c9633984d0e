"""Providers: the panel of keys and addresses in the place of the settings, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from editor.session.loop import in_thread
from editor.ui.language import label
from editor.ui.panel.provider_panel import ProviderPanel, waiting

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class ProvidersPart(QObject):
    """Opens the panel where it is asked for. commands: by id, for menus and keys."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._panel: ProviderPanel | None = None
        self._removed = ""
        self.commands: dict[str, Callable[[], None]] = {
            "providers": self._turn,
            "bring-back": self._bring_back,
        }
        preferences = window.preferences
        session.providers.used.connect(self._note_used)
        session.providers.begin(
            preferences.keyed, preferences.addresses, preferences.unfit, preferences.used
        )
        session.providers.wanted.connect(self._open)
        session.providers.kept.connect(self._keep)
        session.providers.changed.connect(lambda _: self._show())
        session.form.changed.connect(lambda _: self._show())
        session.probing.changed.connect(lambda _: self._show())
        window.panel.provider_wanted.connect(session.providers.open)
        window.stage.prompt.link_taken.connect(self._use_words)
        self._show()

    @property
    def panel(self) -> ProviderPanel:
        """The panel, made when it is first opened: most never do."""
        if self._panel is None:
            self._panel = self._made()
        return self._panel

    @property
    def shown(self) -> bool:
        return self._panel is not None and self._window.side.currentWidget() is self._panel

    def leave(self) -> bool:
        """Go back to the settings and the prompt; False when the panel is not there."""
        if not self.shown:
            return False
        if draft := self._session.profiles.draft:
            if draft.removing:
                self._session.profiles.ask_removal(on=False)
            else:
                self._session.profiles.leave()
            return True
        self._window.side.setCurrentIndex(0)
        if waits := waiting(self._session.providers.state):
            self._window.ask(waits, "providers", self.tr("Open providers"))
        self._session.providers.leave()
        self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _turn(self) -> None:
        if not self.leave():
            self._session.providers.open()

    def _open(self) -> None:
        if not self._window.dock.isVisible():
            self._window.toggle_panels()
        self._window.side.setCurrentWidget(self.panel)
        self._window.stage.toasts.take_back(waiting(self._session.providers.state))
        self._show()
        self.panel.start()
        self._run(self._session.providers.look, "look for a key")

    def _show(self) -> None:
        state = self._session.providers.state
        self._window.stage.prompt.show_reader(label(state.reader.label) if state.reader else "")
        if self._panel is not None:
            in_use = self._session.form.state.provider.id == state.chosen.id
            self._panel.show_state(state, in_use=in_use)
            probing, model = self._session.probing, self._session.providers.model
            self._panel.card.show_probe(probing.state, state, model)

    def _made(self) -> ProviderPanel:
        made, providers = ProviderPanel(), self._session.providers
        self._window.side.addWidget(made)
        made.left.connect(self.leave)
        made.used.connect(self._use)
        made.resumed.connect(self._resume)
        made.dropped.connect(lambda: self._window.actions_by_id["stop-queued"].trigger())
        made.tiles.chosen.connect(self._choose)
        key = made.key
        key.key_given.connect(lambda typed: self._run(lambda: providers.keep(typed), "keep a key"))
        key.address_typed.connect(providers.judge_address)
        key.address_given.connect(
            lambda typed: self._run(lambda: providers.set_address(typed), "keep an address")
        )
        key.tested.connect(lambda: self._run(providers.test, "test a key"))
        key.forgotten.connect(lambda: self._run(providers.forget, "forget a key"))
        key.profile_wanted.connect(lambda: self._edit(providers.state.chosen.id))
        key.page_wanted.connect(
            lambda: QDesktopServices.openUrl(QUrl(providers.state.chosen.key_page))
        )
        made.card.probe_wanted.connect(lambda: self._run(self._probe, "test masks"))
        self._connect_profile(made)
        return made

    def _connect_profile(self, panel: ProviderPanel) -> None:
        profiles, profile = self._session.profiles, panel.profile
        profiles.changed.connect(panel.show_draft)
        panel.tiles.begun.connect(lambda: self._run(profiles.begin, "begin a profile"))
        panel.tiles.mended.connect(self._edit)
        profile.written.connect(profiles.write)
        profile.called.connect(profiles.call)
        profile.begun.connect(
            lambda name: self._run(lambda: profiles.begin_with(name), "begin a profile")
        )
        profile.saved.connect(lambda: self._run(profiles.save, "save a profile"))
        profile.left.connect(profiles.leave)
        profile.doubted.connect(lambda on: profiles.ask_removal(on=on))
        profile.removed.connect(lambda: self._run(profiles.remove, "remove a profile"))
        profiles.removed.connect(self._tell_removed)

    def _tell_removed(self, id: str) -> None:
        self._removed = id
        words = self.tr("{profile} is removed.").format(profile=id)
        self._window.ask(words, "bring-back", self.tr("Undo"))

    def _bring_back(self) -> None:
        profiles, id = self._session.profiles, self._removed
        self._run(lambda: profiles.bring_back(id), "bring a profile back")

    def _edit(self, id: str) -> None:
        self._run(lambda: self._session.profiles.edit(id), "read a profile")

    def _choose(self, id: str) -> None:
        self._session.providers.choose(id)
        self.panel.go_on()
        self._run(self._session.providers.look, "look for a key")

    async def _probe(self) -> None:
        providers = self._session.providers
        await self._session.probing.begin(providers.state.chosen, providers.model)

    def _use(self) -> None:
        self._session.providers.use()
        self.leave()

    def _resume(self) -> None:
        self._session.providers.resume()
        self.leave()

    def _use_words(self) -> None:
        """Write a prompt, with whoever reads it."""
        if self._session.providers.use_words():
            self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_used(self, ids: tuple[str, ...]) -> None:
        """Remember which provider to offer first, with what else is kept when the window closes."""
        self._window.preferences = replace(self._window.preferences, used=ids)

    def _keep(self, id: str, address: str, keyed: bool, unfit: bool) -> None:
        """Remember at once where a provider is asked: a crash must not cost the way to a key."""
        window = self._window
        window.preferences = window.preferences.with_provider(
            id, address=address, keyed=keyed, unfit=unfit
        )
        self._session.run(self._save, "keep the preferences")

    async def _save(self) -> None:
        await in_thread(self._window.preferences.save)

    def _run(self, work: Callable[[], object], name: str) -> None:
        self._session.run(work, name)
