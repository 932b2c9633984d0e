"""Intent: tells a new wish from the second half of a double click, or from a key that is held."""

from __future__ import annotations

import time
from collections.abc import Callable

APART = 1.0
"""Seconds: longer than a slow double click and than the wait before a held key repeats."""


class Intent:
    """Knows the last wish and when it was made. clock: seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: tuple[object, float] | None = None

    def new(self, wish: object) -> bool:
        """Whether it is another wish than the last, or comes long enough after it.

        However often a wish is repeated without a pause, it is one.
        """
        before, now = self._last, self._clock()
        self._last = (wish, now)
        return before is None or before[0] != wish or now - before[1] >= APART
