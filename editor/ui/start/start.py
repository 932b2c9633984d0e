"""Start: the system and Python made ready, so that a window is painted soon."""

from __future__ import annotations

from editor.ui.start import enumerations, imports, libraries, methods


def begin() -> None:
    """Do all that there is; Qt is imported from here on."""
    libraries.begin()
    methods.begin()
    enumerations.quick()
    imports.plain()
