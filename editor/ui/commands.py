"""What each command of the menus, the keys and the buttons does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from editor import __version__
from editor.preferences.places import resource
from editor.session.intent import Intent
from editor.session.notice import Notice
from editor.ui import incoming, style, theme
from editor.ui.controls.menu import Menu
from editor.ui.files import PROJECT
from editor.ui.images import image
from editor.ui.incoming import Incoming

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window

PASTED = "pasted picture"


class Commands(QObject):
    """Acts on the session that the window is attached to; made once there is one."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.dropped.connect(self.take)
        self._several_new: list[str] = []
        self._intent = Intent()
        self._table: dict[str, Callable[[], None]] = {
            "new": lambda: self._window.open_project(None),
            "open": self.choose_pictures,
            "each": self._one_edit_each,
            "sample": lambda: self.open_paths([resource("samples", "sample.jpg")]),
            "save-as": self._save_as,
            "export": lambda: self._run(self._session.exporting.export, "export"),
            "import-mask": self._import_mask,
            "quit": self._quit,
            "undo": lambda: self._session.undo(),
            "redo": lambda: self._session.redo(),
            "paste": lambda: self._paste("paste"),
            "paste-result": lambda: self._paste("result"),
            "copy-sent": lambda: self._run(self._copy_sent, "copy"),
            "copy-prompt": self._copy_prompt,
            "replace": self._replace,
            "remove": self._remove,
            "mask-all": lambda: self._session.painting.fill_all(),
            "mask-none": lambda: self._session.painting.clear(),
            "mask-invert": lambda: self._session.painting.invert(),
            "mask-last": lambda: self._session.covering.again(),
            "send": self._send,
            "keep": lambda: self._run(self._session.keep, "keep"),
            "stop": lambda: self._session.jobs.stop_all(),
            "next-picture": lambda: self._session.document.turn(1),
            "previous-picture": lambda: self._session.document.turn(-1),
            "full-screen": self._full_screen,
            "dark": self._theme,
            "about": self._about,
            "show-file": self._show_file,
            "copy-file": self._copy_file,
        }

    def do(self, id: str) -> bool:
        """Carry out a command by its id; False when it is not one of these."""
        work = self._table.get(id)
        if work is None:
            return False
        work()
        return True

    def _send(self) -> None:
        """Send once, also for a double click or a trembling hand: it may cost money."""
        if self._intent.new(self._session.form.state):
            self._run(self._session.send, "send")

    def choose_pictures(self) -> None:
        """Ask for pictures or a project and open them."""
        kinds = "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.avif"
        filters = ";;".join(
            (
                self.tr("Pictures and projects ({kinds})").format(kinds=f"{kinds} *{PROJECT}"),
                self.tr("All files (*)"),
            )
        )
        self._window.files.open(self.tr("Open"), filters, self.open_paths, many=True)

    def open_paths(self, paths: list[Path]) -> None:
        """Open pictures, or the first project among the paths in a window of its own."""
        projects = [path for path in paths if path.suffix == PROJECT]
        if projects:
            self._window.open_project(projects[0])
            return
        self._run(lambda: self._session.open(paths), "open")

    def take(self, taken: Incoming, zone: str) -> None:
        """Do with dropped or pasted things what the zone says."""
        if taken.remote:
            self._window.tell(
                Notice(
                    "error",
                    "Only a link was dropped; save the picture first, then drop the file.",
                )
            )
        if not taken:
            return
        session = self._session
        if len(taken.paths) > 1 and zone in {"edit", "paste"}:
            self._run(lambda: self._several(list(taken.paths)), "open")
        elif zone == "mask":
            take = partial(session.masks.take, pasted=not taken.paths)
            self._tell_left(taken)
            self._run(lambda: self._with_bytes(taken, take), "mask")
        elif zone == "result":
            self._tell_left(taken)
            self._run(lambda: self._with_bytes(taken, session.take_result), "result")
        elif taken.data:
            name, first = self.tr(PASTED), zone == "edit"
            self._run(lambda: session.document.take(taken.data, name, first=first), "paste")
        elif zone == "reference" or len(taken.paths) > 1 or session.document.target is None:
            self.open_paths(list(taken.paths))
        else:
            self._run(lambda: session.edit(taken.paths[0]), "edit")

    def _tell_left(self, taken: Incoming) -> None:
        """Say that only the first of several files is read."""
        if len(taken.paths) > 1:
            words = "Only {name} is read, as one file at a time can be; the others were left."
            self._window.tell(Notice("warn", words, {"name": taken.paths[0].name}))

    async def _several(self, paths: list[Path]) -> None:
        """Open several pictures as references, and offer to edit each instead."""
        known = {held.slot for held in self._session.document.pictures}
        await self._session.open(paths)
        pictures = self._session.document.pictures
        self._several_new = [held.slot for held in pictures[1:] if held.slot not in known]
        if self._several_new:
            self._window.ask(
                self.tr("The pictures after the first are references for one edit."),
                "each",
                self.tr("One edit each"),
            )

    def _one_edit_each(self) -> None:
        self._session.document.use_as_references(self._several_new, reference=False)

    def pictures_menu(self, slot: str) -> Menu:
        """The menu of one picture in the strip."""
        document = self._session.document
        menu = Menu(self._window)
        menu.addAction(self.tr("Edit this")).triggered.connect(lambda: document.move(slot, 0))
        held = document.held(slot)
        if held is not None and held is not document.target:
            words = self.tr("Do not send along") if held.reference else self.tr("Send along")
            use = menu.addAction(words)
            use.triggered.connect(
                lambda: document.use_as_references([slot], reference=not held.reference)
            )
        menu.addAction(self.tr("Replace…")).triggered.connect(lambda: self._replace(slot))
        menu.addAction(self.tr("Remove")).triggered.connect(lambda: document.remove(slot))
        return menu

    @property
    def _session(self) -> Session:
        session = self._window.session
        assert session is not None
        return session

    def _run(self, work: Callable[[], object], name: str) -> None:
        self._session.run(work, name)

    async def _with_bytes(self, taken: Incoming, use: Callable[[bytes, str], object]) -> None:
        if taken.paths:
            data, name = await self._session.read(taken.paths[0]), taken.paths[0].name
        else:
            data, name = taken.data, self.tr(PASTED)
        await use(data, name)  # type: ignore[misc]  # one of the session's coroutines

    def _paste(self, zone: str) -> None:
        self.take(incoming.taken(QGuiApplication.clipboard().mimeData()), zone)

    def _save_as(self) -> None:
        held = self._session.document.target
        name = f"{Path(held.name).stem if held else 'project'}{PROJECT}"
        self._window.files.save(
            self.tr("Save project as"),
            self.tr("Frisket project (*{suffix})").format(suffix=PROJECT),
            name,
            PROJECT.removeprefix("."),
            lambda paths: self._run(lambda: self._save_to(paths[0]), "save"),
        )

    async def _save_to(self, path: Path) -> None:
        await self._session.save_as(path)
        self._window.remember_project(path)

    def _import_mask(self) -> None:
        self._window.files.open(
            self.tr("Import mask"),
            self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.avif)"),
            lambda paths: self.take(Incoming((paths[0],)), "mask"),
        )

    def _replace(self, slot: str = "") -> None:
        document = self._session.document
        held = document.held(slot) if slot else document.target
        if held is None:
            return

        def take(paths: list[Path]) -> None:
            self._run(lambda: self._session.replace(held.slot, paths[0]), "replace")

        self._window.files.open(
            self.tr("Replace {name}").format(name=held.name), self.tr("All files (*)"), take
        )

    def _remove(self) -> None:
        held = self._session.document.target
        if held is not None:
            self._session.document.remove(held.slot)

    async def _copy_sent(self) -> None:
        raster = await self._session.sending.what_gets_sent()
        if raster is not None:
            # A copy is Qt's own: the clipboard lives on when the interpreter is gone.
            QGuiApplication.clipboard().setImage(image(raster).copy())
            self._window.tell(Notice("ok", "The picture that gets sent is on the clipboard."))

    def _copy_prompt(self) -> None:
        QGuiApplication.clipboard().setText(self._window.form.state.prompt)

    def _show_file(self) -> None:
        if self._window.told_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._window.told_file.parent)))

    def _copy_file(self) -> None:
        if self._window.told_file is not None:
            mime = QMimeData()
            mime.setUrls([QUrl.fromLocalFile(str(self._window.told_file))])
            QGuiApplication.clipboard().setMimeData(mime)

    def _quit(self) -> None:
        self._window.close()

    def _full_screen(self) -> None:
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def _theme(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        name = "light" if theme.current().name == "dark" else "dark"
        style.apply(app, name)
        self._window.set_theme(name)

    def _about(self) -> None:
        self._window.tell(
            Notice(
                "info",
                "Frisket {version}: paint what may change, everything else stays yours.",
                {"version": __version__},
            )
        )
