"""The form that goes out, and the news that bodies and events bring back."""

import base64
import io
import json
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from editor.capability.catalog import load
from editor.edits.events import Picture, Preview
from editor.edits.framing import Framed
from editor.edits.request import EditRequest
from editor.errors import AnswerUnusable, OutcomeUnknown, ProviderRefused
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.providers import form_edits, refusal
from editor.providers.dialect import Call, Message, Part
from editor.providers.form_edits import BROKEN_EVENT, FormEdits

PROVIDER = load().provider("openai")
MODEL = PROVIDER.model("gpt-image-2")
CALL = Call("POST", "https://api.openai.com/v1/images/edits")
PNG = b"\x89PNG\r\n\x1a\n picture"
B64 = base64.b64encode(PNG).decode()


def raster(width=6, height=4, seed=1):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return Raster(pixels)


def framed(*, masked=True, references=0, prompt="a red jacket", **settings):
    picture = raster()
    mask = np.zeros((4, 6), np.uint8)
    mask[1:3, 2:5] = 255
    request = EditRequest(picture, mask, prompt, "openai", "gpt-image-2")
    return Framed(
        request,
        Placement(Rect(0, 0, 6, 4), Size(6, 4)),
        picture,
        mask if masked else None,
        tuple(raster(seed=2 + number) for number in range(references)),
        settings,
    )


def encoded(edit, provider=PROVIDER, model=MODEL):
    (call,) = FormEdits().encode(edit, provider, model)
    return call


def texts(call):
    return [(part.name, part.content) for part in call.form if not part.filename]


def files(call):
    return [(part.name, part.filename, part.media_type) for part in call.form if part.filename]


def test_one_post_to_the_providers_own_path():
    call = encoded(framed())
    assert (call.method, call.url, call.purpose) == (CALL.method, CALL.url, "submit")
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


def test_a_mask_file_that_comes_near_the_limit_is_packed_harder(monkeypatch):
    edit = framed()
    (usual,) = [part.content for part in encoded(edit).form if part.name == "mask"]
    monkeypatch.setattr(form_edits, "ROOMY_MASK", len(usual) - 1)
    levels = []
    monkeypatch.setattr(
        form_edits, "encode_png", lambda picture, level=1: levels.append(level) or usual
    )
    encoded(edit)
    assert 9 in levels


def test_without_a_mask_there_is_none():
    assert files(encoded(framed(masked=False))) == [("image", "image-1.png", "image/png")]


def test_pictures_carry_nothing_but_pixels():
    for part in encoded(framed(references=1)).form:
        if isinstance(part.content, bytes):
            assert part == Part(part.name, part.content, part.filename, "image/png")
            assert Image.open(io.BytesIO(part.content)).info == {}
            kinds = chunks(part.content)
            assert kinds[0] == b"IHDR"
            assert set(kinds) <= {b"IHDR", b"IDAT", b"IEND"}


def chunks(data):
    at, kinds = 8, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kinds.append(data[at + 4 : at + 8])
        at += 12 + length
    return kinds


# -- what comes back --------------------------------------------------------------


def decoded(message):
    return list(FormEdits().decode(message))


def body(data, **more):
    return Message(CALL, data if isinstance(data, bytes) else json.dumps(data).encode(), **more)


def event(data, name="", *, last=False):
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Message(CALL, data, event=name, media_type="text/event-stream", last=last)


def test_a_body_brings_its_picture_also_when_a_stream_was_asked():
    assert decoded(body({"data": [{"b64_json": B64}]})) == [Picture(0, PNG, {})]


def test_a_link_is_fetched_and_then_is_the_picture():
    (call,) = decoded(body({"data": [{"url": "https://cdn.example/a"}], "size": "1x1"}))
    assert call.purpose == "fetch"
    assert decoded(Message(call, PNG)) == [Picture(0, PNG, {"size": "1x1"})]
    with pytest.raises(AnswerUnusable):
        decoded(Message(call, b"gone", status=404))


@pytest.mark.parametrize("status", [301, 400, 401, 429])
def test_a_status_that_is_none_of_success_is_refused(status):
    with pytest.raises(ProviderRefused):
        decoded(body(b"", status=status))


def test_an_error_of_the_server_is_unknown():
    with pytest.raises(OutcomeUnknown):
        decoded(body(b"", status=500))


def test_an_error_in_a_good_answer_is_refused():
    with pytest.raises(ProviderRefused) as told:
        decoded(body({"error": {"code": "moderation_blocked"}}))
    assert told.value.template == refusal.MODERATION


@pytest.mark.parametrize("family", ["image_edit", "image_generation"])
@pytest.mark.parametrize("where", ["event", "type", "both"])
def test_events_of_either_family_named_either_way(family, where):
    def said(kind, **fields):
        named = {"type": f"{family}.{kind}"} if where != "event" else {}
        return event(named | fields, f"{family}.{kind}" if where != "type" else "")

    assert decoded(said("partial_image", b64_json=B64, partial_image_index=1)) == [Preview(1, PNG)]
    assert decoded(said("partial_image", b64_json=B64)) == [Preview(0, PNG)]
    assert decoded(said("completed", b64_json=B64, usage={"total_tokens": 1})) == [
        Picture(0, PNG, {"usage": {"total_tokens": 1}})
    ]
    (call,) = decoded(said("completed", url="https://cdn.example/a"))
    assert call.purpose == "fetch"
    assert decoded(said("completed", data=[{"b64_json": B64}])) == [Picture(0, PNG, {})]


def test_an_event_without_any_name_is_what_it_carries():
    assert decoded(event({"b64_json": B64})) == [Picture(0, PNG, {})]
    assert decoded(event({"b64_json": B64, "partial_image_index": 0})) == [Preview(0, PNG)]
    assert decoded(event({"hello": 1})) == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", ""),
        (b"[DONE]", ""),
        (b" [DONE]\r", "done"),
        (b'{"type":"image_edit.queued"}', ""),
        (b'{"b64_json":"x"}', "keepalive"),
    ],
)
def test_events_that_bring_nothing(data, name):
    assert decoded(event(data, name)) == []


def test_the_end_of_a_stream_brings_nothing():
    assert decoded(event(b"", last=True)) == []


@pytest.mark.parametrize("encoded_as", ["<html>", B64[:-1], "", None, 7])
def test_a_broken_preview_is_left_out(encoded_as):
    said = {"type": "image_edit.partial_image", "b64_json": encoded_as, "partial_image_index": "x"}
    assert decoded(event(said)) == []


def test_a_preview_without_a_number_is_the_first():
    said = {"type": "image_edit.partial_image", "b64_json": B64, "partial_image_index": None}
    assert decoded(event(said)) == [Preview(0, PNG)]


@pytest.mark.parametrize(
    "data", [b'{"type":"image_edit.completed","b64_json":"AAA', b"[1]", b"<a>"]
)
def test_a_stream_that_breaks_inside_of_an_event_is_unknown(data):
    with pytest.raises(OutcomeUnknown) as told:
        decoded(event(data))
    assert type(told.value) is OutcomeUnknown
    assert told.value.template == BROKEN_EVENT


def test_a_completed_event_without_a_picture_is_unusable():
    with pytest.raises(AnswerUnusable):
        decoded(event({"type": "image_edit.completed"}))


@pytest.mark.parametrize("name", ["error", "image_edit.failed", ""])
def test_an_error_event_ends_it(name):
    with pytest.raises(ProviderRefused):
        decoded(event({"error": {"code": "moderation_blocked", "message": "no"}}, name))
    with pytest.raises(OutcomeUnknown):
        decoded(event({"error": {"code": "server_error", "message": "oh"}}, name))


def test_an_error_event_without_an_envelope():
    with pytest.raises(OutcomeUnknown):
        decoded(event({"message": "oh"}, "error"))
    with pytest.raises(ProviderRefused):
        decoded(event({"type": "error", "code": "moderation_blocked", "message": "no"}, "error"))


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["data", "error", "code", "url", "b64_json", "type", "message", "detail", "usage"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    ODD, st.sampled_from([200, 302, 400, 429, 500]), st.sampled_from(["", "error", "a.completed"])
)
def test_whatever_comes_it_is_news_or_a_problem(data, status, name):
    for message in (body(data, status=status), event(data, name)):
        with suppress(ProviderRefused, OutcomeUnknown):
            assert all(isinstance(each, (Preview, Picture, Call)) for each in decoded(message))
