"""Playbooks: this answer, these outcomes. A new quirk is a new pair of files and no code.

`DIALECT/NAME.http` is an answer byte for byte as it comes off the wire: status line, headers
and body; one whose name begins with `poll_` answers the question for task t-1. `DIALECT/NAME.txt`
holds what it means, one outcome a line; a problem is its sentence, with its details in the line
after it.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from editor.edits.events import Accepted, Picture, Preview
from editor.errors import Problem
from editor.providers.dialect import Call, Message
from editor.providers.table import DIALECTS, dialect
from editor.providers.task import asking
from editor.transport.sse import EventDecoder

FOLDER = Path(__file__).parent
BOOKS = sorted(FOLDER.glob("*/*.http"))
CALL = Call("POST", "https://api.example/v1/images/edits")
ACEDATA = "https://api.acedata.cloud/openai/tasks"
POLLS = {"acedata": ACEDATA, "aa": "https://api.aa.com.cn/api/v1/image/tasks/{task}"}


def call_of(book: Path) -> Call:
    """The call that an answer belongs to; only AceData's profile says where tasks are asked for."""
    folder = book.parent.name
    if book.stem.startswith("poll_"):
        return asking(POLLS.get(folder, "https://relay.example/v1/tasks/{task}"), "t-1")
    return replace(CALL, poll=ACEDATA if folder == "acedata" else "")


def heard(raw: bytes, cut: int, call: Call) -> Iterator[Message]:
    """The messages of an answer whose body arrives in pieces of so many bytes."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ") for line in lines)}
    status = int(first.split()[1])
    media_type = headers["content-type"].partition(";")[0]
    if media_type != "text/event-stream":
        yield Message(call, body, status=status, media_type=media_type, headers=headers)
        return
    decoder = EventDecoder()
    events = [e for at in range(0, len(body), cut) for e in decoder.feed(body[at : at + cut])]
    for event in [*events, *decoder.end()]:
        yield Message(call, event.data, status, event.name, media_type, headers, last=False)
    yield Message(call, b"", status, "", media_type, headers)


def told(book: Path, cut: int) -> Iterator[str]:
    """What an answer means, in lines."""
    speech = dialect(book.parent.name.replace("_", "-"))
    try:
        for message in heard(book.read_bytes(), cut, call_of(book)):
            yield from map(line, speech.decode(message))
    except Problem as problem:
        yield f"{type(problem).__name__}: {problem}"
        yield f"  {problem.details}"


def line(outcome: object) -> str:
    match outcome:
        case Preview(index, data):
            return f"Preview {index} {len(data)} bytes"
        case Picture(index, data, facts):
            return f"Picture {index} {len(data)} bytes; {written(facts)}".strip()
        case Call():
            named = f"Call {outcome.method} {outcome.url} {outcome.purpose}"
            if outcome.purpose == "poll":
                return f"{named} {json.dumps(outcome.json)} in {outcome.wait:g} s"
            return f"{named}; {written(outcome.facts)}".strip()
        case Accepted(task):
            return f"Accepted {task}"
    raise AssertionError(outcome)


def written(facts) -> str:
    plain = {
        name: json.dumps(value, sort_keys=True) if isinstance(value, dict) else value
        for name, value in facts.items()
    }
    return " ".join(f"{name}={plain[name]}" for name in sorted(plain))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: f"{book.parent.name}-{book.stem}")
@pytest.mark.parametrize("cut", [1, 7, 65536])
def test_an_answer_means_what_its_playbook_says(book, cut):
    why, *expected = book.with_suffix(".txt").read_text("utf-8").splitlines()
    assert why.startswith("# ")
    assert list(told(book, cut)) == expected


def test_every_playbook_has_both_its_files():
    assert len(BOOKS) > 30
    assert {book.with_suffix(".txt") for book in BOOKS} == set(FOLDER.glob("*/*.txt"))
    assert {book.parent.name.replace("_", "-") for book in BOOKS} == set(DIALECTS)
