"""Caption: what the stage shows, and what Enter would do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from editor.session.choosing import Choosing
    from editor.session.entries import GalleryState


def caption(state: GalleryState, choosing: Choosing) -> str:
    """One line over the picture, "" while it is edited."""
    if state.shown is None:
        return ""
    if state.entry is None:
        return _tr("Showing the original - Esc back")
    if choosing.is_kept(state.entry):
        return _tr("Showing v{number}, which is kept - Esc back").format(number=state.shown)
    if other := choosing.replaces(state.entry):
        words = _tr("Showing v{number} - Enter replaces {other} by v{number}, Esc back")
        return words.format(number=state.shown, other=other)
    return _tr("Showing v{number} - Enter keeps, Esc back").format(number=state.shown)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Caption", words)
