"""One picture of a batch: read, masked and framed as the recipe tells, ready to be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from editor.capability.provider import Model, Provider
from editor.cli.batch_masks import mask_for, reused
from editor.cli.delivery import Delivery
from editor.cli.edit import check
from editor.cli.pictures import Source, mask_from, reference_from, source_from
from editor.cli.replay import soft_mask
from editor.compose.recipes.recipe_file import RecipeFile, Step
from editor.compose.recipes.recipe_folder import picture_of
from editor.decoding.pool import Pool
from editor.edits.framing import Framed, frame
from editor.edits.job import Job
from editor.edits.request import EditRequest, Frame
from editor.errors import InputProblem
from editor.mask.plane import Coverage
from editor.storage.names import shown_name

ONE_EDIT = "{name} tells of {count} edits, and a batch takes a recipe of one."
MADE_ELSEWHERE = "The answer of {name} was made elsewhere, so there is nobody to ask for more."

_OWN = frozenset({"prompt", "count"})
"""Settings that are told apart from the others."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with every picture.

    path, recipe: of one edit. masks: the folder to look for masks in, None for the pictures'
    own. out: where results go.
    """

    path: Path
    recipe: RecipeFile
    provider: Provider
    model: Model
    masks: Path | None
    out: Path

    @property
    def step(self) -> Step:
        return self.recipe.steps[0]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A picture with all that its request and its delivery take. feather: None for the usual."""

    file: Path
    job: Job
    framed: Framed
    delivery: Delivery
    feather: float | None


def require_one_edit(recipe: RecipeFile, name: str) -> None:
    """Raise InputProblem for a recipe that cannot be asked for again."""
    if len(recipe.steps) > 1:
        raise InputProblem(ONE_EDIT, name=shown_name(name), count=len(recipe.steps))
    if recipe.steps[0].asked.provider == "elsewhere":
        raise InputProblem(MADE_ELSEWHERE, name=shown_name(name))


def ready(pool: Pool, work: Work, file: Path, id: str, tell: Callable[[str], None]) -> Ready:
    """Read a picture with its mask and frame what is asked of it, as the job of this id.

    Raises Problem when it cannot be read or would be refused.
    """
    asked, model = work.step.asked, work.model
    target = source_from(pool, file)
    coverage, feather = _mask(pool, work, target, tell)
    paths = [picture_of(work.path, each)[0] for each in asked.references]
    references = [reference_from(pool, path, model.limits.side) for path in paths]
    request = EditRequest(
        source=target.opened.raster,
        coverage=coverage,
        prompt=asked.prompt,
        provider=work.provider.id,
        model=model.id,
        references=tuple(reference.opened.raster for reference in references),
        settings={
            name: value
            for name, value in asked.settings.items()
            if model.field(name) and name not in _OWN
        },
        frame=Frame(asked.frame),
        base=target.opened.digest,
    )
    check(request, model)
    delivery = Delivery(pool, (target, *references), work.out)
    return Ready(file, Job(id, "", request), frame(request, model), delivery, feather)


def _mask(
    pool: Pool, work: Work, target: Source, tell: Callable[[str], None]
) -> tuple[Coverage | None, float | None]:
    """What may change in a picture, and the feather when the recipe's own mask is reused."""
    path, size = mask_for(target.path, work.masks), target.opened.raster.size
    if path is not None:
        return mask_from(pool, path, target).coverage, None
    coverage = soft_mask(pool, work.step.mask, work.path, work.recipe.source.size)
    if coverage is None:
        return None, None
    again = reused(coverage, size)
    tell(f"{target.path.name}: {again.how}")
    return again.coverage, work.step.join.feather * again.factor
