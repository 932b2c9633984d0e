from __future__ import annotations

import threading
import weakref

import pytest

from editor.storage.closer import Closer


class Thing:
    def __init__(self, log: list[str]) -> None:
        self._log = log

    def close(self) -> None:
        self._log.append(threading.current_thread().name)


def test_things_are_closed_on_a_thread_of_its_own_and_let_go() -> None:
    log: list[str] = []
    closer, things = Closer("last"), [Thing(log), Thing(log)]
    held = [weakref.ref(thing) for thing in things]
    for thing in things:
        closer.take(thing)
    del thing
    things.clear()
    closer.end()
    assert log == ["last", "last"]
    assert [thing() for thing in held] == [None, None]


def test_the_thread_ends_with_its_closer() -> None:
    closer = Closer("forgotten")
    thread = next(thread for thread in threading.enumerate() if thread.name == "forgotten")
    del closer
    thread.join(60)
    assert not thread.is_alive()


def test_what_comes_while_it_ends_or_later_is_closed_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log: list[str] = []
    closer = Closer("last")

    def join(thread: threading.Thread) -> None:
        closer.take(Thing(log))
        really(thread)

    really = threading.Thread.join
    monkeypatch.setattr(threading.Thread, "join", join)
    closer.end()
    here = threading.current_thread().name
    assert log == [here]
    closer.take(Thing(log))
    assert log == [here, here]
