"""Wiring: session to window by signal, window to session by call; nothing is decided here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer

from editor.session.notice import of_problem
from editor.session.timeline import Kind
from editor.ui import areas
from editor.ui.gallery.faces import entry_face, original_face, picture_face
from editor.ui.keys import KeyFilter
from editor.ui.picture import prepare
from editor.ui.stage import BESIDE, EDIT, GRID
from editor.ui.status import Status

if TYPE_CHECKING:
    from editor.imaging.placement import Placement
    from editor.session.session import Session
    from editor.ui.window import Window

log = logging.getLogger(__name__)

BEAT = 250
"""Milliseconds between two looks at the clock while something is awaited."""


class Wiring(QObject):
    """Made once the session is there; lives as long as the window."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._status = Status(window, session)
        self._on_stage = self._stage_commands()
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._show_results)
        self._keys = KeyFilter(window, self.do)
        self._connect_form()
        self._connect_canvas()
        self._connect_strip()
        self._connect_session()
        self._connect_commands()
        self._show_pictures()
        self._show_base()
        self._show_history()

    def do(self, command: str) -> None:
        """Carry out a command, of the window or of the stage."""
        if not self._window.commands.do(command):
            self._do_on_stage(command)

    def _connect_form(self) -> None:
        form, panel, prompt = self._session.form, self._window.panel, self._window.stage.prompt
        form.changed.connect(panel.show_form)
        form.changed.connect(lambda _: self._show_prompt())
        panel.provider_chosen.connect(form.set_provider)
        panel.model_chosen.connect(lambda model: form.set_model(form.state.provider.id, model))
        panel.preset_chosen.connect(form.set_preset)
        panel.frame_chosen.connect(form.set_frame)
        panel.count_chosen.connect(form.set_count)
        panel.field_changed.connect(form.set_value)
        panel.provider_wanted.connect(self._use_words)
        prompt.changed.connect(form.set_prompt)
        prompt.sent.connect(lambda: self.do("send"))
        prompt.stopped.connect(lambda: self.do("stop"))
        prompt.left.connect(lambda: self._window.stage.canvas.setFocus())
        prompt.link_taken.connect(self._use_words)
        prompt.picture_pasted.connect(lambda: self.do("paste"))

    def _connect_canvas(self) -> None:
        canvas, painting = self._window.stage.canvas, self._session.painting
        canvas.attach(painting)
        canvas.stroke_begun.connect(self._session.gallery.leave)
        canvas.peeked.connect(self._peek)
        canvas.tool_changed.connect(lambda _: self._status.show_tool())
        painting.brush_changed.connect(lambda _: self._status.show_tool())
        painting.stroke_ended.connect(self._status.show_mask)
        self._session.sending.framed.connect(self._show_window)

    def _connect_strip(self) -> None:
        pictures, results = self._window.strip.pictures, self._window.strip.results
        document, gallery = self._session.document, self._session.gallery
        self._window.strip.add.clicked.connect(lambda: self.do("open"))
        pictures.kept.connect(lambda slot: document.move(slot, 0))
        pictures.removed.connect(document.remove)
        pictures.moved.connect(document.move)
        pictures.menu.connect(self._pictures_menu)
        results.chosen.connect(lambda id: self._show_result(self._number(id)))
        results.kept.connect(lambda id: self._keep(self._number(id)))
        results.stopped.connect(self._session.jobs.stop)
        results.removed.connect(self._remove_result)
        self._window.stage.compare.chosen.connect(gallery.show)
        self._window.stage.compare.kept.connect(self._keep)

    def _connect_session(self) -> None:
        session = self._session
        session.told.connect(self._window.tell)
        session.gallery.busy = self._busy
        session.document.prepare = prepare
        session.gallery.begun.connect(self._go_to_results)
        session.wanted.connect(self._go_to)
        session.document.ordered.connect(lambda _: self._show_pictures())
        session.document.turned.connect(self._show_base)
        session.document.based.connect(self._show_base)
        session.gallery.changed.connect(lambda _: self._show_results())
        session.jobs.changed.connect(lambda _: self._show_results())
        session.timeline.changed.connect(self._show_history)
        session.painting.turned.connect(self._show_history)
        session.painting.turned.connect(self._status.show_mask)

    def _connect_commands(self) -> None:
        for id, action in self._window.actions_by_id.items():
            action.triggered.connect(lambda _=False, id=id: self.do(id))
        self._window.tools.chosen.connect(self._window.stage.canvas.set_tool)
        self._window.tools.asked.connect(self.do)
        self._window.stage.chosen.connect(self._chosen)
        self._window.stage.toasts.acted.connect(self.do)
        self._window.history.chosen.connect(self._session.travel)

    def _do_on_stage(self, command: str) -> None:
        name, _, rest = command.partition(":")
        if name == "digit":
            self._show_result(int(rest))
        elif name == "tool":
            self._window.stage.canvas.set_tool(rest)
        elif name in self._on_stage:
            self._on_stage[name]()

    def _stage_commands(self) -> dict[str, Callable[[], None]]:
        window, canvas = self._window, self._window.stage.canvas
        overlay = window.actions_by_id["overlay"]
        return {
            "flip": self._flip,
            "fit": canvas.fit,
            "actual": canvas.actual_size,
            "zoom-mask": canvas.zoom_to_mask,
            "zoom-in": lambda: canvas.zoom_by(1.25),
            "zoom-out": lambda: canvas.zoom_by(0.8),
            "overlay": lambda: canvas.show_overlay(shown=overlay.isChecked()),
            "grid": lambda: self._show_view(GRID),
            "beside": lambda: self._show_view(BESIDE),
            "enter": self._enter,
            "escape": self._escape,
            "delete": self._delete,
            "panels": window.toggle_panels,
            "next-area": self._next_area,
            "keys": window.show_keys,
        }

    def _flip(self) -> None:
        painting = self._session.painting
        painting.set_brush(erase=not painting.brush.erase)

    def _enter(self) -> None:
        """Keep what is shown; go to the prompt when nothing is."""
        state = self._session.gallery.state
        if state.shown is not None and state.entry is not None:
            self.do("keep")
        elif state.shown is None and not self._window.strip.results.isAncestorOf(
            self._window.focusWidget() or self._window
        ):
            self._window.stage.prompt.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _escape(self) -> None:
        if self._window.stage.keys.isVisible():
            self._window.show_keys()
        elif self._session.painting.painting:
            self._session.painting.abandon()
        elif self._session.gallery.state.shown is not None:
            self._session.gallery.leave()
        elif self._window.stage.view != EDIT:
            self._show_view(EDIT)
        else:
            self._window.stage.canvas.setFocus()

    def _delete(self) -> None:
        entry = self._session.gallery.state.entry
        if self._session.gallery.state.shown is not None and entry is not None:
            self._remove_result(entry.id)
        else:
            self.do("mask-none")

    def _keep(self, number: int) -> None:
        self._session.gallery.show(number)
        if self._session.gallery.state.shown == number and number:
            self.do("keep")

    def _show_result(self, number: int) -> None:
        """Put an answer on the stage; say in full why another one did not come."""
        self._session.gallery.show(number)
        entry, results = self._session.gallery.state.at(number), self._window.strip.results
        if results.isAncestorOf(self._window.focusWidget() or self._window):
            results.focus(entry.id if entry else "original")  # one ring, not two
        job = self._session.jobs.job(entry.job) if entry else None
        if job is not None and job.problem is not None:
            self._window.tell(of_problem(job.problem))

    def _remove_result(self, id: str) -> None:
        job = self._session.jobs.job(id)
        if job is not None and not job.state.ended:
            self._session.jobs.stop(id)
        elif id != "original":
            self._session.gallery.remove(id)
            self._session.jobs.remove(id)

    def _number(self, id: str) -> int:
        entries = self._session.gallery.state.entries
        return next((index for index, e in enumerate(entries, 1) if id in {e.id, e.job}), 0)

    def _peek(self, on: bool) -> None:
        self._session.run(lambda: self._status.peek(on=on), "peek")

    def _use_words(self) -> None:
        """Take the first provider that reads words."""
        form = self._session.form
        remote = [p for p in form.state.catalog.providers if p.engine == "remote"]
        if form.state.offline and remote:
            form.set_provider(remote[0].id)
            self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, value: str) -> None:
        name, _, path = value.partition(":")
        if name == "recent":
            self._window.open_project(Path(path))
        else:
            self.do(value)

    def _go_to(self, field: str) -> None:
        if field == "prompt":
            self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        self._window.stage.prompt.attempt()

    def _show_window(self, placement: Placement | None) -> None:
        canvas = self._window.stage.canvas
        plane = self._session.painting.plane
        if self._session.form.state.offline or plane is None or plane.is_empty:
            placement = None
        canvas.show_window(placement)
        canvas.show_window_text(self._status.window_text(placement))

    def _busy(self) -> bool:
        """Whether an arriving answer would disturb: a stroke or new typing is under way."""
        return self._session.painting.painting or self._window.stage.prompt.text.hasFocus()

    def _go_to_results(self) -> None:
        entry = self._session.gallery.state.at(1)
        if entry is not None:
            self._window.strip.results.focus(entry.id)

    def _pictures_menu(self, slot: str, at: QPoint) -> None:
        self._window.commands.pictures_menu(slot).popup(at)

    def _show_view(self, view: str) -> None:
        stage = self._window.stage
        stage.show_view(EDIT if stage.view == view else view)
        self._show_results()

    def _show_prompt(self) -> None:
        running = self._session.jobs.running > 0
        self._window.stage.prompt.show_form(self._session.form.state, running=running)

    def _show_pictures(self) -> None:
        pictures = self._session.document.pictures
        faces = [(held.slot, picture_face(held, index)) for index, held in enumerate(pictures)]
        self._window.strip.pictures.show_faces(faces, pictures[0].slot if pictures else "")
        self._window.stage.show_empty(empty=not pictures)
        log.info("%d pictures in the strip", len(pictures))
        self._show_results()

    def _show_base(self) -> None:
        self._window.stage.canvas.show_base(self._session.document.base)
        self._status.show_mask()
        self._show_results()
        QTimer.singleShot(0, self, self._log_place)

    def _log_place(self) -> None:
        canvas = self._window.stage.canvas
        if self._session.document.base is None:
            return
        corner = canvas.mapToGlobal(QPointF(*canvas.viewport.to_pane(0, 0)))
        log.info("drawn at %d,%d zoom %.6f", corner.x(), corner.y(), canvas.viewport.zoom)

    def _show_results(self) -> None:
        session, strip = self._session, self._window.strip
        held, state = session.document.target, session.gallery.state
        faces = []
        if held is not None and state.entries:
            faces.append(("original", original_face(held)))
        for number, entry in enumerate(state.entries, 1):
            job = session.jobs.job(entry.job)
            seconds = session.jobs.seconds(entry.job)
            typical = session.gallery.typical(entry)
            faces.append((entry.id, entry_face(entry, number, job, seconds, typical)))
        ringed = state.at(state.current)
        current_id = (ringed.id if ringed else "original") if faces else ""
        strip.results.show_faces(faces, current_id)
        strip.show_counts(len(session.document.pictures), len(faces))
        running = session.jobs.running > 0
        if running is not self._beat.isActive():
            self._beat.start() if running else self._beat.stop()
            self._show_prompt()
        self._status.show_stage()

    def _show_history(self) -> None:
        slot = self._session.painting.slot
        steps = [step for step in self._session.timeline.steps if step.slot in {slot, ""}]
        listed = [step for step in steps if step.kind is not Kind.STROKE or step.title]
        done = sum(step.done for step in listed)
        self._window.history.show_steps([step.title for step in listed], done)
        self._status.show_history()

    def _next_area(self) -> None:
        """Walk through prompt, panel, strip and canvas."""
        window, stage = self._window, self._window.stage
        parts = (stage.prompt, window.panel, window.strip, stage.canvas, stage.compare)
        areas.walk(parts, window.focusWidget())
