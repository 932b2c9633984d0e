"""Form state: all that the panel and the prompt bar show, and what a project keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from editor.capability.catalog import Catalog
from editor.capability.field import Value
from editor.capability.provider import Model, Preset, Provider
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

    def kept(self) -> dict[str, object]:
        """What a project keeps of it."""
        return {
            "provider": self.provider.id,
            "model": self.model.id,
            "settings": dict(self.settings),
            "prompt": self.prompt,
            "count": self.count,
            "preset": self.preset,
            "frame": self.frame,
            "chosen": self.chosen,
            "also": [list(asked) for asked in self.also],
            "local": self.local,
            "left": [list(asked) for asked in self.left],
            "pleads": self.pleads,
            "plea_words": self.plea_words,
            "windows": {slot: list(window) for slot, window in self.windows.items()},
        }


def taken(state: FormState, values: Mapping[str, object]) -> FormState:
    """A form with what a project kept, but for its model; what is none is left out."""
    settings = values.get("settings", {})
    return replace(
        state,
        prompt=str(values.get("prompt", "")),
        settings=dict(settings) if isinstance(settings, dict) else {},
        count=min(max(int(str(values.get("count", 1))), 1), 10),
        preset=_preset(values.get("preset")),
        frame=_frame(values.get("frame")),
        chosen=bool(values.get("chosen", False)),
        windows=_windows(values.get("windows")),
        also=still_offered(asked_in(values.get("also")), state.catalog),
        pleads=values.get("pleads") is True,
        plea_words=str(values.get("plea_words", "")).strip() or PLEA,
    )


def asked_in(value: object) -> tuple[Asked, ...]:
    """Models as a project keeps them; what is none is left out."""
    pairs = value if isinstance(value, list) else []
    return tuple((str(pair[0]), str(pair[-1])) for pair in pairs if isinstance(pair, list) and pair)


def still_offered(asked: tuple[Asked, ...], catalog: Catalog) -> tuple[Asked, ...]:
    """Those of some further models that are still offered."""
    offered = {(place.id, model.id) for place in catalog.providers for model in place.models}
    return tuple(one for one in asked if one in offered)


def _preset(value: object) -> Preset | Literal[""]:
    return "draft" if value == "draft" else "final" if value == "final" else ""


def _frame(value: object) -> FrameName:
    return "tight" if value == "tight" else "whole" if value == "whole" else "balanced"


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
