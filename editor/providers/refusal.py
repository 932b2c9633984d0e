"""What a provider's "no" means: every shape of error, told in one sentence of ours.

The provider's own words go into the details alone, shortened: they may be in any language,
hold markup, or repeat what must not be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import NamedTuple

from editor.errors import OutcomeUnknown, Problem, ProviderRefused
from editor.providers.body import host
from editor.providers.dialect import Message
from editor.providers.waiting import wait_asked

MODERATION = "The safety filter of {host} refused this edit; change the words or the pictures."
KEY = "{host} did not accept the key; nothing was charged. Look at the key of this provider."
QUOTA = "The account at {host} has no credit left or reached its limit; nothing was charged."
VERIFY = "{host} wants the organisation verified before it edits pictures; nothing was charged."
DISABLED = "{host} has switched this service off for the account; nothing was charged."
FORBIDDEN = "This key may not do this at {host}; nothing was charged."
MODEL = "{host} has no such model, or this key may not use it; nothing was charged."
NO_EDITS = "There is no image editing at this address of {host}; nothing was charged."
PARAMETER = "{host} does not take {parameter} with this model; nothing was charged. Leave it out."
VALUE = "{host} does not accept the value of {parameter}; nothing was charged."
SIZE = "{host} does not draw in this size; nothing was charged. Choose another size."
TOO_LARGE = "{host} finds the pictures too large; nothing was charged. Send a tighter frame."
MASK = "{host} does not accept the mask; nothing was charged. Picture and mask are safe."
PICTURE = "{host} could not read a picture that was sent; nothing was charged."
RATE = "{host} takes no more edits for now; nothing was charged. Send again in a minute."
RATE_UNTIL = "{host} takes no more edits for now; nothing was charged. Send again in {seconds} s."
RATE_LATER = (
    "{host} takes no more edits for now; nothing was charged. Send again in {minutes} minutes."
)
RATE_LONG = "{host} takes no more edits for over a day; nothing was charged. Look at its limits."
REDIRECT = "{host} wanted to send the request elsewhere; it was not followed, nothing was charged."
REFUSED = "{host} refused the request (error {status}); nothing was charged."
BUSY = "{host} failed while it worked (error {status}); it may have been charged."
GATEWAY = "The gateway of {host} gave up waiting (error {status}); it may have been charged."
BROKE = "{host} reported an error and not whether it did the work; it may have been charged."

_WORDS = {
    MODERATION: (
        "moderation_blocked content_policy_violation image_content_policy_violation "
        "content_filter contentfilter sensitive_words_detected"
    ),
    KEY: "invalid_api_key invalid_token token_expired token_mismatched no_token unauthorized",
    QUOTA: (
        "insufficient_quota billing_hard_limit_reached project_spend_limit_exceeded used_up "
        "insufficient_credit insufficient_user_quota billing_limit_user_error"
    ),
    DISABLED: "disabled",
    MODEL: "model_not_found",
    NO_EDITS: "no_api api_not_implemented",
    PARAMETER: "unknown_parameter duplicate_parameter invalid_input_fidelity_model",
    VALUE: "invalid_value string_above_max_length",
    TOO_LARGE: "image_too_large image_file_too_large request_too_large payload_too_large",
    MASK: "invalid_mask_image_format",
    PICTURE: (
        "invalid_image_file image_parse_error unsupported_file_mimetype image_too_small "
        "invalid_base64_image invalid_image_url invalid_image_mode empty_image_file "
        "unsupported_image_media_type failed_to_download_image image_file_not_found"
    ),
    RATE: "rate_limit_exceeded too_many_requests",
}
BY_CODE = {code: sentence for sentence, codes in _WORDS.items() for code in codes.split()}

BY_PHRASE = {
    "must be verified": VERIFY,
    "余额不足": QUOTA,
    "额度不足": QUOTA,
    "额度已用尽": QUOTA,
    "insufficient balance": QUOTA,
    "无效的令牌": KEY,
    "敏感词": MODERATION,
}
"""Parts of messages by which relays tell what they have no code for."""

BY_STATUS = {401: KEY, 402: QUOTA, 403: FORBIDDEN, 404: NO_EDITS, 405: NO_EDITS, 413: TOO_LARGE}

NOT_BOUND = {408, 409, 425}
"""Statuses below 500 after which the work may have been done all the same."""

GATEWAYS = {502, 504, 520, 522, 523, 524}

SHUT = frozenset({KEY, QUOTA, FORBIDDEN, VERIFY})
"""Refusals that hold for every further request too, until the person has seen to something."""

LONGEST_DETAILS = 500
LONGEST_IN_SECONDS = 120
LONGEST_IN_MINUTES = 86400
"""Characters of a provider's words; seconds of a wait that is told in seconds, in minutes."""


class Said(NamedTuple):
    """What a provider said, out of any of the known shapes; "" for what it did not say.

    filtered: what its safety filter names.
    """

    code: str = ""
    kind: str = ""
    message: str = ""
    parameter: str = ""
    request: str = ""
    filtered: str = ""


def refusal(message: Message) -> Problem:
    """Tell what an answer with an error means: refused, or nobody knows.

    An error inside of an answer that began well (status 200) is a refusal only when its code
    is known to be one.
    """
    said = heard(message)
    status = _status(message, said)
    sentence = _by_words(said)
    if sentence is None and 400 <= status < 500 and status not in NOT_BOUND:
        sentence = _by_status(said, status)
    if sentence is None and 300 <= status < 400:
        sentence = REDIRECT
    values: dict[str, object] = {"host": host(message)}
    if sentence is None:
        return OutcomeUnknown(_unknown(status), **values, status=status, details=details_of(said))
    if sentence is RATE:
        sentence, told = _rate(wait_asked(message.headers, said.message))
        values |= told
    values |= {"status": status, "parameter": said.parameter or "a setting"}
    return ProviderRefused(sentence, **values, details=details_of(said))


def is_error(body: Mapping[str, object]) -> bool:
    """Whether a body of status 200 is an error in one of the known envelopes."""
    if body.get("error") or body.get("success") is False:
        return True
    return _words(body.get("code")) not in {"", "0", "200"}


def heard(message: Message) -> Said:
    """Gather what was said. Never raises."""
    try:
        body = json.loads(message.data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        body = None
    body = body if isinstance(body, dict) else {}
    inner = body.get("error")
    error = inner if isinstance(inner, dict) else body
    named = (body.get(name) for name in ("request_id", "trace_id"))
    return Said(
        code=_words(error.get("code")).lower(),
        kind=_words(error.get("type")).lower(),
        message=_words(inner) or _words(error.get("message")) or _details_of(body),
        parameter=_words(error.get("param")) or _place(body.get("detail")),
        request=message.headers.get("x-request-id") or next(filter(None, map(_words, named)), ""),
        filtered=_moderated(error),
    )


def _by_words(said: Said) -> str | None:
    text = said.message.lower()
    if said.code in BY_CODE or said.kind in BY_CODE:
        sentence = BY_CODE.get(said.code) or BY_CODE[said.kind]
        is_size = sentence is VALUE and said.parameter == "size"
        return SIZE if is_size else sentence
    if text.startswith("invalid size"):
        return SIZE
    return next((BY_PHRASE[part] for part in BY_PHRASE if part in text), None)


def _status(message: Message, said: Said) -> int:
    """The status, or the code in the envelope of those who answer 200 to everything."""
    code = int(said.code) if said.code.isdecimal() and len(said.code) == 3 else 0
    return code if message.status < 300 and 400 <= code < 500 else message.status


def _by_status(said: Said, status: int) -> str:
    if status == 429:
        return RATE
    if status in BY_STATUS:
        return BY_STATUS[status]
    return VALUE if said.parameter else REFUSED


def _unknown(status: int) -> str:
    if status in GATEWAYS:
        return GATEWAY
    return BUSY if status >= 400 else BROKE


def _rate(seconds: float | None) -> tuple[str, dict[str, object]]:
    """The sentence of a wait, with what fills it."""
    if seconds is None:
        return RATE, {}
    if seconds <= LONGEST_IN_SECONDS:
        return RATE_UNTIL, {"seconds": max(1, math.ceil(seconds))}
    if seconds <= LONGEST_IN_MINUTES:
        return RATE_LATER, {"minutes": math.ceil(seconds / 60)}
    return RATE_LONG, {}


def details_of(said: Said) -> str:
    """The provider's own words, its code and the name of the request, shortened."""
    words = _plain(said.message)
    if len(words) > LONGEST_DETAILS:
        words = words[: LONGEST_DETAILS - 1] + "…"
    request = f"request {_plain(said.request)[:100]}" if said.request else ""
    filtered = _plain(said.filtered)[:100]
    return " · ".join(filter(None, [words, filtered, _plain(said.code), request]))


def _plain(text: str) -> str:
    """One line without control characters; a lone surrogate is legal in JSON and in no file."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _details_of(body: Mapping[str, object]) -> str:
    """Read the words of FastAPI, whose `detail` is a text or a list of complaints."""
    detail = body.get("detail")
    if isinstance(detail, list):
        return "; ".join(_words(each.get("msg")) for each in detail if isinstance(each, dict))
    return _words(detail)


def _moderated(error: Mapping[str, object]) -> str:
    """What the safety filter names: which side it looked at, and for what."""
    told = error.get("moderation_details")
    if not isinstance(told, dict):
        return ""
    found = told.get("categories")
    named = ", ".join(map(_words, found)) if isinstance(found, list) else ""
    return ": ".join(filter(None, [_words(told.get("moderation_stage")), named]))


def _place(detail: object) -> str:
    """Name the first field that FastAPI complains of."""
    first = detail[0] if isinstance(detail, list) and detail else None
    where = first.get("loc") if isinstance(first, dict) else None
    return _words(where[-1]) if isinstance(where, list) and where else ""


def _words(value: object) -> str:
    return str(value)[:4000] if isinstance(value, str | int) else ""
