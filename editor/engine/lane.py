"""Lane: the queue of one provider, and how fast and how many at once it is asked."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from editor.capability.provider import Provider

MINUTE = 60.0
_CLOSE_ENOUGH = 0.001
"""Seconds by which a loop's timers may come early."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a provider wants to be asked.

    provider: its id. at_once: requests side by side. per_minute: pictures that are sent in a
    minute, 0 when no budget is known.
    """

    provider: str = ""
    at_once: int = 4
    per_minute: int = 0


ANYBODY = Pace()
"""For engines that nobody has told anything of."""


def pace_of(provider: Provider) -> Pace:
    """The pace that the table gives a provider."""
    return Pace(provider.id, provider.at_once, provider.per_minute)


@dataclass(slots=True, eq=False)
class Ticket:
    """One that waits; pictures: how many it will send. begin: done when its turn has come."""

    job: str
    pictures: int
    begin: asyncio.Future[None]


class Lane:
    """Lets jobs begin in their order, as the pace allows. Lives on one loop.

    paused: nobody begins; whoever works goes on.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.paused = False
        self._waiting: list[Ticket] = []
        self._working: set[Ticket] = set()
        self._spent: deque[tuple[float, int]] = deque()
        self._held_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """The jobs that have not begun, in their order."""
        return tuple(ticket.job for ticket in self._waiting)

    def enter(self, job: str, pictures: int = 1) -> Ticket:
        """Take a place at the end of the queue."""
        ticket = Ticket(job, pictures, asyncio.get_running_loop().create_future())
        self._waiting.append(ticket)
        self._go_on()
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give a place or a turn back; once is enough."""
        self._working.discard(ticket)
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        # A queue that is empty has nothing to pause: the next wish is a new one.
        self.paused = self.paused and bool(self._waiting)
        self._go_on()

    def to_front(self, job: str) -> None:
        """Let a waiting job begin before all others."""
        self._waiting.sort(key=lambda ticket: ticket.job != job)

    def to_back(self, job: str) -> None:
        """Let a waiting job begin after all others."""
        self._waiting.sort(key=lambda ticket: ticket.job == job)

    def hold(self, seconds: float) -> None:
        """Let nobody begin for a while: the provider asked to wait."""
        self._held_until = max(self._held_until, _now() + seconds)

    def resume(self) -> None:
        """Go on after a pause."""
        self.paused = False
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and not self.paused and len(self._working) < self.pace.at_once:
            wait = self._wait(self._waiting[0].pictures)
            if wait > _CLOSE_ENOUGH:
                self._later(wait)
                return
            ticket = self._waiting.pop(0)
            self._working.add(ticket)
            self._spent.append((_now(), ticket.pictures))
            if not ticket.begin.done():
                ticket.begin.set_result(None)

    def _wait(self, pictures: int) -> float:
        """Seconds until so many pictures may be sent."""
        now, budget = _now(), self.pace.per_minute
        while self._spent and self._spent[0][0] <= now - MINUTE + _CLOSE_ENOUGH:
            self._spent.popleft()
        held, spent = self._held_until - now, sum(count for _, count in self._spent)
        if not budget or not spent or spent + pictures <= budget:
            return held
        return max(held, self._spent[0][0] + MINUTE - now)

    def _later(self, wait: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(wait, self._go_on)


def _now() -> float:
    return asyncio.get_running_loop().time()
