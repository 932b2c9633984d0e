"""The JSON that goes out: data URLs, addresses and file ids, each in the provider's own shape."""

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.errors import InputProblem
from editor.imaging.geometry import Rect, Size
from editor.providers import json_form
from editor.providers.json_form import json_call
from tests.fakes.framing import SIZE, framed

CATALOG = load()
OPENAI = CATALOG.provider("openai")
ACEDATA = CATALOG.provider("acedata")
AA = CATALOG.provider("aa")
ADDRESS = "https://pictures.example/1.png"


def body(edit, provider=OPENAI, model=None):
    call = json_call(edit, provider, model or provider.models[0])
    assert (call.method, call.form, call.purpose) == ("POST", (), "submit")
    return call.json


def picture(url):
    head, _, text = url.partition(",")
    assert head == "data:image/png;base64"
    found = Image.open(io.BytesIO(base64.b64decode(text, validate=True)))
    assert found.info == {}
    return found


def test_pictures_and_mask_are_objects_with_data_urls():
    edit = framed(references=1)
    told = body(edit)
    assert list(told) == ["model", "prompt", "images", "mask"]
    assert [list(each) for each in told["images"]] == [["image_url"], ["image_url"]]
    for each, raster in zip(told["images"], (edit.source, *edit.references), strict=True):
        sent = np.asarray(picture(each["image_url"]).convert("RGB"))
        assert (sent == raster.pixels[..., 2::-1]).all()
    assert picture(told["mask"]["image_url"]).size == SIZE


def test_the_mask_has_the_limit_of_its_model():
    model = OPENAI.models[0]
    little = replace(model, limits=replace(model.limits, mask_bytes=9))
    with pytest.raises(InputProblem, match="The mask takes"):
        body(framed(), model=little)


def test_parameters_keep_their_types():
    told = body(framed(stream=True, partial_images=2, quality="low", size="1024x1024"))
    assert {name: told[name] for name in ("stream", "partial_images", "quality", "size")} == {
        "stream": True,
        "partial_images": 2,
        "quality": "low",
        "size": "1024x1024",
    }


def test_one_picture_under_image_as_xai_has_it():
    xai = replace(OPENAI, json_images="image", mask_field="")
    told = body(framed(), xai)
    assert "mask" not in told
    assert told["image"]["type"] == "image_url"
    assert picture(told["image"]["url"])
    told = body(framed(references=1), xai)
    assert [each["type"] for each in told["images"]] == ["image_url"] * 2


def test_bare_addresses_as_acedata_has_them():
    told = body(framed(transport="json", image_from=ADDRESS), ACEDATA)
    assert told == {"model": "gpt-image-2", "prompt": "a red jacket", "image": ADDRESS}
    two = f"{ADDRESS}\n{ADDRESS}2"
    told = body(framed(transport="json", references=1, image_from=two), ACEDATA)
    assert told["image"] == [ADDRESS, ADDRESS + "2"]
    assert picture(body(framed(transport="json"), ACEDATA)["image"])


def test_an_address_and_a_file_id_are_told_apart():
    told = body(framed(references=1, image_from=f"file-1 {ADDRESS}", mask_from="file-2"), AA)
    assert told["images"] == [{"file_id": "file-1"}, {"image_url": ADDRESS}]
    assert told["mask"] == {"file_id": "file-2"}
    with pytest.raises(InputProblem, match="file-1 is none"):
        body(framed(transport="json", image_from="file-1"), ACEDATA)


def test_a_mask_goes_with_an_address_when_it_has_the_size_of_the_picture():
    told = body(framed(image_from=ADDRESS), AA)
    assert picture(told["mask"]["image_url"]).size == SIZE
    with pytest.raises(InputProblem, match="the mask has another"):
        body(framed(image_from=ADDRESS, sent=Size(12, 8)), AA)
    assert "mask" not in body(framed(masked=False, image_from=ADDRESS, sent=Size(12, 8)), AA)


def test_addresses_are_for_whole_pictures_and_for_all_of_them():
    with pytest.raises(InputProblem, match="addresses for 1 pictures, and 2 are sent"):
        body(framed(references=1, image_from=ADDRESS), AA)
    with pytest.raises(InputProblem, match="Choose the frame Whole"):
        body(framed(image_from=ADDRESS, part=Rect(0, 0, 3, 4)), AA)


def test_a_picture_that_is_too_long_as_text_is_not_sent(monkeypatch):
    usual = len(body(framed(masked=False))["images"][0]["image_url"])
    monkeypatch.setattr(json_form, "LONGEST", usual)
    body(framed(masked=False))
    monkeypatch.setattr(json_form, "LONGEST", usual - 1)
    with pytest.raises(InputProblem, match=f"takes {usual} characters, and JSON holds {usual - 1}"):
        body(framed(masked=False))


def test_the_cap_is_the_one_that_openai_documents():
    assert json_form.LONGEST == 20_971_520


def test_where_a_task_would_be_asked_for_rides_along():
    assert json_call(framed(), AA, AA.models[0]).poll == ""
    polled = replace(AA, poll="/tasks/{task}")
    assert json_call(framed(), polled, AA.models[0]).poll.endswith("/api/v1/tasks/{task}")
