"""Answering dialogs that were opened over a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose(window: QWidget, *paths: Path) -> None:
    """Choose these in the file dialog that is open, and let it close."""
    dialogs = window.findChildren(QFileDialog, "file-dialog")
    (dialog,) = [dialog for dialog in dialogs if dialog.isVisible()]
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.close()
