"""Edits of photographs as large as they come: they keep their size, and all that is protected."""

import numpy as np
import pytest
from PIL import Image

from editor.cli.command import main
from tests.fakes import photographs
from tests.fakes.editing import assert_kept
from tests.fakes.photographs import soft_disc, write_soft_mask


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A photograph of 60 megapixels and its mask."""
    folder = tmp_path_factory.mktemp("large")
    source, mask = folder / "large.jpg", folder / "mask.png"
    photographs.write_jpeg(source, 9000, 6700, radius=200)
    write_soft_mask(mask, soft_disc(9000, 6700, radius=200))
    return source, mask


def test_sixty_megapixels_stay_sixty_megapixels_offline(large, tmp_path, capsys):
    source, mask = large
    assert main(["edit", str(source), "--mask", str(mask), "--out", str(tmp_path)]) == 0
    assert_kept(source, tmp_path / "large_edit.png", mask)
    capsys.readouterr()


def test_sixty_megapixels_stay_sixty_megapixels_through_the_provider(large, ask, tmp_path, capsys):
    source, mask = large
    assert ask(source, "--mask", mask, "--prompt", "a ball") == 0
    assert_kept(source, tmp_path / "out" / "large_edit.png", mask)
    assert "at 1:1" in capsys.readouterr().err


def test_sixty_megapixels_stay_sixty_megapixels_with_an_answer_made_elsewhere(
    large, tmp_path, capsys
):
    source, mask = large
    answer, out = tmp_path / "answer.png", tmp_path / "large_edit.png"
    Image.fromarray(np.full((670, 900, 3), (20, 90, 200), np.uint8)).save(answer)
    line = ["compose", str(source), str(answer), "--mask", str(mask), "--out", str(out)]
    assert main(line) == 0
    assert_kept(source, out, mask)
    capsys.readouterr()


@pytest.mark.shared
@pytest.mark.parametrize("way", ["offline", "elsewhere", "provider"])
def test_a_real_photograph_keeps_every_protected_pixel(way, shared, ask, tmp_path, capsys):
    source = shared / "photos" / "seeding_by_Clements_Engelhardt.jpg"
    mask, out = tmp_path / "mask.png", tmp_path / "out"
    write_soft_mask(mask, soft_disc(5312, 2988))
    asset = out / "seeding_by_Clements_Engelhardt_edit.png"
    if way == "offline":
        assert main(["edit", str(source), "--mask", str(mask), "--out", str(out)]) == 0
    elif way == "provider":
        assert ask(source, "--mask", mask, "--prompt", "a pond") == 0
    else:
        answer = tmp_path / "answer.jpg"
        out.mkdir()
        with Image.open(source) as image:
            image.convert("L").resize((1536, 864)).save(answer)
        line = ["compose", str(source), str(answer), "--mask", str(mask), "--out", str(asset)]
        assert main(line) == 0
    assert_kept(source, asset, mask)
    capsys.readouterr()
