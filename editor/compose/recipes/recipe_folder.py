"""The files of a recipe: written beside the finished picture, and read again with their hashes."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from editor import __version__
from editor.compose.recipe import Recipe
from editor.compose.recipes.recipe_file import (
    Asked,
    Join,
    Named,
    Outcome,
    Pictured,
    RecipeFile,
    Step,
    to_text,
)
from editor.compose.recipes.recipe_file import read as read_text
from editor.decoding.files import read_file
from editor.decoding.sniff import HEAD, kind
from editor.errors import InputProblem
from editor.mask.exchange import to_png
from editor.mask.plane import Coverage
from editor.storage.atomic import write
from editor.storage.names import shown_name

CHANGED = "{name} is not the file that the recipe speaks of: its content differs."
NOT_THERE = "{name}, which the recipe speaks of, is not beside it; put it there or name another."

_LIBRARIES = ("numpy", "opencv-contrib-python-headless", "pillow", "tifffile")
_SUFFIXES = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "tiff": ".tif", "gif": ".gif"}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One edit as it is to be written down.

    answer: as the provider encoded it. coverage: None when everything could change. recipe,
    fitted: how it was joined.
    """

    asked: Asked
    answer: bytes = field(repr=False)
    coverage: Coverage | None
    recipe: Recipe
    fitted: bool


def versions() -> dict[str, str]:
    """What a result depends on besides the recipe: this program and its libraries."""
    libraries = {name: version(name) for name in _LIBRARIES}
    return {"frisket": __version__, "python": platform.python_version(), **libraries}


def suffix_of(answer: bytes) -> str:
    """The ending of an answer's file: ".png", or ".bin" for what is no picture."""
    return _SUFFIXES.get(kind(answer[:HEAD]), ".bin")


def seen_from(folder: Path, path: Path) -> str:
    """A path as it is written in a recipe in this folder; forward slashes on every system."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return path.name


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """A recipe with the files that go beside its picture. path: its own. files: by bare name."""

    path: Path
    recipe: RecipeFile
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def inside(self) -> str:
        """The recipe as it may travel inside of the picture: it names no folder."""
        steps = tuple(
            replace(step, asked=replace(step.asked, references=_bare(*step.asked.references)))
            for step in self.recipe.steps
        )
        (source,) = _bare(self.recipe.source)
        return to_text(replace(self.recipe, source=source, steps=steps))

    def write(self) -> None:
        """Write all, the recipe last. Raises CannotWrite."""
        for name, data in self.files.items():
            write(self.path.with_name(name), data)
        write(self.path, to_text(self.recipe).encode())


def gathered(
    asset: Path,
    source: Pictured,
    parts: Sequence[Part],
    result: Outcome,
    made: str,
    *,
    local: bool = False,
) -> Beside:
    """The recipe of a finished picture, with its answers and masks.

    made: UTC in ISO 8601. local: see RecipeFile. Files of an earlier recipe of the same picture
    have the same names, no others have.
    """
    stem = _stem(asset)
    files: dict[str, bytes] = {}
    steps = []
    for number, part in enumerate(parts, 1):
        mark = f"{stem}.{number}" if len(parts) > 1 else stem
        steps.append(_step(files, mark, part))
    named = replace(result, file=asset.name)
    recipe = RecipeFile(source, tuple(steps), named, made, versions(), local)
    return Beside(asset.with_name(f"{stem}.json"), recipe, files)


def read_recipe(path: Path) -> RecipeFile:
    """Raises InputProblem."""
    return read_text(read_file(path), shown_name(path.name))


def beside(recipe: Path, named: Named, given: Path | None = None) -> bytes:
    """The bytes of a file that a recipe names. given: look there instead.

    Raises InputProblem when it is not there, or is not the one that was meant.
    """
    return _checked(given or recipe.with_name(named.file), named.sha256, given=given is not None)


def picture_of(recipe: Path, pictured: Pictured, given: Path | None = None) -> tuple[Path, bytes]:
    """Where the source or a reference of a recipe is, and its bytes.

    It is looked for where it was, then beside the recipe. Raises InputProblem.
    """
    was = recipe.parent / pictured.file
    path = given or (was if was.exists() else recipe.with_name(was.name))
    return path, _checked(path, pictured.sha256, given=given is not None)


def _checked(path: Path, digest: str, *, given: bool) -> bytes:
    if not given and not path.exists():
        raise InputProblem(NOT_THERE, name=shown_name(path.name))
    data = read_file(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputProblem(CHANGED, name=shown_name(path.name))
    return data


def _stem(asset: Path) -> str:
    """The stem of the recipe's files: the asset's, unless another picture's recipe has it."""
    stem, number = asset.stem, 2
    while not _may_replace(asset.with_name(f"{stem}.json"), asset.name):
        stem = f"{asset.stem}-{number}"
        number += 1
    return stem


def _may_replace(path: Path, asset: str) -> bool:
    if not path.exists():
        return True
    try:
        return read_recipe(path).result.file == asset
    except InputProblem:
        return False


def _bare(*pictures: Pictured) -> tuple[Pictured, ...]:
    return tuple(replace(each, file=Path(each.file).name) for each in pictures)


def _step(files: dict[str, bytes], mark: str, part: Part) -> Step:
    def put(name: str, data: bytes) -> Named:
        files[name] = data
        return Named(name, hashlib.sha256(data).hexdigest())

    recipe = part.recipe
    return Step(
        asked=part.asked,
        answer=put(f"{mark}.answer{suffix_of(part.answer)}", part.answer),
        mask=_mask(put, f"{mark}.mask.png", part.coverage),
        join=Join(
            feather=recipe.feather,
            match=recipe.match,
            fitted=part.fitted,
            let_in=_mask(put, f"{mark}.let-in.png", recipe.let_in),
            kept_out=_mask(put, f"{mark}.kept-out.png", recipe.kept_out),
        ),
    )


def _mask(put: Callable[[str, bytes], Named], name: str, coverage: Coverage | None) -> Named | None:
    return None if coverage is None else put(name, to_png(coverage, soft=True))
