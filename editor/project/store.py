"""Store: the open project file, written as things happen and never waited for.

    store = Store.create()                      or Store.open(path), in a thread
    store.opened.project, .notes, .losses       what to show at first
    store.mask(slot, size)                      plane and steps of one mask, in a thread
    store.keep(data), store.read(digest)        encoded pictures and patches, in any thread
    store.arrange(slots, step=True)             what is shown now; a step of undo
    store.stroke(slot, patch, plane.current(patch))                 the pen was lifted
    store.stroke_moved(slot, inverse, plane.current(inverse), done=False)        undo
    store.stepped(slot, move, kept)             Enter; kept.patch = store.keep(patch bytes)
    store.moved(StepKind.KEEP, slot, done=False)                    undo of anything else
    store.form(values), store.round(round), store.job(job, slot)    any time
    store.asked(job, slot, placement)           before it is sent
    store.variant(variant, slot, answer)        then ledger: entry.stored()
    store.save_as(path), store.close()

Whatever writes returns a Ticket at once and may be called from the GUI thread; a ticket is
done when the change would survive a power cut. While the disk refuses, changes are held in
memory, `trouble` is told once, and told None when all is written. Reading waits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from editor.edits.job import Job
from editor.edits.variant import Variant
from editor.errors import Problem
from editor.imaging.geometry import Size
from editor.imaging.placement import Placement
from editor.mask.patch import Coverage, Patch
from editor.project import opening
from editor.project.masks import (
    StoredMask,
    coverage_of,
    packed_coverage,
    packed_step,
    packed_tiles,
    stored_mask,
)
from editor.project.opening import Opened
from editor.project.project import Kept, Move, Rejection, Round, Slot, StepKind, StoredVariant
from editor.project.records import decode, encode
from editor.project.stored import stored_facts, stored_job, stored_request, stored_variant
from editor.project.tables import Order, Tables, Values, open_database
from editor.storage.blobs import Blobs
from editor.storage.database import Database
from editor.storage.writer import Ticket, Writer


class Store:
    """One open project file. opened: what was in it at the beginning."""

    def __init__(self, opened: Opened, trouble: Callable[[Problem | None], None]) -> None:
        self.opened = opened
        self.path = opened.database.path
        self.untitled = opened.untitled
        self._lock = opened.lock
        self._slots = opened.project.slots
        self._known = {slot.id: slot for slot in (*self._slots, *opened.project.removed)}
        steps = opened.project.timeline
        self._numbers = count(steps[-1].number + 1 if steps else 1)
        self._pending: dict[str, bytes] = {}
        self._form: Mapping[str, object] | None = None
        self._writer = Writer(opened.database, name="project", trouble=trouble)

    @classmethod
    def create(cls, trouble: Callable[[Problem | None], None] = lambda problem: None) -> Store:
        """Begin an untitled project. Raises CannotWrite."""
        return cls(opening.create(), trouble)

    @classmethod
    def open(
        cls, path: Path, trouble: Callable[[Problem | None], None] = lambda problem: None
    ) -> Store:
        """Open a project file, or a copy of it; reads all of it, so not on the GUI thread.

        Raises InputProblem, CannotWrite.
        """
        return cls(opening.open_file(path), trouble)

    # Pictures, answers and patches, as bytes

    def keep(self, data: bytes) -> str:
        """Take bytes in and return their digest; they can be read from now on."""
        digest = hashlib.sha256(data).hexdigest()
        self._pending[digest] = data

        def put(database: Database) -> None:
            Blobs(database).put(data)
            self._pending.pop(digest, None)

        self._writer.submit(put, keep=True)
        return digest

    def read(self, digest: str) -> bytes:
        """Bytes that were kept; waits, so not on the GUI thread.

        Raises ProjectDamaged when they no longer match their digest.
        """
        pending = self._pending.get(digest)
        if pending is not None:
            return pending
        return self._writer.submit(lambda database: Blobs(database).get(digest)).result()

    # Pictures and their masks

    def arrange(self, slots: Sequence[Slot], *, step: bool = False) -> Ticket[None]:
        """Show these pictures in this order. step: it can be undone.

        A picture that is not among them stays in the file until the project is closed.
        """
        bare = tuple(replace(slot, facts=stored_facts(slot.facts)) for slot in slots)
        before, after = (tuple(slot.id for slot in some) for some in (self._slots, bare))
        changed = [slot for slot in bare if self._known.get(slot.id) != slot]
        self._known.update((slot.id, slot) for slot in changed)
        self._slots = bare
        number = next(self._numbers) if step else 0
        order = Order(before, after)

        def write(tables: Tables) -> None:
            for slot in changed:
                tables.put("slot", slot.id, slot)
            tables.put("order", "", order)
            if step:
                tables.push(number, StepKind.SLOTS.value, "", encode(order).encode("ascii"))

        return self._write(write)

    def stroke(self, slot: str, patch: Patch, after: Patch) -> Ticket[None]:
        """A change of a mask was sealed.

        patch: what takes it back. after: MaskPlane.current(patch), what the mask holds now.
        """
        number = next(self._numbers)

        def write(tables: Tables) -> None:
            tables.push(number, StepKind.STROKE.value, slot, packed_step(patch))
            tables.put_tiles(slot, packed_tiles(after))

        return self._write(write)

    def stroke_moved(self, slot: str, inverse: Patch, after: Patch, *, done: bool) -> Ticket[None]:
        """The newest stroke was taken back (done=False), or made again (done=True).

        inverse: what would reverse that. after: MaskPlane.current(inverse).
        """

        def write(tables: Tables) -> None:
            number = tables.to_move(slot, StepKind.STROKE.value, done=done)
            tables.put_step(number, StepKind.STROKE.value, slot, packed_step(inverse), done=done)
            tables.put_tiles(slot, packed_tiles(after))

        return self._write(write)

    def mask(self, slot: str, size: Size) -> StoredMask:
        """Read the mask of a picture; waits, so not on the GUI thread.

        size: of the picture. Raises ProjectDamaged.
        """
        rows = self._writer.submit(lambda database: Tables(database).mask(slot)).result()
        return stored_mask(size, rows.tiles, rows.strokes)

    # Edits

    def stepped(self, slot: str, step: Move | Rejection, kept: Kept | None = None) -> Ticket[None]:
        """The base is another one, or a variant was put out of sight, as choose() is told too.

        kept: the edit that is new with this step; its patch was given to keep() before.
        """
        number, data = next(self._numbers), encode(step).encode("ascii")
        kind = StepKind.KEEP if isinstance(step, Move) else StepKind.REJECT

        def write(tables: Tables) -> None:
            if kept is not None:
                tables.put("kept", kept.id, kept)
            tables.push(number, kind.value, slot, data)

        return self._write(write, urgent=False)

    def moved(self, kind: StepKind, slot: str, *, done: bool) -> Ticket[None]:
        """The newest step of this kind was taken back (done=False), or made again.

        slot: "" for the order of pictures, which arrange() tells in any case.
        """
        return self._write(
            lambda tables: tables.move(slot, kind.value, done=done),
            urgent=kind is StepKind.SLOTS,
        )

    def form(self, values: Mapping[str, object]) -> None:
        """The prompt and the panel; only the last of many quick changes is written."""
        waiting, self._form = self._form, values
        if waiting is None:
            self._write(self._put_form)

    def round(self, round: Round) -> Ticket[None]:
        """A round was begun."""
        return self._write(lambda tables: tables.put("round", round.id, round))

    def job(self, job: Job, slot: str) -> Ticket[None]:
        """A job is in this state now. slot: the picture it edits."""
        stored = stored_job(job, slot)
        return self._write(lambda tables: tables.put("job", job.id, stored))

    def forget_job(self, job: str) -> Ticket[None]:
        """A job was taken off the table."""

        def write(tables: Tables) -> None:
            tables.drop("job", job)
            tables.drop("asked", job)

        return self._write(write, urgent=False)

    def asked(self, job: Job, slot: str, placement: Placement) -> Ticket[None]:
        """A job was framed and is about to be sent; forgotten when its variant arrives.

        With this, an answer that is found on the disk after a crash goes to its place.
        """

        def write(database: Database) -> None:
            stored = stored_request(job, slot, placement, _mask(database, job.request.coverage))
            Tables(database).put("asked", job.id, stored)

        return self._writer.submit(write, keep=True)

    def variant(self, variant: Variant, slot: str, answer: bytes) -> Ticket[None]:
        """A variant arrived. answer: as the provider encoded it.

        When the ticket is done, and not before, the ledger may call the answer stored.
        """

        def write(database: Database) -> None:
            mask = _mask(database, variant.coverage)
            stored = stored_variant(variant, slot, Blobs(database).put(answer), mask)
            with database.transaction():
                Tables(database).put("variant", variant.id, stored)
                Tables(database).drop("asked", variant.job)

        return self._writer.submit(write, keep=True)

    def choose(self, variant: str, *, starred: bool, rejected: bool, anyway: str) -> Ticket[None]:
        """What the person thinks of a variant; the answer of a rejected one stays in the file."""

        def write(tables: Tables) -> None:
            data = tables.record("variant", variant)
            if data is not None:
                stored = decode(StoredVariant, data)
                stored = replace(stored, starred=starred, rejected=rejected, anyway=anyway)
                tables.put("variant", variant, stored)

        return self._write(write, urgent=False)

    def recipe(self, variant: str, values: Mapping[str, object]) -> Ticket[None]:
        """A variant shall be joined like this."""
        return self._write(lambda tables: tables.put("recipe", variant, Values(values)))

    def stored(self, variant: str) -> StoredVariant | None:
        """What the file says of a variant, None when it is not in it yet; waits."""

        def read(database: Database) -> StoredVariant | None:
            data = Tables(database).record("variant", variant)
            return None if data is None else decode(StoredVariant, data)

        return self._writer.submit(read).result()

    def coverage(self, stored: StoredVariant, size: Size) -> Coverage | None:
        """The mask a variant was asked for, None for the whole picture; waits.

        size: of the picture. Raises ProjectDamaged.
        """
        return coverage_of(self.read(stored.coverage), size) if stored.coverage else None

    # The file

    def save_as(self, path: Path) -> Ticket[None]:
        """Copy the project to a place of its own and go on there.

        An untitled project moves, a titled one stays where it was. The ticket raises
        CannotWrite; then everything is as it was.
        """
        return self._writer.submit(lambda database: self._move(database, path))

    def flush(self) -> None:
        """Wait until everything told so far is written."""
        self._writer.flush()

    def close(self) -> None:
        """Write what is left, let go of removed pictures and of the file; waits."""
        if not self._lock.held:
            return
        if self.untitled and not self._known:
            self._writer.close()
            self.path.unlink(missing_ok=True)
        else:
            shown = {slot.id for slot in self._slots}
            self._writer.close(lambda database: Tables(database).tidy(shown))
        self._lock.release()

    def _write(self, work: Callable[[Tables], None], *, urgent: bool = True) -> Ticket[None]:
        def transact(database: Database) -> None:
            with database.transaction():
                work(Tables(database))

        return self._writer.submit(transact, urgent=urgent, keep=True)

    def _put_form(self, tables: Tables) -> None:
        values, self._form = self._form, None
        if values is not None:
            tables.put("form", "", Values(values))

    def _move(self, database: Database, path: Path) -> None:
        # Somebody may have removed our file; what is open is there all the same.
        if path.exists() and self.path.exists() and path.samefile(self.path):
            return
        opening.write_copy(database, path)
        self._writer.move_to(open_database(path))
        self._lock.release()
        if self.untitled:
            self.path.unlink(missing_ok=True)
        self._lock = opening.lock_of(path)
        self._lock.acquire()
        self.path, self.untitled = path, False


def _mask(database: Database, coverage: Coverage | None) -> str:
    """Digest of a mask that is kept, "" for none."""
    return "" if coverage is None else Blobs(database).put(packed_coverage(coverage))
