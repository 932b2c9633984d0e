"""Every shape of error that providers are known to send, and the one sentence for it."""

import json

import pytest

from editor.errors import OutcomeUnknown, ProviderRefused
from editor.providers import refusal as told
from editor.providers.dialect import Call, Message
from editor.providers.refusal import BY_CODE, heard, is_error, refusal

CALL = Call("POST", "https://api.example:8443/v1/images/edits")


def message(body, status=400, headers=None):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Message(CALL, data, status=status, headers=headers or {})


def openai(code=None, kind="invalid_request_error", text="words", param=None):
    return {"error": {"message": text, "type": kind, "param": param, "code": code}}


def sentence(body, status=400, headers=None):
    problem = refusal(message(body, status, headers))
    assert len(str(problem)) <= 160
    return type(problem), problem.template


@pytest.mark.parametrize("code", sorted(BY_CODE))
@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_a_known_code_is_a_refusal_with_any_status(code, status):
    assert sentence(openai(code), status) == (ProviderRefused, BY_CODE[code])
    assert sentence(openai(code.upper()), status) == (ProviderRefused, BY_CODE[code])


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (openai("moderation_blocked", "image_generation_user_error"), 400, told.MODERATION),
        (openai(None, "billing_limit_user_error"), 400, told.QUOTA),
        (openai("insufficient_quota", "insufficient_quota"), 429, told.QUOTA),
        (openai("invalid_value", param="size"), 400, told.SIZE),
        (openai("other", text="Invalid size '1x1'. The longest edge"), 400, told.SIZE),
        (openai("invalid_value", param="quality"), 400, told.VALUE),
        (openai("unknown_parameter", param="response_format"), 400, told.PARAMETER),
        (openai(text="Your organization must be verified to use"), 403, told.VERIFY),
        (openai(text="not for you"), 403, told.FORBIDDEN),
        (openai(text="no"), 401, told.KEY),
        (openai(text="pay"), 402, told.QUOTA),
        (openai(text="where"), 404, told.NO_EDITS),
        (openai(text="how"), 405, told.NO_EDITS),
        (openai("model_not_found"), 404, told.MODEL),
        (openai(text="slow down"), 429, told.RATE),
        (openai(text="odd"), 418, told.REFUSED),
        ({"error": "plain words"}, 400, told.REFUSED),
        ({"detail": "plain words"}, 422, told.REFUSED),
        ({"detail": [{"loc": ["body", "mask"], "msg": "Field required"}]}, 422, told.VALUE),
        ({"success": False, "error": {"code": "used_up", "message": "x"}}, 403, told.QUOTA),
        ({"error": {"code": "contentFilter", "message": "x"}, "created": 1}, 400, told.MODERATION),
        ({"code": "insufficient_credit", "message": "x", "request_id": "r"}, 200, told.QUOTA),
        (b"<html>nginx</html>", 413, told.TOO_LARGE),
        (b"<html>nginx</html>", 400, told.REFUSED),
        (b"", 400, told.REFUSED),
        (b"\xff\xfe[" + b"[" * 5000, 400, told.REFUSED),
        ([1, 2], 400, told.REFUSED),
        (b"", 302, told.REDIRECT),
        (b"", 307, told.REDIRECT),
    ],
)  # fmt: skip
def test_refusals(body, status, expected):
    assert sentence(body, status) == (ProviderRefused, expected)


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (openai("server_error"), 500, told.BUSY),
        (openai(), 503, told.BUSY),
        (b"<html>524</html>", 524, told.GATEWAY),
        (b"", 502, told.GATEWAY),
        (b"", 504, told.GATEWAY),
        (openai(), 408, told.BUSY),
        (openai(), 409, told.BUSY),
        (openai(), 425, told.BUSY),
        (openai("server_error"), 200, told.BROKE),
        ({"code": 40001, "message": "odd"}, 200, told.BROKE),
        ({"success": False}, 200, told.BROKE),
    ],
)
def test_outcomes_that_nobody_knows(body, status, expected):
    assert sentence(body, status) == (OutcomeUnknown, expected)


@pytest.mark.parametrize(
    ("value", "template", "values"),
    [
        ("12", told.RATE_UNTIL, {"seconds": 12}),
        ("0.2", told.RATE_UNTIL, {"seconds": 1}),
        ("0", told.RATE_UNTIL, {"seconds": 1}),
        ("120", told.RATE_UNTIL, {"seconds": 120}),
        ("121", told.RATE_LATER, {"minutes": 3}),
        ("86400", told.RATE_LATER, {"minutes": 1440}),
        ("86401", told.RATE_LONG, {}),
        ("soon", told.RATE, {}),
        ("", told.RATE, {}),
    ],
)
def test_how_long_to_wait_is_told_when_it_makes_sense(value, template, values):
    problem = refusal(message(openai("rate_limit_exceeded"), 429, {"retry-after": value}))
    assert problem.template == template
    assert values.items() <= problem.values.items()
    assert len(str(problem)) <= 160


def test_a_wait_may_stand_in_the_words():
    problem = refusal(message(openai(text="Limit 5. Please try again in 12s."), 429))
    assert (problem.template, problem.values["seconds"]) == (told.RATE_UNTIL, 12)


def test_the_sentence_is_filled():
    problem = refusal(message(openai("unknown_parameter", param="markup")))
    assert str(problem).startswith("api.example:8443 does not take markup with this model")
    assert str(refusal(message(openai("unknown_parameter")))).startswith(
        "api.example:8443 does not take a setting with"
    )
    assert "error 418" in str(refusal(message(b"", 418)))


def test_foreign_words_stand_in_the_details_alone_shortened_and_printable():
    words = "<b>no</b>\n\x00\u202e " + "x" * 1000 + "\ud800"
    headers = {"x-request-id": "req_1"}
    problem = refusal(message(openai("moderation_blocked", text=words), 400, headers))
    assert "<b>" not in str(problem)
    assert problem.details.startswith("<b>no</b> xxx")
    assert problem.details.endswith("… · moderation_blocked · request req_1")
    assert len(problem.details) < 560
    assert problem.details.isprintable()
    assert refusal(message(openai("e", text="\ud800"))).details == "? · e"


@pytest.mark.parametrize(
    ("body", "headers", "request_id"),
    [
        ({"error": "x", "request_id": "r-1"}, {}, "r-1"),
        ({"error": {"code": 7}, "trace_id": "t-1"}, {}, "t-1"),
        ({"error": "x", "trace_id": "t-1"}, {"x-request-id": "h-1"}, "h-1"),
        ({"error": "x"}, {}, ""),
    ],
)
def test_the_request_is_named_wherever_it_is_told(body, headers, request_id):
    assert heard(message(body, headers=headers)).request == request_id


@pytest.mark.parametrize(
    "detail", [[], ["words"], [{"loc": [], "msg": 1}], [{"loc": 3}], [{}], {"a": 1}, None]
)
def test_odd_complaints_are_survived(detail):
    said = heard(message({"detail": detail}))
    assert said.parameter == ""


def test_fastapi_is_read():
    said = heard(
        message({"detail": [{"loc": ["body", "n"], "msg": "too many"}, {"msg": "and more"}, 3]})
    )
    assert (said.message, said.parameter) == ("too many; and more", "n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"error": {"code": "x"}}, True),
        ({"error": "x"}, True),
        ({"success": False}, True),
        ({"code": 1}, True),
        ({"code": "error"}, True),
        ({"code": {"odd": 1}}, False),
        ({"code": 0}, False),
        ({"code": "0"}, False),
        ({"code": 200}, False),
        ({"code": None}, False),
        ({"error": None, "success": True, "data": []}, False),
        ({}, False),
    ],
)
def test_an_error_in_an_answer_that_began_well(body, expected):
    assert is_error(body) is expected


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({"moderation_stage": "output", "categories": ["sexual", "violence"]}, "output: sexual, v"),
        ({"moderation_stage": "input"}, "no · input · moderation_blocked"),
        ({"categories": ["hate"]}, "no · hate · moderation_blocked"),
        ({"categories": "hate"}, "no · moderation_blocked"),
        ({"categories": [{}]}, "no · moderation_blocked"),
        ("odd", "no · moderation_blocked"),
        (None, "no · moderation_blocked"),
    ],
)
def test_what_the_safety_filter_names_is_among_the_details(details, told):
    error = {"code": "moderation_blocked", "message": "no", "moderation_details": details}
    assert told in refusal(message({"error": error}, 400)).details
