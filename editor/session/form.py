"""Form: the prompt, the model and its settings, and what stands in the way of sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from editor.capability.catalog import Catalog
from editor.capability.field import Value
from editor.capability.provider import Model, Preset, Provider
from editor.capability.speed import at_speed
from editor.edits.prompt import PLEA
from editor.imaging.geometry import Rect

if TYPE_CHECKING:  # the first window is painted before any pixels are worked on
    from editor.edits.check import Trouble

FrameName = Literal["tight", "balanced", "whole"]

Asked = tuple[str, str]
"""A provider and one of its models, by their ids."""


@dataclass(frozen=True, slots=True)
class FormState:
    """All that the panel and the prompt bar show.

    settings: only what differs from the model's defaults. preset: the speed the settings
    come from, "" once one of its fields was changed by hand. chosen: the person picked the
    frame, so that a draft no longer does. price: USD for the whole round, None when unknown.
    slot: the picture that is edited. windows: those the person drew, by slot; one wins over the
    frame until another frame is chosen for its picture. also: further models that are asked for
    the same, each for as many pictures. local: the project stays on this computer, so that only
    what works here is offered; left: what was asked before that, the model in use first.
    pleads: the sentence plea_words follows the prompt. covers: sending makes what is transparent
    the mask first, as nothing is painted.
    """

    catalog: Catalog
    provider: Provider
    model: Model
    settings: Mapping[str, Value] = field(default_factory=dict)
    prompt: str = ""
    count: int = 1
    preset: Preset | Literal[""] = "draft"
    frame: FrameName = "balanced"
    chosen: bool = False
    troubles: tuple[Trouble, ...] = ()
    price: float | None = None
    pictures: int = 0
    also: tuple[Asked, ...] = ()
    slot: str = ""
    windows: Mapping[str, Rect] = field(default_factory=dict)
    local: bool = False
    left: tuple[Asked, ...] = ()
    pleads: bool = False
    plea_words: str = PLEA
    covers: bool = False

    @property
    def plea(self) -> str:
        """The sentence that follows the prompt, "" for none."""
        return self.plea_words if self.pleads and not self.offline else ""

    @property
    def offered(self) -> tuple[Provider, ...]:
        """The providers that may be chosen."""
        every = self.catalog.providers
        return tuple(one for one in every if one.engine == "offline") if self.local else every

    @property
    def window(self) -> Rect | None:
        """The window that was drawn for this picture."""
        return self.windows.get(self.slot)

    @property
    def offline(self) -> bool:
        return self.provider.engine == "offline"

    @property
    def variants(self) -> int:
        """How many answers a round would bring, of all models together."""
        return 1 if self.offline else self.count * (1 + len(self.also))

    def trouble(self, field: str) -> Trouble | None:
        """What is wrong with one field, or None."""
        return next((trouble for trouble in self.troubles if trouble.field == field), None)


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
        also = _listed(old.also, catalog)
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
        self._become(replace(old, local=False, left=(), also=_listed(old.left[1:], old.catalog)))
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
        catalog = self.state.catalog
        known = {provider.id for provider in catalog.providers}
        if values.get("provider") in known:
            self.set_model(str(values["provider"]), str(values.get("model", "")))
        settings = values.get("settings", {})
        self._become(
            replace(
                self.state,
                prompt=str(values.get("prompt", "")),
                settings=dict(settings) if isinstance(settings, dict) else {},
                count=min(max(int(str(values.get("count", 1))), 1), 10),
                preset=_preset(values.get("preset")),
                frame=_frame(values.get("frame")),
                chosen=bool(values.get("chosen", False)),
                windows=_windows(values.get("windows")),
                also=_listed(_asked(values.get("also")), catalog),
                pleads=values.get("pleads") is True,
                plea_words=str(values.get("plea_words", "")).strip() or PLEA,
            )
        )
        if values.get("local") is True:
            self.set_local(on=True)
            self._become(replace(self.state, left=_asked(values.get("left"))))

    def values(self) -> dict[str, object]:
        """What a project keeps of the form."""
        state = self.state
        return {
            "provider": state.provider.id,
            "model": state.model.id,
            "settings": dict(state.settings),
            "prompt": state.prompt,
            "count": state.count,
            "preset": state.preset,
            "frame": state.frame,
            "chosen": state.chosen,
            "also": [list(asked) for asked in state.also],
            "local": state.local,
            "left": [list(asked) for asked in state.left],
            "pleads": state.pleads,
            "plea_words": state.plea_words,
            "windows": {slot: list(window) for slot, window in state.windows.items()},
        }

    def _become(self, state: FormState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)


def _preset(value: object) -> Preset | Literal[""]:
    return "draft" if value == "draft" else "final" if value == "final" else ""


def _frame(value: object) -> FrameName:
    return "tight" if value == "tight" else "whole" if value == "whole" else "balanced"


def _asked(value: object) -> tuple[Asked, ...]:
    """Models as a project keeps them; what is none is left out."""
    pairs = value if isinstance(value, list) else []
    return tuple((str(pair[0]), str(pair[-1])) for pair in pairs if isinstance(pair, list) and pair)


def _listed(asked: tuple[Asked, ...], catalog: Catalog) -> tuple[Asked, ...]:
    """Those of some further models that are still offered."""
    offered = {(place.id, model.id) for place in catalog.providers for model in place.models}
    return tuple(one for one in asked if one in offered)


def _without(windows: Mapping[str, Rect], slot: str) -> Mapping[str, Rect]:
    return {other: window for other, window in windows.items() if other != slot}


def _windows(values: object) -> Mapping[str, Rect]:
    """Windows as a project keeps them; what is none is left out."""
    if not isinstance(values, dict):
        return {}
    known = {
        str(slot): Rect(*(int(side) for side in sides))
        for slot, sides in values.items()
        if isinstance(sides, list) and len(sides) == 4 and all(type(side) is int for side in sides)
    }
    return {slot: window for slot, window in known.items() if not window.empty}
