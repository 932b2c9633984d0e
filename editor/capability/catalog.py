"""The capability table as objects: providers, their models, and one way to load them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from editor.capability.field import Field, Text, Value
from editor.capability.limits import Limits
from editor.capability.rates import Rates
from editor.errors import InputProblem
from editor.preferences.places import resource

Preset = Literal["draft", "final"]


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
    limits: Limits = Limits()
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
    auth: "bearer" or "none". unknown: the model that stands in for names not listed here.
    """

    id: str
    label: str
    engine: Literal["remote", "offline"]
    models: tuple[Model, ...]
    dialect: str = ""
    base_url: str = ""
    path: str = ""
    auth: Literal["bearer", "none"] = "none"
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
    """Every provider, in the order in which they are offered."""

    providers: tuple[Provider, ...]

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


def load(folder: Path | None = None) -> Catalog:
    """Read the table: fields.toml and one file per provider, offline first. Raises TableError."""
    folder = folder or resource("capabilities")
    shared = tomllib.loads((folder / "fields.toml").read_text("utf-8"))["fields"]
    files = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "offline", path.stem))
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in files}
    del tables["fields"]
    return Catalog(tuple(_provider(id, table, shared) for id, table in tables.items()))
