"""Keys: where they come from, where they rest, and the one type that never shows what it holds.

A key is looked for in the environment, then among those of this session, then in the keyring:
the system's own key store. Without one a key lives as long as the program; no file of ours ever
holds it.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from editor.errors import InputProblem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend as Store

log = logging.getLogger(__name__)

Where = Literal["environment", "session", "keyring"]

SERVICE = "frisket"
"""Under this name the keyring shows our keys, each with the id of its provider."""

PATIENCE = 5.0
"""Seconds: a locked key store may wait for its password for ever."""

IN_FILES = "keyrings.alt"
"""Key stores of this package are plain files, which no key may get into."""

NO_KEYRING = "This computer has no keyring, so the key is kept only until Frisket is closed."
SILENT = "The keyring did not answer, so the key is kept only until Frisket is closed."
REFUSED = "The keyring refused the key, so it is kept only until Frisket is closed."
STAYS = "The keyring did not let go of the key; remove it in the system's own key manager."

LONGEST_KEY = 1280
"""Characters; what the key store of Windows can hold."""


class Secret:
    """A key that masks itself wherever it could be printed, formatted, logged or pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Hand out the key itself, for the header of a request and nothing else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is neither pickled nor copied")


def key_name(provider: str) -> str:
    """Name the environment variable that holds the key of a provider, by the provider's id."""
    return "FRISKET_KEY_" + provider.upper().replace("-", "_")


class Found(NamedTuple):
    """A key and where it was found."""

    key: Secret
    where: Where


class Keyring:
    """The system's key store, asked in threads of its own and not again once it was silent."""

    def __init__(self) -> None:
        self._trouble = ""

    def read(self, provider: str) -> str:
        """The key of a provider; "" when there is none or the store cannot be asked."""
        if self._trouble:
            return ""
        found = self._asked(lambda store: store.get_password(SERVICE, provider))
        return found if isinstance(found, str) else ""

    def write(self, provider: str, key: Secret) -> str:
        """Keep a key; why that failed, "" when the very same key can be read back."""

        def keep(store: Store) -> bool:
            store.set_password(SERVICE, provider, key.reveal())
            if store.get_password(SERVICE, provider) == key.reveal():
                return True
            store.delete_password(SERVICE, provider)  # cut off, it would be found next time
            return False

        if self._asked(keep):
            return ""
        return self._trouble or REFUSED

    def delete(self, provider: str) -> str:
        """Let go of a key; why that failed, "" when there is none any more."""

        def drop(store: Store) -> bool:
            if store.get_password(SERVICE, provider) is not None:
                store.delete_password(SERVICE, provider)
            return True

        if self._asked(drop) or self._trouble == NO_KEYRING:
            return ""
        return STAYS

    def _asked(self, ask: Callable[[Store], object]) -> object:
        """What the store answers within PATIENCE; None when it fails, and the trouble is noted."""
        told: queue.SimpleQueue[object] = queue.SimpleQueue()
        threading.Thread(target=lambda: told.put(_heard(ask)), name="keyring", daemon=True).start()
        try:
            answer = told.get(timeout=PATIENCE)
        except queue.Empty:
            log.info("the keyring did not answer")
            self._trouble = SILENT
            return None
        self._trouble = NO_KEYRING if isinstance(answer, _NoStore) else ""
        return None if isinstance(answer, Exception) else answer


_keyring = Keyring()
_session: dict[str, Found] = {}


def look_up(provider: str, environ: Mapping[str, str] = os.environ) -> Found | None:
    """Find the key of a provider by the provider's id; None when there is none.

    May wait PATIENCE seconds, so ask in a thread.
    Raises InputProblem when the key holds what no header can carry.
    """
    name = key_name(provider)
    if key := checked_key(environ.get(name, ""), name):
        return Found(key, "environment")
    if provider not in _session and (key := checked_key(_keyring.read(provider), "the key")):
        _session[provider] = Found(key, "keyring")
    return _session.get(provider)


def key_for(provider: str, environ: Mapping[str, str] = os.environ) -> Secret | None:
    """Find the key of a provider alone; see look_up."""
    found = look_up(provider, environ)
    return found.key if found else None


def keep_key(
    provider: str, key: Secret, *, where: Literal["keyring", "session"] = "keyring"
) -> str:
    """Use a key from now on and keep it in the keyring, or for this session alone.

    May wait PATIENCE seconds. The sentence why it is kept for the session only, else "".
    """
    _session[provider] = Found(key, "session")
    trouble = _keyring.write(provider, key) if where == "keyring" else ""
    if where == "keyring" and not trouble:
        _session[provider] = Found(key, "keyring")
    return trouble


def forget_key(provider: str) -> str:
    """Let go of the key of a provider here and in the keyring; the sentence why it stays, else "".

    May wait PATIENCE seconds. What the environment holds stays there.
    """
    _session.pop(provider, None)
    trouble = _keyring.delete(provider)
    _session.pop(provider, None)  # an edit may have looked it up while the keyring still had it
    return trouble


def checked_key(typed: str, name: str) -> Secret | None:
    """Strip a pasted key of the blanks and line breaks around it; None when nothing is left.

    name: what the person calls the place it was read from.
    Raises InputProblem when a character in it is not printable ASCII or a blank is inside.
    """
    key = typed.strip()
    if not key:
        return None
    if len(key) > LONGEST_KEY or not all("!" <= character <= "~" for character in key):
        raise InputProblem(
            "This key contains characters that can't be sent; nothing was sent. "
            "Copy {name} again from the provider's page.",
            name=name,
        )
    return Secret(key)


class _NoStore(Exception):
    """There is no key store that a key may be put into."""


def _heard(ask: Callable[[Store], object]) -> object:
    """Ask the store; whatever it raises is handed back instead of an answer."""
    try:
        return ask(_store())
    except Exception as error:  # noqa: BLE001 - every system's store raises errors of its own
        # Without its words: they are foreign and might repeat what was to be kept.
        log.info("the keyring failed: %s", type(error).__name__)
        return error


def _store() -> Store:
    """The key store to use. Raises _NoStore."""
    import keyring  # it looks through every installed package, and the window is painted first
    from keyring.backends import fail

    chosen = keyring.get_keyring()
    stores: list[Store] = getattr(chosen, "backends", [chosen])  # several are asked as one
    for store in stores:
        if not isinstance(store, fail.Keyring) and not type(store).__module__.startswith(IN_FILES):
            return store
    raise _NoStore
