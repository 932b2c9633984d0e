"""Results: the answers in the strip and on the stage, by keys, clicks and arrivals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer

from editor.edits.effect import Effect, effects
from editor.edits.job import State
from editor.errors import Problem
from editor.session.notice import of_problem
from editor.ui.controls.tile_face import Face
from editor.ui.controls.toast import Offer
from editor.ui.gallery.faces import Known, entry_face, original_face
from editor.ui.language import label
from editor.ui.status import Status

if TYPE_CHECKING:
    from editor.edits.job import Job
    from editor.session.entries import Entry, GalleryState
    from editor.session.session import Session
    from editor.ui.window import Window

BEAT = 250
"""Milliseconds between two looks at the clock while something is awaited."""

PAUSE = 60
"""Milliseconds for which changes are gathered: a hundred tiles take some to show."""

FEW = 12
"""Tiles that are shown in about a millisecond."""


_RUNNING = State.RUNNING


class _Made(NamedTuple):
    """A face, and what it was made of."""

    of: tuple[object, ...]
    face: Face


class Results(QObject):
    """Shows the entries of the target; commands: by id, for menus and keys.

    do: carries out a command of the window.
    """

    def __init__(
        self, window: Window, session: Session, status: Status, do: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._status = status
        self._do = do
        self.commands: dict[str, Callable[[], None]] = {
            "enter": self._enter,
            "delete": self._delete,
        }
        self._stands: dict[str, tuple[object, ...]] = {}
        self._faces: dict[str, _Made] = {}
        self._shown = session.gallery.state
        self._late = False
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.pause.timeout.connect(self._catch_up)
        self.beat = QTimer(self, interval=BEAT)
        self.beat.timeout.connect(self.show_all)
        strip, compare = window.strip.results, window.stage.compare
        strip.chosen.connect(lambda id: self.show_result(self._number(id)))
        strip.kept.connect(lambda id: self._keep(self._number(id)))
        strip.stopped.connect(self._stop)
        strip.removed.connect(self._remove)
        compare.chosen.connect(session.gallery.show)
        compare.kept.connect(self._keep)
        session.gallery.begun.connect(self._go_to)
        session.gallery.changed.connect(self._follow)
        session.jobs.changed.connect(self._hear)
        session.jobs.paused.connect(self._show_soon)
        session.jobs.resumed.connect(self._show_soon)
        session.leaks.found.connect(self._show_soon)

    def _follow(self, state: GalleryState) -> None:
        """Show at once what the person does; what comes by itself may gather."""
        before, self._shown = self._shown, state
        same = (state.shown, state.current) == (before.shown, before.current)
        same = same and len(state.entries) == len(before.entries)
        if same and state.entry is before.entry:
            self._show_soon()
        else:
            self.show_all()

    def _hear(self, job: Job) -> None:
        """Show what became of a job; how many bytes went out is left to the beat."""
        stands = job.state, job.sent, job.left, job.wait, job.task
        if self._stands.get(job.id) != stands and self._session.gallery.find(job.id):
            self._stands[job.id] = stands
            self._show_soon()

    def _show_soon(self) -> None:
        """Show a change at once; where tiles are many, those on its heels all together."""
        if self.pause.isActive():
            self._late = True
            return
        self.show_all()

    def _catch_up(self) -> None:
        if self._late:
            self._late = False
            self._show_soon()

    def show_all(self) -> None:
        """Show every entry as it is now, and where they are many leave them so for a while."""
        session, strip = self._session, self._window.strip
        self._late = False
        if len(session.gallery.state.entries) > FEW:
            self.pause.start()
        held, state = session.document.target, session.gallery.state
        faces, several = [], self._several(state.entries)
        if held is not None and state.entries:
            faces.append(("original", original_face(held)))
        before, self._faces = self._faces, {}
        for number, entry in enumerate(state.entries, 1):
            made = self._made(entry, number, before.get(entry.id), several)
            self._faces[entry.id] = made
            faces.append((entry.id, made.face))
        ringed = state.at(state.current)
        current_id = (ringed.id if ringed else "original") if faces else ""
        strip.results.show_faces(faces, current_id)
        strip.show_counts(len(session.document.pictures), len(faces))
        running = session.jobs.running > 0
        if running is not self.beat.isActive():
            self.beat.start() if running else self.beat.stop()
            self.show_prompt()
        self._status.show_stage()

    def _made(self, entry: Entry, number: int, old: _Made | None, several: set[str]) -> _Made:
        """The face of an entry: the old one as long as nothing that it was made of is another."""
        session = self._session
        job, found = session.jobs.job(entry.job), session.leaks.of(entry.id)
        held_up = bool(job and session.jobs.held(job))
        grouped = entry.round in several
        made_of = entry, job, found, held_up, grouped, session.form.state.catalog
        clocked = job is not None and not job.state.ended and (job.wait or job.state is _RUNNING)
        if old is not None and not clocked and _same(old.of, made_of):
            same = old.face.number == number
            return old if same else _Made(made_of, replace(old.face, number=number))
        typical = session.spending.typical(job) if job and job.state is _RUNNING else 0.0
        model, leak = self._model(entry), found.over3 if found else None
        known = Known(model, leak, self._effects(entry), held_up)
        seconds = session.jobs.seconds(entry.job)
        face = entry_face(entry, number, job, seconds, typical, known)
        return _Made(made_of, replace(face, group=model) if grouped else face)

    def show_prompt(self) -> None:
        """Show the prompt, and whether it offers to send or to stop."""
        running = self._session.jobs.running > 0
        self._window.stage.prompt.show_form(self._session.form.state, running=running)

    def show_result(self, number: int) -> None:
        """Put an answer on the stage; say in full why another one did not come."""
        self._session.gallery.show(number)
        entry, results = self._session.gallery.state.at(number), self._window.strip.results
        if results.isAncestorOf(self._window.focusWidget() or self._window):
            results.focus(entry.id if entry else "original")  # one ring, not two
        job = self._session.jobs.job(entry.job) if entry else None
        if job is not None and job.problem is not None:
            self._explain(job.problem, unknown=job.state is State.UNKNOWN)

    def _explain(self, problem: Problem, *, unknown: bool) -> None:
        """Say in full why there is no picture, and what may be done where one may still be."""
        ways = []
        if unknown:
            ways = [
                Offer("look", self.tr("Look again")),
                Offer("again", self.tr("Send again (may be charged twice)")),
            ]
        self._window.tell(of_problem(problem), ways)

    def leave(self) -> bool:
        """Go back to editing from an answer; False when none is shown."""
        if self._session.gallery.state.shown is None:
            return False
        self._session.gallery.leave()
        return True

    def _enter(self) -> None:
        """Keep what is shown; go to the prompt when nothing is."""
        state = self._session.gallery.state
        if state.shown is not None and state.entry is not None:
            self._do("keep")
        elif state.shown is None and not self._window.strip.results.isAncestorOf(
            self._window.focusWidget() or self._window
        ):
            self._window.stage.prompt.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _delete(self) -> None:
        entry = self._session.gallery.state.entry
        if self._session.gallery.state.shown is not None and entry is not None:
            self._remove(entry.id)
        else:
            self._do("mask-none")

    def _keep(self, number: int) -> None:
        self._session.gallery.show(number)
        if self._session.gallery.state.shown == number and number:
            self._do("keep")

    def _stop(self, id: str) -> None:
        """Stop a job; one that is not waited for any more is closed."""
        jobs = self._session.jobs
        job = jobs.job(id)
        (jobs.abort if job is not None and job.left else jobs.stop)(id)

    def _remove(self, id: str) -> None:
        job = self._session.jobs.job(id)
        if job is not None and not job.state.ended:
            self._stop(id)
        elif "reject" in self._session.choosing.can(id):
            self._session.choosing.reject(id)
        elif id != "original":
            self._session.gallery.remove(id)
            self._session.jobs.remove(id)
        self._go_on()

    def _go_on(self) -> None:
        """Leave the keyboard to the tile that took the place of the one that is gone."""
        results, state = self._window.strip.results, self._session.gallery.state
        if results.isAncestorOf(self._window.focusWidget() or self._window):
            entry = state.at(state.current)
            results.focus(entry.id if entry else "original")

    def _model(self, entry: Entry) -> str:
        """What the model of an entry is called."""
        model = self._session.choosing.model_of(entry)
        if model is not None:
            return label(model.label)
        elsewhere = entry.variant is not None and entry.variant.provider == "elsewhere"
        return self.tr("Made elsewhere") if elsewhere else ""

    def _effects(self, entry: Entry) -> tuple[Effect, ...]:
        """What became of the settings of an entry."""
        model = self._session.choosing.model_of(entry)
        return effects(model, entry.variant) if model and entry.variant else ()

    def _several(self, entries: tuple[Entry, ...]) -> set[str]:
        """The rounds in which more than one model was asked."""
        first: dict[str, str] = {}
        several = set()
        for entry in entries:
            _, asked = self._session.choosing.asked_of(entry)
            if first.setdefault(entry.round, asked) != asked:
                several.add(entry.round)
        return several

    def _number(self, id: str) -> int:
        entries = self._session.gallery.state.entries
        return next((index for index, e in enumerate(entries, 1) if id in {e.id, e.job}), 0)

    def _go_to(self) -> None:
        entry = self._session.gallery.state.at(1)
        if entry is not None:
            self._window.strip.results.focus(entry.id)


def _same(values: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """Whether each is the very same object."""
    return all(a is b for a, b in zip(values, others, strict=True))
