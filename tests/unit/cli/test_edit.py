"""Edits on this computer, from the line to the finished file.

What was kept is judged by other readers than ours: Pillow and OpenCV, pixel by pixel.
"""

import hashlib
import json

import pytest
from PIL import Image

from editor.cli.command import main
from tests.fakes import photographs
from tests.fakes.editing import P3, assert_kept
from tests.fakes.photographs import profile_of


@pytest.mark.parametrize("model", ["quick", "texture", "patch"])
def test_offline_a_jpeg_keeps_every_protected_pixel(model, photo, tmp_path, capsys):
    source, mask = photo
    out = tmp_path / "new" / "out"
    line = ["edit", str(source), "--mask", str(mask), "--model", model, "--out", str(out)]
    assert main(line) == 0
    asset = out / "photo_edit.png"
    assert_kept(source, asset, mask)
    said = capsys.readouterr()
    protected = int((photographs.alpha_of(mask) == 255).sum())
    assert said.out.startswith(f"{asset}: 0 of {protected:,} protected pixels changed, ")
    assert said.err.splitlines()[-1] == "variant 1: started"
    assert sorted(path.name for path in out.iterdir()) == [
        "photo_edit.answer.png",
        "photo_edit.json",
        "photo_edit.mask.png",
        "photo_edit.png",
    ]


def test_offline_sixteen_bits_and_their_profile_are_kept(deep, tmp_path, capsys):
    source, mask = deep
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path), "--json"]
    assert main(line) == 0
    asset = tmp_path / "deep_edit.png"
    assert_kept(source, asset, mask)
    assert profile_of(asset) == P3
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(asset)
    assert (told["ok"], told["protected_changed"], told["price"]) == (True, 0, 0.0)


def test_the_recipe_tells_what_the_result_came_from(photo, tmp_path, capsys):
    source, mask = photo
    out = tmp_path / "out"
    assert main(["edit", str(source), "--mask", str(mask), "--out", str(out)]) == 0
    recipe = json.loads((out / "photo_edit.json").read_text())
    (step,) = recipe["steps"]
    assert recipe["source"]["file"] == "../photo.jpg"
    assert recipe["source"]["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    for named in (step["answer"], step["mask"]):
        data = (out / named["file"]).read_bytes()
        assert named["sha256"] == hashlib.sha256(data).hexdigest()
    assert (photographs.alpha_of(out / step["mask"]["file"]) == photographs.alpha_of(mask)).all()
    left, top, right, bottom = step["window"]
    with Image.open(out / step["answer"]["file"]) as image:
        assert list(image.size) == [right - left, bottom - top] == step["sent"]
    assert recipe["result"]["file"] == "photo_edit.png"
    assert recipe["result"]["protected_changed"] == 0
    assert (step["provider"], step["model"], step["frame"]) == ("offline", "quick", "balanced")
    assert step["join"]["feather"] > 0
    assert {"frisket", "python", "numpy"} <= set(recipe["versions"])
    capsys.readouterr()


def test_nothing_that_is_there_is_written_over(photo, tmp_path, capsys):
    source, mask = photo
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path)]
    assert main(line) == 0
    first = (tmp_path / "photo_edit.png").read_bytes()
    (tmp_path / "photo_edit-2.json").write_text("mine")
    assert main([*line, "--model", "patch"]) == 0
    assert (tmp_path / "photo_edit.png").read_bytes() == first
    assert (tmp_path / "photo_edit-2.json").read_text() == "mine"
    assert (tmp_path / "photo_edit-3.png").exists()
    assert (tmp_path / "photo_edit-3.answer.png").exists()
    capsys.readouterr()


def test_offline_says_that_it_reads_no_prompt(photo, tmp_path, capsys):
    source, mask = photo
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path), "--prompt", "a cat"]
    assert main(line) == 0
    assert "reads no prompt" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(photo, tmp_path, capsys):
    source, mask = photo
    (tmp_path / "taken").write_text("")
    line = ["edit", str(source), "--mask", str(mask), "--out", str(tmp_path / "taken" / "out")]
    assert main(line) == 8
    capsys.readouterr()
