"""An answer made elsewhere, joined; judged by other readers than ours."""

import json

import numpy as np
import pytest
from PIL import Image

from editor.cli.compose import run
from editor.compose.fitting.report import ASTRAY
from editor.errors import InputProblem
from editor.imaging.geometry import Size
from tests.fakes import photographs, redrawing
from tests.fakes.colour import display_p3
from tests.fakes.photographs import changed, profile_of, soft_disc, write_soft_mask

P3 = display_p3()


@pytest.fixture
def answer(tmp_path):
    path = tmp_path / "answer.jpg"
    Image.fromarray(np.full((400, 600, 3), (20, 90, 200), np.uint8)).save(path)
    return path


def composed(source, answer, size, tmp_path, *more):
    mask, out = tmp_path / "mask.png", tmp_path / "out.png"
    write_soft_mask(mask, soft_disc(*size))
    line = [str(source), str(answer), "--mask", str(mask), "--out", str(out), *more]
    assert run(line) == 0
    return out, mask


def test_a_jpeg_on_its_side_keeps_every_protected_pixel(answer, tmp_path, capsys):
    source = tmp_path / "photo.jpg"
    photographs.write_jpeg(source, 900, 600)
    out, mask = composed(source, answer, (900, 600), tmp_path, "--json")
    differing, inside = changed(source, out, mask)
    assert differing == 0
    assert inside > 0.5
    told = json.loads(capsys.readouterr().out)
    assert told["protected_changed"] == 0
    assert told["protected"] == int((photographs.alpha_of(mask) == 255).sum())
    assert told["window"] == [0, 0, 900, 600]
    assert told["fitted"] is False
    assert told["shift"] == [0.0, 0.0]
    assert told["scale"] == 1.0
    assert told["bytes"] == out.stat().st_size
    with Image.open(out) as image:
        assert image.info["dpi"] == pytest.approx((240, 240), abs=0.01)


def test_sixteen_bits_and_their_profile_are_kept(answer, tmp_path, capsys):
    source = tmp_path / "deep.png"
    photographs.write_deep_png(source, 600, 400, P3)
    out, mask = composed(source, answer, (600, 400), tmp_path)
    differing, inside = changed(source, out, mask)
    assert differing == 0
    assert inside > 0.5
    assert profile_of(out) == P3
    said = capsys.readouterr()
    assert said.out.startswith(f"{out}: 0 of ")
    assert said.out.endswith(f"protected pixels changed\n    {ASTRAY}\n")
    assert "Read as a transparent mask" in said.err


def test_a_moved_answer_is_fitted_and_the_figures_are_told(tmp_path, capsys):
    source, answer = tmp_path / "photo.png", tmp_path / "answer.png"
    picture = redrawing.scene(Size(480, 360))
    tinted = redrawing.moved(picture, 1.02, 7.0, -5.0) * (0.92, 0.96, 1.0)
    for path, pixels in ((source, picture), (answer, tinted)):
        Image.fromarray(redrawing.raster(pixels).pixels[..., 2::-1]).save(path)
    out, mask = composed(source, answer, (480, 360), tmp_path, "--json")
    assert changed(source, out, mask)[0] == 0
    told = json.loads(capsys.readouterr().out)
    assert told["fitted"] is True
    assert told["shift"] == pytest.approx([-7.0, 5.0], abs=0.5)
    assert told["scale"] == pytest.approx(1 / 1.02, abs=0.002)
    assert 0.02 < told["colour"] < 0.08
    assert told["leak"]["over10"] < 0.02
    assert told["leak"]["ignored"] is False
    assert told["leak"]["returned"] == [480, 360]


def test_an_answer_of_another_shape_is_centred_and_said(tmp_path, capsys):
    source, answer = tmp_path / "photo.jpg", tmp_path / "square.png"
    photographs.write_jpeg(source, 900, 600)
    Image.fromarray(np.full((64, 64, 3), (20, 90, 200), np.uint8)).save(answer)
    out, mask = composed(source, answer, (900, 600), tmp_path, "--json")
    differing, inside = changed(source, out, mask)
    assert differing == 0
    assert inside > 0.5
    said = capsys.readouterr()
    assert json.loads(said.out)["window"] == [150, 0, 750, 600]
    assert "The answer has another shape" in said.err


@pytest.mark.parametrize("spared", ["source", "answer", "mask"])
def test_what_is_read_is_never_written_over(spared, answer, tmp_path, capsys):
    files = {"source": tmp_path / "photo.jpg", "answer": answer, "mask": tmp_path / "mask.png"}
    photographs.write_jpeg(files["source"], 90, 60)
    photographs.write_soft_mask(files["mask"], photographs.soft_disc(90, 60))
    source, answer, mask = map(str, files.values())
    before = files[spared].read_bytes()
    with pytest.raises(SystemExit) as ended:
        run([source, answer, "--mask", mask, "--out", str(files[spared])])
    assert ended.value.code == 2
    assert files[spared].read_bytes() == before
    capsys.readouterr()


def test_what_is_no_mask_is_refused(answer, tmp_path):
    source = tmp_path / "photo.jpg"
    photographs.write_jpeg(source, 600, 400)
    with pytest.raises(InputProblem, match="is no mask"):
        run([str(source), str(answer), "--mask", str(answer), "--out", str(tmp_path / "o.png")])
