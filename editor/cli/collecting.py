"""Collecting: what an earlier run left of a request, here or at its provider, not paid again."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

from editor.capability.catalog import Catalog
from editor.capability.provider import Model, Provider
from editor.cli.round import LONGEST_WAIT
from editor.decoding.pool import Pool
from editor.edits.events import Cancelled, Event, Failed, Finished, Picture, Unknown
from editor.engine.choose import collected, fetched
from editor.engine.ledger import Ledger
from editor.engine.network import Network
from editor.engine.note import Note
from editor.engine.remains import links_in, recovered, task_in
from editor.engine.retry import Class, class_of
from editor.errors import CannotWrite, InputProblem, Problem, StillRunning
from editor.providers.dialect import Call
from editor.providers.table import dialect
from editor.transport.addresses import DEAD_LINK

Events = Callable[[], AsyncGenerator[Event, None]]
Collected = tuple[tuple[Picture, ...], Problem | None]
"""What came, and why no more; neither where nobody could be asked."""


@dataclass(frozen=True, slots=True)
class Left:
    """What an earlier run left of a request: its pictures, else a task or links to ask for."""

    pictures: tuple[Picture, ...] = ()
    task: str = ""
    links: tuple[Call, ...] = ()

    @property
    def at_the_provider(self) -> bool:
        """Whether it is to be had from there."""
        return bool(self.task or self.links)


def left_by(ledger: Ledger, note: Note, provider: Provider, pool: Pool) -> Left:
    """What the raw answer of a request holds. Raises TableError for a dialect there is not.

    A picture behind a link may have been cut, and then the link is needed.
    """

    def opens(picture: bytes) -> bool:
        try:
            pool.open(picture, "")
        except InputProblem:
            return False
        return True

    speech, url = dialect(provider.dialect), provider.url(provider.path)
    raw = ledger.raw(note)
    pictures = recovered(raw, speech, url)
    if pictures and all(opens(picture.data) for picture in pictures):
        return Left(pictures)
    task = note.task or task_in(raw, speech, url)
    return Left(task=task, links=links_in(raw, speech, url, opens))


def events_of(
    ledger: Ledger, note: Note, left: Left, provider: Provider, model: Model, *, once: bool = False
) -> Events:
    """Ask for its task, or else get what its answer links to, when called.

    once: a task is asked for with one question. Raises as engine_for.
    """
    if left.task:
        return collected(provider, model, ledger, replace(note, task=left.task), once=once)
    return fetched(provider, model, ledger, note, left.links)


def collect(catalog: Catalog, ledger: Ledger, note: Note, left: Left) -> Collected:
    """Ask once for what a provider holds. catalog: providers where they are asked.

    The ledger hears of it as of any answer.
    """
    try:
        provider = catalog.provider(note.asked.provider)
        model = provider.model(note.asked.model)
        events = events_of(ledger, note, left, provider, model, once=True)
    except Problem:
        return (), None  # the profile, the model or the key is gone, or the address is another
    return _heard(events)


def comes_later(problem: Problem | None) -> bool:
    """Whether it may be asked for once more, after it brought no picture."""
    if problem is None or isinstance(problem, (StillRunning, CannotWrite)):
        return True
    return class_of(problem) is Class.COLLECT or problem.template == DEAD_LINK


def _heard(events: Events) -> Collected:
    """Everything that is heard, until its end."""
    queue: SimpleQueue[Event] = SimpleQueue()
    network = Network(lambda _, event: queue.put(event))
    network.start()
    try:
        network.collect("earlier", events)
        pictures: list[Picture] = []
        while True:
            with suppress(Empty):
                match queue.get(timeout=LONGEST_WAIT):
                    case Picture() as picture:
                        pictures.append(picture)
                    case Failed(problem) | Unknown(problem):
                        return tuple(pictures), problem
                    case Finished() | Cancelled():
                        return tuple(pictures), None
    finally:
        network.close()
