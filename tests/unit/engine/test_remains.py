"""Raw answers of every shape, whole and cut at every place."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.edits.events import Picture
from editor.engine.remains import links_in, recovered, task_in
from editor.providers.form_edits import FormEdits

URL = "https://api.example/v1/images/edits"
PNG = b"\x89PNG\r\n\x1a\n {} \xff picture"
B64 = base64.b64encode(PNG).decode()
BODY = json.dumps({"size": "1x1", "data": [{"b64_json": B64}]}).encode()
LINK = json.dumps({"size": "1x1", "data": [{"url": "https://cdn.example/a"}]}).encode()
PREVIEW = {"type": "image_edit.partial_image", "b64_json": B64, "partial_image_index": 0}
END = {"type": "image_edit.completed", "b64_json": B64, "size": "1x1"}
EVENTS = f": hello\n\ndata: {json.dumps(PREVIEW)}\n\ndata: {json.dumps(END)}\n\n".encode()
FOUND = (Picture(0, PNG, {"size": "1x1"}),)


def taken(raw):
    return recovered(raw, FormEdits(), URL)


@pytest.mark.parametrize(
    "raw", [BODY, b"\xef\xbb\xbf \r\n" + BODY + b"\n", LINK + PNG, EVENTS, EVENTS[:-2]]
)
def test_a_whole_answer_gives_its_picture(raw):
    assert taken(raw) == FOUND


@pytest.mark.parametrize(
    "raw", [b"", b"<html>", LINK, LINK + b"<html>", b'{"error": "no"}', b"{" * 99999, b"[1]", PNG]
)
def test_without_a_picture_there_is_none(raw):
    assert taken(raw) == ()


@given(st.sampled_from([BODY, EVENTS]), st.data())
def test_a_cut_answer_gives_the_whole_picture_or_none(raw, data):
    cut = data.draw(st.integers(0, len(raw) - 1))
    assert taken(raw[:cut]) in [(), FOUND]


def test_whether_a_fetched_picture_is_whole_is_for_its_decoder_to_tell():
    assert taken(LINK + PNG[:-1]) == (Picture(0, PNG[:-1], {"size": "1x1"}),)


ACCEPTED = b'{"task_id": "t-1"}'
PENDING = b'{"id": "t-1", "status": "running"}'
DONE = json.dumps({"status": "succeeded", "size": "1x1", "data": [{"b64_json": B64}]}).encode()
LED = json.dumps({"status": "succeeded", "size": "1x1", "data": [{"url": "https://a/"}]}).encode()


@pytest.mark.parametrize("raw", [ACCEPTED + DONE, ACCEPTED + PENDING * 9 + LED + PNG])
def test_the_answers_about_a_task_are_read_one_after_the_other(raw):
    assert taken(raw) == FOUND
    assert task_in(raw, FormEdits(), URL) == "t-1"


@pytest.mark.parametrize("raw", [ACCEPTED, ACCEPTED + PENDING, ACCEPTED + DONE[:-9]])
def test_a_task_that_is_not_done_leaves_its_name(raw):
    assert taken(raw) == ()
    assert task_in(raw, FormEdits(), URL) == "t-1"


@pytest.mark.parametrize("raw", [b"", BODY, EVENTS, b'{"error": "no"}'])
def test_most_answers_name_no_task(raw):
    assert task_in(raw, FormEdits(), URL) == ""


@pytest.mark.parametrize(("raw", "count"), [(LINK, 1), (LINK + b"<html>", 1), (LINK + PNG, 0)])
def test_a_link_is_left_when_nothing_is_behind_it(raw, count):
    assert [call.url for call in links_in(raw, FormEdits(), URL)] == [
        "https://cdn.example/a"
    ] * count
