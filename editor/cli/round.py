"""A round at the command line: jobs on the network thread, heard here until each has ended."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue

from editor.edits.events import Accepted, Event, Limited, Picture, Sent, Started
from editor.edits.framing import Framed
from editor.edits.job import Job, advance
from editor.edits.request import EditRequest
from editor.engine.engine import Engine
from editor.engine.network import Network

Tell = Callable[[str], None]


@dataclass(slots=True)
class Course:
    """One job as it goes. number: of the variant, from 1. seconds: until its picture came."""

    number: int
    job: Job
    began: float
    picture: Picture | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class Round:
    """Several jobs side by side; tell hears one line for each thing that happens."""

    tell: Tell
    _heard: SimpleQueue[tuple[str, Event]] = field(default_factory=SimpleQueue)
    _courses: dict[str, Course] = field(default_factory=dict)

    def carry_out(
        self, engine: Engine, framed: Framed, requests: Sequence[EditRequest]
    ) -> Generator[Course, None, None]:
        """Run every request and yield each course when it has ended, whatever its end.

        Closed early, it stops the open jobs and tells what became of them.
        """
        network = Network(lambda job, event: self._heard.put((job, event)))
        network.start()
        try:
            name = secrets.token_hex(4)
            for number, request in enumerate(requests, 1):
                job = Job(f"{name}-{number}", name, request)
                self._courses[job.id] = Course(number, job, time.monotonic())
                network.submit(job.id, engine, lambda: framed)
            for _ in requests:
                yield self._next_end()
        finally:
            network.close()
            self._tell_the_rest()

    def _next_end(self) -> Course:
        while True:
            course = self._hear(*self._heard.get())
            if course.job.state.ended:
                return course

    def _hear(self, id: str, event: Event) -> Course:
        course = self._courses[id]
        course.job = advance(course.job, event)
        if isinstance(event, Picture):
            course.picture = event
            course.seconds = time.monotonic() - course.began
        elif line := _line(event):
            self.tell(f"variant {course.number}: {line}")
        return course

    def _tell_the_rest(self) -> None:
        """After an interruption: what became of jobs nobody waited for."""
        while not self._heard.empty():
            course = self._hear(*self._heard.get())
            if course.job.state.ended:
                problem = course.job.problem
                self.tell(f"variant {course.number}: {problem or course.job.state.value}")


def _line(event: Event) -> str:
    match event:
        case Started():
            return "started"
        case Sent():
            return "sent, waiting for the answer"
        case Accepted(task):
            return f"accepted as {task}"
        case Limited(seconds):
            return f"the provider asks to wait {seconds:.0f} s"
        case _:
            return ""
