"""A runner's other side: an engine that follows a script, and an ear for what is reported."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from editor.edits.events import Event
from editor.errors import Problem

FRAMED: Any = object()


def nobody(provider: str, problem: Problem) -> None:
    """Hears of a pause that must not be."""
    raise AssertionError(problem)


class Script:
    """An engine that yields what it is told and waits where it is told."""

    def __init__(self, *steps: Event | Exception | asyncio.Event) -> None:
        self.steps = steps
        self.ran: list[str] = []
        self.closed: list[str] = []

    async def run(self, edit: object, job: str) -> AsyncGenerator[Event, None]:
        assert edit is FRAMED
        self.ran.append(job)
        try:
            for step in self.steps:
                if isinstance(step, asyncio.Event):
                    await step.wait()
                elif isinstance(step, Exception):
                    raise step
                else:
                    yield step
        finally:
            self.closed.append(job)


class Ear:
    """Hears reports; `until` waits for one."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Event]] = []
        self.waiting: list[tuple[tuple[str, type], asyncio.Future[Any]]] = []

    def __call__(self, job: str, event: Event) -> None:
        self.heard.append((job, event))
        for wanted, future in self.waiting:
            if wanted == (job, type(event)) and not future.done():
                future.set_result(event)

    async def until(self, job: str, kind: type) -> Any:
        """Give the first event of a kind that a job told, when it has."""
        for at, event in self.heard:
            if at == job and isinstance(event, kind):
                return event
        future = asyncio.get_running_loop().create_future()
        self.waiting.append(((job, kind), future))
        return await future

    def of(self, job: str) -> list[Event]:
        """Give what a job has told."""
        return [event for at, event in self.heard if at == job]
