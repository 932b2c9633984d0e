"""Choosing files: dialogs that are opened, never waited for, and remember their folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

PROJECT = ".frisket"
"""How the name of a project file ends."""

Chosen = Callable[[list[Path]], None]


class FileChooser:
    """Opens one dialog at a time over its window and hands the chosen paths on."""

    def __init__(self, parent: QWidget, folder: str = "") -> None:
        self._parent = parent
        self.folder = folder

    def open(self, title: str, filters: str, chosen: Chosen, *, many: bool = False) -> None:
        """Ask for existing files."""
        dialog = self._dialog(title, filters)
        kind = QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile
        dialog.setFileMode(kind)
        self._run(dialog, chosen)

    def save(self, title: str, filters: str, name: str, suffix: str, chosen: Chosen) -> None:
        """Ask where to write. suffix: added to a name without one, with no dot."""
        dialog = self._dialog(title, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name)
        self._run(dialog, chosen)

    def _dialog(self, title: str, filters: str) -> QFileDialog:
        dialog = QFileDialog(self._parent, title, self.folder, filters)
        dialog.setObjectName("file-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _run(self, dialog: QFileDialog, chosen: Chosen) -> None:
        def take(files: list[str]) -> None:
            paths = [Path(file) for file in files]
            if paths:
                self.folder = str(paths[0].parent)
                chosen(paths)

        dialog.filesSelected.connect(take)
        dialog.open()
