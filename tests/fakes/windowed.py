"""What is asked of a live session's window: a tile, the focus, and whether an edit is kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from editor.session.session import Session
from editor.ui.controls.tile import Tile
from editor.ui.window import Window
from tests.fakes.living import until


def result(window: Window, id: str) -> Tile:
    """The tile of an answer in the strip."""
    tile = window.strip.results.tile(id)
    assert tile is not None
    return tile


def focus(window: Window) -> QWidget | None:
    """What has the keyboard, once everything new is on the screen."""
    QCoreApplication.sendPostedEvents()
    return window.focusWidget()


async def kept(session: Session, count: int) -> None:
    """Wait until so many edits are kept in the target."""

    def there() -> bool:
        target = session.document.target
        return target is not None and len(target.kept) == count

    await until(session.finishing.kept, there)
