"""The capability table as objects: providers, their models, and one way to load them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from editor.capability import table
from editor.capability.field import Field, Text, Value
from editor.capability.limits import Limits
from editor.capability.rates import Rates
from editor.errors import CannotWrite, InputProblem, TableError
from editor.preferences.places import profiles_folder, resource

Preset = Literal["draft", "final"]
Auth = Literal["bearer", "api-key", "key", "none"]
Count = Literal["fan-out", "native"]
ImageField = Literal["auto", "image", "image[]"]
MaskMode = Literal["dual", "alpha", "grey", "off"]
Polarity = Literal["usual", "inverted"]

_WORDS: Mapping[str, tuple[str, ...]] = {
    "engine": ("remote", "offline"),
    "auth": get_args(Auth),
    "count": get_args(Count),
    "image_field": get_args(ImageField),
    "mask_mode": get_args(MaskMode),
    "mask_polarity": get_args(Polarity),
}
"""Settings of a provider that are one word of a few."""

_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

_OWN = ("status", "until", "snapshots")
"""What a model never takes from the one it is like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What one model can do.

    status: "current", "ending", "gone" or "unknown"; until: its last day, when announced.
    source: where these facts come from. mask: whether a mask is sent. presets: settings of
    the two speeds. prices: None when nobody knows.
    """

    id: str
    label: str
    status: str = "current"
    until: date | None = None
    source: str = ""
    fields: tuple[Field, ...] = ()
    limits: Limits = field(default_factory=Limits)
    mask: bool = True
    needs_prompt: bool = True
    needs_mask: bool = False
    presets: Mapping[Preset, Mapping[str, Value]] = field(default_factory=dict, hash=False)
    prices: Rates | None = field(default=None, hash=False)

    def field(self, name: str) -> Field | None:
        """The field of this name, or None."""
        return next((known for known in self.fields if known.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Where models live and how they are spoken to.

    engine: "remote", or "offline" for this computer. dialect: a name in providers.table.
    base_url: scheme, host and prefix, without a closing slash; path: of the paid call.
    auth: how the key K travels: "Authorization: Bearer K", "api-key: K", "Authorization: Key K"
    or not at all; headers: sent along as they are. poll: path or absolute URL where a task is
    asked for, "" when nobody knows. check: path of a GET that costs nothing and proves the key,
    "" when there is none. key_page: where keys are made. at_once: paid requests side by side;
    per_minute: pictures sent in a minute, 0 when no budget is known. count: whether several
    variants are requests of their own, or one request with their number.
    image_field: name of the picture's part; "auto" is `image` for one and `image[]` for more.
    mask_field: name of the mask's part, "" when none is sent; mask_mode: how it is coded, by
    alpha, by grey, or so that both read it; mask_polarity: usually the clear or white is edited.
    unknown: the model that stands in for names not listed here. custom: of the person's own
    folder. note: what is to be known before it is trusted.
    """

    id: str
    label: str
    engine: Literal["remote", "offline"]
    models: tuple[Model, ...]
    dialect: str = ""
    base_url: str = ""
    path: str = ""
    auth: Auth = "none"
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    poll: str = ""
    check: str = ""
    key_page: str = ""
    at_once: int = 4
    per_minute: int = 0
    count: Count = "fan-out"
    image_field: ImageField = "auto"
    mask_field: str = "mask"
    mask_mode: MaskMode = "dual"
    mask_polarity: Polarity = "usual"
    custom: bool = False
    note: str = ""
    unknown: Model | None = None

    @property
    def key_name(self) -> str:
        """The environment variable that holds the key."""
        return "FRISKET_KEY_" + self.id.upper().replace("-", "_")

    def model(self, id: str) -> Model:
        """The model of this name; a cautious stand-in when the provider may know it.

        Raises InputProblem when the provider cannot have it.
        """
        for model in self.models:
            if model.id == id:
                return model
        if self.unknown is None or not id.strip():
            known = ", ".join(model.id for model in self.models)
            raise InputProblem(
                "{provider} has no model {model}; it has {known}.",
                provider=self.label,
                model=id,
                known=known,
            )
        return replace(self.unknown, id=id, label=id)


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every provider, in the order in which they are offered; the person's own come last.

    broken: why a profile of the person's own is not among them, a sentence each.
    """

    providers: tuple[Provider, ...]
    broken: tuple[TableError, ...] = ()

    def provider(self, id: str) -> Provider:
        """The provider of this name. Raises InputProblem."""
        for provider in self.providers:
            if provider.id == id:
                return provider
        known = ", ".join(provider.id for provider in self.providers)
        raise InputProblem(
            "There is no provider {provider}; there are {known}.", provider=id, known=known
        )

    def model(self, provider: str, id: str) -> Model:
        """The model of this provider. Raises InputProblem."""
        return self.provider(provider).model(id)


def load(folder: Path | None = None, own: Path | None = None) -> Catalog:
    """Read the table: fields.toml and one file per provider, offline first. Raises TableError.

    own: where the person's own profiles are, the data folder's unless the table is another
    one; one of them that is broken is left out and told of.
    """
    if folder is None:
        folder, own = resource("capabilities"), own or _own_profiles()
    shared = _read(folder / "fields.toml")["fields"]
    files = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "offline", path.stem))
    found = [_provider(path.stem, _read(path), shared) for path in files if path.stem != "fields"]
    broken: list[TableError] = []
    for path in sorted(own.glob("*.toml")) if own else ():
        try:
            table.no_twins(path.stem, [path.stem, *(each.id for each in found)], "provider")
            found.append(replace(_provider(path.stem, _read(path), shared), custom=True))
        except TableError as problem:
            broken.append(problem)
    return Catalog(tuple(found), tuple(broken))


def _own_profiles() -> Path | None:
    try:
        return profiles_folder()
    except CannotWrite:
        return None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        table.refuse(path.name, str(error))


def _provider(id: str, entry: dict[str, Any], shared: table.Entry) -> Provider:
    if not _ID.fullmatch(id):
        table.refuse(id, "the name of a profile has small letters, digits and hyphens")
    written: dict[str, table.Entry] = {}
    models: list[Model] = []
    for changes in entry.pop("models", ()):
        name = str(changes.get("id", ""))
        if not name:
            table.refuse(id, "a model needs an id")
        written[name] = _like(f"{id}/{name}", changes, written)
        models.append(_model(f"{id}/{name}", written[name], shared))
        models += [_snapshot(models[-1], dated) for dated in changes.get("snapshots", ())]
    if not models:
        table.refuse(id, "a provider needs a model")
    table.no_twins(id, [model.id for model in models], "model")
    if "unknown" in entry:
        changes = {"id": "unknown", "label": "", "status": "unknown", **entry["unknown"]}
        place = f"{id}/unknown"
        entry["unknown"] = _model(place, _like(place, changes, written), shared)
    provider = table.made(id, Provider, {"id": id, **entry, "models": models})
    for name, known in _WORDS.items():
        table.one_of(id, name, getattr(provider, name), known)
    return provider


def _like(place: str, entry: table.Entry, written: Mapping[str, table.Entry]) -> table.Entry:
    """The entry, on top of the one that it says it is like."""
    changes = dict(entry)
    other = changes.pop("like", "")
    if other and other not in written:
        table.refuse(place, f"it is like {other}, which does not stand above it")
    base = {key: value for key, value in written.get(other, {}).items() if key not in _OWN}
    return table.merged(base, changes)


def _snapshot(model: Model, dated: str) -> Model:
    """The same model under the name that pins its date."""
    return replace(model, id=dated, label=f"{model.label} ({dated.removeprefix(model.id)[1:]})")


def _model(place: str, entry: table.Entry, shared: table.Entry) -> Model:
    values = {key: value for key, value in entry.items() if key != "snapshots"}
    limits = table.limits(place, values.get("limits", {}))
    fields = table.fields(place, values["fields"], shared, limits.sizes)
    prompt = next((known for known in fields if known.name == "prompt"), None)
    longest = prompt.longest if isinstance(prompt, Text) else 0
    presets = {
        name: table.settings(f"{place}/{name}", chosen, fields)
        for name, chosen in values.get("presets", {}).items()
    }
    if set(presets) != set(get_args(Preset)):
        table.refuse(place, "a model has the presets draft and final")
    written = values.get("prices")
    values["prices"] = table.rates(place, written, fields) if written else None
    limits = replace(limits, prompt=longest)
    model = table.made(
        place, Model, {**values, "fields": fields, "limits": limits, "presets": presets}
    )
    table.one_of(place, "status", model.status, ("current", "ending", "gone", "unknown"))
    return model
