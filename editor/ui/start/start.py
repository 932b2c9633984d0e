"""Start: the system and Python made ready, so that a window is painted soon."""

from __future__ import annotations

from editor.ui.start import late


def begin() -> None:
    """Do all that there is; Qt is imported from here on."""
    late.begin()
    # Imported here: what was put off is what these would bring in first.
    from editor.ui.start import enumerations, imports, libraries, methods

    libraries.begin()
    methods.begin()
    enumerations.quick()
    imports.plain()
