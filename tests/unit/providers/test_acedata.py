"""AceData: its envelope, its tasks by id and by trace, its nested data and its errors."""

import base64
import json

import pytest

from editor.capability.catalog import load
from editor.edits.events import Accepted, Picture
from editor.errors import AnswerUnusable, OutcomeUnknown, ProviderRefused
from editor.providers import refusal, task
from editor.providers.acedata import AceData
from editor.providers.dialect import Message
from tests.fakes.framing import framed

PROVIDER = load().provider("acedata")
PNG = b"\x89PNG\r\n\x1a\n picture"
B64 = base64.b64encode(PNG).decode()
POLL = "https://api.acedata.cloud/openai/tasks"


def submitted(told, **more):
    (call,) = AceData().encode(framed(), PROVIDER, PROVIDER.models[0])
    return list(AceData().decode(Message(call, json.dumps(told).encode(), **more)))


def asked(told, **more):
    call = task.asking(POLL, "t1")
    return list(AceData().decode(Message(call, json.dumps(told).encode(), **more)))


def test_async_and_a_callback_are_parameters():
    edit = framed(**{"async": True, "callback_url": "https://me.example/done"})
    (call,) = AceData().encode(edit, PROVIDER, PROVIDER.models[0])
    texts = {part.name: part.content for part in call.form if not part.filename}
    assert (texts["async"], texts["callback_url"]) == ("true", "https://me.example/done")


def test_its_envelope_is_told_with_the_picture():
    told = {"success": True, "task_id": "t1", "trace_id": "x", "elapsed": 83.9, "created": 1}
    (picture,) = submitted(told | {"data": [{"b64_json": B64}]})
    facts = {name: told[name] for name in ("task_id", "trace_id", "elapsed", "created")}
    assert picture == Picture(0, PNG, facts)


def test_a_task_is_polled_by_its_id():
    accepted, call = submitted({"task_id": "t1"})
    assert accepted == Accepted("t1")
    assert call == task.asking(POLL, "t1")
    assert call.json == {"action": "retrieve", "id": "t1"}


def test_a_task_is_polled_by_the_trace_of_the_answer():
    accepted, call = submitted({"success": True, "trace_id": "x"})
    assert accepted == Accepted("trace_id:x")
    assert call.json == {"action": "retrieve", "trace_id": "x"}
    assert AceData().resume(PROVIDER, accepted.task).json == call.json


@pytest.mark.parametrize(
    "told", [{}, {"id": "t1", "request": {}}, {"id": "t1", "response": None}, {"response": "soon"}]
)
def test_a_task_that_is_unknown_or_not_done_is_asked_for_again(told):
    assert asked(told) == [task.asking(POLL, "t1")]


@pytest.mark.parametrize(
    "response",
    [
        {"success": True, "data": [{"b64_json": B64}], "created": 3},
        {"success": True, "data": {"created": 3, "data": [{"b64_json": B64}]}},
    ],
)
def test_a_task_is_done_when_it_has_a_response(response):
    assert asked({"id": "t1", "response": response}) == [Picture(0, PNG, {"created": 3})]


def test_a_response_without_a_picture_is_unusable():
    with pytest.raises(AnswerUnusable):
        asked({"id": "t1", "response": {"success": True, "task_id": "t1"}})


@pytest.mark.parametrize("nested", [True, False])
def test_an_error_of_a_task(nested):
    def said(code):
        told = {"success": False, "error": {"code": code, "message": "m"}, "trace_id": "x"}
        return {"id": "t1", "response": told} if nested else told

    with pytest.raises(ProviderRefused) as told:
        asked(said("used_up"))
    assert told.value.template == refusal.QUOTA
    assert "request x" in told.value.details
    with pytest.raises(OutcomeUnknown):
        asked(said("api_error"))


def test_an_error_at_once():
    with pytest.raises(ProviderRefused):
        submitted({"success": False, "error": {"code": "used_up"}}, status=403)
    with pytest.raises(ProviderRefused):
        submitted({"success": False, "error": {"code": "token_mismatched"}})


def test_a_question_that_fails():
    assert asked({}, status=500) == [task.asking(POLL, "t1")]
    with pytest.raises(OutcomeUnknown):
        asked({}, status=401)


def test_a_link_is_fetched():
    (call,) = submitted({"data": [{"url": "https://cdn.acedata.cloud/1.png"}]})
    assert call.purpose == "fetch"
    assert list(AceData().decode(Message(call, PNG))) == [Picture(0, PNG, {})]


@pytest.mark.parametrize("named", [{"task_id": "t2"}, {}])
def test_what_is_told_of_another_task_is_not_shown(named):
    done = {"success": True, "data": [{"b64_json": B64}], **named}
    assert asked({"id": "t2", "response": done}) == [task.asking(POLL, "t1")]
    no = {"success": False, "error": {"code": "used_up"}, **named}
    assert asked({"id": "t2", "response": no}) == [task.asking(POLL, "t1")]
