"""Reading a whole project: what verifies becomes a Project, what does not is told by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar

from editor.decoding.files import read_file
from editor.errors import Problem, ProjectDamaged
from editor.project.losses import Loss
from editor.project.masks import deed_of
from editor.project.older import OldKept, old_kept, tree_of
from editor.project.project import (
    MOST_SLOTS,
    Kept,
    Move,
    Project,
    Rejection,
    Round,
    Slot,
    Step,
    StepKind,
    StoredJob,
    StoredVariant,
)
from editor.project.records import decode
from editor.project.tables import Order, Tables, Values
from editor.storage.blobs import Blobs
from editor.storage.database import Database, Row

MOST_ROWS = 100_000
"""Rows of a table that are read; no person makes so many."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Found:
    """Keys of all rows and blobs that match their seals, and what is lost.

    damaged: something does not match; a picture that was never written whole is only lost.
    rescued: bytes of pictures that were read again where they came from.
    """

    project: Project = field(default_factory=Project)
    records: dict[tuple[str, str], str] = field(default_factory=dict)
    steps: list[int] = field(default_factory=list)
    tiles: list[tuple[str, int, int]] = field(default_factory=list)
    blobs: set[str] = field(default_factory=set)
    rescued: list[bytes] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    damaged: bool = False


def read(database: Database) -> Found:
    """Read and verify everything but the structure of the file; about 1 GB/s."""
    found = Found()
    reader = _Reader(database, found)
    reader.read_blobs()
    reader.read_records()
    slots = reader.slots()
    reader.read_tiles()
    edits = dict(reader.edits())
    steps = list(reader.steps(edits))
    if database.version == 1:
        edits, steps = tree_of(reader.old_keeps(), steps)
    order = reader.order(slots)
    found.project = Project(
        slots=tuple(slots[id] for id in order),
        removed=tuple(slot for id, slot in slots.items() if id not in order),
        form=next((form.values for _, form in reader.all("form", Values)), {}),
        rounds=tuple(round for _, round in reader.all("round", Round)),
        jobs=tuple(job for _, job in reader.all("job", StoredJob)),
        variants=_as_rejected([one for _, one in reader.variants("variant")], steps),
        asked=dict(reader.variants("asked")),
        recipes={id: recipe.values for id, recipe in reader.all("recipe", Values)},
        edits=edits,
        timeline=tuple(_current([step for step in steps if step.slot in {"", *slots}])),
    )
    return found


class _Reader:
    """One reading of one file, filling one Found."""

    def __init__(self, database: Database, found: Found) -> None:
        self._database = database
        self._tables = Tables(database)
        self._found = found
        self._names: dict[str, str] = {}

    def read_blobs(self) -> None:
        blobs = Blobs(self._database)
        for (digest,) in self._keys("blobs", "digest"):
            if blobs.verify(digest):
                self._found.blobs.add(digest)
            else:
                self._found.damaged = True

    def read_records(self) -> None:
        for kind, id in self._keys("records", "kind, id"):
            data = _sound(self._tables.record, kind, id)
            if isinstance(data, str):
                self._found.records[kind, id] = data
            else:
                self._lose(str(kind))

    def read_tiles(self) -> None:
        damaged = set()
        for slot, x, y in self._keys("tiles", "slot, x, y"):
            if _sound(self._tables.tile, slot, x, y) is None:
                damaged.add(slot)
            else:
                self._found.tiles.append((slot, x, y))
        for slot in damaged:
            self._lose("mask", slot)

    def all(self, kind: str, of: type[T]) -> Iterator[tuple[str, T]]:
        """Ids and values of one kind, oldest first."""
        for (of_kind, id), text in list(self._found.records.items()):
            if of_kind == kind:
                value = _sound(decode, of, text)
                if value is None:
                    self._drop(kind, id)
                    self._lose(kind)
                else:
                    yield id, value

    def slots(self) -> dict[str, Slot]:
        """All pictures whose bytes are there, or still where they came from."""
        slots = {}
        for id, slot in self.all("slot", Slot):
            self._names[id] = slot.name
            if slot.digest in self._found.blobs or self._rescue(slot):
                slots[id] = slot
            else:
                self._drop("slot", id)
                self._found.losses.append(Loss("picture", slot.name))
        return slots

    def order(self, slots: Mapping[str, Slot]) -> list[str]:
        """Ids of the pictures that are shown; all when the note about it is lost."""
        order = next((order.after for _, order in self.all("order", Order)), tuple(slots))
        return [id for id in dict.fromkeys(order) if id in slots][:MOST_SLOTS]

    def variants(self, kind: Literal["variant", "asked"]) -> Iterator[tuple[str, StoredVariant]]:
        for id, variant in self.all(kind, StoredVariant):
            if {variant.answer, variant.coverage} - {""} <= self._found.blobs:
                yield id, variant
            else:
                self._drop(kind, id)
                self._lose(kind, variant.slot)

    def edits(self) -> Iterator[tuple[str, Kept]]:
        """Every edit that was ever kept and whose patch is there."""
        for id, kept in self.all("kept", Kept):
            if kept.patch in self._found.blobs:
                yield id, kept
            else:
                self._drop("kept", id)
                self._lose("kept", kept.slot)

    def steps(self, edits: Mapping[str, Kept]) -> Iterator[Step]:
        """The timeline as far as it can be read and leads to what is there."""
        for (number,) in sorted(self._keys("steps", "number")):
            row = _sound(self._tables.step, number)
            if row and row[0] == StepKind.KEEP.value and self._database.version == 1:
                continue
            step = _sound(_step, number, row) if row else None
            if step is None:
                self._lose("step", row[1] if row else "")
            elif step.move is None or step.move.after in {"", *edits}:
                self._found.steps.append(number)
                yield step

    def old_keeps(self) -> Iterator[OldKept]:
        """The kept edits of a file of version 1, as far as they can be read."""
        for (number,) in sorted(self._keys("steps", "number")):
            row = _sound(self._tables.step, number)
            if row and row[0] == StepKind.KEEP.value:
                kept = _sound(old_kept, number, row)
                if kept and kept.kept.patch in self._found.blobs:
                    yield kept
                else:
                    self._lose("kept", row[1])

    def _rescue(self, slot: Slot) -> bool:
        """Read a picture again that had not been written whole when the program ended."""
        if not slot.origin:
            return False
        try:
            data = read_file(Path(slot.origin))
        except Problem:
            return False
        if hashlib.sha256(data).hexdigest() != slot.digest:
            return False
        self._found.rescued.append(data)
        return True

    def _drop(self, kind: str, id: str) -> None:
        del self._found.records[kind, id]

    def _lose(self, what: str, slot: str = "") -> None:
        self._found.damaged = True
        self._found.losses.append(Loss(what, self._names.get(slot, "")))

    def _keys(self, table: str, columns: str) -> list[Row]:
        """Keys of all rows, read from both ends when a page in the middle is damaged."""
        query = f"SELECT {columns} FROM {table} ORDER BY rowid"
        first = self._database.readable(f"{query} LIMIT {MOST_ROWS}")
        last = self._database.readable(f"{query} DESC LIMIT {MOST_ROWS}")
        return list(dict.fromkeys([*first, *reversed(last)]))[:MOST_ROWS]


def _step(number: int, row: Row) -> Step:
    kind, slot, done, data = row
    bare = Step(number, decode(StepKind, f'"{kind}"'), slot, done)
    match bare.kind:
        case StepKind.STROKE:
            return replace(bare, deed=deed_of(data))
        case StepKind.KEEP:
            return replace(bare, move=decode(Move, data))
        case StepKind.REJECT:
            return replace(bare, rejection=decode(Rejection, data))
        case StepKind.SLOTS:
            order = decode(Order, data)
            return replace(bare, before=order.before, after=order.after)


def _current(steps: list[Step]) -> list[Step]:
    """The steps without those that were undone before something else was done to their slot."""
    newest = {step.slot: step.number for step in steps if step.done}
    return [step for step in steps if step.done or step.number > newest.get(step.slot, -1)]


def _as_rejected(
    variants: Sequence[StoredVariant], steps: Sequence[Step]
) -> tuple[StoredVariant, ...]:
    """The variants, rejected or not as the newest step of each says."""
    told = {step.rejection.variant: step.done for step in steps if step.rejection}
    return tuple(replace(one, rejected=told.get(one.id, one.rejected)) for one in variants)


def _sound(reads: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """What a call reads, None when that is damaged."""
    try:
        return reads(*args, **kwargs)
    except ProjectDamaged:
        return None
