"""Files are read whole, and their digest is that of their bytes."""

import hashlib

import numpy as np
import pytest
from PIL import Image

from editor.cli.pictures import mask_from, reference_from, source_from
from editor.decoding.pool import Pool
from editor.errors import InputProblem
from editor.imaging.geometry import Size


@pytest.fixture(scope="module")
def pool():
    pool = Pool()
    yield pool
    pool.close()


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


def test_a_mask_knows_where_it_came_from(pool, tmp_path):
    path = tmp_path / "mask.png"
    level = np.zeros((40, 60), np.uint8)
    level[10:20, 10:20] = 255
    Image.fromarray(level).save(path)
    mask = mask_from(pool, path, Size(60, 40))
    assert np.array_equal(mask.coverage, level)
    with pytest.raises(InputProblem, match="the shapes differ"):
        mask_from(pool, path, Size(40, 60))


def test_a_file_that_is_not_there(pool, tmp_path):
    with pytest.raises(InputProblem, match="is not there"):
        source_from(pool, tmp_path / "gone.png")
