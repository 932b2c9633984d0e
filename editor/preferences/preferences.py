"""Preferences: what the window remembers from one start to the next, as a frozen value."""

from __future__ import annotations

import base64
import binascii
import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from editor.errors import CannotWrite, Problem
from editor.preferences.places import config_folder
from editor.storage import atomic

log = logging.getLogger(__name__)

THEMES = ("dark", "light")

MOST_RECENT = 10
"""Projects in the list of recent ones."""

LARGEST_FILE = 2**20
"""Bytes; what is larger was not written by this program."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything remembered; each field has a default that a first start uses.

    geometry, layout: as Qt saves them. folder: of the last file dialog. provider, model: ids
    last used, "" for the first of the table. diameter: of the brush in picture pixels, 0 for
    one that suits the picture. hardness: 0.0 to 1.0. overlay: name of the mask's
    colour, overlay_opacity: 0.0 to 1.0, overlay_protected: what is kept has it. recent: paths of
    projects, the last one first. dear: USD of a round above which its price is amber.
    cap: USD a month above which it is asked first, 0 for none. notify: tell outside the window
    what came while it was not in front. keyed: ids of the providers whose keys are in the
    keyring, so that nobody has to be asked for them at the start. unfit: those of them whose key
    was refused. used: ids of providers, the one that was used last first. addresses: base URLs
    of the person's own, by the id of their provider. note: what could not be read, to be shown
    once.
    """

    theme: str = "dark"
    geometry: bytes = b""
    layout: bytes = b""
    folder: str = ""
    provider: str = ""
    model: str = ""
    diameter: float = 0.0
    hardness: float = 0.8
    overlay: str = "red"
    overlay_opacity: float = 0.45
    overlay_protected: bool = False
    recent: tuple[str, ...] = ()
    dear: float = 1.0
    cap: float = 0.0
    notify: bool = True
    keyed: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict, hash=False)
    note: Problem | None = field(default=None, compare=False)

    def with_window(self, *, geometry: bytes, layout: bytes, folder: str) -> Preferences:
        """Remember where the window was and what it looked like."""
        return replace(self, geometry=geometry, layout=layout, folder=folder)

    def with_recent(self, project: Path) -> Preferences:
        """Put a project first in the list of recent ones."""
        path = str(project)
        others = [other for other in self.recent if other != path]
        return replace(self, recent=(path, *others)[:MOST_RECENT])

    def with_provider(
        self, id: str, *, address: str, keyed: bool, unfit: bool = False
    ) -> Preferences:
        """Remember where a provider is asked, "" for its own address, and that it has a key.

        unfit: the key was refused.
        """
        others = {name: url for name, url in self.addresses.items() if name != id}
        return replace(
            self,
            addresses={**others, id: address} if address else others,
            keyed=_among(self.keyed, id, on=keyed),
            unfit=_among(self.unfit, id, on=unfit),
        )

    def save(self) -> bool:
        """Write the file; False when the disk refuses, which is no reason to stop anything."""
        import tomli_w  # not before the window is painted

        values = {
            name: _plain(getattr(self, name))
            for name in _names()
            if getattr(self, name) != getattr(_DEFAULTS, name)
        }
        try:
            atomic.write(_file(), tomli_w.dumps(values).encode("utf-8", "surrogateescape"))
        except CannotWrite as problem:
            log.info("preferences not saved: %s", problem)
            return False
        return True


def _among(ids: tuple[str, ...], id: str, *, on: bool) -> tuple[str, ...]:
    others = tuple(other for other in ids if other != id)
    return (*others, id) if on else others


_DEFAULTS = Preferences()


def load() -> Preferences:
    """Read the file; what is missing or damaged in it has its default, and a note says so."""
    try:
        data = _file().read_bytes()
    except (OSError, CannotWrite):
        return _DEFAULTS
    try:
        values = tomllib.loads(data[:LARGEST_FILE].decode("utf-8", "surrogateescape"))
    except (tomllib.TOMLDecodeError, RecursionError):
        _put_aside()
        return replace(
            _DEFAULTS,
            note=Problem(
                "The preferences could not be read and start anew; the old file is kept beside "
                "them as preferences.damaged.toml."
            ),
        )
    return _read(values)


def _read(values: Mapping[str, object]) -> Preferences:
    found, wrong = {}, []
    for name in _names() & values.keys():
        value = _typed(getattr(_DEFAULTS, name), values[name])
        if value is None:
            wrong.append(name)
        else:
            found[name] = value
    if found.get("theme") not in THEMES:
        found.pop("theme", None)
    read = replace(_DEFAULTS, **found)  # type: ignore[arg-type]  # typed by _typed()
    read = replace(read, recent=read.recent[:MOST_RECENT])
    if not wrong:
        return read
    note = Problem(
        "Some preferences could not be read and are as they were at first: {names}.",
        names=", ".join(sorted(wrong)),
    )
    return replace(read, note=note)


def _names() -> set[str]:
    return {field.name for field in fields(Preferences)} - {"note"}


def _file() -> Path:
    return config_folder() / "preferences.toml"


def _put_aside() -> None:
    try:
        _file().replace(_file().with_name("preferences.damaged.toml"))
    except (OSError, CannotWrite) as error:
        log.info("damaged preferences stay where they are: %s", error)


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return list(value) if isinstance(value, tuple) else value


def _typed(default: object, value: object) -> object | None:
    """The value as the type of its default; None when it is not of that type."""
    if isinstance(default, bytes) and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            return None
    if isinstance(default, tuple) and isinstance(value, list):
        texts = tuple(text for text in value if isinstance(text, str))
        return texts if len(texts) == len(value) else None
    if isinstance(default, dict) and isinstance(value, dict):
        return value if all(isinstance(text, str) for text in value.values()) else None
    if isinstance(default, float) and type(value) is int:
        return float(value)
    return value if type(value) is type(default) else None
