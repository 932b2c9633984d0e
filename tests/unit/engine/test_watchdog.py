"""A sleep is noticed by two clocks that stop going alike."""

import asyncio

import pytest

from editor.engine.runner import spawn
from editor.engine.watchdog import watch
from tests.fakes.clocks import VirtualLoop


@pytest.mark.parametrize(
    ("jumps", "sleeps"),
    [
        ({}, 0),
        ({12: 3600}, 1),
        ({12: 31, 40: 31}, 2),
        ({12: 29, 40: 29}, 0),
        ({12: -3600}, 0),
    ],
)
def test_each_jump_of_the_wall_clock_is_one_sleep(jumps, sleeps):
    async def scenario():
        loop, told = asyncio.get_running_loop(), []

        def wall():
            ahead = sum(seconds for at, seconds in jumps.items() if loop.time() >= at)
            return 1_000_000 + loop.time() + ahead

        watching = spawn(watch(wall, lambda: told.append(loop.time())), "watch")
        await asyncio.sleep(100)
        watching.cancel()
        return told

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert len(runner.run(scenario())) == sleeps
