"""What each profile does with a mask, a number, a task, a price and a picture's own history.

Together with the playbooks and the edits at the command line these prove the table of README.md.
"""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.capability.price import actual, estimate
from editor.edits.framing import frame
from editor.edits.request import EditRequest, Frame
from editor.imaging.codec import decode, read_facts
from editor.imaging.geometry import Size
from editor.providers.body import from_base64
from editor.providers.table import dialect
from editor.transport.upload import request_for
from tests.fakes.framing import framed
from tests.fakes.pictures import chunk_names

CATALOG = load()
PROFILES = {
    place.id: replace(place, base_url=place.base_url or "https://compatible.example")
    for place in CATALOG.providers
    if place.engine == "remote"
}
each_profile = pytest.mark.parametrize("id", PROFILES)
each_form = pytest.mark.parametrize("id", [id for id in PROFILES if id != "aa"])
each_json = pytest.mark.parametrize("id", ["openai", "acedata", "aa"])


def call_of(place, edit, model=None):
    (call,) = dialect(place.dialect).encode(edit, place, model or place.models[0])
    return call


def files(call):
    """Every picture and mask that a call carries, as bytes."""
    if call.json is None:
        return [part.content for part in call.form if part.filename]
    told = [*call.json.get("images", ()), *([call.json["mask"]] if "mask" in call.json else [])]
    return [from_base64(each["image_url"]) for each in told]


def test_these_are_all_profiles():
    assert set(PROFILES) == {"openai", "acedata", "aa", "openai-compatible", "applerouter"}


@each_form
def test_a_form_goes_out(id):
    call = call_of(PROFILES[id], framed(size="1024x1024"))
    assert call.json is None
    kind = request_for(call, {}).headers["content-type"]
    assert kind.startswith("multipart/form-data; boundary=")


@each_json
def test_json_goes_out(id):
    call = call_of(PROFILES[id], framed(size="1024x1024", transport="json"))
    assert not call.form
    assert request_for(call, {}).headers["content-type"] == "application/json"


@each_profile
def test_the_mask_goes_along_the_same_size_as_the_picture(id):
    picture, mask = map(Image.open, map(io.BytesIO, files(call_of(PROFILES[id], framed()))))
    assert mask.size == picture.size
    pixels = np.asarray(mask)
    assert (pixels[framed().mask == 255] == (255, 255, 255, 0)).all()
    assert (pixels[framed().mask == 0] == (0, 0, 0, 255)).all()


@each_profile
def test_a_number_is_sent_only_to_those_who_honour_it(id):
    place = PROFILES[id]
    assert place.count == "fan-out"
    asked = framed(count=3)
    for provider, sent in ((place, None), (replace(place, count="native"), 3)):
        call = call_of(provider, asked)
        if call.json is not None:
            assert call.json.get("n") == sent
        else:
            texts = {part.name: part.content for part in call.form}
            assert texts.get("n") == (sent and str(sent))


@each_profile
def test_a_stream_is_asked_for_where_it_is_known(id):
    place = PROFILES[id]
    field = place.models[0].field("stream")
    call = call_of(place, framed(stream=True, partial_images=2))
    sent = call.json if call.json is not None else {part.name: part.content for part in call.form}
    assert sent.get("stream") in ({True, "true"} if field else {None})
    assert bool(field and field.doubt) == (id == "aa")


@each_profile
def test_a_task_of_an_earlier_day_is_asked_for_where_a_path_is_known(id):
    place = PROFILES[id]
    call = dialect(place.dialect).resume(place, "t-1")
    assert (call is not None) == bool(place.poll) == (id == "acedata")
    for polled in ("/tasks/{task}", "https://tasks.example/ask"):
        call = dialect(place.dialect).resume(replace(place, poll=polled), "t-1")
        assert call.purpose == "poll"
        assert call.url in {place.url("/tasks/t-1"), "https://tasks.example/ask"}


@each_profile
def test_a_price_is_told_or_said_to_be_unknown(id):
    place = PROFILES[id]
    usage = {"input_tokens": 100, "output_tokens": 196, "total_tokens": 296}
    for model in place.models:
        about = estimate(model, {}, Size(1024, 1024), 1)
        assert (about is not None) == (actual(model, usage) is not None) == (id == "openai")
    assert (id == "acedata") == place.note.startswith("One price for each picture")


@each_profile
def test_nothing_of_where_a_picture_was_taken_is_sent(id):
    place = PROFILES[id]
    model = place.models[0]
    data = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Maker of cameras"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    noise = np.random.default_rng(1).integers(0, 256, (512, 512, 3), np.uint8)
    Image.fromarray(noise).save(data, "jpeg", exif=exif, comment=b"secret place")
    source = decode(data.getvalue(), read_facts(data.getvalue(), "taken.jpg"))
    coverage = np.zeros((512, 512), np.uint8)
    coverage[100:200, 100:200] = 255
    wish = EditRequest(source, coverage, "x", id, model.id, frame=Frame.TIGHT)
    call = call_of(place, frame(wish, model), model)
    for sent in files(call):
        kinds = chunk_names(sent)
        assert kinds[0] == b"IHDR"
        assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
        for trace in (b"Exif", b"GPS", b"Maker", b"secret"):
            assert trace not in sent
    names = {part.filename for part in call.form if part.filename}
    assert names <= {"image-1.png", "mask.png"}
