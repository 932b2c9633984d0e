"""Clipboard: a picture put there for other programs, every pixel as it is encoded."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from editor.session.loop import in_thread, turn

PART = 4 * 2**20
"""Bytes that are copied at a time, in some 6 ms: a large picture has a hundred megabytes."""


async def copy_png(data: bytes) -> None:
    """Put an encoded PNG on the clipboard."""
    mime = QMimeData()
    mime.setData("image/png", await _copied(data))
    if QGuiApplication.platformName() not in {"xcb", "wayland"}:
        # Elsewhere the clipboard has a form of its own for pictures, without 16 bits.
        mime.setImageData(await in_thread(QImage.fromData, data))
    QGuiApplication.clipboard().setMimeData(mime)


async def _copied(data: bytes) -> QByteArray:
    """The same bytes as Qt's own, which live on when the interpreter is gone."""
    copy = QByteArray()
    copy.reserve(len(data))
    for start in range(0, len(data), PART):
        copy.append(data[start : start + PART])
        await turn()
    return copy
