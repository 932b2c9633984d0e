"""The window: the parts in their places, and what it shows and tells; wired from above."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from editor.preferences.preferences import Preferences
from editor.session.form import Form
from editor.session.notice import Notice, of_error, of_problem
from editor.ui import actions, incoming
from editor.ui.controls.section import Section
from editor.ui.controls.toast import Offer
from editor.ui.files import PROJECT, FileChooser
from editor.ui.gallery.strip import Strip
from editor.ui.hints import HintLine
from editor.ui.history import HistoryList
from editor.ui.language import sentence
from editor.ui.panel.join import JoinPanel
from editor.ui.panel.panel import Panel
from editor.ui.panel.spent import SpentLine
from editor.ui.stage import Stage
from editor.ui.theme import current
from editor.ui.tools import Tools

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.session.session import Session
    from editor.session.tuned import Tuned

log = logging.getLogger(__name__)


TITLE_BAR = 40
"""Logical pixels that a window manager puts above a window; nobody tells them beforehand."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What to open after this window; project: None for a new one."""

    project: Path | None


class Window(QMainWindow):
    """Painted at once, without a session; life.attach() brings it to life.

    painted: its first frame is on the screen. closed: the person closed it. dropped carries
    an Incoming and the zone it was dropped on. told_file: the file of the last toast.
    """

    painted = Signal()
    closed = Signal()
    dropped = Signal(object, str)

    def __init__(self, form: Form, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Frisket")
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.form = form
        form.setParent(self)
        self.preferences = preferences
        self.session: Session | None = None
        self.was_painted = False
        self.turned_to: Turn | None = None
        self.told_file: Path | None = None
        self.tools = Tools()
        self.stage = Stage()
        self.strip = Strip()
        self.hints = HintLine()
        self.panel = Panel()
        self.join = JoinPanel()
        self.history = HistoryList()
        self.spent = SpentLine()
        self.files = FileChooser(self, preferences.folder)
        self.actions_by_id: dict[str, QAction] = actions.build(self)
        self._lay_out()
        self._restore(preferences)
        self.stage.show_recent(preferences.recent)
        self._fill_recent(preferences.recent)
        self.actions_by_id["dark"].setChecked(preferences.theme == "dark")
        for id in ("overlay", "panels"):
            self.actions_by_id[id].setChecked(True)
        self.panel.show_form(form.state)
        self.stage.prompt.show_form(form.state)
        self.stage.take_keys()

    def attach(self, session: Session) -> None:
        """Know what is open, and paint with the brush of last time."""
        self.session = session
        if self.preferences.diameter:
            session.painting.set_brush(
                diameter=self.preferences.diameter, hardness=self.preferences.hardness
            )

    def tell(self, notice: Notice, ways: Sequence[Offer] = ()) -> None:
        """Show one thing as a toast; errors stay. ways: what may be done about an error."""
        words = sentence(notice)
        log.info("told %s: %s", notice.mood, notice.template)
        if notice.mood == "error":
            self.stage.toasts.fail(words, notice.details, ways)
            return
        offers = []
        if notice.file is not None:
            self.told_file = notice.file
            offers = [
                Offer("show-file", self.tr("Show")),
                Offer("copy-file", self.tr("Copy")),
                Offer("drag-file", self.tr("Drag me"), notice.file),
            ]
        tone = "quiet" if notice.mood == "info" else notice.mood
        self.stage.toasts.tell(words, tone, offers)

    def ask(self, words: str, command: str, label: str) -> None:
        """Tell something and offer to do it another way."""
        self.stage.toasts.tell(words, "quiet", [Offer(command, label)])

    def tell_bug(self, error: BaseException) -> None:
        """Say that something broke; the traceback is in the log."""
        self.tell(of_error(error))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences = self._current_preferences()
        self.preferences.save()
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.session is not None and incoming.offered(event.mimeData()):
            first = self.session.document.target is None
            plane = self.session.painting.plane
            painted = plane is not None and not plane.is_empty
            self.stage.zones.open(first=first, painted=painted)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        zone = self.stage.zones.hover(self.stage.mapFrom(self, event.position().toPoint()))
        event.setAccepted(bool(zone))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.stage.zones.close_zones()

    def dropEvent(self, event: QDropEvent) -> None:
        zone = self.stage.zones.hover(self.stage.mapFrom(self, event.position().toPoint()))
        self.stage.zones.close_zones()
        event.acceptProposedAction()
        taken = incoming.taken(event.mimeData())
        # The other program waits until the drop is answered, so nothing is opened in here.
        QTimer.singleShot(0, lambda: self.dropped.emit(taken, zone))

    def begin(self, files: list[Path]) -> None:
        """Open the pictures that the command line named, and tell what was not remembered.

        A project is open already.
        """
        session = self.session
        assert session is not None
        if self.preferences.note is not None:
            self.tell(of_problem(self.preferences.note))
        if not session.store.untitled:
            self.remember_project(session.store.path)
        pictures = [file for file in files if file.suffix != PROJECT]
        if pictures:
            self.stage.show_opening(opening=True)
            session.run(lambda: self._open(session, pictures), "open")
        self.stage.take_keys()
        log.info("the window is ready")

    async def _open(self, session: Session, pictures: list[Path]) -> None:
        try:
            await session.open(pictures)
        finally:
            self.stage.show_opening(opening=False)

    def toggle_panels(self) -> None:
        """Hide everything but the stage, or show it again."""
        shown = not self.dock.isVisible()
        for widget in (self.dock, self.tools, self.strip, self.hints):
            widget.setVisible(shown)
        self.actions_by_id["panels"].setChecked(shown)

    def show_keys(self) -> None:
        """List the keys over the stage, or take the list away."""
        self.stage.toggle_keys()

    def set_theme(self, name: str) -> None:
        """Remember the look."""
        self.preferences = replace(self.preferences, theme=name)
        self.actions_by_id["dark"].setChecked(name == "dark")

    def open_project(self, path: Path | None) -> None:
        """Go on with another project in the place of this one; None for a new one."""
        self.turned_to = Turn(path)
        self.close()

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.tools)
        row.addWidget(self.stage, 1)
        column.addLayout(row, 1)
        column.addWidget(self.strip)
        column.addWidget(self.hints)
        self.setCentralWidget(middle)
        settings = QWidget()
        stack = QVBoxLayout(settings)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.panel, 1)
        self._join_section = Section("section-join", self.tr("Join"), self.join, open=True)
        self._join_section.hide()
        stack.addWidget(self._join_section)
        self._history_section = Section(
            "section-history", self.tr("History"), self.history, open=True
        )
        stack.addWidget(self._history_section)
        stack.addWidget(self.spent)
        self.side = QStackedWidget()
        self.side.addWidget(settings)
        dock = QDockWidget(self.tr("Model and settings"))
        dock.setObjectName("dock-panel")
        dock.setTitleBarWidget(QWidget())
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setWidget(self.side)
        end = Qt.DockWidgetArea.RightDockWidgetArea
        if self.isRightToLeft():  # Qt mirrors what is in a window, but not its docks
            end = Qt.DockWidgetArea.LeftDockWidgetArea
        self.addDockWidget(end, dock)
        self.dock = dock

    def show_join(self, tuned: Tuned | None) -> None:
        """Show how the answer on the stage is joined; nothing while there is none."""
        if tuned is not None:
            self.join.show_tuned(tuned)
        self._join_section.setVisible(tuned is not None)

    def remember_project(self, path: Path) -> None:
        """Put a project first in the list of recent ones."""
        self.preferences = self.preferences.with_recent(path)
        self._fill_recent(self.preferences.recent)

    def _fill_recent(self, paths: Sequence[str]) -> None:
        action = self.actions_by_id["recent"]
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.clear()
        for path in paths:
            entry = menu.addAction(Path(path).stem.replace("&", "&&"))
            entry.triggered.connect(lambda _=False, path=path: self.open_project(Path(path)))
        action.setEnabled(bool(paths))

    def _restore(self, preferences: Preferences) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1440, screen.width()), min(900, screen.height() - TITLE_BAR))
        if preferences.geometry:
            self.restoreGeometry(QByteArray(preferences.geometry))
        if preferences.layout:
            self.restoreState(QByteArray(preferences.layout))
        else:
            self.resizeDocks([self.dock], [current().sizes.panel], Qt.Orientation.Horizontal)

    def _current_preferences(self) -> Preferences:
        session, state = self.session, self.form.state
        brush = session.painting.brush if session and session.painting.plane else None
        kept = replace(
            self.preferences,
            provider=state.provider.id,
            model=state.model.id,
            diameter=brush.diameter if brush else self.preferences.diameter,
            hardness=brush.hardness if brush else self.preferences.hardness,
        )
        return kept.with_window(
            geometry=bytes(self.saveGeometry().data()),
            layout=bytes(self.saveState().data()),
            folder=self.files.folder,
        )
