"""Finished pictures on disk: the raw answer first, then the asset, then the recipe."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from editor.cli.pictures import MaskFile, Source
from editor.cli.record import recipe_text
from editor.compose.blend import join
from editor.compose.export import Exported, default_name, export
from editor.compose.patch import applied
from editor.compose.recipe import Recipe
from editor.decoding.pool import Pool
from editor.decoding.sniff import HEAD, kind
from editor.edits.request import EditRequest
from editor.edits.variant import Variant
from editor.errors import AnswerUnusable, InputProblem
from editor.imaging.raster import Native, Raster
from editor.storage.atomic import cannot_write, write

UNREADABLE = "The answer is no picture that can be opened; it is kept as {name}."
_SUFFIXES = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "tiff": ".tif", "gif": ".gif"}


@dataclass(frozen=True, slots=True)
class Places:
    """The names of one variant's files, which nothing else has."""

    asset: Path
    answer: Path
    recipe: Path


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was written for one variant. note: a sentence, or empty."""

    places: Places
    exported: Exported
    note: str


class Delivery:
    """Writes the variants of one picture into a folder, over nothing that is there.

    sources: target and references. mask: None when everything may change.
    Raises CannotWrite when there can be no such folder.
    """

    def __init__(
        self, pool: Pool, sources: tuple[Source, ...], mask: MaskFile | None, out: Path
    ) -> None:
        self._pool = pool
        self._sources = sources
        self._mask = mask
        self._out = out
        self._native: Native | None = None
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(str(out), error) from error

    def keep(self, data: bytes) -> Places:
        """Write a raw answer before anything else is done with it."""
        places = self._free(_SUFFIXES.get(kind(data[:HEAD]), ".bin"))
        write(places.answer, data)
        return places

    def opened(self, data: bytes, places: Places) -> Raster:
        """The picture of a raw answer. Raises AnswerUnusable; the answer stays where it is."""
        try:
            return self._pool.open(data, places.answer.name).raster
        except InputProblem as problem:
            name = places.answer.name
            raise AnswerUnusable(UNREADABLE, name=name, details=str(problem)) from problem

    def deliver(
        self, request: EditRequest, variant: Variant, data: bytes, places: Places
    ) -> Delivered:
        """Join a variant at native depth and write it with its recipe."""
        target = self._sources[0]
        if self._native is None:
            self._native = self._pool.native(target.data, target.path.name)
        exported, note = joined_file(self._pool, self._native, target, variant, places.asset)
        files: dict[str, dict[str, object]] = {
            "answer": {"file": places.answer.name, "sha256": hashlib.sha256(data).hexdigest()},
            "result": {
                "file": places.asset.name,
                "protected": exported.protected,
                "protected_changed": exported.changed,
            },
        }
        recipe = recipe_text(self._sources, self._mask, request, variant, files)
        write(places.recipe, recipe.encode())
        return Delivered(places, exported, note)

    def _free(self, suffix: str) -> Places:
        target = self._sources[0]
        name = default_name(target.path.name, target.opened.facts)
        number = 1
        while True:
            asset = self._out / name
            if number > 1:
                asset = asset.with_stem(f"{asset.stem}-{number}")
            answer = asset.with_name(f"{asset.stem}.answer{suffix}")
            places = Places(asset, answer, asset.with_suffix(".json"))
            if not any(path.exists() for path in (places.asset, places.answer, places.recipe)):
                return places
            number += 1


def joined_file(
    pool: Pool, native: Native, source: Source, variant: Variant, path: Path
) -> tuple[Exported, str]:
    """Put an answer into its source and write the result; with a sentence about the join."""
    joined = join(native, variant, Recipe.of(variant))
    result = applied(native, [joined.patch])
    may_change = np.zeros(native.samples.shape[:2], np.bool_)
    may_change[joined.patch.rect.rows_cols] = joined.patch.painted
    exported = export(
        result,
        source.opened.facts,
        path,
        source=native,
        may_change=may_change,
        read=pool.native,
    )
    return exported, exported.note or joined.note
