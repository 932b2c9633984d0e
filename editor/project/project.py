"""Project: everything that is kept of one piece of work, as frozen values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from editor.capability.field import Value
from editor.edits.job import State
from editor.imaging.facts import Facts
from editor.imaging.geometry import NOWHERE, Rect
from editor.imaging.placement import Placement
from editor.mask.deed import UNKNOWN, Deed

MOST_SLOTS = 16
"""Pictures in a project, as many as any provider takes at once."""


class Role(Enum):
    """What a picture is there for."""

    TARGET = "target"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Slot:
    """One picture of the project.

    id: unique for ever, also after the picture was removed. name: the file's name. role: the
    first picture is edited in any case; a REFERENCE is sent along when another is. facts:
    without profile and EXIF, which are read again from the bytes. digest: SHA-256 of the
    bytes. origin: path it was read from, "" when it was pasted.
    """

    id: str
    name: str
    role: Role
    facts: Facts
    digest: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Also:
    """A further model that was asked for the same in a round."""

    provider: str
    model: str
    settings: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Round:
    """One Ctrl+Enter.

    count: for each model. references: ids of slots. made: UTC in ISO 8601, for the eyes only.
    chosen: the person picked the frame. window: the one the person drew, else empty. also: the
    other models that were asked. plea: the sentence after the prompt, "" for none.
    """

    id: str
    slot: str
    provider: str
    model: str
    prompt: str = ""
    settings: Mapping[str, Value] = field(default_factory=dict)
    count: int = 1
    frame: str = ""
    base: str = ""
    references: tuple[str, ...] = ()
    made: str = ""
    chosen: bool = False
    window: Rect = NOWHERE
    also: tuple[Also, ...] = ()
    plea: str = ""


@dataclass(frozen=True, slots=True)
class StoredJob:
    """The last known state of a job.

    template, values, details: of the Problem it ended with, "" for none; kind: which one it
    was, "refused", "not-sent", or "" for all others. task: the provider's name for it.
    """

    id: str
    round: str
    slot: str
    state: State
    task: str = ""
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    details: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class StoredVariant:
    """A variant without its pixels.

    answer: digest of the picture as the provider encoded it, "" while a job is still to bring
    it. coverage: digest of the mask it was asked for, "" for the whole picture. rejected,
    starred: by the person. anyway: digest of the base that the person took as its own, "" for
    none. The rest is as in edits.variant.
    """

    id: str
    job: str
    round: str
    slot: str
    answer: str
    placement: Placement
    base: str
    provider: str
    model: str
    coverage: str = ""
    requested: Mapping[str, Value] = field(default_factory=dict)
    effective: Mapping[str, object] = field(default_factory=dict)
    price: float | None = None
    seconds: float = 0.0
    rejected: bool = False
    starred: bool = False
    anyway: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A variant that became part of the base; kept for good, also when it is taken back.

    title: what the History list shows. rect: the source pixels it changed. patch: digest of
    the lossless samples. recipe: how it was joined. protected, changed: what the comparison
    after the join found, in pixels. round: the Ctrl+Enter of the variant. id: names it by what
    it is and lies on. under: ids of the edits it lies on, lowest first, so that all edits of a
    picture are a tree. made: UTC in ISO 8601, for the eyes only.
    """

    variant: str
    title: str
    rect: Rect
    patch: str
    recipe: Mapping[str, object] = field(default_factory=dict)
    protected: int = 0
    changed: int = 0
    round: str = ""
    id: str = ""
    slot: str = ""
    under: tuple[str, ...] = ()
    made: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A step through the tree of kept edits.

    before, after: ids of the edits that it leaves and comes to, "" for the source. back: it
    goes back to what undo had left behind. cleared: the mask was cleared with it, by the
    stroke just before it. made: UTC in ISO 8601, for the eyes only.
    """

    before: str
    after: str
    back: bool = False
    cleared: bool = False
    made: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A variant that was put out of sight. title: what the History list shows."""

    variant: str
    title: str
    made: str = ""


class StepKind(Enum):
    """What a step changed."""

    STROKE = "stroke"
    KEEP = "keep"
    REJECT = "reject"
    SLOTS = "slots"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be taken back, or made again when it is not done.

    number: grows with every step of the project. slot: the picture it belongs to, "" for the
    order of pictures. move: of a KEEP. rejection: of a REJECT. before, after: ids of the slots
    shown, of a SLOTS. deed: of a STROKE, whose patch comes with the mask.
    """

    number: int
    kind: StepKind
    slot: str
    done: bool = True
    move: Move | None = None
    rejection: Rejection | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    deed: Deed = UNKNOWN


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file holds, but for pixels.

    slots: shown, in order. removed: still in the file, so that removing can be undone until
    it is closed. asked: what jobs that brought nothing yet were sent for, by job id, so that an
    answer that is found later goes to its place. recipes: by variant id, for variants that are
    not kept (yet). edits: all that was ever kept, by id. timeline: all steps in order; the
    newest done KEEP of a slot tells which edits lie on its source.
    """

    slots: tuple[Slot, ...] = ()
    removed: tuple[Slot, ...] = ()
    form: Mapping[str, object] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()
    jobs: tuple[StoredJob, ...] = ()
    variants: tuple[StoredVariant, ...] = ()
    asked: Mapping[str, StoredVariant] = field(default_factory=dict)
    recipes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    edits: Mapping[str, Kept] = field(default_factory=dict)
    timeline: tuple[Step, ...] = ()

    def kept(self, slot: str) -> tuple[Kept, ...]:
        """What lies on the source of a picture, lowest first."""
        moves = [(step.done, step.move) for step in self.timeline if step.slot == slot]
        return lying(self.edits, stands_at([(done, move) for done, move in moves if move]))


def stands_at(moves: Sequence[tuple[bool, Move]]) -> str:
    """Id of the edit that the moves of a picture have come to, "" for its source.

    moves: in their order, each with whether it is done.
    """
    done = [move.after for done, move in moves if done]
    return done[-1] if done else moves[0][1].before if moves else ""


def lying(edits: Mapping[str, Kept], id: str) -> tuple[Kept, ...]:
    """An edit and all that it lies on, lowest first, without what is lost; () for the source."""
    last = edits.get(id)
    return tuple(edits[one] for one in (*last.under, id) if one in edits) if last else ()


def edit_id(slot: str, under: Sequence[str], patch: str) -> str:
    """Name an edit; the same one, kept again on the same edits, is the same."""
    return hashlib.sha256("+".join((slot, *under, patch)).encode()).hexdigest()[:16]
