"""Any mask becomes the exact one, checked by other readers than ours."""

import json

import cv2
import numpy as np
import pytest
from PIL import Image

from editor.cli.mask import ODD, run
from editor.errors import CannotWrite, InputProblem


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    Image.fromarray(np.full((60, 90, 3), 77, np.uint8)).save(path)
    return path


def disc(rows=60, cols=90, blur=0.0):
    level = np.zeros((rows, cols), np.uint8)
    cv2.circle(level, (cols // 2, rows // 2), rows // 4, 255, -1)
    return cv2.GaussianBlur(level, (0, 0), blur) if blur else level


def pixels(path):
    with Image.open(path) as image:
        return np.asarray(image)


def with_alpha(alpha, colour=0):
    pixels = np.full((*alpha.shape, 4), colour, np.uint8)
    pixels[..., 3] = alpha
    return Image.fromarray(pixels)


@pytest.mark.parametrize(
    ("mask", "polarity"),
    [
        (lambda: Image.fromarray(disc()), "white"),
        (lambda: Image.fromarray(255 - disc()), "black"),
        (lambda: with_alpha(255 - disc()), "transparent"),
        (lambda: with_alpha(disc(), colour=200), "opaque"),
        (lambda: Image.fromarray(disc()).convert("1"), "white"),
        (lambda: Image.fromarray(disc()).convert("P"), "white"),
    ],
)
def test_every_kind_of_mask_becomes_the_exact_one(mask, polarity, picture, tmp_path, capsys):
    given, out = tmp_path / "given.png", tmp_path / "exact.png"
    mask().save(given)
    assert run([str(picture), "--from", str(given), "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["polarity"] == polarity
    edited = disc() >= 128
    exact = pixels(out)
    assert exact.shape == (60, 90, 4)
    assert (exact[edited] == (255, 255, 255, 0)).all()
    assert (exact[~edited] == (0, 0, 0, 255)).all()
    assert np.array_equal(cv2.imread(str(out), cv2.IMREAD_UNCHANGED), exact)
    assert told["edited"] == edited.sum()
    assert told["protected"] == (~edited).sum()


def test_soft_edges_can_be_kept(picture, tmp_path, capsys):
    given, out = tmp_path / "given.png", tmp_path / "soft.png"
    level = disc(blur=3.0)
    Image.fromarray(level).save(given)
    assert run([str(picture), "--from", str(given), "--out", str(out), "--soft"]) == 0
    alpha = pixels(out)[..., 3].astype(int)
    assert np.abs(alpha - (255 - level.astype(int))).max() <= 16
    assert len(np.unique(alpha)) > 50
    said = capsys.readouterr()
    assert said.err == "Read as black and white: what is white may change.\n"
    assert said.out.startswith(f"{out}: ")
    assert said.out.endswith("% of 90 x 60 may change\n")


def test_a_mask_of_another_size_is_fitted_and_said(picture, tmp_path, capsys):
    given, out = tmp_path / "given.png", tmp_path / "exact.png"
    Image.fromarray(disc(120, 180)).save(given)
    assert run([str(picture), "--from", str(given), "--out", str(out)]) == 0
    assert cv2.imread(str(out)).shape[:2] == (60, 90)
    assert "Fitted from 180 x 120 to 90 x 60." in capsys.readouterr().err


def test_the_mask_has_the_size_of_the_picture_as_it_is_shown(tmp_path, capsys):
    exif = Image.Exif()
    exif[0x0112] = 6
    picture, given, out = (tmp_path / name for name in ("p.jpg", "given.png", "exact.png"))
    Image.fromarray(np.zeros((60, 90, 3), np.uint8)).save(picture, exif=exif)
    Image.fromarray(disc(90, 60)).save(given)
    assert run([str(picture), "--from", str(given), "--out", str(out)]) == 0
    assert cv2.imread(str(out)).shape[:2] == (90, 60)
    capsys.readouterr()


def test_a_mask_of_another_shape_is_refused_and_nothing_is_written(picture, tmp_path):
    given, out = tmp_path / "given.png", tmp_path / "exact.png"
    Image.fromarray(disc(90, 90)).save(given)
    with pytest.raises(InputProblem, match=r"the shapes differ.*--stretch") as told:
        run([str(picture), "--from", str(given), "--out", str(out)])
    assert "90x90 and has to fit 90x60" in str(told.value)
    assert not out.exists()


@pytest.mark.parametrize("spared", ["picture.png", "given.png"])
def test_what_is_read_is_never_written_over(spared, picture, tmp_path, capsys):
    given, spared = tmp_path / "given.png", tmp_path / spared
    Image.fromarray(disc(blur=3.0)).save(given)
    before = spared.read_bytes()
    with pytest.raises(SystemExit) as ended:
        run([str(picture), "--from", str(given), "--out", str(spared)])
    assert ended.value.code == 2
    assert f"{spared} is read, and would be written over" in capsys.readouterr().err
    assert spared.read_bytes() == before


@pytest.mark.parametrize("name", ["exact.jpg", "exact", "exact.png.tif"])
def test_a_mask_is_written_under_no_name_of_another_format(name, picture, tmp_path, capsys):
    given, out = tmp_path / "given.png", tmp_path / name
    Image.fromarray(disc()).save(given)
    with pytest.raises(SystemExit) as ended:
        run([str(picture), "--from", str(given), "--out", str(out)])
    assert ended.value.code == 2
    assert f"--out must end in .png, not {name}" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("level", [0, 255])
def test_a_mask_that_is_the_same_all_over_is_taken_once_it_is_told(
    level, picture, tmp_path, capsys
):
    mask = Image.new("L", (90, 60), level)
    with pytest.raises(InputProblem, match=r"the same all over.*--polarity says it"):
        written(picture, mask, tmp_path)
    found = written(picture, mask, tmp_path, "--polarity", "white")
    assert (found[..., 3] == 255 - level).all()
    assert (found[..., 0] == level).all()
    capsys.readouterr()


def test_a_folder_that_is_not_there(picture, tmp_path):
    given = tmp_path / "given.png"
    Image.fromarray(disc()).save(given)
    with pytest.raises(CannotWrite):
        run([str(picture), "--from", str(given), "--out", str(tmp_path / "no" / "exact.png")])


def test_what_is_odd_is_told_on_request(picture, tmp_path, capsys):
    given = tmp_path / "given.png"
    level = disc()
    level[2:4, 2:4] = 255
    Image.fromarray(level).save(given)
    assert run([str(picture), "--from", str(given), "--lint"]) == ODD
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"{given}: ")
    assert told[1:] == ["    Specks of at most 64 pixels may change (1): clean them if not meant."]
    assert run([str(picture), "--from", str(given), "--lint", "--json"]) == ODD
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding == {
        "level": "warn",
        "text": told[1].strip(),
        "fix": [["drop-specks", 128]],
    }


def test_a_mask_that_is_as_it_should_be_passes(picture, tmp_path, capsys):
    given = tmp_path / "given.png"
    Image.fromarray(disc()).save(given)
    assert run([str(picture), "--from", str(given), "--lint"]) == 0
    capsys.readouterr()


def test_without_lint_the_mask_must_go_somewhere(picture, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        run([str(picture), "--from", str(picture)])
    assert ended.value.code == 2
    assert "say where the mask is written with --out M.png" in capsys.readouterr().err


def written(picture, mask, tmp_path, *more):
    given, out = tmp_path / "given.png", tmp_path / "exact.png"
    mask.save(given)
    assert run([str(picture), "--from", str(given), "--out", str(out), *more]) == 0
    return pixels(out)


def test_what_is_found_out_can_be_said_instead_and_swapped(picture, tmp_path, capsys):
    mask, edited = Image.fromarray(disc()), disc() >= 128
    assert ((written(picture, mask, tmp_path)[..., 3] == 0) == edited).all()
    for more in (["--invert"], ["--polarity", "black"]):
        assert ((written(picture, mask, tmp_path, *more)[..., 3] == 0) == ~edited).all()
    twice = written(picture, mask, tmp_path, "--polarity", "black", "--invert")
    assert ((twice[..., 3] == 0) == edited).all()
    with pytest.raises(InputProblem, match="Nothing in this mask is transparent"):
        written(picture, mask, tmp_path, "--polarity", "transparent")
    capsys.readouterr()


@pytest.mark.parametrize("soft", [False, True])
def test_black_and_white_has_one_channel(soft, picture, tmp_path, capsys):
    level = disc(blur=3.0)
    more = ["--coding", "grey", *(["--soft"] if soft else [])]
    found = written(picture, with_alpha(255 - level), tmp_path, *more)
    expected = level if soft else np.where(level >= 128, 255, 0)
    assert np.array_equal(found, expected)
    capsys.readouterr()


def test_a_part_goes_out_and_comes_in_again(picture, tmp_path, capsys):
    window = ["30,20,40,20"]
    part = written(picture, Image.fromarray(disc()), tmp_path, "--window", *window)
    assert part.shape == (20, 40, 4)
    assert ((part[..., 3] == 0) == (disc()[20:40, 30:70] >= 128)).all()
    again = written(picture, Image.fromarray(part), tmp_path, "--at", *window)
    expected = np.zeros((60, 90), bool)
    expected[20:40, 30:70] = disc()[20:40, 30:70] >= 128
    assert ((again[..., 3] == 0) == expected).all()
    capsys.readouterr()


@pytest.mark.parametrize("flag", ["--window", "--at"])
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("30,20,400,20", "must lie on the picture, which is 90 x 60"),
        ("30,20,0,20", "must lie on the picture"),
        ("a,b", "four whole numbers are meant, left, top, width and height"),
        ("1,2,3", "four whole numbers are meant"),
    ],
)
def test_a_part_that_is_none_is_told(flag, wrong, said, picture, tmp_path, capsys):
    with pytest.raises(SystemExit):
        written(picture, Image.fromarray(disc()), tmp_path, flag, wrong)
    assert f"{flag}" in (told := capsys.readouterr().err)
    assert said in told


def test_what_is_told_of_a_part_is_true_of_the_file(picture, tmp_path, capsys):
    more = ["--window", "30,15,30,30"]
    part = written(picture, Image.fromarray(disc()), tmp_path, *more, "--json")
    told = json.loads(capsys.readouterr().out)
    edited = int((part[..., 3] == 0).sum())
    assert (told["height"], told["width"]) == part.shape[:2] == (30, 30)
    assert (told["edited"], told["protected"]) == (edited, 900 - edited)
    written(picture, Image.fromarray(disc()), tmp_path, *more)
    assert "% of 30 x 30 may change" in capsys.readouterr().out


def test_a_part_is_only_named_where_it_is_written(picture, tmp_path, capsys):
    given = tmp_path / "given.png"
    Image.fromarray(disc()).save(given)
    with pytest.raises(SystemExit):
        run([str(picture), "--from", str(given), "--lint", "--window", "0,0,9,9"])
    assert "--window says which part is written, so it needs --out" in capsys.readouterr().err


def test_a_mask_is_fitted_to_its_part_and_that_is_said(picture, tmp_path, capsys):
    found = written(picture, Image.fromarray(disc(60, 60)), tmp_path, "--at", "10,20,30,30")
    assert found.shape == (60, 90, 4)
    assert "Fitted from 60 x 60 to 30 x 30." in capsys.readouterr().err


def test_a_mask_of_another_shape_is_stretched_on_request(picture, tmp_path, capsys):
    found = written(picture, Image.fromarray(disc(90, 90)), tmp_path, "--stretch")
    assert found.shape == (60, 90, 4)
    assert found[30, 45, 3] == 0
    capsys.readouterr()
