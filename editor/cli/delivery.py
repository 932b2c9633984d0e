"""Finished pictures on disk: the raw answer first, then the asset, then the recipe."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from editor.cli.pictures import Source
from editor.compose.assets.export import Asset, Exported, manner_of, planned
from editor.compose.assets.export import write as write_asset
from editor.compose.assets.naming import default_name
from editor.compose.recipe import Recipe
from editor.compose.recipes.digest import of_pixels, of_protected
from editor.compose.recipes.recipe_file import Asked, Outcome, Pictured
from editor.compose.recipes.recipe_folder import Beside, Part, gathered, seen_from, suffix_of
from editor.compose.recipes.steps import Composite, Edit, composed
from editor.decoding.pool import Pool
from editor.edits.request import EditRequest
from editor.edits.variant import Variant
from editor.errors import AnswerUnusable, InputProblem
from editor.imaging.raster import Native, Raster
from editor.storage.atomic import cannot_write, write

UNREADABLE = "The answer is no picture that can be opened; it is kept as {name}."


@dataclass(frozen=True, slots=True)
class Places:
    """The names of one variant's files, which nothing else has."""

    asset: Path
    answer: Path
    recipe: Path

    @classmethod
    def of(cls, asset: Path, suffix: str) -> Places:
        """The names that belong to an asset. suffix: of the answer."""
        answer = asset.with_name(f"{asset.stem}.answer{suffix}")
        return cls(asset, answer, asset.with_suffix(".json"))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was written for one variant. note: a sentence, or empty."""

    places: Places
    exported: Exported
    note: str


class Delivery:
    """Writes the variants of one picture into a folder, over nothing that is there.

    sources: target and references. embed: the file tells its recipe too. Raises CannotWrite
    when there can be no such folder.
    """

    def __init__(
        self, pool: Pool, sources: tuple[Source, ...], out: Path, *, embed: bool = False
    ) -> None:
        self._pool = pool
        self._embed = embed
        self._sources = sources
        self._out = made(out)
        self._native: Native | None = None

    def keep(self, data: bytes, asset: Path | None = None) -> Places:
        """Write a raw answer before anything else is done with it.

        asset: where the finished picture goes; a name that nothing has yet when None.
        """
        places = Places.of(asset or self.free(), suffix_of(data))
        write(places.answer, data)
        return places

    def free(self, taken: Container[Path] = ()) -> Path:
        """A name for a finished picture that nothing has yet, nor any of its other files."""
        target = self._sources[0]
        return free_beside(self._out / default_name(target.path.name, target.opened.facts), taken)

    def opened(self, data: bytes, places: Places) -> Raster:
        """The picture of a raw answer. Raises AnswerUnusable; the answer stays where it is."""
        try:
            return self._pool.open(data, places.answer.name).raster
        except InputProblem as problem:
            name = places.answer.name
            raise AnswerUnusable(UNREADABLE, name=name, details=str(problem)) from problem

    def deliver(
        self,
        request: EditRequest,
        variant: Variant,
        data: bytes,
        places: Places,
        recipe: Recipe | None = None,
    ) -> Delivered:
        """Join a variant at native depth and write it with its recipe.

        recipe: the one that suits the mask when None.
        """
        target = self._sources[0]
        if self._native is None:
            self._native = self._pool.native(target.data, target.path.name)
        edit = Edit(variant, recipe or Recipe.of(variant))

        def described(done: Composite, exported: Exported) -> Beside:
            return self._gathered(request, edit, data, outcome(done, exported))

        def inside(done: Composite, planned: Exported) -> str:
            return described(done, planned).inside

        composite, exported = finished(
            self._pool, self._native, target, [edit], places.asset, inside if self._embed else None
        )
        described(composite, exported).write()
        return Delivered(places, exported, exported.note or composite.note)

    def _gathered(self, request: EditRequest, edit: Edit, data: bytes, told: Outcome) -> Beside:
        variant = edit.variant
        source, *references = (_pictured(each, self._out) for each in self._sources)
        asked = Asked(
            provider=variant.provider,
            model=variant.model,
            window=variant.placement.window,
            sent=variant.placement.sent,
            prompt=request.prompt,
            frame=request.frame.value,
            settings=request.settings,
            requested=variant.requested,
            effective=variant.effective,
            references=tuple(references),
            price=variant.price,
            seconds=variant.seconds,
        )
        when = datetime.now(UTC).isoformat(timespec="seconds")
        part = Part(asked, data, variant.coverage, edit.recipe, edit.fitted)
        return gathered(self._out / told.file, source, [part], told, when)


def free_beside(wanted: Path, taken: Container[Path] = ()) -> Path:
    """A name like this one that nothing has yet, nor any of its other files."""
    number, asset = 1, wanted
    while asset in taken or any(asset.parent.glob(f"{escape(asset.stem)}.*")):
        number += 1
        asset = wanted.with_stem(f"{wanted.stem}-{number}")
    return asset


def made(folder: Path) -> Path:
    """The folder, once it is there. Raises CannotWrite when there can be no such folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(str(folder), error) from error
    return folder


def outcome(done: Composite, exported: Exported) -> Outcome:
    """What a recipe tells of a finished picture."""
    return Outcome(
        file=exported.path.name,
        pixels=of_pixels(done.result),
        protected=exported.protected,
        changed=exported.changed,
        region=of_protected(done.result, done.may_change),
    )


def finished(
    pool: Pool,
    native: Native,
    source: Source,
    edits: Sequence[Edit],
    path: Path,
    inside: Callable[[Composite, Exported], str] | None = None,
) -> tuple[Composite, Exported]:
    """Join edits into their source and write the result; inside: the recipe that it tells."""
    facts = source.opened.facts
    done = composed(native, source.opened.raster, facts.profile, edits)
    asset = Asset(done.result, facts, native, done.may_change)
    if inside is not None:
        asset = replace(asset, recipe=inside(done, planned(asset, path)))
    return done, write_asset(asset, path, manner_of(path), pool.native)


def _pictured(source: Source, folder: Path) -> Pictured:
    facts = source.opened.facts
    return Pictured(seen_from(folder, source.path), source.opened.digest, facts.size)
