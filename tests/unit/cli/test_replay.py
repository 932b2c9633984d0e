"""A recipe gives the same pixels and the same file, elsewhere, later and without a network."""

import hashlib
import json
import shutil
import socket

import numpy as np
import pytest
from PIL import Image

from editor.cli.command import main
from editor.imaging import codec
from editor.imaging.xmp import recipe_in
from tests.fakes.photographs import scene, soft_disc, write_soft_mask
from tests.fakes.provider import KEY


@pytest.fixture
def made(edited, photo, tmp_path):
    """A finished picture of this computer, with its recipe."""
    return shutil.copytree(edited, tmp_path / "out") / "photo_edit.json"


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("something asked for a network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def replayed(recipe, out, *more):
    return main([str(word) for word in ("replay", recipe, "--out", out, *more)])


def elsewhere(recipe, folder):
    """All that lies beside a recipe, but the result, in another folder."""
    shutil.copytree(recipe.parent, folder)
    result = json.loads(recipe.read_text())["result"]["file"]
    (folder / result).unlink()
    return folder / recipe.name


@pytest.mark.parametrize("depth", ["photo", "deep", "tiff"])
def test_the_same_bytes_in_another_folder_at_another_time(
    depth, request, ask, loopback, tmp_path, capsys
):
    source, mask = _sources(depth, request, tmp_path)
    assert ask(source, "--mask", mask, "--prompt", "a blue ball", "--count", "2") == 0
    asked = len(loopback.log)
    request.getfixturevalue("no_network")
    for recipe in (tmp_path / "out").glob("*.json"):
        moved = elsewhere(recipe, tmp_path / recipe.stem)
        told = json.loads(recipe.read_text())
        told["made"] = "2001-01-01T00:00:00+00:00"
        moved.write_text(json.dumps(told))
        assert replayed(moved, tmp_path / "again", "--source", source) == 0
        name = told["result"]["file"]
        first, again = (tmp_path / folder / name for folder in ("out", "again"))
        assert first.read_bytes() == again.read_bytes()
    assert len(loopback.log) == asked
    assert capsys.readouterr().out.count("the same pixels again, 0 of ") == 2


def _sources(depth, request, tmp_path):
    if depth != "tiff":
        return request.getfixturevalue(depth)
    source, mask = tmp_path / "scan.tif", tmp_path / "mask.png"
    Image.fromarray((scene(480, 320) * 255).astype(np.uint8)).save(source, dpi=(300, 300))
    write_soft_mask(mask, soft_disc(480, 320))
    return source, mask


def test_the_source_is_found_where_it_was_and_beside_the_recipe(made, photo, tmp_path, no_network):
    assert replayed(made, tmp_path / "one") == 0
    moved = elsewhere(made, tmp_path / "far" / "away")
    shutil.move(photo[0], moved.parent)
    assert replayed(moved, tmp_path / "two", "--json") == 0
    names = [(tmp_path / folder / "photo_edit.png").read_bytes() for folder in ("one", "two")]
    assert names[0] == names[1] == made.with_name("photo_edit.png").read_bytes()


def test_nothing_that_is_there_is_written_over(made, capsys):
    before = made.with_name("photo_edit.png").read_bytes()
    assert replayed(made, made.parent) == 0
    assert made.with_name("photo_edit.png").read_bytes() == before
    assert made.with_name("photo_edit-2.png").read_bytes() == before
    capsys.readouterr()


@pytest.mark.parametrize("changed", ["photo.jpg", "photo_edit.answer.png", "photo_edit.mask.png"])
def test_a_file_that_has_changed_is_refused_in_one_sentence(changed, made, tmp_path, capsys):
    path = (tmp_path if changed == "photo.jpg" else made.parent) / changed
    path.write_bytes(path.read_bytes() + b"\0")
    assert replayed(made, tmp_path / "again") == 3
    said = capsys.readouterr().err
    assert said == f"frisket: {changed} is not the file that the recipe speaks of: " + (
        "its content differs.\n"
    )
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("flag", ["--source", "--answer"])
def test_another_file_is_refused_as_well(flag, made, photo, tmp_path, capsys):
    assert replayed(made, tmp_path / "again", flag, photo[1]) == 3
    assert "mask.png is not the file that the recipe speaks of" in capsys.readouterr().err


def test_an_answer_may_lie_somewhere_else(made, tmp_path, capsys):
    answer = made.with_name("photo_edit.answer.png").rename(tmp_path / "kept.png")
    assert replayed(made, tmp_path / "again") == 3
    said = capsys.readouterr().err
    assert "photo_edit.answer.png, which the recipe speaks of, is not there; put it" in said
    assert "or name it by --answer." in said
    assert replayed(made, tmp_path / "again", "--answer", answer) == 0
    with pytest.raises(SystemExit):
        raise SystemExit(replayed(made, tmp_path / "x", "--answer", answer, "--answer", answer))
    assert "the recipe has 1 edits" in capsys.readouterr().err


def test_a_source_that_is_nowhere_is_asked_for(made, photo, tmp_path, capsys):
    photo[0].rename(tmp_path / "renamed.jpg")
    assert replayed(made, tmp_path / "again") == 3
    assert "beside the recipe or name it by --source." in capsys.readouterr().err
    assert replayed(made, tmp_path / "again", "--source", tmp_path / "renamed.jpg") == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("versions", "said"),
    [({"frisket": "0.0.1"}, "frisket 0.0.1"), ({}, "the same versions")],
)
def test_other_pixels_are_told(versions, said, made, tmp_path, capsys):
    told = json.loads(made.read_text())
    told["versions"] |= versions
    told["steps"][0]["join"]["feather"] = 40.0
    made.write_text(json.dumps(told))
    assert replayed(made, tmp_path / "again", "--json") == 7
    record = json.loads(capsys.readouterr().out)
    assert (record["ok"], record["protected_changed"]) == (False, 0)
    assert record["note"].endswith(f"which was made with {said}.")


def test_what_was_written_as_layers_is_made_again_as_a_picture(made, tmp_path, capsys):
    told = json.loads(made.read_text())
    told["result"]["file"] = "photo_layers.psd"
    made.write_text(json.dumps(told))
    assert replayed(made, tmp_path / "again") == 0
    assert (tmp_path / "again" / "photo_layers.png").exists()
    capsys.readouterr()


def test_everything_could_change(photo, ask, tmp_path, capsys):
    assert ask(photo[0], "--whole", "--prompt", "night") == 0
    assert replayed(tmp_path / "out" / "photo_edit.json", tmp_path / "again") == 0
    assert "0 of 0 protected" in capsys.readouterr().out.splitlines()[-1]


def test_two_edits_are_laid_on_in_their_order(made, photo, tmp_path, capsys):
    """The second one paints over a part of the first."""
    second = tmp_path / "second.png"
    write_soft_mask(second, np.roll(soft_disc(480, 320), 30, axis=1))
    line = ["edit", made.with_name("photo_edit.png"), "--mask", second, "--model", "patch"]
    assert main([str(word) for word in (*line, "--out", tmp_path / "more")]) == 0
    told, other = (
        json.loads(path.read_text()) for path in (made, tmp_path / "more" / "photo_edit.json")
    )
    told["steps"] += other["steps"]
    for kind in ("answer", "mask"):
        name = f"photo_edit.2.{kind}.png"
        shutil.copy(tmp_path / "more" / f"photo_edit.{kind}.png", made.with_name(name))
        told["steps"][1][kind]["file"] = name
    told["result"]["pixels"] = other["result"]["pixels"]
    made.write_text(json.dumps(told))
    replayed(made, tmp_path / "again")
    both, once = tmp_path / "again" / "photo_edit.png", tmp_path / "more" / "photo_edit.png"
    with Image.open(both) as one, Image.open(once) as two:
        assert np.array_equal(np.asarray(one), np.asarray(two))
    capsys.readouterr()


def test_a_mask_of_another_size_is_none(made, tmp_path, capsys):
    path = made.with_name("photo_edit.mask.png")
    Image.fromarray(np.zeros((3, 4, 4), np.uint8)).save(path)
    told = json.loads(made.read_text())
    told["steps"][0]["mask"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    made.write_text(json.dumps(told))
    assert replayed(made, tmp_path / "again") == 3
    assert "photo_edit.mask.png is no mask for this source" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(made, tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert replayed(made, tmp_path / "taken") == 8
    capsys.readouterr()


def embedded(source, mask, out, *more):
    line = ["edit", source, "--mask", mask, "--out", out, "--embed-recipe", *more]
    assert main([str(word) for word in line]) == 0


@pytest.mark.parametrize("depth", ["photo", "tiff"])
def test_a_picture_that_tells_its_recipe_is_made_again_of_itself(
    depth, request, tmp_path, capsys, no_network
):
    source, mask = _sources(depth, request, tmp_path)
    embedded(source, mask, tmp_path / "out")
    (recipe,) = (tmp_path / "out").glob("*.json")
    asset = recipe.with_name(json.loads(recipe.read_text())["result"]["file"])
    recipe.unlink()
    assert replayed(asset, tmp_path / "again", "--source", source) == 0
    assert (tmp_path / "again" / asset.name).read_bytes() == asset.read_bytes()
    assert "the same pixels again, 0 of " in capsys.readouterr().out


def test_an_edit_of_such_a_picture_tells_nothing_of_it(photo, tmp_path, ask, capsys):
    assert ask(photo[0], "--mask", photo[1], "--prompt", "a kite", "--embed-recipe") == 0
    asset = tmp_path / "out" / "photo_edit.png"
    assert b"a kite" in asset.read_bytes()
    line = ["edit", asset, "--mask", photo[1], "--out", tmp_path / "more"]
    assert main([str(word) for word in line]) == 0
    assert b"a kite" not in (tmp_path / "more" / "photo_edit.png").read_bytes()
    capsys.readouterr()


def test_a_picture_without_a_recipe_is_refused_in_one_sentence(made, tmp_path, capsys):
    assert replayed(made.with_name("photo_edit.png"), tmp_path / "again") == 3
    assert capsys.readouterr().err == (
        "frisket: photo_edit.png tells no recipe; name the .json that was written beside it.\n"
    )


def test_neither_key_nor_place_is_told(photo, tmp_path, ask, capsys):
    """The folder of a source is not told either."""
    assert ask(photo[0], "--mask", photo[1], "--prompt", "a kite", "--embed-recipe") == 0
    data = (tmp_path / "out" / "photo_edit.png").read_bytes()
    told = recipe_in(codec.read_facts(data, "a").xmp)
    assert json.loads(told)["source"]["file"] == "photo.jpg"
    for secret in (KEY, str(tmp_path), "127.0.0.1", "GPS"):
        assert secret not in told
    capsys.readouterr()
