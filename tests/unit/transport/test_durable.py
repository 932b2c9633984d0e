"""Work that must be over before anybody goes on."""

import asyncio
import threading

import pytest

from editor.engine.runner import spawn
from editor.errors import CannotWrite
from editor.transport.durable import settled
from tests.fakes.full_disk import full


def test_it_runs_in_a_thread_and_gives_its_result():
    async def run():
        return await settled(threading.get_ident)

    assert asyncio.run(run()) != threading.get_ident()


def test_its_problem_comes_out():
    async def run():
        with pytest.raises(CannotWrite):
            await settled(full)

    asyncio.run(run())


@pytest.mark.parametrize("problem", [None, CannotWrite("full")])
def test_a_stop_waits_until_it_is_over_and_then_counts(problem):
    begun, go, over = threading.Event(), threading.Event(), []

    def slow():
        begun.set()
        assert go.wait(20)
        over.append(True)
        if problem:
            raise problem

    async def run():
        job = spawn(settled(slow), "job")
        await asyncio.to_thread(begun.wait)
        for _ in range(3):
            job.cancel()
            await asyncio.sleep(0)
        assert not job.done()
        go.set()
        with pytest.raises(asyncio.CancelledError) as stop:
            await job
        assert over == [True]
        assert stop.value.__cause__ is problem

    asyncio.run(run())
