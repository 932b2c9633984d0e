"""Dialects by the names that the capability table uses."""

from __future__ import annotations

from editor.errors import TableError
from editor.providers.dialect import Dialect
from editor.providers.form_edits import FormEdits

DIALECTS: dict[str, Dialect] = {"form-edits": FormEdits()}


def dialect(name: str) -> Dialect:
    """The dialect of this name. Raises TableError."""
    if name not in DIALECTS:
        known = ", ".join(DIALECTS)
        raise TableError("There is no dialect {name}; there are {known}.", name=name, known=known)
    return DIALECTS[name]
