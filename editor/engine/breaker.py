"""Breaker: when a provider fails so that its queue must wait for the person; pure."""

from __future__ import annotations

from editor.edits.events import End, Failed, Finished, Unknown
from editor.engine.retry import Class, class_of
from editor.errors import Problem, ProviderRefused, StillRunning
from editor.providers.refusal import RATE_LATER, RATE_LONG, SHUT

IN_A_ROW = 3
"""Failures after which the queue waits: each may have been charged."""

FAILING = (
    "{host} fails again and again; its other edits wait, and nothing is sent until you say so."
)

_HOLDS_FOR_ALL = SHUT | {RATE_LATER, RATE_LONG}
_ITS_FAULT = {Class.NOT_SENT, Class.PARTLY_SENT, Class.LIMITED, Class.UNKNOWN, Class.UNUSABLE}


class Breaker:
    """Hears how the jobs of one provider end. own: sentences of ends that are not its fault."""

    def __init__(self, own: frozenset[str] = frozenset()) -> None:
        self._own = own
        self._failures = 0

    def heard(self, end: End) -> Problem | None:
        """Why the queue of this provider must wait from now on; None while it may go on."""
        if isinstance(end, Finished):
            self._failures = 0
        if not isinstance(end, Failed | Unknown) or end.problem.template in self._own:
            return None
        problem = end.problem
        if problem.template in _HOLDS_FOR_ALL:
            return problem
        return self._counted(problem)

    def _counted(self, problem: Problem) -> Problem | None:
        """Count a failure; a refusal of this edit alone shows that the provider works."""
        if isinstance(problem, StillRunning):
            return None
        if class_of(problem) not in _ITS_FAULT:
            self._failures = 0 if isinstance(problem, ProviderRefused) else self._failures
            return None
        self._failures += 1
        if self._failures < IN_A_ROW:
            return None
        self._failures = 0
        return _failing(problem)


def _failing(problem: Problem) -> Problem:
    return Problem(
        FAILING, host=problem.values.get("host", "The provider"), details=problem.details
    )
