"""Parallel: pieces of one piece of work on two threads, for what lets go of Python's lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Piece = TypeVar("Piece")
Done = TypeVar("Done")

_THREADS = 2
# What everybody has; the window needs some of what there is beyond.


def at_once(work: Callable[[Piece], Done], pieces: Sequence[Piece]) -> list[Done]:
    """What work makes of each piece, in their order; called on this thread and another at once.

    A single piece is done on the calling thread. What work raises is raised.
    """
    if len(pieces) < _THREADS:
        return [work(piece) for piece in pieces]
    left, done = iter(enumerate(pieces)), dict[int, Done]()

    def go_on() -> None:
        for at, piece in left:  # each takes the next one that is left
            done[at] = work(piece)

    with ThreadPoolExecutor(_THREADS - 1) as threads:
        others = threads.submit(go_on)
        go_on()
        others.result()
    return [done[at] for at in range(len(pieces))]
