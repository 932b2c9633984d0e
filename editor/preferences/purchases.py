"""Purchases: what answers of providers cost and how long they took, kept for good.

One line of JSON each, in the data folder, so that every project and every later start knows
what a month has cost and how long a model usually takes.
"""

from __future__ import annotations

import json
import logging
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path

from editor.errors import CannotWrite
from editor.preferences.places import data_folder
from editor.storage.lines import Lines

log = logging.getLogger(__name__)

LONGEST_LINE = 4096
"""Characters; what is longer was not written by this program."""

LAST = 40
"""Answers of a kind that tell how long the next one takes; older ones are of other days."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """One answer of a provider, or a request that may have been charged without one.

    made: UTC in ISO 8601. job: a later line of the same job takes the place of this one.
    provider, model: ids of the table. size: as sent, "1024x1024". seconds: until the answer
    was there, 0 when none came or nobody counted. price: USD, None when nobody knows. exact: it
    comes from the provider's own count; else it is the estimate. sure: an answer came.
    """

    made: str
    job: str
    provider: str
    model: str
    size: str = ""
    quality: str = ""
    seconds: float = 0.0
    price: float | None = None
    exact: bool = False
    sure: bool = True


class Purchases:
    """The file and what it says; one line is added at a time. Raises CannotWrite."""

    def __init__(self, path: Path | None = None) -> None:
        self._lines = Lines(path or data_folder() / "purchases.jsonl")
        self._by_job: dict[str, Purchase] = {}
        self._take(self._lines.read)

    @property
    def every(self) -> tuple[Purchase, ...]:
        """All of them, oldest first."""
        return tuple(self._by_job.values())

    def add(self, purchase: Purchase) -> None:
        """Keep one; durable on return. Raises CannotWrite."""
        self._by_job.pop(purchase.job, None)
        self._by_job[purchase.job] = purchase
        self._lines.append(json.dumps(asdict(purchase)))

    def news(self) -> tuple[Purchase, ...]:
        """What was added since the last look, by this program or by another."""
        try:
            return self._take(self._lines.news())
        except CannotWrite as problem:
            log.info("purchases cannot be read: %s", problem.template)
            return ()

    def close(self) -> None:
        self._lines.close()

    def _take(self, lines: Iterable[str]) -> tuple[Purchase, ...]:
        found = tuple(one for line in lines if (one := _read(line)) is not None)
        for one in found:
            self._by_job.pop(one.job, None)
            self._by_job[one.job] = one
        return found


def spent(purchases: Iterable[Purchase]) -> float:
    """USD in all.

    What may have been charged counts as charged; what nobody knows the price of does not count.
    """
    return sum(one.price or 0.0 for one in purchases)


def crosses(cap: float, month: float, price: float | None) -> bool:
    """Whether an edit of this price must be asked about first.

    cap: USD a month, 0 for none. month: spent and under way. price: None when nobody knows,
    which counts only once the cap is crossed already.
    """
    return cap > 0 and price != 0 and month + (price or 0.0) > cap


def of_month(purchases: Iterable[Purchase], day: date) -> list[Purchase]:
    """Those of the month of a day on this computer's calendar; some 3 ms for each thousand."""
    return [one for one in purchases if _in_month(one.made, day)]


def typical(purchases: Sequence[Purchase], like: Purchase) -> float:
    """Median seconds of the newest answers that are most like one, 0.0 while there are none.

    The same model at the same size and quality; else at the same quality; else the model.
    """
    same = [
        one
        for one in purchases
        if one.seconds and one.sure and (one.provider, one.model) == (like.provider, like.model)
    ]
    for alike in (
        [one for one in same if (one.quality, one.size) == (like.quality, like.size)],
        [one for one in same if one.quality == like.quality],
        same,
    ):
        if alike:
            return statistics.median(one.seconds for one in alike[-LAST:])
    return 0.0


def _in_month(made: str, month: date) -> bool:
    when = datetime.fromisoformat(made).astimezone()
    return (when.year, when.month) == (month.year, month.month)


def _read(line: str) -> Purchase | None:
    """One line, None when it is damaged."""
    try:
        told = json.loads(line[:LONGEST_LINE])
        known = {field.name: told[field.name] for field in fields(Purchase) if field.name in told}
        found = Purchase(**known)
        texts = (found.made, found.job, found.provider, found.model, found.size, found.quality)
        numbers = (found.seconds, found.price or 0.0)
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("not a text")
        if not all(type(number) in {int, float} and number >= 0 for number in numbers):
            raise TypeError("not a number")
        datetime.fromisoformat(found.made)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        log.info("a purchase cannot be read: %s", type(error).__name__)
        return None
    return found
