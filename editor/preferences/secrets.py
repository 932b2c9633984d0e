"""Keys: where they come from, and the one type that never shows what it holds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NoReturn

from editor.errors import InputProblem

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


def key_for(provider: str, environ: Mapping[str, str] = os.environ) -> Secret | None:
    """Look up the key of a provider by the provider's id; None when there is none.

    Raises InputProblem when the key holds what no header can carry.
    """
    return checked_key(environ.get(key_name(provider), ""), key_name(provider))


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
