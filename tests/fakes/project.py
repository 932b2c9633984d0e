"""A project with something of everything in it, and what it must read as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from editor.edits.job import Job, State
from editor.edits.request import EditRequest
from editor.edits.variant import Variant
from editor.errors import OutcomeUnknown
from editor.imaging.facts import Facts
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.history import History
from editor.mask.plane import Coverage, MaskPlane
from editor.project.project import Kept, Move, Role, Round, Slot, edit_id
from editor.project.store import Store
from editor.storage.writer import Ticket

SIZE = Size(700, 500)


def facts(size: Size = SIZE) -> Facts:
    return Facts(
        "png", size, depth=16, dpi=(72.0, 72.0), profile=b"icc", xmp=b"<x/>", notes=("Said.",)
    )


def raster(size: Size = SIZE) -> Raster:
    return Raster(np.zeros((size.height, size.width, 4), np.uint8))


@dataclass(slots=True)
class Painted:
    """A mask that is painted by whole rectangles, with every state it was in."""

    slot: str
    plane: MaskPlane = field(default_factory=lambda: MaskPlane(SIZE))
    history: History = field(init=False)

    def __post_init__(self) -> None:
        self.history = History(self.plane)

    def stroke(self, store: Store, rect: Rect, value: int | Coverage = 255) -> Ticket[None]:
        """Paint one rectangle, with one value or its own rows, and tell the store; its ticket."""
        edit = self.plane.edit()
        edit.region(rect)[:] = value
        patch = edit.commit()
        self.history.push(patch)
        return store.stroke(self.slot, patch, self.plane.current(patch))

    def undo(self, store: Store) -> Ticket[None]:
        self.history.undo()
        inverse = self.history.redo_steps[-1]
        return store.stroke_moved(self.slot, inverse, self.plane.current(inverse), done=False)

    def redo(self, store: Store) -> Ticket[None]:
        self.history.redo()
        inverse = self.history.undo_steps[-1]
        return store.stroke_moved(self.slot, inverse, self.plane.current(inverse), done=True)

    def states(self) -> list[Coverage]:
        """The mask at every step, from undone as far as possible to redone."""
        return states(self.plane, self.history)


def states(plane: MaskPlane, history: History) -> list[Coverage]:
    """Every state a mask can be brought to, oldest first; the plane ends as the newest."""
    while history.can_undo:
        history.undo()
    found = [plane.snapshot()]
    while history.can_redo:
        history.redo()
        found.append(plane.snapshot())
    return found


def random_rect(chance: np.random.Generator, size: Size = SIZE) -> Rect:
    left, top = int(chance.integers(0, size.width - 1)), int(chance.integers(0, size.height - 1))
    width, height = int(chance.integers(1, 200)), int(chance.integers(1, 200))
    return Rect(left, top, left + width, top + height).clipped(size)


def add_picture(store: Store, name: str, data: bytes, origin: Path | str = "") -> Slot:
    """A further picture, after those that are there."""
    slot = Slot(name, f"{name}.png", Role.TARGET, facts(), store.keep(data), str(origin))
    store.arrange([*store._slots, slot])
    return slot


def keep(
    store: Store,
    slot: str,
    name: str,
    patch: bytes,
    on: Kept | None = None,
    recipe: Mapping[str, object] | None = None,
) -> Kept:
    """Keep a variant of this name on another kept edit, or on the source."""
    digest, under = store.keep(patch), (*on.under, on.id) if on else ()
    kept = Kept(
        variant=name,
        title=f"Keep {name}",
        rect=Rect(1, 2, 3, 4),
        patch=digest,
        recipe=recipe or {},
        protected=9,
        changed=8,
        id=edit_id(slot, under, digest),
        slot=slot,
        under=under,
        made="2026-03-04T12:00:00+00:00",
    )
    store.stepped(slot, Move(on.id if on else "", kept.id), kept)
    return kept


def variant(id: str, slot: str, coverage: Coverage | None) -> Variant:
    return Variant(
        id=id,
        job=f"job of {id}",
        round="round 1",
        raster=raster(Size(64, 64)),
        placement=Placement(Rect(10, 10, 138, 138), Size(64, 64)),
        coverage=coverage,
        base=f"base of {slot}",
        provider="openai",
        model="gpt-image-2",
        requested={"quality": "low", "count": 1, "strength": 0.5, "stream": True},
        effective={"size": "1024x1024", "usage": {"input_tokens": [1, 2]}},
        price=0.25,
        seconds=12.5,
    )


def job(id: str, state: State) -> Job:
    problem = OutcomeUnknown("No answer from {host}.", host="there", details="Foreign words.")
    request = EditRequest(raster(), None, "a prompt", "openai", "gpt-image-2")
    return Job(id, "round 1", request, state, task="t-1", problem=problem)


@dataclass(slots=True)
class Filled:
    """A filled store. painted: the mask of the first picture. pictures: bytes by slot."""

    store: Store
    painted: Painted
    pictures: dict[str, bytes]


def filled(store: Store, *, pictures: int = 3, weight: int = 1_500_000) -> Filled:
    """Fill a new store with pictures of so many bytes, strokes, edits, answers."""
    chance = np.random.default_rng(7)
    data = {f"slot {number}": chance.bytes(weight + number) for number in range(pictures)}
    for id, content in data.items():
        add_picture(store, id, content)
    painted = Painted("slot 0")
    for _ in range(6):
        painted.stroke(store, random_rect(chance), int(chance.integers(1, 256)))
    painted.undo(store)
    painted.undo(store)
    painted.redo(store)
    store.form({"prompt": "a red jacket", "settings": {"quality": "low"}, "count": 4})
    store.round(Round("round 1", "slot 0", "openai", "gpt-image-2", "a red jacket", made="2026"))
    store.job(job("job 1", State.UNKNOWN), "slot 0")
    coverage = painted.plane.snapshot()
    store.variant(variant("v1", "slot 0", coverage), "slot 0", chance.bytes(5000))
    store.variant(variant("v2", "slot 0", None), "slot 0", chance.bytes(5000))
    keep(store, "slot 1", "v1", chance.bytes(3000), recipe={"feather": 2.5})
    store.recipe("v2", {"feather": 4})
    store.flush()
    return Filled(store, painted, data)
