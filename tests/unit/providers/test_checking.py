"""A key is judged by answers that cost nothing, in a few words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.capability.catalog import load
from editor.providers import checking
from editor.providers.checking import question, second_question, untestable, verdict
from editor.providers.dialect import Call, Message

PLACE = replace(load().provider("openai"), base_url="https://api.example/v1", check="/models")
MODEL = PLACE.models[0]
CALL = Call("GET", "https://api.example/v1/models", purpose="poll")
LISTED = {"object": "list", "data": [{"id": MODEL.id}, {"id": "b"}, {"no": 1}, "odd"]}


def answer(body: object = None, status: int = 200, **headers: str) -> Message:
    data = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
    return Message(CALL, data, status=status, headers=headers)


def error(status: int, code: str = "", message: str = "") -> Message:
    return answer({"error": {"code": code, "message": message}}, status)


NOT_VERIFIED = error(403, message="Your organization must be verified to use the model")


def test_the_question_goes_to_the_providers_own_address() -> None:
    assert question(PLACE) == CALL
    elsewhere = replace(PLACE, check="https://api.example/other/models")
    assert question(elsewhere) == replace(CALL, url="https://api.example/other/models")


@pytest.mark.parametrize("change", [{"check": ""}, {"base_url": ""}])
def test_without_a_free_call_nothing_is_asked(change: dict[str, str]) -> None:
    assert question(replace(PLACE, **change)) is None
    assert str(untestable()) != ""
    assert untestable().template == checking.UNTESTABLE


def test_a_model_that_is_listed_is_asked_after() -> None:
    url = f"https://api.example/v1/models/{MODEL.id}"
    assert second_question(MODEL, answer(LISTED)) == replace(CALL, url=url)
    assert second_question(MODEL, answer({"data": [{"id": "b"}]})) is None
    assert second_question(MODEL, answer(LISTED, 401)) is None
    other = replace(answer(LISTED), call=replace(CALL, url="https://api.example/v1/balance"))
    assert second_question(MODEL, other) is None


def test_a_key_that_works() -> None:
    found = verdict(PLACE, MODEL, answer(LISTED), answer({"id": MODEL.id}))
    assert (found.mood, str(found.said)) == ("ok", "Key works - 2 models.")
    assert found.models == (MODEL.id, "b")
    assert found.template.format(**found.values) == str(found.said)


@pytest.mark.parametrize(
    ("first", "second", "mood", "said"),
    [
        (answer({"balance": 3}), None, "ok", checking.WORKS_BARE),
        (answer({"data": 3}), None, "ok", checking.WORKS_BARE),
        (answer({"data": [{"id": "b"}]}), None, "warn", checking.UNLISTED),
        (answer(LISTED), NOT_VERIFIED, "warn", checking.UNVERIFIED),
        (answer(LISTED), error(404, "model_not_found"), "warn", checking.UNLISTED),
        (answer(LISTED), error(403), "warn", checking.UNLISTED),
        (answer(LISTED), error(500), "ok", checking.WORKS),
        (NOT_VERIFIED, None, "warn", checking.UNVERIFIED),
        (error(401, "invalid_api_key"), None, "error", checking.REFUSED),
        (error(401), None, "error", checking.REFUSED),
        (error(200, "invalid_token"), None, "error", checking.REFUSED),
        (error(402), None, "warn", checking.EMPTY),
        (error(403, message="Missing scopes"), None, "warn", checking.NARROW),
        (error(429), None, "warn", checking.BUSY),
        (replace(error(429), headers={"retry-after": "5"}), None, "warn", checking.BUSY),
        (error(404), None, "quiet", checking.NO_LIST),
        (answer({}, 405), None, "quiet", checking.NO_LIST),
        (answer({}, 302), None, "error", checking.ELSEWHERE),
        (error(400), None, "error", checking.ODD),
        (error(503), None, "error", checking.TROUBLE),
        (answer(b"<html>sign in</html>"), None, "error", checking.PAGE),
        (answer(b""), None, "error", checking.ODD),
        (answer(b"[1, 2]"), None, "error", checking.ODD),
        (answer(b"[" * 5000), None, "error", checking.ODD),
    ],
)
def test_what_answers_mean(first: Message, second: Message | None, mood: str, said: str) -> None:
    found = verdict(PLACE, MODEL, first, second)
    assert (found.mood, found.template) == (mood, said)
    assert len(str(found.said)) <= 160
    assert "charged" not in str(found.said)


def test_a_provider_without_a_key_only_has_to_answer() -> None:
    place = replace(PLACE, auth="none")
    found = verdict(place, MODEL, answer(LISTED))
    assert str(found.said) == "api.example answers - 2 models."
    assert verdict(place, MODEL, answer({"ok": 1})).template == checking.ANSWERS_BARE


def test_what_an_edit_was_refused_for_is_remembered() -> None:
    good, bad = verdict(PLACE, MODEL, answer(LISTED)), verdict(PLACE, MODEL, error(401))
    told = checking.remembering(good, unverified=True)
    assert (told.mood, told.template) == ("warn", checking.UNVERIFIED)
    assert told.models == good.models
    assert checking.remembering(good, unverified=False) is good
    assert checking.remembering(bad, unverified=True) is bad


def test_the_providers_words_are_kept_apart() -> None:
    found = verdict(PLACE, MODEL, error(401, "invalid_api_key", "Incorrect API key provided"))
    assert "Incorrect" in found.details
    assert "Incorrect" not in str(found.said)


@given(st.integers(100, 599), st.binary(max_size=40))
def test_whatever_comes_is_told_in_words(status: int, data: bytes) -> None:
    found = verdict(PLACE, MODEL, answer(data, status))
    assert str(found.said)
