"""Retry: whether a call goes out again by itself, and after how many seconds; pure.

After the last byte of a paid request only an answer that says "not accepted" lets it go out
again; whatever else happens then is for the person to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType

from editor.errors import AnswerUnusable, OutcomeUnknown, Problem
from editor.providers.body import LINK_DEAD
from editor.providers.refusal import RATE, RATE_UNTIL
from editor.transport.sentences import NOT_FETCHED, PROXY, UNPROVEN, UNREACHABLE, UPLOAD_STOPPED

Chance = Callable[[], float]
"""Gives a number from 0.0 up to 1.0."""


class Class(Enum):
    """What is known of a call that brought nothing, by which it may be repeated or not."""

    NOT_SENT = "N"
    PARTLY_SENT = "P"
    LIMITED = "L"
    COLLECT = "C"
    REFUSED = "R"
    UNKNOWN = "U"
    UNUSABLE = "X"


TRIES: Mapping[Class, int] = MappingProxyType(
    {Class.NOT_SENT: 3, Class.PARTLY_SENT: 1, Class.LIMITED: 3, Class.COLLECT: 5}
)
"""How often a call of each class goes out again by itself; one that is not here never does."""

FIRST_SECONDS = 0.5
LONGEST_SECONDS = 8.0
SPREAD = 0.25
"""The waits double, and differ by so much of themselves, so that many do not come at once."""

POLL_FIRST = 2.0
POLL_LONGEST = 15.0
POLL_GROWTH = 1.5
POLL_SPREAD = 0.2
POLL_SECONDS = 1800.0
"""Seconds between two questions after a task, and how long it is asked after in one run."""

EXPIRED = frozenset({401, 403, 404, 410})
"""Statuses of a link that was good once."""

_BY_SENTENCE = {
    UNREACHABLE: Class.NOT_SENT,
    UNPROVEN: Class.NOT_SENT,
    PROXY: Class.NOT_SENT,
    UPLOAD_STOPPED: Class.PARTLY_SENT,
    NOT_FETCHED: Class.COLLECT,
}


def class_of(problem: Problem) -> Class:
    """Tell which class a failed call is of."""
    if problem.template in _BY_SENTENCE:
        return _BY_SENTENCE[problem.template]
    if problem.template in {RATE, RATE_UNTIL} and problem.values.get("status") == 429:
        return Class.LIMITED
    if problem.template == LINK_DEAD and not expired(problem):
        return Class.COLLECT
    if isinstance(problem, AnswerUnusable):
        return Class.UNUSABLE
    return Class.UNKNOWN if isinstance(problem, OutcomeUnknown) else Class.REFUSED


def expired(problem: Problem) -> bool:
    """Whether a link to a picture has gone out of date, so that only a new one helps."""
    return problem.template == LINK_DEAD and problem.values.get("status") in EXPIRED


def wait_before(problem: Problem, tried: int, chance: Chance) -> float | None:
    """Seconds until the same call goes out again; None when it does not by itself.

    tried: how often it went out again for a reason of this class.
    """
    kind = class_of(problem)
    if tried >= TRIES.get(kind, 0):
        return None
    if kind is Class.PARTLY_SENT:
        return 0.0
    asked = problem.values.get("seconds") if kind is Class.LIMITED else None
    if isinstance(asked, int):
        return float(asked)
    return _spread(min(FIRST_SECONDS * 2**tried, LONGEST_SECONDS), SPREAD, chance)


def wait_to_poll(asked: int, chance: Chance) -> float:
    """Seconds until a task is asked after, when it was asked after so often before."""
    grown = POLL_FIRST * POLL_GROWTH ** min(asked, 20)
    return _spread(min(grown, POLL_LONGEST), POLL_SPREAD, chance)


def _spread(seconds: float, part: float, chance: Chance) -> float:
    return seconds * (1 - part + 2 * part * chance())
