import asyncio
import logging
import queue
import threading

import pytest

from editor.edits.events import Cancelled, Finished, Started
from editor.engine.network import Network


class Forever:
    async def run(self, edit, job):
        yield Started()
        await asyncio.Event().wait()


class Named:
    """Tells the thread that it runs on."""

    def __init__(self):
        self.threads = []

    async def run(self, edit, job):
        self.threads.append(threading.current_thread().name)
        yield Started()


@pytest.fixture
def heard():
    return queue.SimpleQueue()


@pytest.fixture
def network(heard):
    network = Network(lambda job, event: heard.put((job, event)))
    network.start()
    yield network
    network.close(patience=20)


def test_jobs_run_on_their_own_thread(network, heard):
    engine = Named()
    network.submit("a", engine, object)
    assert [heard.get(timeout=10) for _ in range(2)] == [("a", Started()), ("a", Finished())]
    assert engine.threads == ["network"]


def test_a_job_can_be_stopped_from_outside(network, heard):
    network.submit("a", Forever(), object)
    assert heard.get(timeout=10) == ("a", Started())
    network.stop("a")
    assert heard.get(timeout=10) == ("a", Cancelled())


def test_closing_tells_every_end_and_ends_the_thread(network, heard):
    network.submit("a", Forever(), object)
    assert heard.get(timeout=10) == ("a", Started())
    network.close(patience=20)
    assert heard.get_nowait() == ("a", Cancelled())
    assert "network" not in [thread.name for thread in threading.enumerate()]
    network.close()


def test_a_thread_that_does_not_end_is_not_waited_for(heard, caplog):
    gate = threading.Event()

    def stubborn(job, event):
        heard.put((job, event))
        if isinstance(event, Cancelled):
            gate.wait()

    network = Network(stubborn)
    network.start()
    network.submit("a", Forever(), object)
    assert heard.get(timeout=10) == ("a", Started())
    with caplog.at_level(logging.WARNING):
        network.close(patience=0.01)
    assert "still busy" in caplog.text
    gate.set()
    network.close(patience=10)


def test_a_network_that_never_started_closes_silently(heard):
    Network(lambda job, event: None).close()


def test_what_costs_nothing_runs_there_too(network):
    async def work():
        return threading.current_thread().name, asyncio.current_task().get_name()

    assert asyncio.run(network.ask(work, "look")) == ("network", "look")


def test_a_question_does_not_outlive_the_network(network):
    async def work():
        await asyncio.Event().wait()

    async def closed_meanwhile():
        asking, closing = network.ask(work, "look"), asyncio.to_thread(network.close)
        await asyncio.gather(asking, closing)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(closed_meanwhile())
