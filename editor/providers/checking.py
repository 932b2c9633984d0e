"""Checking: whether a key works, asked by calls that cost nothing, and answered in words."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Literal

from editor.capability.provider import Model, Provider
from editor.capability.sentence import Sentence
from editor.errors import OutcomeUnknown
from editor.providers.body import host
from editor.providers.dialect import Call, Message
from editor.providers.refusal import (
    FORBIDDEN,
    KEY,
    MODEL,
    QUOTA,
    RATE,
    RATE_UNTIL,
    VERIFY,
    is_error,
    refusal,
)

Mood = Literal["quiet", "ok", "warn", "error"]

WORKS = "Key works - {count} models."
WORKS_BARE = "Key works."
ANSWERS = "{host} answers - {count} models."
ANSWERS_BARE = "{host} answers."
UNLISTED = "Key works, but {host} does not list {model}."
UNVERIFIED = "Works, but this model wants a verified organisation."
EMPTY = "Key works, but the account has no credit left or reached its limit."
BUSY = "{host} takes no more questions for now; try again in a minute."
NARROW = "Key works, but it may not list models; an edit may work all the same."
REFUSED = "Key refused. Copy it again from the provider's page."
UNTESTABLE = "This key cannot be tested for free; the first edit will tell."
NO_LIST = "{host} has no list of models, so the key cannot be tested for free."
PAGE = "{host} answered with a web page; look at the address."
ELSEWHERE = "{host} wanted to send the question elsewhere; look at the address."
TROUBLE = "{host} has trouble of its own (error {status}); try again later."
ODD = "{host} answered with something else (error {status}); look at the address."

_LISTED = "/models"
_BY_SENTENCE: dict[str, tuple[Mood, str]] = {
    KEY: ("error", REFUSED),
    QUOTA: ("warn", EMPTY),
    VERIFY: ("warn", UNVERIFIED),
    RATE: ("warn", BUSY),
    RATE_UNTIL: ("warn", BUSY),
    FORBIDDEN: ("warn", NARROW),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a key. details: the provider's own words. models: those it listed."""

    mood: Mood
    said: Sentence
    details: str = ""
    models: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return self.said.template

    @property
    def values(self) -> dict[str, object]:
        return dict(self.said.values)


def untestable() -> Verdict:
    """What is said of a provider that tells nothing for free."""
    return Verdict("quiet", Sentence(UNTESTABLE))


def question(provider: Provider) -> Call | None:
    """The call that proves the key and costs nothing; None when there is none."""
    if not provider.check or not provider.base_url:
        return None
    return Call("GET", provider.url(provider.check), purpose="poll")


def second_question(model: Model, answer: Message) -> Call | None:
    """Ask after the model itself, where the first answer was a list that named it."""
    url = answer.call.url
    if answer.status != 200 or not url.endswith(_LISTED) or model.id not in _models(answer):
        return None
    return Call("GET", f"{url}/{model.id}", purpose="poll")


def verdict(
    provider: Provider, model: Model, answer: Message, second: Message | None = None
) -> Verdict:
    """Tell what the answers mean: of the first question, and of the one after the model."""
    if 200 <= answer.status < 300 and not _broken(answer):
        return _works(provider, model, answer, second)
    if answer.status in {404, 405}:
        return _said("quiet", NO_LIST, answer)
    if 300 <= answer.status < 400:
        return _said("error", ELSEWHERE, answer)
    told = refusal(answer)
    if isinstance(told, OutcomeUnknown):  # what it says of charges is about paid calls
        sentence = TROUBLE if answer.status >= 500 else PAGE if _is_page(answer) else ODD
        return _said("error", sentence, answer, told.details)
    mood, sentence = _BY_SENTENCE.get(told.template, ("error", ODD))
    return _said(mood, sentence, answer, told.details)


def remembering(found: Verdict, *, unverified: bool) -> Verdict:
    """A list names models that are refused until the organisation is verified; edits show it."""
    if found.mood == "ok" and unverified:
        return replace(found, mood="warn", said=Sentence(UNVERIFIED))
    return found


def _works(provider: Provider, model: Model, answer: Message, second: Message | None) -> Verdict:
    models = _models(answer)
    if second is not None and not 200 <= second.status < 300:
        told = refusal(second)
        if told.template == VERIFY:
            return _said("warn", UNVERIFIED, answer, told.details, models)
        if told.template in {MODEL, FORBIDDEN}:
            return _said("warn", UNLISTED, answer, told.details, models, model=model.id)
    if models and model.id not in models and provider.check.endswith(_LISTED):
        return _said("warn", UNLISTED, answer, "", models, model=model.id)
    full, bare = (ANSWERS, ANSWERS_BARE) if provider.auth == "none" else (WORKS, WORKS_BARE)
    return _said("ok", full if models else bare, answer, "", models, count=len(models))


def _said(
    mood: Mood,
    sentence: str,
    answer: Message,
    details: str = "",
    models: tuple[str, ...] = (),
    **values: object,
) -> Verdict:
    said = Sentence(sentence, host=host(answer), status=answer.status, **values)
    return Verdict(mood, said, details, models)


def _models(answer: Message) -> tuple[str, ...]:
    """The ids of a list of models, in the shape that everybody took over from OpenAI."""
    listed = _parsed(answer).get("data")
    items = listed if isinstance(listed, list) else []
    return tuple(str(each["id"]) for each in items if isinstance(each, dict) and "id" in each)


def _broken(answer: Message) -> bool:
    """Whether an answer that began well is an error, a page or nothing that was asked for."""
    body = _parsed(answer)
    return not body or is_error(body)


def _parsed(answer: Message) -> dict[str, object]:
    try:
        body = json.loads(answer.data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _is_page(answer: Message) -> bool:
    return answer.data.lstrip()[:1] == b"<"
