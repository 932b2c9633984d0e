"""The window's loop: every task is kept, named and heard of, and ends before the loop does."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from editor.errors import InputProblem
from editor.session import loop
from editor.session.session import Session
from tests.fakes.living import Live

Main = Callable[[], Awaitable[None]]


class Bell(QObject):
    rung = Signal()


@pytest.fixture
def told() -> list[BaseException]:
    errors: list[BaseException] = []
    loop.on_error(errors.append)
    return errors


async def breaks() -> None:
    raise ValueError("a bug")


async def refuses() -> None:
    raise InputProblem("The mask is empty.")


def test_a_bug_in_a_task_is_logged_by_its_name_and_told(
    qapp: QApplication, told: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        loop.spawn(breaks(), "the broken one")
        await loop.finish()

    loop.run(qapp, main)
    assert [type(error) for error in told] == [ValueError]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "the broken one broke" in caplog.text


def test_a_problem_in_a_task_is_told_and_no_bug(
    qapp: QApplication, told: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        loop.spawn(refuses(), "the refused one")
        await loop.finish()

    loop.run(qapp, main)
    assert [str(error) for error in told] == ["The mask is empty."]
    assert not caplog.records


def test_only_the_newest_listener_hears_of_errors(
    qapp: QApplication, told: list[BaseException]
) -> None:
    newer: list[BaseException] = []
    loop.on_error(newer.append)

    async def main() -> None:
        loop.spawn(refuses(), "the refused one")
        await loop.finish()

    loop.run(qapp, main)
    assert (len(told), len(newer)) == (0, 1)


def test_finishing_waits_for_what_ends_and_cancels_what_does_not(
    qapp: QApplication, told: list[BaseException]
) -> None:
    ended: list[str] = []

    async def soon() -> None:
        await asyncio.sleep(0)
        ended.append("soon")

    async def never() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("never")

    async def main() -> None:
        loop.spawn(never(), "never")
        loop.spawn(soon(), "soon")
        await loop.finish(patience=1.0)  # far more than "soon" takes on a busy machine
        assert sorted(ended) == ["never", "soon"]
        assert {task.get_name() for task in asyncio.all_tasks()}.isdisjoint({"never", "soon"})

    loop.run(qapp, main)
    assert not told


def test_finishing_does_not_wait_for_the_task_that_asks(qapp: QApplication) -> None:
    async def last() -> str:
        await loop.finish()
        return "done"

    async def main() -> None:
        assert await loop.spawn(last(), "last") == "done"

    loop.run(qapp, main)


def test_a_signal_is_waited_for_and_may_come_twice(qapp: QApplication) -> None:
    async def main() -> None:
        bell = Bell()
        waiting = loop.spawn(loop.heard(bell.rung), "waiting")
        await asyncio.sleep(0)
        assert not waiting.done()
        bell.rung.emit()
        bell.rung.emit()
        await waiting
        bell.deleteLater()

    loop.run(qapp, main)


def test_heavy_work_is_done_on_another_thread(qapp: QApplication) -> None:
    def work(a: int, b: int) -> tuple[int, bool]:
        return a + b, threading.current_thread() is threading.main_thread()

    async def main() -> None:
        assert await loop.in_thread(work, 2, 3) == (5, False)

    loop.run(qapp, main)


def test_what_is_to_be_deleted_is_gone_when_the_loop_has_ended(qapp: QApplication) -> None:
    gone: list[str] = []

    async def main() -> None:
        bell = Bell()
        bell.destroyed.connect(lambda: gone.append(threading.current_thread().name))
        bell.deleteLater()

    loop.run(qapp, main)
    assert gone == [threading.main_thread().name]


def test_a_script_of_a_live_session_ends_with_the_first_task_that_breaks(live: Live) -> None:
    async def waits(_: Session) -> None:
        loop.spawn(refuses(), "the refused one")
        await asyncio.get_running_loop().create_future()

    with pytest.raises(InputProblem, match="The mask is empty"):
        live.run(waits)
