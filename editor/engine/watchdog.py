"""Watchdog: notices that the computer slept, by two clocks that should go alike."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

log = logging.getLogger(__name__)

EVERY = 5.0
JUMP = 30.0
"""Seconds between two looks; seconds by which the world went further than the loop."""


async def watch(wall: Callable[[], float], slept: Callable[[], None]) -> None:
    """Call slept after each sleep, for ever. wall: seconds of the clock on the wall."""
    loop = asyncio.get_running_loop()
    apart = wall() - loop.time()
    while True:
        await asyncio.sleep(EVERY)
        now = wall() - loop.time()
        if now - apart > JUMP:
            log.info("the computer slept for about %.0f s", now - apart)
            slept()
        apart = now
