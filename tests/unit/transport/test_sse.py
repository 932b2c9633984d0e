import itertools
import json
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.transport import sse
from editor.transport.sse import EventDecoder, is_stream

STREAM = (
    b"\xef\xbb\xbf: hi\r\nevent: a\r\ndata: 1\r\ndata: 2\r\n\r\nevent: b\rdata: 3\r\rdata:4\n\n"
    b"event: lost\n\ndata\n\nid: 7\nretry: 1\nodd\ndata: \xe2\x80\xa8 \xc3\xa4\n\n"
)
EXPECTED = [("a", b"1\n2"), ("b", b"3"), ("", b"4"), ("", b""), ("", b"\xe2\x80\xa8 \xc3\xa4")]


def heard(chunks):
    decoder = EventDecoder()
    return [tuple(event) for chunk in chunks for event in decoder.feed(chunk)]


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
@example(list(range(len(STREAM))))
def test_any_cutting_yields_the_same_events(cuts):
    edges = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[a:b] for a, b in itertools.pairwise(edges)]
    assert heard(pieces) == EXPECTED


def test_an_empty_chunk_between_the_halves_of_a_line_end_changes_nothing():
    assert heard([b"data: 1\r", b"", b"\ndata: 2\n\n"]) == [("", b"1\n2")]


def test_the_mark_is_dropped_only_at_the_very_start():
    assert heard([b"data: 1\n\n\xef\xbb\xbfdata: 2\n\ndata: 3\n\n"]) == [("", b"1"), ("", b"3")]


def test_an_event_without_its_blank_line_is_handed_over_at_the_end():
    decoder = EventDecoder()
    assert list(decoder.feed(b"event: c\ndata: {}")) == []
    assert list(decoder.end()) == [("c", b"{}")]
    assert list(decoder.end()) == []


def test_nothing_open_ends_silently():
    decoder = EventDecoder()
    assert list(decoder.feed(b"data: 1\n\n")) == [("", b"1")]
    assert list(decoder.end()) == []


def test_a_comment_tells_that_the_server_keeps_the_stream_alive():
    decoder = EventDecoder()
    list(decoder.feed(b"data: 1\n"))
    assert not decoder.kept_alive
    list(decoder.feed(b": still here\n"))
    assert decoder.kept_alive


@given(st.integers(0, 40))
def test_one_body_that_is_called_a_stream_is_kept_as_it_came(cut):
    body = b'\r\n \xef\xbb\xbf{"data": [\n\n"data: 1"\n\n]}'
    decoder = EventDecoder()
    assert [*decoder.feed(body[:cut]), *decoder.feed(body[cut:]), *decoder.end()] == []
    assert json.loads(decoder.body) == {"data": ["data: 1"]}


def test_a_stream_is_no_body():
    decoder = EventDecoder()
    assert list(decoder.feed(b"\n: hi\n{}\ndata: {\n\n")) == [("", b"{")]
    assert decoder.body == b""


@pytest.mark.parametrize(
    "said", [b"data: 1", b"\r\n: hi", b"\xef\xbb\xbfevent:a", b"id:7\n", b" retry: 1"]
)
def test_a_stream_is_known_by_its_first_field(said):
    assert is_stream(said)


@pytest.mark.parametrize("said", [b"", b'{"data": 1}', b"<html>", b"data", b"database: 1", b"[:]"])
def test_what_is_no_stream(said):
    assert not is_stream(said)


class Counted:
    """The search for line ends, with the bytes it was asked to look at."""

    def __init__(self, pattern):
        self.pattern, self.searched = pattern, 0

    def finditer(self, text, start):
        self.searched += len(text) - start
        return self.pattern.finditer(text, start)


def test_an_event_of_64_megabytes_is_searched_once_and_held_three_times_at_most(monkeypatch):
    search, size, piece = Counted(sse._LINE_END), 64 << 20, 16384
    monkeypatch.setattr(sse, "_LINE_END", search)
    pieces = [b"event: done\ndata: ", *[b"A" * piece] * (size // piece), b"\n\n"]
    whole = sum(map(len, pieces))
    tracemalloc.start()
    try:
        events = heard(pieces)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [(name, len(data)) for name, data in events] == [("done", size)]
    assert search.searched == whole
    assert most < 3.5 * size  # while its line becomes an event
