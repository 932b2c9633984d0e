"""Answers are kept before they are opened, and no file takes the place of another."""

import numpy as np
import pytest
from PIL import Image

from editor.cli.delivery import Delivery
from editor.cli.pictures import source_from
from editor.edits.request import EditRequest
from editor.edits.variant import Variant
from editor.errors import AnswerUnusable, CannotWrite
from editor.imaging.geometry import Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster

GIF = b"GIF89a and more"


@pytest.fixture
def source(pool, tmp_path):
    path = tmp_path / "photo.tif"
    Image.fromarray(np.full((20, 30, 3), 50, np.uint8)).save(path)
    return source_from(pool, path)


@pytest.fixture
def delivery(pool, source, tmp_path):
    return Delivery(pool, (source,), tmp_path / "deep" / "out")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(GIF, ".gif"), (b"\xff\xd8\xff rest", ".jpg"), (b"II*\0 rest", ".tif"), (b"what", ".bin")],
)
def test_an_answer_is_kept_as_it_came(data, suffix, delivery, tmp_path):
    places = delivery.keep(data)
    assert places.answer == tmp_path / "deep" / "out" / f"photo_edit.answer{suffix}"
    assert places.answer.read_bytes() == data
    assert places.asset.name == "photo_edit.tif"
    assert not places.asset.exists()


def test_answers_of_one_picture_have_names_of_their_own(delivery):
    names = [delivery.keep(GIF).answer.name for _ in range(3)]
    assert names == [
        "photo_edit.answer.gif",
        "photo_edit-2.answer.gif",
        "photo_edit-3.answer.gif",
    ]


def test_an_answer_that_cannot_be_opened_stays(delivery):
    places = delivery.keep(GIF)
    with pytest.raises(AnswerUnusable, match="kept as photo_edit"):
        delivery.opened(GIF, places)
    assert places.answer.read_bytes() == GIF


def test_a_variant_is_joined_and_told(pool, delivery, source):
    size = Size(30, 20)
    coverage = np.zeros((20, 30), np.uint8)
    coverage[5:10, 5:10] = 255
    answer = np.full((20, 30, 4), 255, np.uint8)
    variant = Variant(
        id="v", job="j", round="r", raster=Raster(answer), placement=Placement(whole(size), size),
        coverage=coverage, base="b", provider="openai", model="m",
    )  # fmt: skip
    request = EditRequest(source.opened.raster, coverage, "p", "openai", "m")
    places = delivery.keep(GIF)
    done = delivery.deliver(request, variant, GIF, places)
    assert done.exported.protected == 600 - 25
    assert done.exported.changed == 0
    with Image.open(places.asset) as image:
        written = np.asarray(image)
    assert (written[coverage == 0] == 50).all()
    assert (written[7, 7] > 200).all()
    assert places.recipe.exists()
    again = delivery.deliver(request, variant, GIF, delivery.keep(GIF))
    assert again.places.asset.name == "photo_edit-2.tif"


def test_a_folder_that_cannot_be_made(pool, source, tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotWrite):
        Delivery(pool, (source,), tmp_path / "taken")
