"""A profile of the person's own as text: checked while it is written, and where to begin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

from editor.capability.catalog import Base, built, shipped
from editor.capability.provider import Provider
from editor.capability.sentence import Sentence
from editor.capability.shape import misfit
from editor.errors import TableError
from editor.preferences.places import resource

_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_HEAD = re.compile(r"\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")

_NOT_WRITTEN = {"id", "custom"}
"""Settings of a provider that its file does not hold: the file's name and place say them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a profile, and the line that it stands in, from 1."""

    line: int
    sentence: Sentence


def checked(text: str, id: str, base: Base | None = None) -> Provider | tuple[Fault, ...]:
    """The provider that a text describes, or everything that is wrong with it, by line.

    id: the name that its file would have. base: the table that ships, which is read when it
    is not given. Never raises.
    """
    providers, base = shipped() if base is None else ((), base)
    try:
        entry = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (_unread(str(error), text),)
    faults = tuple(_misfits(entry, text))
    if any(provider.id == id for provider in providers):
        faults += (Fault(1, Sentence("there is already a provider of the name {id}", id=id)),)
    if faults:
        return faults
    try:
        provider = built(id, entry, Base(base.fields, dict(base.models)))
    except TableError as problem:
        return (_placed(problem, text, entry),)
    if not provider.base_url:
        return (Fault(1, Sentence("base_url is missing: say where your server is")),)
    return replace(provider, custom=True)


def template() -> str:
    """The text that a new profile begins with: every setting, explained."""
    return resource("profiles", "custom.toml").read_text("utf-8")


def examples() -> Mapping[str, str]:
    """Profiles of known servers by name, made from their documents and not run."""
    files = sorted(resource("profiles").glob("*.toml"))
    return {path.stem: path.read_text("utf-8") for path in files if path.stem != "custom"}


def _unread(told: str, text: str) -> Fault:
    found = _AT_LINE.search(told)
    line = int(found[1]) if found and found[1] else max(len(text.splitlines()), 1)
    return Fault(line, Sentence("this is no TOML: {error}", error=_AT_LINE.sub("", told)))


def _misfits(entry: Mapping[str, Any], text: str) -> Iterator[Fault]:
    """What is wrong with the settings of the provider itself, all at once."""
    known = get_type_hints(Provider).keys() - _NOT_WRITTEN
    for key, value in entry.items():
        if key not in known:
            yield Fault(_line(text, "", key), Sentence("unexpected key '{key}'", key=key))
        elif key not in {"models", "unknown"} and (reason := misfit(Provider, key, value)):
            yield Fault(_line(text, "", key), reason)


def _placed(problem: TableError, text: str, entry: Mapping[str, Any]) -> Fault:
    """The reason alone, at the line of the model, field or setting that the problem names."""
    _, *names = str(problem.values["place"]).split("/")
    reason = problem.values["reason"]
    assert isinstance(reason, Sentence)
    key = str(reason.values.get("key", ""))
    if not names:
        return Fault(_line(text, "", key), reason)
    ids = [str(model.get("id", "")) for model in entry.get("models", ())]
    section = f"models {ids.index(names[0])}" if names[0] in ids else names[0]
    return Fault(_line(text, section, names[1] if len(names) > 1 else key, key), reason)


def _line(text: str, section: str, *words: str) -> int:
    """The line of a section where a word stands, else the one where the section begins.

    section: "" before the first head, "models 0" for the first model, "unknown".
    """
    lines = list(_within(text, section))
    for word in filter(None, words):
        for number, line in lines:
            key = _KEY.match(line)
            if (key and key[1] == word) or f'"{word}"' in line:
                return number
    return lines[0][0] if lines else 1


def _within(text: str, section: str) -> Sequence[tuple[int, str]]:
    here, models, found = "", -1, []
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            first = head[1].partition(".")[0]
            models += head[1] == "models"
            here = f"models {models}" if first == "models" else first
        if here == section:
            found.append((number, line))
    return found
