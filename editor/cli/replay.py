"""frisket replay: a finished picture once more, from its recipe and without a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from editor.cli.delivery import finished, made, outcome
from editor.cli.output import Output
from editor.cli.parser import add_json, new
from editor.cli.pictures import Source
from editor.compose.assets.export import MANNERS, Exported
from editor.compose.assets.naming import free_path
from editor.compose.recipe import Recipe
from editor.compose.recipes.recipe_file import Named, RecipeFile, Step
from editor.compose.recipes.recipe_file import read as read_text
from editor.compose.recipes.recipe_folder import (
    NOT_THERE,
    beside,
    picture_of,
    read_recipe,
    versions,
)
from editor.compose.recipes.steps import Composite, Edit
from editor.decoding.files import read_file
from editor.decoding.pool import Pool
from editor.decoding.sniff import HEAD, kind
from editor.edits.variant import Variant
from editor.errors import InputProblem
from editor.imaging.geometry import Size
from editor.imaging.placement import Placement
from editor.imaging.xmp import recipe_in
from editor.mask.plane import Coverage
from editor.storage.names import shown_name

ABOUT = (
    "Make the result of a recipe once more: the same pixels, and for PNG and TIFF the same file.\n"
    "Answers and masks lie beside the recipe; the source is looked for where it was and there.\n"
    "Nothing is sent to anybody. Files whose content has changed are refused. It ends with\n"
    "7 where the pixels came out others, as they may with other versions of the libraries."
)
OTHER_PIXELS = 7
NOT_SAME = "These are not the pixels of the recipe, which was made with {versions}."
SAME_VERSIONS = "the same versions"
NO_RECIPE = "{name} tells no recipe; name the .json that was written beside it."
NAME_IT = (
    "{name}, which the recipe speaks of, is not there; "
    "put it beside the recipe or name it by {flag}."
)
ODD_MASK = "{name} is no mask for this source: it has another size."


def run(argv: Sequence[str]) -> int:
    """Write the result; 0 when its pixels are those of the recipe, 7 when they are others."""
    parser = new("replay", ABOUT)
    add = parser.add_argument
    add("recipe", type=Path, metavar="RECIPE", help="A .json, or a picture that tells its recipe.")
    add("--out", type=Path, required=True, metavar="DIR", help="Where the result is written.")
    add("--source", type=Path, metavar="F", help="The source, when it is somewhere else.")
    add(
        "--answer",
        type=Path,
        action="append",
        metavar="F",
        help="The answer, when it is somewhere else; once for each edit of the recipe.",
    )
    add_json(parser)
    arguments = parser.parse_intermixed_args(argv)
    with closing(Pool()) as pool:
        recipe, text = _recipe(pool, arguments.recipe)
        answers = arguments.answer or [None] * len(recipe.steps)
        if len(answers) != len(recipe.steps):
            parser.error(f"the recipe has {len(recipe.steps)} edits: --answer for each or none")
        source = _source(pool, recipe, arguments.recipe, arguments.source)
        size = source.opened.raster.size
        edits = [
            edit_of(pool, step, arguments.recipe, size, answer)
            for step, answer in zip(recipe.steps, answers, strict=True)
        ]
        native = pool.native(source.data, source.path.name)
        path = free_path(made(arguments.out), _name(recipe))
        inside = (lambda *_: text) if text else None
        done, exported = finished(pool, native, source, edits, path, inside)
    return _told(Output(as_json=arguments.json), recipe, done, exported)


def edit_of(pool: Pool, step: Step, recipe: Path, size: Size, answer: Path | None = None) -> Edit:
    """One edit of a recipe with its pixels. size: of the source. Raises InputProblem."""
    asked, join = step.asked, step.join
    with _named_by("--answer"):
        data = beside(recipe, step.answer, answer)
    variant = Variant(
        id=step.answer.sha256,
        job="",
        round="",
        raster=pool.open(data, step.answer.file).raster,
        placement=Placement(asked.window, asked.sent),
        coverage=soft_mask(pool, step.mask, recipe, size),
        base="",
        provider=asked.provider,
        model=asked.model,
        requested=asked.requested,
        effective=asked.effective,
        price=asked.price,
        seconds=asked.seconds,
    )
    let_in, kept_out = (
        soft_mask(pool, mask, recipe, size) for mask in (join.let_in, join.kept_out)
    )
    return Edit(
        variant, Recipe(variant.id, join.feather, join.match, let_in, kept_out), join.fitted
    )


def soft_mask(pool: Pool, mask: Named | None, recipe: Path, size: Size) -> Coverage | None:
    """A mask of a recipe, level by level; None when everything could change.

    Raises InputProblem.
    """
    if mask is None:
        return None
    pixels = pool.open(beside(recipe, mask), mask.file).raster.pixels
    if (pixels.shape[1], pixels.shape[0]) != size:
        raise InputProblem(ODD_MASK, name=mask.file)
    coverage = 255 - pixels[..., 3]
    coverage.flags.writeable = False
    return coverage


def _recipe(pool: Pool, path: Path) -> tuple[RecipeFile, str]:
    """The recipe of a file of recipes or of a picture, and its text where it lay in a picture."""
    data = read_file(path)
    if not kind(data[:HEAD]):
        return read_recipe(path), ""
    name = shown_name(path.name)
    text = recipe_in(pool.inspect(data, name).xmp)
    if not text:
        raise InputProblem(NO_RECIPE, name=name)
    return read_text(text.encode(), name), text


def _source(pool: Pool, recipe: RecipeFile, path: Path, given: Path | None) -> Source:
    with _named_by("--source"):
        where, data = picture_of(path, recipe.source, given)
    return Source(where, data, pool.open(data, where.name))


@contextmanager
def _named_by(flag: str) -> Iterator[None]:
    """Where a file is missing, say by which flag another one is named."""
    try:
        yield
    except InputProblem as problem:
        if problem.template != NOT_THERE:
            raise
        raise InputProblem(NAME_IT, name=problem.values["name"], flag=flag) from None


def _name(recipe: RecipeFile) -> str:
    """The name of the result; layers and the like are made again as the picture they show."""
    name = Path(recipe.result.file)
    return name.name if name.suffix.lower() in MANNERS else f"{name.stem}.png"


def _told(output: Output, recipe: RecipeFile, done: Composite, exported: Exported) -> int:
    found = outcome(done, exported)
    same = (found.pixels, found.region) == (recipe.result.pixels, recipe.result.region)
    note = "" if same else NOT_SAME.format(versions=_unlike(recipe.versions))
    said = f"{exported.changed} of {exported.protected:,} protected pixels changed"
    what = "the same pixels again" if same else "other pixels"
    record = {
        "ok": same,
        "file": str(exported.path),
        "same": same,
        "protected": exported.protected,
        "protected_changed": exported.changed,
        "note": note or exported.note or done.note,
    }
    lines = [f"{exported.path}: {what}, {said}", str(record["note"])]
    output.result("\n    ".join(line for line in lines if line), record)
    return 0 if same else OTHER_PIXELS


def _unlike(theirs: Mapping[str, str]) -> str:
    """The versions a recipe was made with, where they are not those of now."""
    ours = versions()
    other = [f"{name} {number}" for name, number in theirs.items() if ours.get(name) != number]
    return ", ".join(other) or SAME_VERSIONS
