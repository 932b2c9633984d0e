"""Form: every change of the prompt, of the model and of its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from editor.capability.catalog import Catalog
from editor.capability.field import Value
from editor.capability.provider import Preset
from editor.capability.speed import at_speed
from editor.edits.prompt import PLEA
from editor.imaging.geometry import Rect
from editor.session.form_state import Asked, FormState, FrameName, asked_in, still_offered, taken

if TYPE_CHECKING:  # the first window is painted before any pixels are worked on
    from editor.edits.check import Trouble


class Form(QObject):
    """One state and one signal; every change is a replacement of the whole."""

    changed = Signal(object)

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        provider = catalog.providers[0]
        model = provider.models[0]
        self.state = FormState(catalog, provider, model, model.presets.get("draft", {}))
        self._remembered: dict[tuple[str, str], FormState] = {}

    def set_prompt(self, prompt: str) -> None:
        self._become(replace(self.state, prompt=prompt))

    def set_plea(self, *, on: bool) -> None:
        """Let the sentence follow the prompt, or not."""
        self._become(replace(self.state, pleads=on))

    def set_plea_words(self, words: str) -> None:
        """Word the sentence another way; none at all stands for the usual one."""
        self._become(replace(self.state, plea_words=words if words.strip() else PLEA))

    def set_provider(self, id: str) -> None:
        """Choose a provider; its first model, or the one last used with it."""
        provider = self.state.catalog.provider(id)
        last = [model for name, model in self._remembered if name == id]
        self.set_model(id, last[-1] if last else provider.models[0].id)

    def set_model(self, provider: str, model: str) -> None:
        """Choose a model; the prompt stays, settings are those last used with that model.

        One that is not offered is not taken.
        """
        old = self.state
        if provider not in {one.id for one in old.offered}:
            return
        self._remembered.pop((old.provider.id, old.model.id), None)
        self._remembered[old.provider.id, old.model.id] = old
        chosen = old.catalog.provider(provider)
        found = chosen.model(model)
        before = self._remembered.get((provider, model))
        preset: Preset | Literal[""] = before.preset if before else "draft"
        settings = before.settings if before else found.presets.get("draft", {})
        self._become(
            replace(
                old,
                provider=chosen,
                model=found,
                settings=settings,
                preset=preset,
                troubles=(),
                also=tuple(other for other in old.also if other != (provider, model)),
            )
        )

    def set_also(self, asked: Asked, *, on: bool) -> None:
        """Ask a further model for the same, in the same round, or leave it out again."""
        others = tuple(other for other in self.state.also if other != asked)
        itself = asked == (self.state.provider.id, self.state.model.id)
        taken = on and not itself and not self.state.local
        self._become(replace(self.state, also=(*others, asked) if taken else others))

    def set_catalog(self, catalog: Catalog) -> None:
        """Offer these providers from now on; what is chosen stays as far as it is among them."""
        old, ids = self.state, [provider.id for provider in catalog.providers]
        at = ids.index(old.provider.id) if old.provider.id in ids else 0
        provider = catalog.providers[at]
        listed = {model.id for model in provider.models}
        stays = provider.id == old.provider.id and (old.model.id in listed or provider.unknown)
        model = provider.model(old.model.id) if stays else provider.models[0]
        settings = old.settings if stays else model.presets.get("draft", {})
        preset = old.preset if stays else "draft"
        also = still_offered(old.also, catalog)
        self._become(
            replace(
                old,
                catalog=catalog,
                provider=provider,
                model=model,
                settings=settings,
                preset=preset,
                also=also,
            )
        )

    def set_local(self, *, on: bool) -> None:
        """Let the project stay on this computer, with what works here, or go back to before."""
        old = self.state
        if on is old.local:
            return
        if on:
            left = ((old.provider.id, old.model.id), *old.also)
            self._become(replace(old, local=True, left=left, also=()))
            if not old.offline:
                self.set_provider(self.state.offered[0].id)
            return
        self._become(
            replace(old, local=False, left=(), also=still_offered(old.left[1:], old.catalog))
        )
        for asked in old.left[:1]:
            self.set_model(*asked)

    def set_value(self, name: str, value: Value) -> None:
        """Change one setting; a value at its default is not kept."""
        found = self.state.model.field(name)
        settings = {key: old for key, old in self.state.settings.items() if key != name}
        if found is None or value != found.default:
            settings[name] = value
        preset = self.state.preset
        if preset and name in self.state.model.presets.get(preset, {}):
            preset = ""
        self._become(replace(self.state, settings=settings, preset=preset))

    def set_preset(self, preset: Preset) -> None:
        """Take the settings of a speed; others stay as they are."""
        settings = at_speed(self.state.model, self.state.settings, preset)
        self._become(replace(self.state, settings=settings, preset=preset))

    def set_count(self, count: int) -> None:
        self._become(replace(self.state, count=min(max(count, 1), 10)))

    def set_frame(self, frame: FrameName) -> None:
        """Choose how much is sent; a draft no longer changes it, nor a window drawn before."""
        windows = _without(self.state.windows, self.state.slot)
        self._become(replace(self.state, frame=frame, chosen=True, windows=windows))

    def set_window(self, window: Rect | None) -> None:
        """Send this part of the picture; None goes back to what was chosen before it was drawn."""
        windows = dict(_without(self.state.windows, self.state.slot))
        if window is not None:
            windows[self.state.slot] = window
        self._become(replace(self.state, windows=windows))

    def turn_to(self, slot: str) -> None:
        """Another picture is edited; "" for none."""
        self._become(replace(self.state, slot=slot))

    def judge(self, troubles: tuple[Trouble, ...], price: float | None, pictures: int) -> None:
        """Take what the session found about the request as it stands."""
        self._become(replace(self.state, troubles=troubles, price=price, pictures=pictures))

    def set_covers(self, *, on: bool) -> None:
        """Know whether sending would make the mask by itself."""
        self._become(replace(self.state, covers=on))

    def restore(self, values: Mapping[str, object]) -> None:
        """Take values that were read from a project; unknown ones are left out."""
        known = {provider.id for provider in self.state.catalog.providers}
        if values.get("provider") in known:
            self.set_model(str(values["provider"]), str(values.get("model", "")))
        self._become(taken(self.state, values))
        if values.get("local") is True:
            self.set_local(on=True)
            self._become(replace(self.state, left=asked_in(values.get("left"))))

    def _become(self, state: FormState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)


def _without(windows: Mapping[str, Rect], slot: str) -> Mapping[str, Rect]:
    return {other: window for other, window in windows.items() if other != slot}
