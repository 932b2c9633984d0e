"""Exports: the export panel, the clipboard, and files that are dragged into other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from editor.session.notice import Notice
from editor.ui.clipboard import copy_png
from editor.ui.controls.drag_out import TileDrags
from editor.ui.exporting import ExportPanel

if TYPE_CHECKING:
    from editor.compose.assets.manner import Manner
    from editor.session.session import Session
    from editor.ui.window import Window

COPIED = "The picture is on the clipboard, with every pixel as it is exported."


class Exports(QObject):
    """Makes the panel when it is first wanted. commands: by id, for menus and keys.

    made: the file of a tile is there, so that it can be dragged.
    """

    made = Signal()

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._panel: ExportPanel | None = None
        self._files: dict[str, tuple[str, Path]] = {}
        self._making: set[str] = set()
        self.commands: dict[str, Callable[[], None]] = {
            "export-as": self._open,
            "export-all": self._export_all,
            "copy-picture": lambda: session.run(self._copy, "copy the picture"),
        }
        self._drags = TileDrags(self._file_of, self._make)
        window.strip.results.made.connect(self._drags.watch)
        session.gallery.changed.connect(lambda _: self._show())
        session.document.ordered.connect(lambda _: self._show())
        session.form.changed.connect(lambda _: self._show())

    def _open(self) -> None:
        """Show the panel, which leaves the window usable."""
        if self._panel is None:
            self._panel = ExportPanel(self._session.exporting.presets(), self._window)
            self._panel.changed.connect(lambda _: self._show())
            self._panel.exported.connect(self._export)
            self._panel.folder_wanted.connect(self._choose_folder)
            self._panel.copy_wanted.connect(self.commands["copy-picture"])
        self._show()
        self._panel.show()
        self._panel.raise_()
        self._panel.activateWindow()

    def _show(self) -> None:
        """Show what would be exported now."""
        if self._panel is None:
            return
        exporting = self._session.exporting
        starred = exporting.starred
        self._panel.show_results(len(starred), starred=exporting.any_starred)
        self._panel.show_example(exporting.example(self._panel.manner))

    def _export(self, manner: Manner, together: bool, folder: Path | None) -> None:
        exporting = self._session.exporting
        work = exporting.export_all if together else exporting.export_as
        self._session.run(lambda: work(manner, folder), "export")

    def _export_all(self) -> None:
        manner = self._panel.manner if self._panel else self._session.exporting.presets()[0].manner
        self._export(manner, True, None)

    def _choose_folder(self) -> None:
        assert self._panel is not None
        dialog = QFileDialog(self._panel, self.tr("Folder for exports"), self._window.files.folder)
        dialog.setObjectName("file-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(lambda paths: self._take_folder(Path(paths[0])))
        dialog.open()

    def _take_folder(self, folder: Path) -> None:
        if self._panel is not None:
            self._panel.show_folder(folder)

    async def _copy(self) -> None:
        if self._session.document.base is None:
            return
        await copy_png(await self._session.exporting.picture())
        self._session.told.emit(Notice("ok", COPIED))

    def _file_of(self, tile: str) -> Path | None:
        """The file that was made for a tile, None when there is none of what it shows now."""
        state, path = self._files.get(tile, ("", None))
        return path if path is not None and state == self._state_of(tile) else None

    def _state_of(self, tile: str) -> str:
        """What the file of a tile depends on."""
        held, entry = self._session.document.target, self._session.gallery.find(tile)
        known = f"{held.slot} {held.base_digest}" if held else ""
        return f"{known} {id(entry.joined) if entry else 0}"

    def _make(self, tile: str) -> None:
        if tile not in self._making:
            self._making.add(tile)
            self._session.run(lambda: self._made(tile), "export for another program")

    async def _made(self, tile: str) -> None:
        state = self._state_of(tile)
        try:
            path = await self._session.exporting.for_others(tile)
            self._files[tile] = state, path
            self.made.emit()
        finally:
            self._making.discard(tile)
