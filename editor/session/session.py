"""Session: owns the objects of one open project and wires them; it does little itself."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.capability.provider import Model
from editor.decoding.files import read_file
from editor.decoding.pool import Pool
from editor.engine.choose import engine_for
from editor.engine.engine import Engine
from editor.engine.lane import Pace, pace_of
from editor.engine.ledger import Ledger
from editor.errors import Problem
from editor.mask.patch import Patch
from editor.project.store import Store
from editor.session.bordering import Bordering
from editor.session.branches import Branches
from editor.session.choosing import Choosing
from editor.session.chronicle import Chronicle
from editor.session.covering import Covering
from editor.session.document import Document
from editor.session.endings import Endings
from editor.session.exporting import Exporting
from editor.session.extending import Extending
from editor.session.finishing import Finishing
from editor.session.form import Form
from editor.session.from_disk import FromDisk
from editor.session.gallery import Gallery
from editor.session.jobs import Jobs
from editor.session.leaks import Leaks
from editor.session.learning import Learning
from editor.session.linting import Linting
from editor.session.loop import finish, spawn
from editor.session.mask_exchange import MaskExchange
from editor.session.masking import Masking
from editor.session.notice import Notice, of_problem
from editor.session.painting import Painting, painted
from editor.session.parts import Parts
from editor.session.probing import Probing
from editor.session.profiles import Profiles
from editor.session.prompts import Prompts
from editor.session.providers import Providers
from editor.session.recipes import Recipes
from editor.session.recording import Recording
from editor.session.restoring import Restoring
from editor.session.rounds import Rounds
from editor.session.sending import Sending
from editor.session.spending import Spending
from editor.session.timeline import Kind, Timeline
from editor.session.traffic import Traffic
from editor.session.tuning import Tuning


class Session(QObject):
    """One open project. told carries a Notice; wanted the name of a field to go to."""

    told = Signal(object)
    wanted = Signal(str)

    def __init__(
        self, form: Form, store: Store, ledger: Ledger, pool: Pool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.form, self.store, self.pool, self.ledger = form, store, pool, ledger
        self.timeline = Timeline(self)
        self.painting = Painting(self)
        self.jobs = Jobs(new_id, self)
        self.endings = Endings(self.jobs, self)
        self.traffic = Traffic(self.jobs, self)
        self.document = Document(pool, store, self.timeline, new_id, self)
        self.masking = Masking(self.document, self.painting, self.timeline, spawn, self)
        self.linting = Linting(self.document, self.painting, self.masking.shaping, spawn, self)
        self.covering = Covering(self.document, self.painting, form, spawn, self)
        self.gallery = Gallery(self.document, self.jobs, lambda: form.state.catalog, spawn, self)
        self.spending = Spending(lambda: form.state.catalog, self.jobs, self.gallery, spawn, self)
        self.sending = Sending(self.document, self.painting, form, self.gallery, self)
        self.masks = MaskExchange(
            pool, self.painting, self.masking.shaping, self.sending, form, self
        )
        self.bordering = Bordering(self.painting, self.sending, form, spawn, self)
        self.branches = Branches(self.document, self.painting, self.timeline, store, spawn, self)
        self.finishing = Finishing(
            self.document, self.painting, self.timeline, self.branches, store, self
        )
        self.extending = Extending(
            self.document, self.painting, self.finishing, self.timeline, self
        )
        self.exporting = Exporting(self.document, self.gallery, self.finishing, self.painting, self)
        self._recording = Recording(store, self)
        self.chronicle = Chronicle(self.timeline, self.branches.of, self)
        self.prompts = Prompts(spawn, self)
        self.rounds = Rounds(
            self.document, self.jobs, self.gallery, self._recording, self._engine, new_id
        )
        self.recipes = Recipes(store, self.document, self.rounds.of, self)
        parts = Parts(
            form=form,
            store=store,
            pool=pool,
            timeline=self.timeline,
            painting=self.painting,
            jobs=self.jobs,
            document=self.document,
            gallery=self.gallery,
            branches=self.branches,
            finishing=self.finishing,
            chronicle=self.chronicle,
            rounds=self.rounds,
            spending=self.spending,
        )
        self._restoring = Restoring(parts, ledger, self)
        self.tuning = Tuning(self.document, self.gallery, self.painting, spawn, self)
        self.leaks = Leaks(self.document, self.gallery, spawn, self)
        self.learning = Learning(
            self.gallery, self.jobs, self.leaks, lambda: form.state.catalog, spawn, self
        )
        self.providers = Providers(form, self.jobs, self.learning, self)
        self.probing = Probing(parts, ledger, self.learning, spawn, self)
        self.profiles = Profiles(spawn, self)
        self.choosing = Choosing(parts, self)
        self._connect()

    def _connect(self) -> None:
        """Let the parts that do not know each other ask and hear each other, and tell the rest."""
        self.covering.last = self.gallery.last_mask
        self.recipes.stays_here = lambda: self.form.state.local
        self.exporting.record = self.recipes.write
        self.exporting.inside = self.recipes.inside
        self.exporting.says_local = self.recipes.says_local
        self.form.changed.connect(self.spending.look)
        for hearer in (self.prompts, self.chronicle):
            self._recording.asked.connect(hearer.add)
        self.profiles.saved.connect(
            lambda id: self.run(lambda: self.providers.add(id), "add a provider")
        )
        self.profiles.removed.connect(
            lambda id: self.run(lambda: self.providers.drop(id), "remove a provider")
        )
        tellers = self.exporting, self.recipes, self._restoring, self.choosing, self.jobs
        for teller in (*tellers, self.masks, self.masking, self.covering):
            teller.told.connect(self.told)
        self.document.turned.connect(self._turned)
        self.painting.sealed.connect(self._sealed)
        for source in (self.document, self.sending):
            source.noted.connect(self._tell)
        self.sending.refused.connect(lambda trouble: self.wanted.emit(trouble.field))

    async def begin(self) -> None:
        """Show what the project holds, and listen from then on."""
        FromDisk(self.document, self).told.connect(self.told)
        self.jobs.changed.connect(self._restoring.seen)
        await self._restoring.restore(self.store.opened)
        await self.spending.restore(self.store.opened.project)
        self.masking.toolbox.restore(self.store.opened.project.form.get("tools"))
        self._recording.listen(
            self.document, self.painting, self.form, self.jobs, self.gallery, self.timeline
        )
        self._recording.remember("tools", self.masking.toolbox)
        self._recording.stored.connect(self._restoring.stored)
        self.sending.judge()
        await self.learning.restore()
        await self.prompts.restore(self.store.opened.project.rounds)
        await self._guarded(lambda: self._restoring.finish(self.take_result))

    def run(self, work: Callable[[], object], name: str) -> None:
        """Start one of the coroutines below; a Problem that ends it is told."""
        spawn(self._guarded(work), name)

    async def open(self, paths: list[Path], *, reference: bool = True) -> None:
        """Open pictures after those that are open."""
        await self.document.open_files(paths, reference=reference)

    async def edit(self, path: Path) -> None:
        """Open a picture and make it the target."""
        await self.document.take(await self.read(path), path.name, path=path, first=True)

    async def take_result(self, data: bytes, name: str) -> None:
        """Join a picture made elsewhere into the current mask."""
        await self.sending.take(data, name, self.pool, new_id)

    async def send(self) -> None:
        """Begin a round with the form as it stands, or ask first when it crosses the cap.

        Where a mask has just made itself, it is only shown.
        """
        if not await self.covering.seen():
            return
        self.sending.judge()
        state = self.form.state
        price = 0.0 if state.offline or state.troubles else state.price
        await self.spending.guard(price, lambda: self.sending.send(self.rounds))

    async def look_again(self, id: str) -> None:
        """Look once more for what came of a job of unknown end; nothing is sent by that."""
        if notice := await self._restoring.collecting.look_again(id):
            self.told.emit(notice)

    async def read(self, path: Path) -> bytes:
        """Read a file. Raises InputProblem."""
        return await asyncio.to_thread(read_file, path)

    async def replace(self, slot: str, path: Path) -> None:
        """Put another file in the place of a picture. Raises InputProblem."""
        await self.document.replace(slot, await self.read(path), path.name, path)

    def protection(self) -> tuple[int, int] | None:
        """How many protected pixels what the stage shows has changed, and how many there are.

        Counted by comparing pixels, for the answer on the stage or the last kept edit; None
        while nothing was joined.
        """
        entry, held = self.gallery.state.entry, self.document.target
        if self.gallery.state.shown and entry is not None and entry.proof is not None:
            return entry.proof
        if held is not None and held.kept:
            return held.kept[-1].changed, held.kept[-1].protected
        return None

    async def keep(self) -> None:
        """Make the shown answer part of the picture."""
        await self.choosing.keep()

    def undo(self) -> None:
        """Take one step back; says so when the next one is a kept edit, or about other pictures."""
        self.painting.finish()
        if self.painting.painting or self.tuning.travel(back=True) or self.extending.stop():
            return
        if self.masking.drop():
            return
        slot, target = self._stands, self._target
        step = self.timeline.undoable(slot)
        if not self.timeline.undo(slot) and step is not None:
            self.told.emit(
                Notice("info", "The next step takes the kept edit back. Undo once more to do that.")
            )
        elif step is not None and step.kind is Kind.SLOTS and self._target == target:
            self.told.emit(Notice("info", "Taken back: {step}.", {"step": step.title}))

    @property
    def _target(self) -> str:
        """The slot of the target, "" without one; painting follows once its pixels are there."""
        held = self.document.target
        return held.slot if held else ""

    @property
    def _stands(self) -> str:
        """The slot whose steps are taken: the target's, unless its mask is still to be read."""
        return self._target if self.painting.mask_of(self._target) else self.painting.slot

    def redo(self) -> None:
        if not self.painting.painting and not self.tuning.travel(back=False):
            self.masking.drop()
            self.timeline.redo(self._stands)

    def travel(self, by: int) -> None:
        """Go so many steps back (negative) or forward; across kept edits too, as was asked."""
        timeline = self.timeline
        self.masking.drop()
        for _ in range(0 if self.painting.painting else abs(by)):
            if by > 0:
                timeline.redo(self._stands)
            elif not timeline.undo(self._stands):
                timeline.undo(self._stands)

    async def return_to(self, kept: str) -> None:
        """Go back to a kept edit that undo had left behind. Raises Problem."""
        if not self.painting.painting:
            await self.branches.return_to(self.painting.slot, kept)

    async def save_as(self, path: Path) -> None:
        """Give the project a place of its own. Raises Problem."""
        ticket = self.store.save_as(path)
        await asyncio.to_thread(ticket.result)
        self.told.emit(Notice("ok", "{name} is saved.", {"name": path.name}, file=path))

    async def close(self) -> None:
        """Stop what runs, write what is left, let go of everything."""
        for part in (self.sending, self.masking, self.linting, self.bordering):
            part.close()
        self.form.changed.disconnect()
        self.jobs.close()
        await finish()
        await asyncio.to_thread(self.store.flush)
        await asyncio.sleep(0)  # what the writer has just told is heard now
        await finish()
        await asyncio.to_thread(self.store.close)
        self.spending.close()
        # Python would delete these objects on whatever thread its collector happens to run.
        self.deleteLater()

    def _engine(self, provider: str, model: Model) -> tuple[Engine, Pace]:
        state = self.form.state
        place = state.catalog.provider(provider)
        return engine_for(place, model, self.ledger, local=state.local), pace_of(place)

    async def _guarded(self, work: Callable[[], object]) -> None:
        try:
            await work()  # type: ignore[misc]  # a coroutine function of the session
        except Problem as problem:
            self.told.emit(of_problem(problem))

    def _turned(self) -> None:
        held = self.document.target
        if held is None:
            self.painting.leave()
            return
        if self.document.base is None:
            self.run(self.document.load_base, "read the target")
        self.run(lambda: self._restoring.mask(held), "read the mask")

    def _sealed(self, slot: str, patch: Patch) -> None:
        mask = self.painting.mask_of(slot)
        self.timeline.push(painted(self.painting, slot, patch.deed))
        if mask is not None:
            self.timeline.forget(slot, Kind.STROKE, len(mask.history.undo_steps))

    def _tell(self, problem: Problem) -> None:
        self.told.emit(of_problem(problem))


def new_id() -> str:
    """Make a name that is never used again, in any project."""
    return secrets.token_hex(8)
