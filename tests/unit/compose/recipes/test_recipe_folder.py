"""A recipe lies beside its picture with all it needs, and no file of another takes harm."""

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.compose.recipe import Recipe
from editor.compose.recipes.recipe_file import Asked, Outcome, Pictured, read, to_text
from editor.compose.recipes.recipe_folder import (
    Part,
    beside,
    gathered,
    picture_of,
    read_recipe,
    seen_from,
    suffix_of,
    versions,
)
from editor.errors import CannotWrite, InputProblem
from editor.imaging.geometry import Rect, Size

PNG = b"\x89PNG\r\n\x1a\n and more"
SOURCE = Pictured("photo.jpg", "1" * 64, Size(4, 3))
RESULT = Outcome("", "2" * 64, 5, 0, "3" * 64)
COVERAGE = np.array([[0, 1, 2, 3], [128, 200, 254, 255], [0, 0, 0, 0]], np.uint8)


def part(answer=PNG, coverage=COVERAGE, *, fitted=False, **joined):
    asked = Asked("elsewhere", "", Rect(0, 0, 4, 3), Size(4, 3))
    return Part(asked, answer, coverage, Recipe("v", 2.5, **joined), fitted)


def written(asset, *parts):
    found = gathered(asset, SOURCE, parts or [part()], RESULT, "then")
    found.write()
    return found.path


def test_answer_and_mask_lie_beside_the_recipe(tmp_path):
    path = written(tmp_path / "photo_edit.png", part(fitted=True))
    assert path == tmp_path / "photo_edit.json"
    recipe = read_recipe(path)
    (step,) = recipe.steps
    assert (recipe.result.file, recipe.made) == ("photo_edit.png", "then")
    assert (step.join.feather, step.join.fitted) == (2.5, True)
    assert (step.answer.file, step.mask.file) == ("photo_edit.answer.png", "photo_edit.mask.png")
    assert beside(path, step.answer) == PNG
    with Image.open(tmp_path / "photo_edit.mask.png") as image:
        assert np.array_equal(255 - np.asarray(image)[..., 3], COVERAGE)
    assert recipe.versions == versions()


def test_what_was_brushed_in_and_out_lies_there_as_well(tmp_path):
    path = written(tmp_path / "a.png", part(match=0.5, let_in=COVERAGE, kept_out=255 - COVERAGE))
    join = read_recipe(path).steps[0].join
    assert join.match == 0.5
    for named, coverage in ((join.let_in, COVERAGE), (join.kept_out, 255 - COVERAGE)):
        with Image.open(tmp_path / named.file) as image:
            assert np.array_equal(255 - np.asarray(image)[..., 3], coverage)
    assert (join.let_in.file, join.kept_out.file) == ("a.let-in.png", "a.kept-out.png")


def test_several_edits_have_files_of_their_own(tmp_path):
    path = written(tmp_path / "a.png", part(), part(b"GIF89a", None))
    names = [(step.answer.file, step.mask and step.mask.file) for step in read_recipe(path).steps]
    assert names == [("a.1.answer.png", "a.1.mask.png"), ("a.2.answer.gif", None)]


def test_only_a_recipe_of_the_same_picture_is_written_over(tmp_path):
    (tmp_path / "a.json").write_text('{"mine": true}')
    assert written(tmp_path / "a.png").name == "a-2.json"
    assert written(tmp_path / "a.png", part(b"II*\0")).name == "a-2.json"
    assert written(tmp_path / "a.tif").name == "a-3.json"
    assert json.loads((tmp_path / "a.json").read_text()) == {"mine": True}
    assert read_recipe(tmp_path / "a-2.json").steps[0].answer.file == "a-2.answer.tif"


def test_inside_of_a_picture_it_names_no_folder_and_nothing_is_written(tmp_path):
    told = part()
    other = Pictured("../../clients/someone/shirt.png", "4" * 64, Size(2, 2))
    asked = replace(told.asked, references=(other,))
    source = replace(SOURCE, file="../clients/photo.jpg")
    found = gathered(tmp_path / "a.png", source, [replace(told, asked=asked)], RESULT, "then")
    assert list(tmp_path.iterdir()) == []
    assert "clients" in to_text(found.recipe)
    assert "clients" not in found.inside
    inside = read(found.inside.encode(), "a.png")
    assert inside.source == replace(source, file="photo.jpg")
    assert [each.file for each in inside.steps[0].asked.references] == ["shirt.png"]
    assert inside.steps[0].answer == found.recipe.steps[0].answer
    assert inside.result == found.recipe.result


def test_a_folder_that_refuses_is_told(tmp_path):
    with pytest.raises(CannotWrite):
        written(tmp_path / "gone" / "a.png")


def test_files_that_changed_or_are_gone_are_told(tmp_path):
    path = written(tmp_path / "a.png")
    answer = read_recipe(path).steps[0].answer
    other = tmp_path / "other.png"
    other.write_bytes(PNG)
    (tmp_path / answer.file).write_bytes(b"changed")
    with pytest.raises(InputProblem, match=r"a\.answer\.png is not the file that the recipe"):
        beside(path, answer)
    assert beside(path, answer, other) == PNG
    (tmp_path / answer.file).unlink()
    with pytest.raises(InputProblem, match=r"a\.answer\.png, which the recipe speaks of, is not"):
        beside(path, answer)
    with pytest.raises(InputProblem, match=r"gone\.png"):
        beside(path, answer, tmp_path / "gone.png")


def test_the_source_is_looked_for_where_it_was_and_then_beside(tmp_path):
    path = tmp_path / "deep" / "r.json"
    path.parent.mkdir()
    source = Pictured("../photo.jpg", hashlib.sha256(PNG).hexdigest(), Size(4, 3))
    with pytest.raises(InputProblem, match=r"photo\.jpg, which the recipe speaks of"):
        picture_of(path, source)
    places = [path.with_name("photo.jpg"), tmp_path / "photo.jpg", tmp_path / "other.jpg"]
    for place in places[:2]:
        place.write_bytes(PNG)
        found, data = picture_of(path, source)
        assert (found.resolve(), data) == (place, PNG)
    places[2].write_bytes(b"other")
    with pytest.raises(InputProblem, match=r"other\.jpg is not the file"):
        picture_of(path, source, places[2])


def test_a_path_is_told_as_seen_from_the_folder(tmp_path, monkeypatch):
    assert seen_from(tmp_path / "out", tmp_path / "photo.jpg") == "../photo.jpg"
    assert seen_from(tmp_path, tmp_path / "photo.jpg") == "photo.jpg"

    def another_drive(*_):
        raise ValueError

    monkeypatch.setattr(os.path, "relpath", another_drive)
    assert seen_from(tmp_path, Path("D:/photo.jpg")) == "photo.jpg"


def test_versions_and_endings():
    assert {"frisket", "python", "numpy", "pillow"} <= versions().keys()
    assert [suffix_of(data) for data in (PNG, b"\xff\xd8\xff rest", b"what")] == [
        ".png", ".jpg", ".bin",
    ]  # fmt: skip


def test_a_recipe_says_that_its_project_stayed_here(tmp_path):
    assert gathered(tmp_path / "a.png", SOURCE, [part()], RESULT, "then", local=True).recipe.local
    assert not read_recipe(written(tmp_path / "b.png")).local
