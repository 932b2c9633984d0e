"""Collecting: what a provider still holds of an earlier edit, asked for once and not paid again."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue

from editor.capability.catalog import Catalog
from editor.capability.provider import Provider
from editor.cli.round import LONGEST_WAIT
from editor.edits.events import Cancelled, Event, Failed, Finished, Picture, Unknown
from editor.engine.choose import collected, fetched
from editor.engine.ledger import Ledger
from editor.engine.network import Network
from editor.engine.note import Note
from editor.engine.retry import Class, class_of
from editor.errors import CannotWrite, Problem, StillRunning
from editor.providers.dialect import Call
from editor.transport.addresses import DEAD_LINK, origin

Events = Callable[[], AsyncGenerator[Event, None]]
Collected = tuple[tuple[Picture, ...], Problem | None]
"""What came, and why no more; neither where nobody could be asked."""


def collect(
    catalog: Catalog, ledger: Ledger, note: Note, task: str, links: Sequence[Call]
) -> Collected:
    """Ask for a task, or else get what an answer links to. catalog: providers where they are.

    The ledger hears of it as of any answer.
    """
    try:
        provider = catalog.provider(note.asked.provider)
        model = provider.model(note.asked.model)
        if not _is_there(provider, note):
            return (), None
        if task:
            events = collected(provider, model, ledger, replace(note, task=task), once=True)
        else:
            events = fetched(provider, model, ledger, note, links)
    except Problem:
        return (), None  # the profile, the model or the key is gone
    return _heard(events)


def comes_later(problem: Problem | None) -> bool:
    """Whether it may be asked for once more, after it brought no picture."""
    if problem is None or isinstance(problem, (StillRunning, CannotWrite)):
        return True
    return class_of(problem) is Class.COLLECT or problem.template == DEAD_LINK


def _is_there(provider: Provider, note: Note) -> bool:
    """Whether the provider is asked where the edit was sent to."""
    try:
        return origin(provider.base_url).host == note.asked.host
    except ValueError:
        return False


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
