"""The capability table as objects: providers, their models, and one way to load them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from editor.capability import table
from editor.capability.field import Field, Text
from editor.capability.provider import Model, Preset, Provider
from editor.capability.web import check_web
from editor.errors import CannotWrite, InputProblem, TableError
from editor.preferences.places import profiles_folder, resource

_OWN = ("status", "until", "snapshots", "doubt")
"""What a model never takes from the one it is like."""

_FOREIGN = ("prices", "source")
"""What it does not take from a model of another provider either."""

_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

_STREAM = ("stream", "partial_images")
_LEFT_OUT = "The profile {place} is left out: {reason}."
_NO_STREAM = "This profile says that streams break here."


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every provider, in the order in which they are offered; the person's own come last.

    broken: why a profile of the person's own is not among them.
    """

    providers: tuple[Provider, ...]
    broken: tuple[TableError, ...] = ()

    def provider(self, id: str) -> Provider:
        """The provider of this name. Raises InputProblem."""
        for provider in self.providers:
            if provider.id == id:
                return provider
        for problem in self.left_out():
            if str(problem.values["place"]).partition("/")[0].removesuffix(".toml") == id:
                raise problem
        known = ", ".join(provider.id for provider in self.providers)
        raise InputProblem(
            "There is no provider {provider}; there are {known}.", provider=id, known=known
        )

    def model(self, provider: str, id: str) -> Model:
        """The model of this provider. Raises InputProblem."""
        return self.provider(provider).model(id)

    def having(self, moved: Provider) -> Catalog:
        """The same with this provider in the place of the one of its name."""
        return replace(
            self,
            providers=tuple(moved if each.id == moved.id else each for each in self.providers),
        )

    def left_out(self) -> tuple[InputProblem, ...]:
        """One sentence for each profile of the person's own that is broken."""
        told = [problem.values for problem in self.broken]
        return tuple(
            InputProblem(_LEFT_OUT, place=each["place"], reason=each["reason"]) for each in told
        )


@dataclass(frozen=True, slots=True)
class Base:
    """What an entry is written on: the shared fields, and the models read before it.

    models: by "provider/model".
    """

    fields: table.Entry
    models: dict[str, table.Entry] = field(default_factory=dict)


def load(folder: Path | None = None, own: Path | None = None) -> Catalog:
    """Read the table that ships and the person's own profiles. Raises TableError.

    folder: of another table. own: of the profiles, the data folder's unless the table is
    another one; one of them that is broken is left out and told of.
    """
    if folder is None:
        folder, own = resource("capabilities"), own or _own_profiles()
    providers, base = shipped(folder)
    found, broken = list(providers), []
    for path in sorted(own.glob("*.toml")) if own else ():
        try:
            table.no_twins(path.stem, [path.stem, *(each.id for each in found)], "provider")
            found.append(replace(built(path.stem, read(path), base), custom=True))
        except TableError as problem:
            broken.append(problem)
    return Catalog(tuple(found), tuple(broken))


def shipped(folder: Path | None = None) -> tuple[tuple[Provider, ...], Base]:
    """Read fields.toml and one file per provider, offline and openai first. Raises TableError."""
    folder = folder or resource("capabilities")
    base = Base(read(folder / "fields.toml")["fields"])
    paths = [path for path in folder.glob("*.toml") if path.stem != "fields"]
    paths.sort(key=lambda path: (path.stem != "offline", path.stem != "openai", path.stem))
    return tuple(built(path.stem, read(path), base) for path in paths), base


def read(path: Path) -> dict[str, Any]:
    """The entries of a file. Raises TableError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        table.refuse(path.name, "{error}", error=error)


def built(id: str, entry: Mapping[str, Any], base: Base) -> Provider:
    """The provider of an entry; its models join those of the base. Raises TableError."""
    if not _ID.fullmatch(id):
        table.refuse(id, "the name of a profile has small letters, digits and hyphens")
    values = dict(entry)
    streams = values.get("stream", True)
    models: list[Model] = []
    for changes in table.entries(id, "models", values.pop("models", ())):
        name = str(changes.get("id", ""))
        if not name:
            table.refuse(id, "a model needs an id")
        place = f"{id}/{name}"
        base.models[place] = _like(id, place, changes, base)
        models.append(_model(place, base.models[place], base, streams=streams))
        models += [_snapshot(models[-1], dated) for dated in changes.get("snapshots", ())]
    if not models:
        table.refuse(id, "a provider needs a model")
    table.no_twins(id, [model.id for model in models], "model")
    if "unknown" in values:
        (other,) = table.entries(id, "unknown", [values["unknown"]])
        changes = {"id": "unknown", "label": "", "status": "unknown", **other}
        place = f"{id}/unknown"
        unknown = _like(id, place, changes, base)
        values["unknown"] = _model(place, unknown, base, streams=streams)
    provider = table.made(id, Provider, {"id": id, **values, "models": models})
    check_web(provider)
    return provider


def _own_profiles() -> Path | None:
    try:
        return profiles_folder()
    except CannotWrite:
        return None


def _like(provider: str, place: str, entry: table.Entry, base: Base) -> table.Entry:
    """The entry, on top of the one that it says it is like."""
    changes = dict(entry)
    other = changes.pop("like", "")
    if not other:
        return table.merged({}, changes)
    near = base.models.get(f"{provider}/{other}")
    found = near or base.models.get(str(other))
    if found is None:
        reason = "it is {key} {other}, which does not stand above it"
        table.refuse(place, reason, key="like", other=other)
    left = _OWN if near else _OWN + _FOREIGN
    return table.merged({key: value for key, value in found.items() if key not in left}, changes)


def _snapshot(model: Model, dated: str) -> Model:
    """The same model under the name that pins its date."""
    return replace(model, id=dated, label=f"{model.label} ({dated.removeprefix(model.id)[1:]})")


def _model(place: str, entry: table.Entry, base: Base, *, streams: bool) -> Model:
    values = {key: value for key, value in entry.items() if key != "snapshots"}
    limits = table.limits(place, values.get("limits", {}))
    fields = table.fields(place, values["fields"], base.fields, limits.sizes)
    prompt = next((known for known in fields if known.name == "prompt"), None)
    longest = prompt.longest if isinstance(prompt, Text) else 0
    presets = values.get("presets", {})
    if not streams:
        fields = tuple(map(_streamless, fields))
        presets = {name: _without_stream(chosen) for name, chosen in presets.items()}
    if set(presets) != set(get_args(Preset)):
        table.refuse(place, "a model has the presets draft and final")
    values["presets"] = {
        name: table.settings(f"{place}/{name}", chosen, fields) for name, chosen in presets.items()
    }
    written = values.get("prices")
    values["prices"] = table.rates(place, written, fields) if written else None
    values |= {"fields": fields, "limits": replace(limits, prompt=longest)}
    return table.made(place, Model, values)


def _streamless(field: Field) -> Field:
    return replace(field, off=_NO_STREAM) if field.name in _STREAM else field


def _without_stream(chosen: table.Entry) -> table.Entry:
    return {name: value for name, value in chosen.items() if name not in _STREAM}
