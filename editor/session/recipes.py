"""Recipes: what an exported picture came from, written beside it so that it can be replayed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.compose.recipes.digest import of_pixels, of_protected
from editor.compose.recipes.recipe_file import Asked, Outcome, Pictured
from editor.compose.recipes.recipe_folder import Beside, Part, gathered, seen_from, suffix_of
from editor.edits.prompt import with_plea
from editor.errors import InputProblem, Problem
from editor.project.project import Round
from editor.session.notice import Notice

if TYPE_CHECKING:
    from editor.compose.assets.export import Exported
    from editor.compose.recipe import Recipe
    from editor.imaging.geometry import Size
    from editor.project.project import StoredVariant
    from editor.project.store import Store
    from editor.session.document import Document
    from editor.session.finishing import Finished
    from editor.session.held import Held

log = logging.getLogger(__name__)

NOT_WRITTEN = "{name} is exported, but not its recipe. {problem}"
HERE = {"offline", "elsewhere"}
"""Providers that nothing was sent to."""

NOT_STORED = "Its answer is not in the project yet; export it again in a moment."


class Recipes(QObject):
    """Writes recipes with answers and masks from the project. told carries a Notice.

    stays_here: whether the project stays on this computer.
    """

    told = Signal(object)

    def __init__(
        self,
        store: Store,
        document: Document,
        round_of: Callable[[str], Round | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.stays_here: Callable[[], bool] = lambda: False
        self._store = store
        self._document = document
        self._round_of = round_of

    def says_local(self, rounds: Iterable[str]) -> bool:
        """Whether a recipe of these rounds says that the picture stayed on this computer."""
        known = [round for round in map(self._round_of, rounds) if round is not None]
        return self.stays_here() and all(HERE.issuperset(_asked_of(round)) for round in known)

    async def write(self, finished: Finished, done: Exported) -> None:
        """Write the recipe of an asset; what went wrong is told, for the asset is there.

        A picture that nothing was done to has none.
        """
        if not finished.laid:
            return
        try:
            found = await self._gathered(finished, done)
            await asyncio.to_thread(found.write)
        except Problem as problem:
            log.info("no recipe was written: %s", problem.template)
            values = {"name": done.path.name, "problem": str(problem)}
            self.told.emit(Notice("warn", NOT_WRITTEN, values, file=done.path))

    async def inside(self, finished: Finished, planned: Exported) -> str:
        """The recipe that a file is to tell; empty when nothing was done to the picture.

        Raises Problem.
        """
        return (await self._gathered(finished, planned)).inside if finished.laid else ""

    async def _gathered(self, finished: Finished, done: Exported) -> Beside:
        open_now = {held.slot: held for held in self._document.pictures}
        gather = partial(self._gather, finished, done, open_now, local=self.stays_here())
        return await asyncio.to_thread(gather)

    def _gather(
        self, finished: Finished, done: Exported, open_now: dict[str, Held], *, local: bool
    ) -> Beside:
        path, size = done.path, finished.source.size
        parts = [self._part(*laid, size, path.parent, open_now) for laid in finished.laid]
        result = Outcome(
            file=path.name,
            pixels=of_pixels(finished.result),
            protected=done.protected,
            changed=done.changed,
            region=of_protected(finished.result, finished.may_change),
        )
        made = datetime.now(UTC).isoformat(timespec="seconds")
        source, more = self._source(finished.held, size, path)
        # What was asked elsewhere before the project was to stay here was asked all the same.
        local = local and all(part.asked.provider in HERE for part in parts)
        found = gathered(path, source, parts, result, made, local=local)
        return replace(found, files={**more, **found.files})

    def _source(self, held: Held, size: Size, asset: Path) -> tuple[Pictured, dict[str, bytes]]:
        """Where the source is; one that was pasted has no file and goes beside the asset."""
        if held.path is not None:
            return Pictured(seen_from(asset.parent, held.path), held.digest, size), {}
        data = self._store.read(held.digest)
        name = f"{asset.stem}.source{suffix_of(data)}"
        return Pictured(name, held.digest, size), {name: data}

    def _part(
        self, id: str, recipe: Recipe, size: Size, folder: Path, open_now: dict[str, Held]
    ) -> Part:
        stored = self._store.stored(id)
        if stored is None:
            raise InputProblem(NOT_STORED)
        round = self._round_of(stored.round) or Round("", "", "", "")
        references = tuple(_pictured(held, folder) for held in _open(round, open_now))
        return Part(
            asked=_asked(stored, round, references),
            answer=self._store.read(stored.answer),
            coverage=self._store.coverage(stored, size),
            recipe=recipe,
            fitted=True,
        )


def _asked_of(round: Round) -> Iterator[str]:
    """The providers of a round."""
    yield round.provider
    yield from (also.provider for also in round.also)


def _open(round: Round, open_now: dict[str, Held]) -> Iterator[Held]:
    return (open_now[slot] for slot in round.references if slot in open_now)


def _pictured(held: Held, folder: Path) -> Pictured:
    file = seen_from(folder, held.path) if held.path else held.name
    return Pictured(file, held.digest, held.facts.size)


def _asked(stored: StoredVariant, round: Round, references: tuple[Pictured, ...]) -> Asked:
    return Asked(
        provider=stored.provider,
        model=stored.model,
        window=stored.placement.window,
        sent=stored.placement.sent,
        prompt=with_plea(round.prompt, round.plea),
        frame=round.frame or "balanced",
        settings=stored.requested,
        requested=stored.requested,
        effective=stored.effective,
        references=references,
        price=stored.price,
        seconds=stored.seconds,
    )
