"""Spending: what the command line pays goes to the sum of the window, and under its cap."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from editor.capability.catalog import Catalog
from editor.capability.price import of_answer
from editor.cli.round import Course, Task
from editor.edits.events import Picture
from editor.edits.job import Job
from editor.edits.reckoning import FREE, answered, awaited, in_vain
from editor.engine.note import Note
from editor.errors import CannotWrite, InputProblem, NotSent
from editor.imaging.geometry import Size
from editor.preferences import preferences
from editor.preferences.purchases import Purchase, Purchases, crosses, of_month, spent

log = logging.getLogger(__name__)

OVER = (
    "This would bring the month to ${total} of ${cap}, so nothing was sent. "
    "--over-cap sends it all the same."
)
UNSURE = (
    "The month is at ${total}, over its cap of ${cap}, and nobody knows what this costs; "
    "nothing was sent. --over-cap sends it."
)

Clock = Callable[[], datetime]


class Spending:
    """The purchases of this data folder, which the window reads too.

    anyway: the cap may be crossed. clock: tells the time, in UTC. Where the disk refuses,
    nothing is kept, and everything else goes on.
    """

    def __init__(
        self, catalog: Catalog, *, anyway: bool, clock: Clock = lambda: datetime.now(UTC)
    ) -> None:
        self._catalog = catalog
        self._clock = clock
        self._cap = 0.0 if anyway else preferences.load().cap
        self._promised: dict[str, float] = {}
        self._kept: Purchases | None = None
        try:
            self._kept = Purchases()
        except CannotWrite as problem:
            log.info("no earlier purchases: %s", problem.template)

    @property
    def month(self) -> float:
        """USD of this month so far, whoever spent it."""
        if self._kept is None:
            return 0.0
        self._kept.news()
        return spent(of_month(self._kept.every, self._clock().astimezone().date()))

    def allow(self, tasks: Sequence[Task]) -> None:
        """Count what is about to be sent. Raises NotSent where that would cross the cap."""
        paid = [task for task in tasks if task.job.request.provider not in FREE]
        if not paid:
            return
        prices = [self._awaited(task.job, task.framed.placement.sent).price for task in paid]
        known = [price for price in prices if price is not None]
        total = sum(known) if len(known) == len(prices) else None
        month = self.month + sum(self._promised.values())
        if crosses(self._cap, month, total):
            sentence, reached = (UNSURE, month) if total is None else (OVER, month + total)
            raise NotSent(sentence, total=f"{reached:.2f}", cap=f"{self._cap:.2f}")
        self._promised |= {
            task.job.id: price or 0.0 for task, price in zip(paid, prices, strict=True)
        }

    def ended(self, course: Course) -> None:
        """A job has come to its end; without a picture it may have been charged all the same."""
        job = course.job
        self._promised.pop(job.id, None)
        if course.picture is not None:
            self.answered(job, course.sent, course.picture, course.seconds)
        elif in_vain(job):
            self._keep(self._awaited(job, course.sent))

    def answered(self, job: Job, sent: Size, picture: Picture, seconds: float = 0.0) -> None:
        """Count an answer. seconds: 0.0 for one that came in an earlier run."""
        request = job.request
        if request.provider not in FREE:
            model = self._catalog.model(request.provider, request.model)
            price = of_answer(model, picture.facts)
            self._keep(answered(self._awaited(job, sent), price, picture.facts, seconds))

    def earlier(self, note: Note, picture: Picture | None) -> None:
        """Count what an edit asked for in an earlier run, with its answer if that has come.

        Where that run counted the answer itself, it knew more of it.
        """
        asked = note.asked
        if self._kept is None or any(one.job == asked.job and one.sure for one in self._kept.every):
            return
        purchase = Purchase(
            note.made, asked.job, asked.provider, asked.model, price=asked.price, sure=False
        )
        if picture is not None:
            price = None
            with suppress(InputProblem):  # the model may be gone from the table meanwhile
                price = of_answer(self._catalog.model(asked.provider, asked.model), picture.facts)
            purchase = answered(purchase, price, picture.facts, 0.0)
        self._keep(purchase)

    def close(self) -> None:
        if self._kept is not None:
            self._kept.close()

    def _awaited(self, job: Job, sent: Size) -> Purchase:
        made = self._clock().isoformat(timespec="seconds")
        return awaited(self._catalog, made, job.id, job.request, sent)

    def _keep(self, purchase: Purchase) -> None:
        try:
            if self._kept is not None:
                self._kept.add(purchase)
        except CannotWrite as problem:
            log.info("what was spent is not kept: %s", problem.template)
