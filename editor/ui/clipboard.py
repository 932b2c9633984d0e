"""Clipboard: a picture put there for other programs, every pixel as it is encoded."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from editor.session.loop import in_thread


async def copy_png(data: bytes) -> None:
    """Put an encoded PNG on the clipboard."""
    mime = QMimeData()
    mime.setData("image/png", data)
    if QGuiApplication.platformName() not in {"xcb", "wayland"}:
        # Elsewhere the clipboard has a form of its own for pictures, without 16 bits.
        mime.setImageData(await in_thread(QImage.fromData, data))
    QGuiApplication.clipboard().setMimeData(mime)
