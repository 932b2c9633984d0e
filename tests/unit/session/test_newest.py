"""Of what is kept in quick succession the newest is what stays."""

from __future__ import annotations

import asyncio
import threading

import pytest

from editor.session.newest import Newest


def test_the_newest_is_written_last_and_what_it_overtakes_never() -> None:
    written: list[int] = []
    begun, go = threading.Event(), threading.Event()

    def save(value: int) -> None:
        begun.set()
        assert go.wait(20)
        written.append(value)

    async def main() -> None:
        tasks: list[object] = []
        async with asyncio.TaskGroup() as group:
            newest = Newest(save, lambda work, _: tasks.append(group.create_task(work)), "x")
            newest.keep(1)
            await asyncio.to_thread(begun.wait, 20)
            newest.keep(2)
            newest.keep(3)
            assert len(tasks) == 1, "two would write at once"
            go.set()
        assert written == [1, 3]
        async with asyncio.TaskGroup() as group:
            newest.keep(4)

    asyncio.run(main())
    assert written == [1, 3, 4]


def test_what_could_not_be_written_does_not_end_it() -> None:
    written: list[int] = []

    def save(value: int) -> None:
        if not value:
            raise ZeroDivisionError
        written.append(value)

    newest = Newest(save, lambda work, name: asyncio.run(work), "x")
    with pytest.raises(ZeroDivisionError):
        newest.keep(0)
    newest.keep(1)
    assert written == [1]
