"""aa.com.cn: the envelope with its code, its links and its tasks."""

import base64
import json
from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.edits.events import Accepted, Picture
from editor.errors import AnswerUnusable, OutcomeUnknown, ProviderRefused
from editor.providers import refusal, task
from editor.providers.aa import Aa
from editor.providers.dialect import Message
from tests.fakes.framing import framed

PROVIDER = load().provider("aa")
POLLED = replace(PROVIDER, poll="/image/tasks/{task}")
PNG = b"\x89PNG\r\n\x1a\n picture"
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()


def call(provider=PROVIDER):
    (made,) = Aa().encode(framed(), provider, provider.models[0])
    return made


def decoded(told, provider=PROVIDER, **more):
    return list(Aa().decode(Message(call(provider), json.dumps(told).encode(), **more)))


def envelope(code=0, **data):
    return {"code": code, "data": data, "message": "m", "request_id": "r1"}


def test_one_path_for_everything_and_json_alone():
    made = call()
    assert made.url == "https://api.aa.com.cn/api/v1/image/generation"
    assert list(made.json) == ["model", "prompt", "images", "mask"]
    assert made.json["model"] == "gpt-image-1.5"


@pytest.mark.parametrize("code", [0, "0", 200])
def test_links_are_fetched_and_the_envelope_is_told(code):
    usage = {"images": 1, "total_tokens": 3}
    told = envelope(code, urls=["https://cdn.example/1"], usage=usage, expired="soon")
    told["data"] |= {"task_id": "t1", "task_status": "succeed"}
    (fetch,) = decoded(told)
    assert (fetch.purpose, fetch.url) == ("fetch", "https://cdn.example/1")
    assert fetch.facts == {
        "usage": usage,
        "expired": "soon",
        "task_id": "t1",
        "task_status": "succeed",
        "request_id": "r1",
    }


def test_a_link_may_be_the_picture_itself():
    (picture,) = decoded(envelope(urls=[DATA_URL]))
    assert picture == Picture(0, PNG, {"request_id": "r1"})


def test_no_links_and_a_task_is_pending():
    accepted, poll = decoded(envelope(urls=[], task_id="t1", task_status="processing"), POLLED)
    assert accepted == Accepted("t1")
    assert poll.url == "https://api.aa.com.cn/api/v1/image/tasks/t1"
    done = Message(poll, json.dumps(envelope(urls=[DATA_URL])).encode())
    assert [each.data for each in Aa().decode(done)] == [PNG]
    again = Message(poll, json.dumps(envelope(urls=[], task_status="processing")).encode())
    assert list(Aa().decode(again)) == [poll]


def test_where_no_path_is_known_the_task_is_told():
    with pytest.raises(OutcomeUnknown, match="as task t1") as told:
        decoded(envelope(urls=[], task_id="t1"))
    assert told.value.template == task.NO_WAY


def test_a_code_is_an_error_although_the_status_is_fine():
    with pytest.raises(OutcomeUnknown) as told:
        decoded(envelope(50000))
    assert told.value.details == "m · 50000 · request r1"
    with pytest.raises(ProviderRefused) as refused:
        decoded(envelope("insufficient_credit"))
    assert refused.value.template == refusal.QUOTA


def test_a_task_that_failed_and_an_answer_without_anything():
    with pytest.raises(OutcomeUnknown) as told:
        decoded(envelope(urls=[], task_id="t1", task_status="failed"))
    assert told.value.template == task.FAILED
    with pytest.raises(AnswerUnusable):
        decoded(envelope(urls=[]))


def test_a_refusal_with_a_status():
    error = {"error": {"type": "invalid_request_error", "code": "insufficient_credit"}}
    with pytest.raises(ProviderRefused):
        decoded(error, status=400)


def test_a_stream_is_read_as_openai_sends_it():
    event = {"type": "image_edit.completed", "url": "https://cdn.example/1"}
    (fetch,) = decoded(event, media_type="text/event-stream", last=False)
    assert fetch.purpose == "fetch"
