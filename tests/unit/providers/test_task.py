"""Tasks: their names, and how they are asked for."""

import json
from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.edits.events import Accepted
from editor.errors import OutcomeUnknown, ProviderRefused
from editor.providers import task
from editor.providers.dialect import Call, Message

POST = "https://api.example/tasks"
GET = "https://api.example/tasks/{task}/now"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"task_id": "t", "id": "i", "status": "x"}, "t"),
        ({"id": "i", "status": ""}, "i"),
        ({"id": "i"}, ""),
        ({"task_id": 7}, ""),
        ({"task_id": "\ud800"}, ""),
        ({"task_id": "a\r\nb"}, ""),
        ({"task_id": "x" * 501}, ""),
        ({}, ""),
    ],
)
def test_the_name_of_a_task(told, name):
    assert task.task_of(told) == name


def test_a_task_is_asked_for_by_its_id_by_its_trace_or_in_the_address():
    call = task.asking(POST, "t")
    assert (call.method, call.url, call.purpose, call.wait) == ("POST", POST, "poll", task.WAIT)
    assert call.json == {"action": "retrieve", "id": "t"}
    call = task.asking(POST, task.TRACE + "x")
    assert call.json == {"action": "retrieve", "trace_id": "x"}
    call = task.asking(GET, "../t?a")
    assert (call.method, call.json) == ("GET", None)
    assert call.url == "https://api.example/tasks/..%2Ft%3Fa/now"
    assert (call.poll, call.facts) == (GET, {"task_id": "../t?a"})


def test_asking_again_is_the_same_question():
    call = replace(task.asking(POST, "t"), wait=15.0)
    assert task.again(Message(call, b"")) == task.asking(POST, "t")


def test_a_task_of_an_earlier_day():
    acedata, openai = load().provider("acedata"), load().provider("openai")
    assert task.resume(openai, "t") is None
    call = task.resume(acedata, "t")
    assert (call.url, call.wait) == ("https://api.acedata.cloud/openai/tasks", 0.0)
    assert call == replace(task.asking(call.url, "t"), wait=0.0)


@pytest.mark.parametrize("field", ["task_status", "status", "state"])
def test_how_far_a_task_is_by_its_own_word(field):
    assert task.has_failed({field: "Failed"})
    assert task.has_ended({field: "SUCCEED"})
    for told in ({field: "processing"}, {field: 3}, {}):
        assert not task.has_failed(told)
        assert not task.has_ended(told)


def test_the_problem_of_a_task_that_failed():
    message = Message(Call("POST", POST), json.dumps({}).encode())
    told = task.failed(message, {"task_id": "t", "status": "failed"})
    assert isinstance(told, OutcomeUnknown)
    assert str(told).startswith("api.example gave up on task t;")
    for body in (
        {"error": {"code": "used_up"}},
        {"success": False, "code": "used_up"},
        {"code": "insufficient_credit"},
    ):
        assert isinstance(task.failed(message, body), ProviderRefused)


@pytest.mark.parametrize("name", ["NO_WAY", "LOST", "FAILED"])
def test_the_sentences_are_short(name):
    words = {"host": "api.example.com", "task": "t" * 36, "status": 404}
    assert len(getattr(task, name).format(**words)) <= 200


def submitted(poll):
    return Message(Call("POST", "https://api.example/edits", poll=poll), b"{}")


def test_a_task_is_told_and_asked_for():
    told, call = task.accepted(submitted(POST), "t")
    assert told == Accepted("t")
    assert call == task.asking(POST, "t")


def test_a_task_that_nobody_can_ask_for_is_told_and_given_up():
    news = task.accepted(submitted(""), "t")
    assert next(news) == Accepted("t")
    with pytest.raises(OutcomeUnknown, match="as task t, and this profile"):
        next(news)


@pytest.mark.parametrize("status", [404, 408, 425, 429, 500, 599])
def test_a_question_that_goes_astray_is_asked_again(status):
    call = task.asking(POST, "t")
    assert list(task.unheard(Message(call, b"", status=status))) == [call]


@pytest.mark.parametrize("status", [302, 400, 401, 403])
def test_a_question_that_is_refused(status):
    with pytest.raises(OutcomeUnknown, match=f"task t and refused .error {status}"):
        list(task.unheard(Message(task.asking(POST, "t"), b"", status=status)))


@pytest.mark.parametrize(
    ("asked", "told", "another"),
    [
        ("t", {"task_id": "t"}, False),
        ("t", {"task_id": "u"}, True),
        ("t", {"task_id": "u", "id": "t"}, False),
        ("t", {"task_id": "u", "id": "v"}, True),
        ("t", {"id": "picture-1"}, False),
        ("t", {}, False),
        ("trace_id:x", {"task_id": "t"}, False),
    ],
)
def test_an_answer_that_names_another_task(asked, told, another):
    message = Message(task.asking(POST, asked), b"")
    assert task.of_another(message, told) is another
