"""Recording: whatever happens in the session is told to the project file as it happens."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from editor.edits.job import Job
from editor.imaging.placement import Placement
from editor.mask.plane import Patch
from editor.project.project import Role, Slot, StepKind
from editor.project.project import Round as StoredRound
from editor.project.store import Store
from editor.session.document import Document
from editor.session.entries import Entry
from editor.session.form import Form
from editor.session.gallery import Gallery
from editor.session.held import Held
from editor.session.jobs import Jobs
from editor.session.painting import Painting
from editor.session.timeline import Kind, Step, Timeline
from editor.session.toolbox import Toolbox
from editor.storage.writer import Ticket


class Recording(QObject):
    """Listens to the other objects of the session and writes; it changes none of them.

    stored carries the id of a job whose picture is in the project for good; asked a Round
    that was begun.
    """

    stored = Signal(str)
    asked = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._beside: dict[str, Toolbox] = {}
        self._stands: dict[str, tuple[object, ...]] = {}

    def listen(
        self,
        document: Document,
        painting: Painting,
        form: Form,
        jobs: Jobs,
        gallery: Gallery,
        timeline: Timeline,
    ) -> None:
        """Begin; what happened before, such as a restored project, is not written again."""
        self._document = document
        self._painting = painting
        self._gallery = gallery
        self._form_now = form
        self._written = form.state.kept()
        document.ordered.connect(self._arrange)
        painting.sealed.connect(self._stroke)
        painting.moved.connect(self._stroke_moved)
        form.changed.connect(self._form)
        jobs.changed.connect(self._job)
        gallery.added.connect(self._variant)
        gallery.marked.connect(self._marked)
        gallery.tuned.connect(self._store.recipe)
        gallery.removed.connect(self._removed)
        timeline.moved.connect(self._step_moved)

    def round(self, round: StoredRound) -> None:
        """Write down what was asked, before anything is sent."""
        self._store.round(round)
        self.asked.emit(round)

    def announced(self, jobs: tuple[Job, ...]) -> None:
        """Write down jobs as they stand once their round has its tiles."""
        for job in jobs:
            self._job(job)

    def sent_for(self, jobs: tuple[Job, ...], placement: Placement) -> None:
        """Write down where the answers of jobs belong, so that late ones find their place."""
        for job in jobs:
            self._store.asked(job, self._gallery.slot_of(job.round), placement)

    def _arrange(self, step: bool) -> None:
        pictures = self._document.pictures
        self._store.arrange(
            [slot_of(held, first=index == 0) for index, held in enumerate(pictures)], step=step
        )

    def _stroke(self, slot: str, patch: Patch) -> None:
        mask = self._painting.mask_of(slot)
        if mask is not None:
            self._store.stroke(slot, patch, mask.plane.current(patch))

    def _stroke_moved(self, slot: str, inverse: Patch, done: bool) -> None:
        mask = self._painting.mask_of(slot)
        if mask is not None:
            self._store.stroke_moved(slot, inverse, mask.plane.current(inverse), done=done)

    def remember(self, name: str, box: Toolbox) -> None:
        """Write the setup of the tools along with the form, under this name."""
        self._beside[name] = box
        self._written = self._values()
        box.changed.connect(self._form)

    def _values(self) -> dict[str, object]:
        beside = {name: box.values() for name, box in self._beside.items()}
        return {**self._form_now.state.kept(), **beside}

    def _form(self, state: object) -> None:
        values = self._values()
        if values != self._written:
            self._written = values
            self._store.form(values)

    def _job(self, job: Job) -> None:
        slot, stands = self._gallery.slot_of(job.round), (job.state, job.task, job.problem)
        if slot and self._stands.get(job.id) != stands:  # and not for each chunk that went out
            self._stands[job.id] = stands
            self._store.job(job, slot)

    def _variant(self, entry: Entry, data: bytes) -> None:
        slot = self._gallery.slot_of(entry.round)
        if entry.variant is not None and slot:
            ticket = self._store.variant(entry.variant, slot, data)
            if entry.job:
                ticket.add_done_callback(lambda done: self._kept(entry.job, done))

    def _kept(self, job: str, ticket: Ticket[None]) -> None:
        """Hear, on the writer's thread, that an answer would survive a power cut."""
        if ticket.error is None:
            self.stored.emit(job)

    def _marked(self, entry: Entry) -> None:
        if entry.variant is not None:
            self._store.choose(
                entry.variant.id,
                starred=entry.starred,
                rejected=entry.rejected,
                anyway=entry.anyway,
            )

    def _removed(self, entry: Entry) -> None:
        self._marked(replace(entry, rejected=True))
        if entry.job:
            self._store.forget_job(entry.job)

    def _step_moved(self, step: Step) -> None:
        if step.kind is Kind.KEEP:
            self._store.moved(StepKind.KEEP, step.slot, done=step.done)
        elif step.kind is Kind.REJECT:
            self._store.moved(StepKind.REJECT, step.slot, done=step.done)
        elif step.kind is Kind.SLOTS:
            self._store.moved(StepKind.SLOTS, "", done=step.done)


def slot_of(held: Held, *, first: bool) -> Slot:
    """What the project keeps of an open picture."""
    return Slot(
        id=held.slot,
        name=held.name,
        role=Role.TARGET if first or not held.reference else Role.REFERENCE,
        facts=held.facts,
        digest=held.digest,
        origin=str(held.path) if held.path else "",
    )
