"""A recipe that nobody can be asked for again is refused before anything is read."""

from dataclasses import replace

import pytest

from editor.cli.batch_picture import require_one_edit
from editor.compose.recipes.recipe_file import (
    Asked,
    Join,
    Named,
    Outcome,
    Pictured,
    RecipeFile,
    Step,
)
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size

ASKED = Asked("openai", "m", Rect(0, 0, 4, 3), Size(4, 3))
STEP = Step(ASKED, Named("a.png", ""), None, Join(0.0))
RECIPE = RecipeFile(Pictured("p.png", "", Size(4, 3)), (STEP,), Outcome("e.png", "", 0, 0, ""))


def test_a_recipe_of_one_edit_by_somebody_who_can_be_asked():
    require_one_edit(RECIPE, "r.json")


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((STEP, STEP), r"r\.json tells of 2 edits, and a batch takes a recipe of one\."),
        ((replace(STEP, asked=replace(ASKED, provider="elsewhere")),), "was made elsewhere"),
    ],
)
def test_others_are_refused(steps, said):
    with pytest.raises(InputProblem, match=said):
        require_one_edit(replace(RECIPE, steps=steps), "r.json")
