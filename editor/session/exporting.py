"""Exporting: finished assets of what the stage shows, written off the window's thread."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from editor.compose.assets import export, naming
from editor.compose.assets.contents import scaled_size
from editor.compose.assets.export import Asset, Exported
from editor.compose.assets.manner import LAYERED, Manner, Step, presets, steps
from editor.errors import InputProblem
from editor.imaging.geometry import Size
from editor.preferences.places import cache_folder, pictures_folder, resource
from editor.session.layering import Layering
from editor.session.notice import Notice, exported_notice, in_words
from editor.storage import atomic

if TYPE_CHECKING:
    from editor.compose.assets.manner import Preset
    from editor.mask.plane import Coverage
    from editor.session.document import Document
    from editor.session.entries import Entry
    from editor.session.finishing import Finished, Finishing
    from editor.session.gallery import Gallery
    from editor.session.held import Held
    from editor.session.painting import Painting

log = logging.getLogger(__name__)

TURNED = "Another picture came to the stage, so {name} was not exported; go back and export again."
ALL_DONE = "{count} pictures are exported to {folder}: {changed} protected pixels changed."
ALL_NOTED = "{count} pictures are exported to {folder}. {note}"
NO_RESULTS = "There are no results to export yet; send an edit first, or export what is shown."

DRAGGED = 8
"""Files made for other programs to take that are kept; those read them when they like."""


@dataclass(frozen=True, slots=True)
class Example:
    """What an export would make: its name, its size, what stands between it and exact pixels.

    problem: what is wrong with the template, None when nothing is. local: whether a recipe
    says that the picture stayed on this computer.
    """

    name: str
    size: Size
    steps: tuple[Step, ...]
    problem: InputProblem | None = None
    local: bool = False


class Exporting(QObject):
    """Writes one asset at a time. told carries a Notice.

    record: writes down what it came of; inside: tells that for the file itself. says_local:
    whether that says, of so many rounds, that the picture stayed on this computer.
    """

    told = Signal(object)

    def __init__(
        self,
        document: Document,
        gallery: Gallery,
        finishing: Finishing,
        painting: Painting,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._gallery = gallery
        self._finishing = finishing
        self._painting = painting
        self._layering = Layering(document, gallery)
        self.record: Callable[[Finished, Exported], Awaitable[None]] = _nothing
        self.inside: Callable[[Finished, Exported], Awaitable[str]] = _nobody
        self.says_local: Callable[[Iterable[str]], bool] = lambda rounds: False
        # Two exports at once would find the same name or folder free.
        self._turn = asyncio.Lock()

    @staticmethod
    def presets() -> tuple[Preset, ...]:
        """What the export table offers, read from its file."""
        return presets(resource("exports.toml").read_text(encoding="utf-8"))

    @property
    def starred(self) -> tuple[Entry, ...]:
        """The results that go out together: the starred ones, or all when none is starred."""
        arrived = [entry for entry in self._gallery.state.entries if entry.variant is not None]
        starred = [entry for entry in arrived if entry.starred]
        return tuple(starred or arrived)

    @property
    def any_starred(self) -> bool:
        """Whether the person chose which results go out together."""
        return any(entry.starred for entry in self.starred)

    def example(self, manner: Manner) -> Example | None:
        """What an export of the shown picture would make; None while nothing is open."""
        held = self._document.target
        if held is None:
            return None
        size = _size_of(held, manner)
        entry = self._gallery.state.entry
        rounds = [kept.round for kept in held.kept] + ([entry.round] if entry else [])
        local = bool(rounds) and manner.recipe and self.says_local(rounds)
        name, problem = self._name(held, entry, manner), naming.complaint(manner.name)
        return Example(name, size, steps(manner, held.facts), problem, local)

    async def export(self, path: Path | None = None) -> None:
        """Write what the stage shows; beside the source when no path is given. Raises Problem."""
        if self._document.target is None or self._document.base is None:
            return
        manner = Manner() if path is None else export.manner_of(path)
        done = await self._one(self._gallery.state.entry, manner, None, path)
        self.told.emit(exported_notice(done))

    async def export_as(self, manner: Manner, folder: Path | None = None) -> None:
        """Write what the stage shows in another manner; beside the source when there is no folder.

        Raises Problem.
        """
        if self._document.target is None or self._document.base is None:
            return
        done = await self._one(self._gallery.state.entry, manner, folder)
        self.told.emit(exported_notice(done))

    async def export_all(self, manner: Manner, folder: Path | None = None) -> None:
        """Write the starred results one after the other, or all of them when none is starred.

        Raises Problem; what was written before stays.
        """
        entries = self.starred
        if self._document.target is None or self._document.base is None:
            return
        if not entries:
            raise InputProblem(NO_RESULTS)
        if manner.written(self._document.target.facts) in LAYERED:
            await self.export_as(manner, folder)  # one file holds them all
            return
        done = [await self._one(entry, manner, folder) for entry in entries]
        self.told.emit(_all_notice(done))

    async def picture(self) -> bytes:
        """What the stage shows as a PNG for the clipboard, exact, with alpha, without its place.

        Raises Problem.
        """
        finished = await self._finishing.finished(self._gallery.state.entry)
        asset = Asset(finished.result, finished.facts, finished.source, finished.may_change)
        return await asyncio.to_thread(export.encoded, asset, Manner(format="png", exif="no-place"))

    async def for_others(self, id: str) -> Path:
        """A file of one result, or of the source as it was opened, for another program to take.

        id: of the entry; any other stands for the source. Raises Problem.
        """
        async with self._turn:
            folder = await asyncio.to_thread(_new_folder, cache_folder() / "dragged")
        held, entry = self._document.target, self._gallery.find(id)
        if held is not None and entry is None:
            return await asyncio.to_thread(self._source, held, folder)
        done = await self._one(entry, Manner(exif="no-place", recipe=False), folder)
        return done.path

    def _source(self, held: Held, folder: Path) -> Path:
        """The source's own bytes under a name that every file system takes."""
        stem, suffix = Path(held.name).stem, Path(held.name).suffix
        name = naming.named("{name}", {"name": stem}, suffix or f".{held.facts.format}")
        atomic.write(folder / name, self._document.vault.read(held.digest))
        return folder / name

    async def _one(
        self, entry: Entry | None, manner: Manner, folder: Path | None, path: Path | None = None
    ) -> Exported:
        held = self._document.target
        assert held is not None
        problem = naming.complaint(manner.name)
        if problem is not None:
            raise problem
        async with self._turn:
            now = self._document.target
            if now is None or now.slot != held.slot:
                raise InputProblem(TURNED, name=held.name)
            finished = await self._finishing.finished(entry)
            asset = await self._asset(finished, entry, manner)
            if path is None:
                name = self._name(held, entry, manner)
                path = await asyncio.to_thread(naming.free_path, folder or _beside(held), name)
            if manner.embeds:
                planned = await asyncio.to_thread(export.planned, asset, path)
                asset = replace(asset, recipe=await self.inside(finished, planned))
            read = self._document.pool.native
            done = await asyncio.to_thread(export.write, asset, path, manner, read)
            done = replace(done, note=done.note or finished.note)
            if manner.recipe:
                await self.record(finished, done)
        log.info("exported %d bytes, %d of %d changed", done.size, done.changed, done.protected)
        return done

    async def _asset(self, finished: Finished, entry: Entry | None, manner: Manner) -> Asset:
        format = manner.written(finished.facts)
        coverage = self._mask(finished, entry) if format == "cutout" else None
        layers = await self._layering.of(finished, entry, self.starred) if format in LAYERED else ()
        result, source = finished.result, finished.source
        return Asset(result, finished.facts, source, finished.may_change, coverage, layers)

    def _mask(self, finished: Finished, entry: Entry | None) -> Coverage:
        """What a cut-out keeps: the mask of the answer, what is painted now, or every edit."""
        if entry is not None and entry.variant is not None and entry.variant.coverage is not None:
            return entry.variant.coverage
        plane = self._painting.plane
        if plane is not None and not plane.is_empty:
            return plane.snapshot()
        return finished.may_change.astype(np.uint8) * np.uint8(255)

    def _name(self, held: Held, entry: Entry | None, manner: Manner) -> str:
        variant = entry.variant if entry else None
        number = self._layering.number(entry)
        values = naming.tokens(
            held.name,
            _size_of(held, manner),
            model=variant.model if variant else "",
            variant=f"v{number}" if number else "",
            today=date.today(),
        )
        return naming.named(manner.name, values, manner.suffix(held.facts))


async def _nothing(finished: Finished, done: Exported) -> None:
    """Write nothing down."""


async def _nobody(finished: Finished, planned: Exported) -> str:
    """Tell nothing."""
    return ""


def _beside(held: Held) -> Path:
    """Where a finished asset goes: beside its source, or among the person's pictures."""
    return held.path.parent if held.path else pictures_folder()


def _size_of(held: Held, manner: Manner) -> Size:
    """The size that the asset will have."""
    scaled = "size" in steps(manner, held.facts)
    return scaled_size(held.facts.size, manner.longest if scaled else 0)


def _all_notice(done: Sequence[Exported]) -> Notice:
    first, noted = done[0], next((each for each in done if each.note), None)
    values: dict[str, object] = {"count": len(done), "folder": first.path.parent.name}
    if noted is not None:
        return Notice("warn", ALL_NOTED, {**values, "note": in_words(noted.note)}, file=first.path)
    changed = f"{sum(each.changed for each in done):,}"
    return Notice("ok", ALL_DONE, {**values, "changed": changed}, file=first.path)


def _new_folder(parent: Path) -> Path:
    """A folder of its own for one file, so that it keeps its name; the oldest are taken away.

    Raises CannotWrite.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        numbered = sorted(
            (int(path.name), path) for path in parent.iterdir() if path.name.isdigit()
        )
        for _, old in numbered[: max(len(numbered) - DRAGGED + 1, 0)]:
            shutil.rmtree(old)
        made = parent / str(numbered[-1][0] + 1 if numbered else 1)
        made.mkdir()
    except OSError as error:
        raise atomic.cannot_write(str(parent), error) from error
    return made
