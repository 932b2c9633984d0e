"""A round at the command line: jobs on the network thread, heard here until each has ended."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from queue import Empty, SimpleQueue

from editor.edits.events import Accepted, Event, Limited, Picture, Sent, Started
from editor.edits.framing import Framed
from editor.edits.job import Job, State, advance
from editor.edits.request import EditRequest
from editor.engine.engine import Engine
from editor.engine.lane import ANYBODY, Pace
from editor.engine.network import Network
from editor.errors import OutcomeUnknown, Problem
from editor.imaging.geometry import Size

SOME_FAILED = 7

LONGEST_WAIT = 0.2
"""Seconds: an interruption that comes just before a wait begins is seen only when that ends."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One job that is to be carried out.

    label: what it is called in what is told of it. events: of one that a provider accepted in
    an earlier run, which is only asked after.
    """

    label: str
    job: Job
    framed: Framed
    events: Callable[[], AsyncGenerator[Event, None]] | None = None


def variants(framed: Framed, requests: Sequence[EditRequest]) -> list[Task]:
    """The tasks of one round, with names that no other round has."""
    name = secrets.token_hex(4)
    return [
        Task(f"variant {number}", Job(f"{name}-{number}", name, request), framed)
        for number, request in enumerate(requests, 1)
    ]


@dataclass(slots=True)
class Course:
    """One job as it goes.

    number: of the task, from 1. sent: size of the picture that goes out. seconds: until its
    last picture came.
    """

    number: int
    label: str
    job: Job
    began: float
    sent: Size
    pictures: list[Picture] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def picture(self) -> Picture | None:
        """The first one, None while there is none."""
        return self.pictures[0] if self.pictures else None


@dataclass(slots=True)
class Round:
    """Several jobs side by side.

    tell: hears one line for each thing that happens. sent: hears the id of a job whose last
    byte is out; ended: every job that has come to its end. pace: how the provider wants to be
    asked.
    """

    tell: Tell
    sent: Callable[[str], None] = lambda job: None
    pace: Pace = ANYBODY
    ended: Callable[[Course], None] = lambda course: None
    _heard: SimpleQueue[tuple[str, Event]] = field(default_factory=SimpleQueue)
    _courses: dict[str, Course] = field(default_factory=dict)
    _paused: SimpleQueue[Problem] = field(default_factory=SimpleQueue)
    _shut: bool = False

    def carry_out(
        self, engine: Engine, tasks: Iterable[Task], at_once: int | None = None
    ) -> Generator[Course, None, None]:
        """Run every task and yield each course when it has ended, whatever its end.

        at_once: a task is taken only when fewer than so many are open; all at first when None.
        Where the provider's queue is paused, nobody is there to let it go on: what has not
        begun is stopped, and no further task is taken. Closed early, it stops the open jobs and
        tells what became of them.
        """
        network = Network(
            lambda job, event: self._heard.put((job, event)),
            lambda _, problem: self._pause(problem),
        )
        network.start()
        waiting = iter(tasks)
        running = 0
        try:
            while True:
                for task in islice(waiting, None if at_once is None else at_once - running):
                    self._submit(network, engine, task)
                    running += 1
                if not running:
                    return
                running -= 1
                yield self._next_end()
                if not self._paused.empty():
                    self._give_up(network, more=at_once is not None)
                    waiting = iter(())
        finally:
            network.close()
            self._tell_the_rest()

    def _submit(self, network: Network, engine: Engine, task: Task) -> None:
        number = len(self._courses) + 1
        size = task.framed.placement.sent
        course = Course(number, task.label, task.job, time.monotonic(), size)
        self._courses[task.job.id] = course
        if task.events is not None:
            network.collect(task.job.id, task.events)
            return
        pictures = 1 + len(task.framed.references)
        network.submit(task.job.id, engine, lambda: self._begun(task), self.pace, pictures)

    def _pause(self, problem: Problem) -> None:
        self._shut = True
        self._paused.put(problem)

    def _begun(self, task: Task) -> Framed:
        """What is sent of a task, and nothing of one whose turn comes after a pause.

        A queue that was empty when it was paused lets the next one begin.
        """
        if self._shut:
            raise asyncio.CancelledError
        return task.framed

    def _give_up(self, network: Network, *, more: bool) -> None:
        """Stop what has not begun, and say why; more: there may be tasks that were not taken."""
        problem = self._paused.get()
        courses = self._courses.items()
        waiting = [id for id, course in courses if course.job.state is State.WAITING]
        if waiting or more:
            self.tell(f"{problem} What has not begun is not sent.")
        for id in waiting:
            network.stop(id)

    def _next_end(self) -> Course:
        while True:
            with contextlib.suppress(Empty):
                course = self._hear(*self._heard.get(timeout=LONGEST_WAIT))
                if course.job.state.ended:
                    return course

    def _hear(self, id: str, event: Event) -> Course:
        course = self._courses[id]
        course.job = advance(course.job, event)
        if isinstance(event, Sent):
            self.sent(id)
        if isinstance(event, Picture):
            course.pictures.append(event)
            course.seconds = time.monotonic() - course.began
        elif line := _line(event):
            self.tell(f"{course.label}: {line}")
        if course.job.state.ended:
            self.ended(course)
        return course

    def _tell_the_rest(self) -> None:
        """After an interruption: what became of jobs nobody waited for."""
        while not self._heard.empty():
            course = self._hear(*self._heard.get(timeout=LONGEST_WAIT))
            if course.job.state.ended:
                problem = course.job.problem
                self.tell(f"{course.label}: {problem or course.job.state.value}")


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


def together(codes: Sequence[int]) -> int:
    """What all exit codes come to; an unknown outcome weighs most."""
    if 0 in codes:
        return SOME_FAILED if any(codes) else 0
    return OutcomeUnknown.exit_code if OutcomeUnknown.exit_code in codes else codes[0]
