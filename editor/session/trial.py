"""Trial: a change that the mask shows for now, until it is kept as one step or taken back."""

from __future__ import annotations

from editor.mask.patch import Patch
from editor.session.painting import Painting


class Trial:
    """Shows one change of one painting's mask at a time; the project does not know of it."""

    def __init__(self, painting: Painting) -> None:
        self._painting = painting
        self._inverse: Patch | None = None

    def lay(self, patch: Patch) -> None:
        """Show this in the place of what was tried before; an empty patch shows nothing."""
        self.drop()
        self._inverse = self._painting.show(patch) if patch else None

    def keep(self) -> None:
        """Make of what is seen one step of undo."""
        inverse, self._inverse = self._inverse, None
        if inverse:
            self._painting.seal(inverse)

    def drop(self) -> None:
        """Show the mask as it was before."""
        inverse, self._inverse = self._inverse, None
        if inverse:
            self._painting.show(inverse)
