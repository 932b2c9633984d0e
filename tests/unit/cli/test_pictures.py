"""Files are read whole, and their digest is that of their bytes."""

import hashlib
import shlex

import numpy as np
import pytest
from PIL import Image

from editor.cli.command import main
from editor.cli.pictures import mask_from, reference_from, source_from
from editor.errors import InputProblem
from editor.imaging.geometry import Size


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "picture.png"
    Image.fromarray(np.arange(40 * 60 * 3, dtype=np.uint8).reshape(40, 60, 3)).save(path)
    return path


def test_a_source_keeps_its_very_bytes(pool, path):
    source = source_from(pool, path)
    assert source.data == path.read_bytes()
    assert source.opened.digest == hashlib.sha256(source.data).hexdigest()
    assert source.opened.raster.size == Size(60, 40)


def test_a_reference_is_no_larger_than_it_is_sent(pool, path):
    reference = reference_from(pool, path, 30)
    assert reference.opened.raster.size == Size(30, 20)
    assert reference.opened.facts.size == Size(60, 40)
    assert reference.opened.digest == hashlib.sha256(path.read_bytes()).hexdigest()


def masked(path, rows, cols):
    level = np.zeros((rows, cols), np.uint8)
    level[10:20, 10:20] = 255
    Image.fromarray(level).save(path)
    return level


def test_a_mask_knows_where_it_came_from(pool, path, tmp_path):
    file = tmp_path / "mask.png"
    level = masked(file, 40, 60)
    mask = mask_from(pool, file, source_from(pool, path))
    assert mask.path == file
    assert np.array_equal(mask.coverage, level)


def test_a_mask_of_another_shape_is_refused_with_the_command_that_makes_it_fit(
    pool, path, tmp_path, monkeypatch, capsys
):
    file = tmp_path / "my mask.png"
    masked(file, 60, 60)
    source = source_from(pool, path)
    with pytest.raises(InputProblem, match=r"60x60 .* by frisket mask, with --stretch") as told:
        mask_from(pool, file, source)
    assert len(str(told.value)) <= 160
    program, *line = shlex.split(told.value.details)
    monkeypatch.chdir(tmp_path)
    assert (program, main(line)) == ("frisket", 0)
    again = mask_from(pool, tmp_path / "M.png", source)
    assert again.found.fitted_from is None
    assert again.coverage[10, 15] == 255
    capsys.readouterr()


def test_what_is_no_mask_is_refused_as_it_is(pool, path, tmp_path):
    file = tmp_path / "sky.png"
    Image.new("RGB", (60, 40), (90, 140, 220)).save(file)
    with pytest.raises(InputProblem, match="is no mask"):
        mask_from(pool, file, source_from(pool, path))


def test_a_file_that_is_not_there(pool, tmp_path):
    with pytest.raises(InputProblem, match="is not there"):
        source_from(pool, tmp_path / "gone.png")
