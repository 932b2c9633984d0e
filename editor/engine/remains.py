"""What a raw answer on the disk still holds, after the program ended before it was taken."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from editor.decoding.sniff import kind
from editor.edits.events import Accepted, Event, Picture
from editor.errors import Problem
from editor.providers.dialect import Call, Dialect, Message
from editor.transport.sse import EventDecoder

STREAM = "text/event-stream"


def recovered(raw: bytes, dialect: Dialect, url: str) -> tuple[Picture, ...]:
    """Take the finished pictures out of a raw answer, however far it came; often none.

    raw: as it was spooled: one JSON body or several, and after the last the picture that its
    link led to, or a stream of events. url: of the call that was answered, to name it. Never
    raises a Problem; a picture behind a link may be cut, which its decoder will tell.
    """
    found: list[Picture] = []
    for outcome, rest in _outcomes(raw, dialect, url):
        if isinstance(outcome, Picture):
            found.append(outcome)
        elif isinstance(outcome, Call) and outcome.purpose == "fetch" and kind(rest):
            found.append(Picture(0, rest, outcome.facts))
    return tuple(found)


def links_in(
    raw: bytes, dialect: Dialect, url: str, holds: Callable[[bytes], object] = kind
) -> tuple[Call, ...]:
    """The calls that fetch what a raw answer links to and does not hold; often none.

    holds: whether what follows the answer is the picture that its link led to.
    """
    found: list[Call] = []
    for outcome, rest in _outcomes(raw, dialect, url):
        if isinstance(outcome, Call) and outcome.purpose == "fetch" and not holds(rest):
            found.append(outcome)
    return tuple(found)


def task_in(raw: bytes, dialect: Dialect, url: str) -> str:
    """The last name under which a raw answer says that the provider works on it, often ""."""
    outcomes = [outcome for outcome, _ in _outcomes(raw, dialect, url)]
    return next((each.task for each in reversed(outcomes) if isinstance(each, Accepted)), "")


def _outcomes(raw: bytes, dialect: Dialect, url: str) -> Iterator[tuple[Call | Event, bytes]]:
    """Everything that a raw answer means, each with what follows its body.

    A task is answered several times: what asks for it leads to the next body.
    """
    call = Call("POST", url, poll=url)  # where to ask does not matter: nobody is asked
    body, rest = body_and_rest(raw)
    messages = iter([Message(call, body)] if body else _events(call, raw))
    try:
        while message := next(messages, None):
            for outcome in dialect.decode(message):
                yield outcome, rest
                if isinstance(outcome, Call) and outcome.purpose == "poll":
                    body, rest = body_and_rest(rest)
                    messages = iter([Message(outcome, body)] if body else [])
    except Problem:
        return  # it was cut there; what came before it counts


def body_and_rest(raw: bytes) -> tuple[bytes, bytes]:
    """Split a JSON object from what follows it; (b"", raw) when there is none."""
    text = raw.decode("latin-1")  # one character a byte, and JSON's own signs are ASCII
    start = text.find("{")
    if start < 0 or text[:start].strip("\xef\xbb\xbf \t\r\n"):
        return b"", raw
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return b"", raw
    return raw[start:end], raw[end:]


def _events(call: Call, raw: bytes) -> Iterator[Message]:
    decoder = EventDecoder()
    for event in [*decoder.feed(raw), *decoder.end()]:
        yield Message(call, event.data, event=event.name, media_type=STREAM, last=False)
