"""Trial: a change that the mask shows for now, until it is kept as one step or taken back."""

from __future__ import annotations

from editor.mask.deed import UNKNOWN, Deed
from editor.mask.patch import Patch
from editor.session.painting import Painting


class Trial:
    """Shows one change of one painting's mask at a time; the project does not know of it."""

    def __init__(self, painting: Painting) -> None:
        self._painting = painting
        self._inverse: Patch | None = None
        self._deed = UNKNOWN

    def lay(self, patch: Patch, deed: Deed) -> None:
        """Show this in the place of what was tried before; an empty patch shows nothing."""
        self.drop()
        self._inverse = self._painting.show(patch) if patch else None
        self._deed = deed

    def keep(self) -> None:
        """Make of what is seen one step of undo."""
        inverse, self._inverse = self._inverse, None
        if inverse:
            self._painting.seal(inverse, self._deed)

    def drop(self) -> None:
        """Show the mask as it was before."""
        inverse, self._inverse = self._inverse, None
        if inverse:
            self._painting.show(inverse)
