"""Document: the open pictures in their order, and the base of the first, the target."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.decoding.files import read_file
from editor.decoding.pool import Opened, Pool
from editor.errors import InputProblem, Problem
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.imaging.resample import fitted
from editor.session.held import MOST, Held, Vault
from editor.session.timeline import Kind, Step, Timeline

THUMB = 256
"""Longest side of the small copy, in pixels: twice a tile, for dense screens."""


class Document(QObject):
    """Up to 16 pictures; the first is the target, and only its pixels are in memory.

    ordered: names, order or roles changed; True when it is a step of undo. turned: another
    picture is the target, or none; its base may still be on its way. based: the base is
    another Raster. noted: a Problem. prepare: called in a thread with every base before it is
    told, for what drawing it takes.
    """

    ordered = Signal(bool)
    turned = Signal()
    based = Signal()
    noted = Signal(object)

    def __init__(
        self,
        pool: Pool,
        vault: Vault,
        timeline: Timeline,
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.pool = pool
        self.vault = vault
        self.pictures: tuple[Held, ...] = ()
        self.base: Raster | None = None
        self.prepare: Callable[[Raster], object] = lambda base: None
        self._timeline = timeline
        self._new_id = new_id
        self._reading = ""

    @property
    def target(self) -> Held | None:
        """The picture that is edited, None while nothing is open."""
        return self.pictures[0] if self.pictures else None

    @property
    def references(self) -> tuple[Held, ...]:
        """The pictures that are sent along, in order."""
        return tuple(held for held in self.pictures[1:] if held.reference)

    def held(self, slot: str) -> Held | None:
        return next((held for held in self.pictures if held.slot == slot), None)

    async def open_files(self, paths: list[Path], *, reference: bool = True) -> None:
        """Open files in their order; each that cannot be opened is told in one sentence."""
        for path in paths:
            try:
                data = await asyncio.to_thread(read_file, path)
                await self.take(data, path.name, path=path, reference=reference)
            except Problem as problem:
                self.noted.emit(problem)

    async def take(
        self,
        data: bytes,
        name: str,
        *,
        path: Path | None = None,
        reference: bool = True,
        first: bool = False,
    ) -> Held:
        """Open encoded bytes as a further picture; the only one becomes the target.

        first: put it before the others. Raises InputProblem; nothing has changed then.
        """
        self._require_room(name)
        held, opened = await self.read(data, name, path, whole=first or not self.pictures)
        held = replace(held, reference=reference)
        self._require_room(name)
        leads = first or not self.pictures
        after = (held, *self.pictures) if leads else (*self.pictures, held)
        self._step(after, self.tr("Open {name}").format(name=name), opened if leads else None)
        return held

    async def replace(self, slot: str, data: bytes, name: str, path: Path | None = None) -> None:
        """Put another picture in the place of one. Raises InputProblem; nothing changed then."""
        leads = bool(self.pictures) and self.pictures[0].slot == slot
        held, opened = await self.read(data, name, path, whole=leads)
        title = self.tr("Replace by {name}").format(name=name)
        self.put(slot, held, opened if leads else None, title)

    def put(self, slot: str, held: Held, opened: Opened | None, title: str) -> None:
        """Put what was read in the place of a picture, as one step.

        opened: None where it is only seen small.
        """
        after = tuple(held if old.slot == slot else old for old in self.pictures)
        self._step(after, title, opened, (slot, held.slot))

    def remove(self, slot: str) -> None:
        """Close one picture; its mask and its edits come back with undo."""
        held = self.held(slot)
        if held is not None:
            after = tuple(old for old in self.pictures if old.slot != slot)
            self._step(after, self.tr("Remove {name}").format(name=held.name))

    def move(self, slot: str, to: int) -> None:
        """Give a picture another place; 0 makes it the target."""
        held = self.held(slot)
        if held is None:
            return
        rest = [old for old in self.pictures if old.slot != slot]
        rest.insert(min(max(to, 0), len(rest)), held)
        if tuple(rest) != self.pictures:
            self._step(tuple(rest), self.tr("Move {name}").format(name=held.name))

    def use_as_references(self, slots: Sequence[str], *, reference: bool) -> None:
        """Send pictures along with the target, or keep them for edits of their own."""
        after = tuple(
            replace(held, reference=reference) if held.slot in slots else held
            for held in self.pictures
        )
        self._set(after)

    def turn(self, by: int) -> None:
        """Make the next (1) or the previous (-1) picture the target, all others following."""
        if len(self.pictures) > 1:
            by %= len(self.pictures)
            self._set((*self.pictures[by:], *self.pictures[:by]))

    def rebase(self, held: Held, base: Raster | None) -> None:
        """Take a picture whose kept edits changed, with its base as it is now.

        None: it has not been drawn, so that it will be read when it is the target.
        """
        self._exchange(held)
        if self.target is held:
            self.base = base
            (self.turned if base is None else self.based).emit()
        self.ordered.emit(False)

    def restore(self, pictures: tuple[Held, ...]) -> None:
        """Show the pictures of a project; nothing of it can be undone."""
        self._set(pictures)

    async def source(self, held: Held) -> Opened:
        """Read a picture whole, as it was before any edit."""
        data = await asyncio.to_thread(self.vault.read, held.digest)
        return await asyncio.to_thread(self.pool.open, data, held.name)

    async def load_base(self) -> None:
        """Read the target's pixels; called once for every turned while base is None."""
        held = self.target
        if held is None or self._reading == held.slot:
            return
        self._reading = held.slot
        try:
            base = await self.shown(held)
            shown = held.shown or (await small(base) if held.kept else None)
            await asyncio.to_thread(self.prepare, base)
        finally:
            self._reading = ""
        now = self.target
        if now is None or now.slot != held.slot or self.base is not None:
            return
        if now.kept != held.kept:
            await self.load_base()
            return
        self.base = base
        if now.shown is not shown:
            self._exchange(replace(now, shown=shown))
            self.ordered.emit(False)
        self.based.emit()

    async def shown(self, held: Held) -> Raster:
        """Pixels of a picture with the edits kept on it."""
        return await asyncio.to_thread(self._painted, held)

    def _painted(self, held: Held) -> Raster:
        """The same, on any thread; what it takes on the way is let go of there too."""
        from editor.compose.patch import NativePatch, painted

        opened = self.pool.open(self.vault.read(held.digest), held.name)
        base = opened.raster
        for kept in held.kept:
            patch = NativePatch.from_bytes(self.vault.read(kept.patch))
            base = painted(base, patch, opened.facts.profile)
        return base

    async def read(
        self, data: bytes, name: str, path: Path | None, *, whole: bool
    ) -> tuple[Held, Opened]:
        """Read a picture that is not shown yet, and keep its bytes. Raises InputProblem.

        whole: as the target, else only small.
        """
        if whole:
            opened = await asyncio.to_thread(self.pool.open, data, name)
            thumb = await small(opened.raster)
            await asyncio.to_thread(self.prepare, opened.raster)
        else:
            opened = await asyncio.to_thread(self.pool.preview, data, name, THUMB)
            thumb = opened.raster
        digest = await asyncio.to_thread(self.vault.keep, data)
        return Held(self._new_id(), name, opened.facts, digest, thumb, path), opened

    def _require_room(self, name: str) -> None:
        if len(self.pictures) >= MOST:
            raise InputProblem(
                "Frisket holds {most} pictures, so {name} was not opened; remove one first.",
                most=MOST,
                name=name,
            )

    def _exchange(self, held: Held) -> None:
        """Put a picture in the place of what its slot held."""
        self.pictures = tuple(held if old.slot == held.slot else old for old in self.pictures)

    def _step(
        self,
        after: tuple[Held, ...],
        title: str,
        opened: Opened | None = None,
        instead: tuple[str, str] = ("", ""),
    ) -> None:
        before = self.pictures
        self._set(after, opened.raster if opened else None, step=True)
        self._timeline.push(
            Step(
                Kind.SLOTS,
                "",
                lambda: self._set(self._turned(before, after)),
                lambda: self._set(self._turned(after, before)),
                title,
                instead=instead,
            )
        )

    def _turned(self, pictures: tuple[Held, ...], others: tuple[Held, ...]) -> tuple[Held, ...]:
        """Pictures of one side of a step, the other having others.

        The target of now leads where the step was about something else.
        """
        fresh, now = self._fresh(pictures), self.target
        slots = [held.slot for held in fresh]
        if now is None or now.slot not in slots or fresh[0].slot != others[0].slot:
            return fresh
        at = slots.index(now.slot)
        return (*fresh[at:], *fresh[:at])

    def _fresh(self, pictures: tuple[Held, ...]) -> tuple[Held, ...]:
        """The same slots with what was kept on them since."""
        now = {held.slot: held for held in self.pictures}
        return tuple(now.get(held.slot, held) for held in pictures)

    def _set(
        self, after: tuple[Held, ...], base: Raster | None = None, *, step: bool = False
    ) -> None:
        before = self.target
        self.pictures = after
        if _base_of(self.target) != _base_of(before) or base is not None:
            self.base = base
            self.turned.emit()
            if base is not None:
                self.based.emit()
        self.ordered.emit(step)


async def small(base: Raster) -> Raster:
    """Make the copy that the strip shows."""
    return await asyncio.to_thread(fitted, base, Size(THUMB, THUMB))


def _base_of(held: Held | None) -> tuple[object, ...]:
    """What the base of a picture depends on."""
    return (held.slot, held.kept) if held else ()
