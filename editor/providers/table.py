"""Dialects by the names that the capability table uses."""

from __future__ import annotations

from editor.errors import TableError
from editor.providers.aa import Aa
from editor.providers.acedata import AceData
from editor.providers.dialect import Dialect
from editor.providers.form_edits import FormEdits
from editor.providers.json_edits import JsonEdits

DIALECTS: dict[str, Dialect] = {
    "form-edits": FormEdits(),
    "json-edits": JsonEdits(),
    "acedata": AceData(),
    "aa": Aa(),
}


def dialect(name: str) -> Dialect:
    """The dialect of this name. Raises TableError."""
    if name not in DIALECTS:
        known = ", ".join(DIALECTS)
        raise TableError("There is no dialect {name}; there are {known}.", name=name, known=known)
    return DIALECTS[name]
