"""The form that goes out: its parts, their order and their names."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.errors import InputProblem
from editor.providers.dialect import Part
from editor.providers.form import form_call
from tests.fakes.framing import framed
from tests.fakes.pictures import chunk_names

CATALOG = load()
PROVIDER = CATALOG.provider("openai")
MODEL = PROVIDER.model("gpt-image-2")
URL = "https://api.openai.com/v1/images/edits"


def encoded(edit, provider=PROVIDER, model=MODEL):
    return form_call(edit, provider, model)


def texts(call):
    return [(part.name, part.content) for part in call.form if not part.filename]


def files(call):
    return [(part.name, part.filename, part.media_type) for part in call.form if part.filename]


def test_one_post_to_the_providers_own_path():
    call = encoded(framed())
    assert (call.method, call.url, call.purpose) == ("POST", URL, "submit")
    assert encoded(framed(), replace(PROVIDER, base_url="http://127.0.0.1:9/v1/")).url == (
        "http://127.0.0.1:9/v1/images/edits"
    )


def test_texts_come_before_files_and_the_mask_is_last():
    call = encoded(framed(size="1536x1024", quality="low", output_format="webp"))
    assert texts(call) == [
        ("model", "gpt-image-2"),
        ("prompt", "a red jacket"),
        ("size", "1536x1024"),
        ("quality", "low"),
        ("output_format", "webp"),
    ]
    assert files(call) == [
        ("image", "image-1.png", "image/png"),
        ("mask", "mask.png", "image/png"),
    ]
    assert [bool(part.filename) for part in call.form] == [False] * 5 + [True] * 2


def test_the_mask_has_the_limit_of_its_model():
    little = replace(MODEL, limits=replace(MODEL.limits, mask_bytes=9))
    with pytest.raises(InputProblem, match="The mask takes"):
        encoded(framed(), model=little)


def test_several_pictures_are_a_list_the_target_first():
    edit = framed(references=2)
    call = encoded(edit)
    assert files(call)[:3] == [
        ("image[]", "image-1.png", "image/png"),
        ("image[]", "image-2.png", "image/png"),
        ("image[]", "image-3.png", "image/png"),
    ]
    for part, sent in zip(call.form[-4:-1], (edit.source, *edit.references), strict=True):
        assert (rgb(part) == sent.pixels[..., 2::-1]).all()


def rgb(part):
    return np.asarray(Image.open(io.BytesIO(part.content)).convert("RGB"))


def test_a_number_a_switch_and_a_dependent_setting_travel_as_text():
    call = encoded(framed(stream=True, partial_images=2, output_compression=80, count=4))
    assert texts(call)[2:] == [("stream", "true"), ("partial_images", "2")]
    call = encoded(framed(output_format="jpeg", output_compression=80, partial_images=2))
    assert texts(call)[2:] == [("output_format", "jpeg"), ("output_compression", "80")]


def test_there_is_never_more_than_one_asked_for():
    assert "n" not in dict(texts(encoded(framed(count=10))))


def test_settings_cannot_take_the_place_of_the_prompt():
    call = encoded(framed(prompt="mine", stream=False))
    assert texts(call)[1] == ("prompt", "mine")
    assert [name for name, _ in texts(encoded(framed(prompt="mine", model="x")))].count(
        "model"
    ) == 1


def test_the_mask_is_understood_by_readers_of_alpha_and_of_luminance():
    edit = framed()
    part = encoded(edit).form[-1]
    picture = Image.open(io.BytesIO(part.content))
    assert picture.mode == "RGBA"
    pixels = np.asarray(picture)
    assert (pixels[edit.mask == 255] == (255, 255, 255, 0)).all()
    assert (pixels[edit.mask == 0] == (0, 0, 0, 255)).all()


def test_without_a_mask_there_is_none():
    assert files(encoded(framed(masked=False))) == [("image", "image-1.png", "image/png")]


def test_pictures_carry_nothing_but_pixels():
    for part in encoded(framed(references=1)).form:
        if isinstance(part.content, bytes):
            assert part == Part(part.name, part.content, part.filename, "image/png")
            assert Image.open(io.BytesIO(part.content)).info == {}
            kinds = chunk_names(part.content)
            assert kinds[0] == b"IHDR"
            assert set(kinds) <= {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize(
    ("how", "pictures", "name"),
    [
        ("auto", 1, "image"),
        ("auto", 2, "image[]"),
        ("image", 2, "image"),
        ("image[]", 1, "image[]"),
    ],
)
def test_how_the_parts_of_pictures_are_called(how, pictures, name):
    call = encoded(framed(references=pictures - 1), replace(PROVIDER, image_field=how))
    assert [each[0] for each in files(call)[:-1]] == [name] * pictures


def test_a_mask_under_another_name_or_none():
    assert (
        files(encoded(framed(), replace(PROVIDER, mask_field="mask_image")))[-1][0] == "mask_image"
    )
    for off in ({"mask_field": ""}, {"mask_mode": "off"}):
        assert len(files(encoded(framed(), replace(PROVIDER, **off)))) == 1


def test_where_a_task_would_be_asked_for_rides_along():
    assert encoded(framed()).poll == ""
    acedata = CATALOG.provider("acedata")
    call = encoded(framed(), acedata, acedata.model("gpt-image-2"))
    assert call.poll == "https://api.acedata.cloud/openai/tasks"
