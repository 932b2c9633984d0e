"""The form dialect: a form, or JSON where the person chose so; its answers and its tasks."""

import json
from dataclasses import replace

from editor.capability.catalog import load
from editor.edits.events import Accepted
from editor.providers.dialect import Call, Message
from editor.providers.form import form_call
from editor.providers.form_edits import FormEdits
from editor.providers.json_form import json_call
from tests.fakes.framing import framed

PROVIDER = load().provider("openai")
MODEL = PROVIDER.model("gpt-image-2")
POLLED = replace(PROVIDER, poll="/tasks/{task}")


def test_a_form_unless_the_person_wants_json():
    edit = framed(quality="low")
    assert FormEdits().encode(edit, PROVIDER, MODEL) == [form_call(edit, PROVIDER, MODEL)]
    edit = framed(transport="json")
    assert FormEdits().encode(edit, PROVIDER, MODEL) == [json_call(edit, PROVIDER, MODEL)]


def test_its_answers_are_read():
    (call,) = FormEdits().encode(framed(), POLLED, MODEL)
    accepted, poll = FormEdits().decode(Message(call, json.dumps({"task_id": "t 1"}).encode()))
    assert accepted == Accepted("t 1")
    assert poll == replace(FormEdits().resume(POLLED, "t 1"), wait=poll.wait)
    assert poll.url == "https://api.openai.com/v1/tasks/t%201"


def test_a_task_is_asked_for_where_the_profile_says_how():
    assert FormEdits().resume(PROVIDER, "t1") is None
    assert isinstance(FormEdits().resume(POLLED, "t1"), Call)
