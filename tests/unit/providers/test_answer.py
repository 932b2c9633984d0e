"""The news that bodies, streams and tasks bring back."""

import base64
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.edits.events import Accepted, Picture, Preview
from editor.errors import AnswerUnusable, OutcomeUnknown, ProviderRefused
from editor.providers import refusal, task
from editor.providers.answer import BROKEN_EVENT, heard, unfolded
from editor.providers.dialect import Call, Message

CALL = Call("POST", "https://api.openai.com/v1/images/edits")
PNG = b"\x89PNG\r\n\x1a\n picture"
B64 = base64.b64encode(PNG).decode()
PLACE = "https://api.example/v1/tasks/{task}"


def decoded(message):
    return list(heard(message))


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
    assert decoded(event({"data": [{"b64_json": B64}]})) == [Picture(0, PNG, {})]
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
                ["data", "error", "code", "url", "b64_json", "type", "message", "task_id", "urls"]
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
            assert all(
                isinstance(each, (Preview, Picture, Call, Accepted)) for each in decoded(message)
            )


def asking(data, **more):
    call = Call(
        "GET", PLACE.replace("{task}", "t1"), purpose="poll", poll=PLACE, facts={"task_id": "t1"}
    )
    return Message(call, data if isinstance(data, bytes) else json.dumps(data).encode(), **more)


@pytest.mark.parametrize("told", [{"task_id": "t1"}, {"id": "t1", "status": "queued"}])
def test_a_task_is_accepted_and_asked_for(told):
    message = Message(Call("POST", CALL.url, poll=PLACE), json.dumps(told).encode())
    accepted, call = decoded(message)
    assert accepted == Accepted("t1")
    assert (call.method, call.url, call.purpose) == (
        "GET",
        "https://api.example/v1/tasks/t1",
        "poll",
    )


def test_a_task_that_nobody_knows_how_to_ask_for_is_kept_by_name():
    heard_of = []
    with pytest.raises(OutcomeUnknown) as told:
        heard_of.extend(each for each in heard(body({"task_id": "t1"})))
    assert told.value.template == task.NO_WAY
    assert "task t1" in str(told.value)
    assert next(heard(body({"task_id": "t1"}))) == Accepted("t1")


def test_a_picture_beside_a_task_is_the_answer():
    (picture,) = decoded(body({"task_id": "t1", "data": [{"b64_json": B64}]}))
    assert picture == Picture(0, PNG, {"task_id": "t1"})


def test_a_task_that_has_failed_at_once():
    with pytest.raises(OutcomeUnknown) as told:
        decoded(body({"task_id": "t1", "status": "FAILED"}))
    assert told.value.template == task.FAILED


@pytest.mark.parametrize("told", [{"status": "processing"}, {}, {"data": {"urls": []}}])
def test_a_task_that_is_not_done_is_asked_for_again(told):
    (call,) = decoded(asking(told))
    assert call == task.again(asking(told))
    assert call.wait == task.WAIT


@pytest.mark.parametrize(
    "told",
    [
        {"status": "completed", "data": [{"b64_json": B64}]},
        {"data": {"data": [{"b64_json": B64}], "created": 1}},
        {"data": {"urls": [f"data:image/png;base64,{B64}"]}},
        {"data": [f"data:image/png;base64,{B64}"]},
    ],
)
def test_a_task_is_done_when_there_is_a_picture(told):
    (picture,) = decoded(asking(told))
    assert picture.data == PNG


@pytest.mark.parametrize(
    "told", [{"data": [{"b64_json": B64}]}, {"status": "failed"}, {"error": {"code": "no"}}]
)
def test_what_is_told_of_another_task_is_not_shown(told):
    message = asking({"task_id": "u-9", **told})
    assert decoded(message) == [task.again(message)]


def test_a_task_that_is_done_without_a_picture_is_unusable():
    with pytest.raises(AnswerUnusable):
        decoded(asking({"status": "succeeded"}))


@pytest.mark.parametrize(
    "told", [{"status": "failed"}, {"state": "cancelled"}, {"task_status": "expired"}]
)
def test_a_task_that_fails_may_be_charged(told):
    with pytest.raises(OutcomeUnknown) as problem:
        decoded(asking(told))
    assert "t1" in str(problem.value)


def test_a_task_that_fails_in_known_words_is_refused():
    with pytest.raises(ProviderRefused) as told:
        decoded(asking({"error": {"code": "moderation_blocked"}}))
    assert told.value.template == refusal.MODERATION


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_question_that_goes_astray_is_asked_again(status):
    assert decoded(asking(b"", status=status)) == [task.again(asking(b""))]


@pytest.mark.parametrize("status", [302, 401, 403])
def test_a_question_that_is_refused_does_not_mean_that_nothing_is_charged(status):
    with pytest.raises(OutcomeUnknown) as told:
        decoded(asking(b"", status=status))
    assert told.value.template == task.LOST
    assert f"error {status}" in str(told.value)


def test_what_is_inside_of_an_envelope_comes_out():
    plain = {"data": [{"url": "u"}], "size": "1x1"}
    assert unfolded(plain) == plain
    assert unfolded({"data": {"data": [{"url": "u"}], "size": "1x1"}}) == plain
    assert unfolded({"size": "1x1", "data": {"urls": ["u"]}})["data"] == plain["data"]
    assert unfolded({"data": "odd"}) == {"data": "odd"}
