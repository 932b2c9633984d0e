"""Masks: those that come in say how they were read; those that go out do so as is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from editor.session.notice import Notice
from editor.ui import incoming
from editor.ui.clipboard import copy_png
from editor.ui.controls.toast import Offer
from editor.ui.language import by, note
from editor.ui.mask_export import MaskExportPanel

if TYPE_CHECKING:
    from editor.imaging.geometry import Rect
    from editor.session.mask_exchange import Read
    from editor.session.session import Session
    from editor.ui.window import Window

COPIED = "The mask is on the clipboard; programs with and without alpha understand it."


class Masks(QObject):
    """Commands: by id, for menus, keys and toasts."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._panel: MaskExportPanel | None = None
        self.commands: dict[str, Callable[[], None]] = {
            "export-mask": self._offer,
            "export-soft": lambda: self._save(soft=True),
            "copy-mask": lambda: session.run(self._copy, "copy the mask"),
            "paste-mask": self._paste,
            **{way: partial(self._again, way) for way in self._words()},
        }
        session.masks.read.connect(self._tell)

    def _words(self) -> dict[str, str]:
        """The ways to read a mask anew, as they are offered."""
        return {
            "read-swapped": self.tr("Swap"),
            "read-stretched": self.tr("Stretch it"),
            "read-in-frame": self.tr("Place it in the frame"),
        }

    def _tell(self, read: Read) -> None:
        """Say how a mask was read and fitted, and offer the other ways."""
        found, (width, height) = read.found, read.raster.size
        size = by(width, height)
        if found is None:
            words = self.tr("The mask is {size} and has another shape than the picture.")
            words = words.format(size=size)
        else:
            words = note(found.how)
            if found.placed is not None:
                words += " " + self.tr("It lies in the frame that would be sent.")
            elif found.fitted_from is not None:
                words += " " + self.tr("Scaled from {size}.").format(size=size)
        labels = self._words()
        offers = [Offer(way, labels[way]) for way in read.offers]
        self._window.stage.toasts.tell(words, "ok" if found else "warn", offers)

    def _again(self, way: str) -> None:
        self._session.run(lambda: self._session.masks.again(way), "mask")

    def _offer(self) -> None:
        """Ask in a small panel how the mask is to be written."""
        if self._panel is None:  # most never open it
            self._panel = MaskExportPanel(self._window)
            self._panel.wanted.connect(self._save_as_chosen)
            self._panel.copy_wanted.connect(self.commands["copy-mask"])
        stage, framed = self._window.stage, self._session.masks.window is not None
        self._panel.offer(stage, stage.below_bars, framed=framed)

    def _save_as_chosen(self) -> None:
        panel = self._panel
        assert panel is not None
        self._save(soft=panel.soft, grey=panel.grey, framed=panel.framed)

    def _save(self, *, soft: bool = False, grey: bool = False, framed: bool = False) -> None:
        from editor.mask.exchange import Manner  # not before the window is painted

        held = self._session.document.target
        if held is None:
            return
        window = self._session.masks.window if framed else None
        self._window.files.save(
            self.tr("Export mask"),
            self.tr("PNG (*.png)"),
            f"{Path(held.name).stem}_mask.png",
            "png",
            partial(self._written, Manner(soft, grey), window),
        )

    def _written(self, manner: object, window: Rect | None, paths: list[Path]) -> None:
        masks = self._session.masks
        self._session.run(lambda: masks.write(paths[0], manner, window), "export mask")  # type: ignore[arg-type]  # a Manner, whose module is not read yet

    async def _copy(self) -> None:
        from editor.mask.exchange import Manner  # not before the window is painted

        panel = self._panel
        manner = Manner(panel.soft, panel.grey) if panel else Manner()
        window = self._session.masks.window if panel and panel.framed else None
        data = await self._session.masks.packed(manner, window)
        if not data:
            return
        await copy_png(data)
        self._session.told.emit(Notice("ok", COPIED))

    def _paste(self) -> None:
        self._window.dropped.emit(incoming.taken(QGuiApplication.clipboard().mimeData()), "mask")
