"""Pictures on the clipboard: every byte of them, while the window goes on."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from editor.session import loop
from editor.ui.clipboard import PART, copy_png


def test_a_large_picture_is_copied_in_turns_with_all_else(qapp: QApplication) -> None:
    data = np.random.default_rng(1).bytes(3 * PART + 17)
    turns = 0

    async def main() -> None:
        nonlocal turns
        copying = loop.spawn(copy_png(data), "copy")
        while not copying.done():
            await loop.turn()
            turns += 1

    loop.run(qapp, main)
    assert bytes(QGuiApplication.clipboard().mimeData().data("image/png").data()) == data
    assert turns >= 4
    QGuiApplication.clipboard().clear()
