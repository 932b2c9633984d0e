"""The one thread that has a database: small urgent work overtakes large work, errors come back."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from editor.errors import CannotWrite, Problem
from editor.storage.database import Database

log = logging.getLogger(__name__)

T = TypeVar("T")

RETRY_SECONDS = 2.0
"""How often work that the full disk refused is tried again while nothing new comes."""


class Ticket(Generic[T]):
    """What becomes of submitted work; may be read and waited for on any thread."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._told: list[Callable[[Ticket[T]], None]] = []
        self._error: BaseException | None = None
        self._value: T | None = None

    @property
    def done(self) -> bool:
        return self._done.is_set()

    @property
    def error(self) -> BaseException | None:
        """What the work raised, once it is done; None when it did what it should."""
        return self._error

    def result(self, timeout: float | None = None) -> T:
        """Wait for the work and return what it returned, or raise what it raised.

        timeout: seconds. Raises TimeoutError when they are over.
        """
        if not self._done.wait(timeout):
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]  # filled by fill() with a T

    def add_done_callback(self, told: Callable[[Ticket[T]], None]) -> None:
        """Call back when the work is done, on the writer's thread, or now when it is."""
        with self._lock:
            if not self.done:
                self._told.append(told)
                return
        told(self)

    def fill(self, value: T) -> None:
        """The work was done."""
        self._value = value
        self._end()

    def fail(self, error: BaseException) -> None:
        """The work raised this."""
        self._error = error
        self._end()

    def _end(self) -> None:
        with self._lock:
            self._done.set()
            waiting, self._told = self._told, []
        for told in waiting:
            told(self)


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """Work with its ticket. keep: try again for as long as the disk refuses."""

    work: Callable[[Database], Any]
    ticket: Ticket[Any]
    urgent: bool
    keep: bool


def _nothing(database: Database) -> None:
    """Stand for no work at all."""


class Writer:
    """Carries out work on a database, in order within each of its two queues.

    Urgent work is begun before any other work, and in the middle of it wherever that calls
    `database.between`. trouble: called on the writer's thread with the problem when kept
    work was refused, and with None when it went through at last.
    """

    def __init__(
        self,
        database: Database,
        *,
        name: str = "writer",
        trouble: Callable[[Problem | None], None] = lambda problem: None,
    ) -> None:
        self._database = database
        self._trouble = trouble
        self._changed = threading.Condition()
        self._urgent: deque[_Task] = deque()
        self._bulk: deque[_Task] = deque()
        self._closing = False
        self._refused = False
        database.between = self._urgent_first
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(
        self, work: Callable[[Database], T], *, urgent: bool = False, keep: bool = False
    ) -> Ticket[T]:
        """Have work done on the writer's thread; returns at once.

        urgent: it is small and goes before everything that is not. keep: while the disk
        refuses it, hold it and what is kept after it in memory and try again; the rest goes on.
        """
        ticket: Ticket[T] = Ticket()
        with self._changed:
            if self._closing:
                raise ValueError("the writer is closed")
            (self._urgent if urgent else self._bulk).append(_Task(work, ticket, urgent, keep))
            self._changed.notify()
        return ticket

    def flush(self, timeout: float | None = None) -> None:
        """Wait until all that was submitted before is done, or is kept from a disk that refuses.

        Raises TimeoutError.
        """
        self.submit(_nothing).result(timeout)

    def move_to(self, database: Database) -> None:
        """Go on with another database; only from work, on the writer's thread."""
        assert threading.current_thread() is self._thread
        self._database.close()
        self._database = database
        database.between = self._urgent_first

    def close(self, last: Callable[[Database], None] = _nothing) -> None:
        """Do what is left, then the last, and close the database; kept work is tried once more."""
        with self._changed:
            self._bulk.append(_Task(last, Ticket(), urgent=False, keep=False))
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while (task := self._next()) is not None:
            if not self._carry_out(task) and not self._another(task):
                with self._changed:
                    if not self._closing:
                        self._changed.wait(RETRY_SECONDS)
        self._database.close()

    def _another(self, refused: _Task) -> bool:
        """Do one thing that can be done without this work, which waits for the disk."""
        with self._changed:
            task = self._free_of(refused)
        return task is not None and self._carry_out(task)

    def _free_of(self, refused: _Task) -> _Task | None:
        """Take what is not kept, such as reading and moving away, else what the other queue has."""
        if self._closing:  # now everything in its order, for the last time
            return None
        for queue in (self._urgent, self._bulk):
            if task := next((task for task in queue if not task.keep), None):
                queue.remove(task)
                return task
        queue = self._bulk if refused.urgent else self._urgent
        return queue.popleft() if queue else None

    def _next(self) -> _Task | None:
        with self._changed:
            while not self._urgent and not self._bulk:
                if self._closing:
                    return None
                self._changed.wait()
            return (self._urgent or self._bulk).popleft()

    def _urgent_first(self) -> None:
        while self._urgent:
            if not self._carry_out(self._urgent.popleft()):
                return

    def _carry_out(self, task: _Task) -> bool:
        """Do the work; False when the disk refused it and it was put back."""
        try:
            value = task.work(self._database)
        except CannotWrite as problem:
            if task.keep and not self._closing:
                self._put_back(task, problem)
                return False
            task.ticket.fail(problem)
        except Problem as problem:
            task.ticket.fail(problem)
        except BaseException as error:  # a bug belongs to whoever holds the ticket
            log.exception("work on %s failed", self._database.path.name)
            task.ticket.fail(error)
        else:
            if self._refused and task.keep:
                self._refused = False
                self._trouble(None)
            task.ticket.fill(value)
        return True

    def _put_back(self, task: _Task, problem: CannotWrite) -> None:
        with self._changed:
            (self._urgent if task.urgent else self._bulk).appendleft(task)
        if not self._refused:
            self._refused = True
            self._trouble(problem)
