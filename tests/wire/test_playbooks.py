"""Playbooks: this answer, these outcomes. A new quirk is a new pair of files and no code.

`form_edits/NAME.http` is an answer byte for byte as it comes off the wire: status line, headers
and body. `form_edits/NAME.txt` holds what it means, one outcome a line; a problem is its
sentence, with its details in the line after it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.edits.events import Picture, Preview
from editor.errors import Problem
from editor.providers.dialect import Call, Message
from editor.providers.table import dialect
from editor.transport.sse import EventDecoder

BOOKS = sorted((Path(__file__).parent / "form_edits").glob("*.http"))
CALL = Call("POST", "https://api.example/v1/images/edits")


def heard(raw: bytes, cut: int) -> Iterator[Message]:
    """The messages of an answer whose body arrives in pieces of so many bytes."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ") for line in lines)}
    status = int(first.split()[1])
    media_type = headers["content-type"].partition(";")[0]
    if media_type != "text/event-stream":
        yield Message(CALL, body, status=status, media_type=media_type, headers=headers)
        return
    decoder = EventDecoder()
    events = [e for at in range(0, len(body), cut) for e in decoder.feed(body[at : at + cut])]
    for event in [*events, *decoder.end()]:
        yield Message(CALL, event.data, status, event.name, media_type, headers, last=False)
    yield Message(CALL, b"", status, "", media_type, headers)


def told(raw: bytes, cut: int) -> Iterator[str]:
    """What an answer means, in lines."""
    try:
        for message in heard(raw, cut):
            yield from map(line, dialect("form-edits").decode(message))
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
            return f"{named}; {written(outcome.facts)}".strip()
    raise AssertionError(outcome)


def written(facts) -> str:
    plain = {
        name: json.dumps(value, sort_keys=True) if isinstance(value, dict) else value
        for name, value in facts.items()
    }
    return " ".join(f"{name}={plain[name]}" for name in sorted(plain))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
@pytest.mark.parametrize("cut", [1, 7, 65536])
def test_an_answer_means_what_its_playbook_says(book, cut):
    why, *expected = book.with_suffix(".txt").read_text("utf-8").splitlines()
    assert why.startswith("# ")
    assert list(told(book.read_bytes(), cut)) == expected


def test_every_playbook_has_both_its_files():
    assert len(BOOKS) > 30
    meanings = (Path(__file__).parent / "form_edits").glob("*.txt")
    assert {book.stem for book in BOOKS} == {path.stem for path in meanings}
