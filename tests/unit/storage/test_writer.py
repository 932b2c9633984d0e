"""The writer's thread: order, urgency, refusals, bugs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from editor.errors import CannotWrite, InputProblem, Problem
from editor.storage import writer as module
from editor.storage.database import Database
from editor.storage.writer import Ticket, Writer
from tests.fakes.full_disk import full

SOON = 20.0
"""Seconds after which a test that waits for something is wrong."""


def opened(path: Path) -> Database:
    return Database(path, application_id=1, version=1, schema="CREATE TABLE words (word TEXT)")


class Troubles(list[Problem | None]):
    """What the writer told, and a way to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self._told = threading.Semaphore(0)

    def tell(self, problem: Problem | None) -> None:
        self.append(problem)
        self._told.release()

    def wait(self) -> None:
        assert self._told.acquire(timeout=SOON)


@pytest.fixture
def troubles() -> Troubles:
    return Troubles()


@pytest.fixture
def writer(tmp_path: Path, troubles: Troubles) -> Iterator[Writer]:
    writer = Writer(opened(tmp_path / "some.db"), trouble=troubles.tell)
    yield writer
    writer.close()


def hold(writer: Writer) -> Callable[[], None]:
    """Keep the writer busy until the returned function is called."""
    held, let_go = threading.Event(), threading.Event()

    def wait(_: Database) -> None:
        held.set()
        assert let_go.wait(SOON)

    writer.submit(wait)
    assert held.wait(SOON)
    return let_go.set


def test_work_returns_through_its_ticket(writer: Writer) -> None:
    ticket = writer.submit(lambda database: database.row("SELECT 41 + 1"))
    assert ticket.result(SOON) == (42,)
    assert ticket.done


def test_work_is_done_in_order_and_urgent_work_first(writer: Writer) -> None:
    done: list[str] = []
    let_go = hold(writer)
    for name in ("large 1", "large 2"):
        writer.submit(lambda _, name=name: done.append(name))
    for name in ("stroke 1", "stroke 2"):
        writer.submit(lambda _, name=name: done.append(name), urgent=True)
    let_go()
    writer.flush(SOON)
    assert done == ["stroke 1", "stroke 2", "large 1", "large 2"]


def test_urgent_work_is_done_in_the_middle_of_large_work(writer: Writer) -> None:
    done: list[str] = []

    def large(database: Database) -> None:
        done.append("begins")
        writer.submit(lambda _: done.append("stroke"), urgent=True)
        writer.submit(lambda _: done.append("later"))
        database.between()
        done.append("ends")

    writer.submit(large)
    writer.flush(SOON)
    writer.flush(SOON)
    assert done == ["begins", "stroke", "ends", "later"]


def test_a_problem_comes_back_through_the_ticket(writer: Writer) -> None:
    def refuse(_: Database) -> None:
        raise InputProblem("No.")

    with pytest.raises(InputProblem, match="No"):
        writer.submit(refuse).result(SOON)
    assert writer.submit(lambda _: "alive").result(SOON) == "alive"


def test_a_bug_comes_back_and_is_logged(writer: Writer, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ZeroDivisionError):
        writer.submit(lambda _: 1 / 0).result(SOON)
    assert "ZeroDivisionError" in caplog.text
    assert writer.submit(lambda _: "alive").result(SOON) == "alive"


def test_a_callback_is_called_when_done_or_at_once(writer: Writer) -> None:
    let_go = hold(writer)
    called: list[str] = []
    ticket = writer.submit(lambda _: None)
    ticket.add_done_callback(lambda _: called.append("on the writer's thread"))
    assert called == []
    assert not ticket.done
    let_go()
    writer.flush(SOON)
    assert called == ["on the writer's thread"]
    ticket.add_done_callback(lambda _: called.append("at once"))
    assert called[1:] == ["at once"]


def test_waiting_ends_when_its_time_is_over(writer: Writer) -> None:
    let_go = hold(writer)
    with pytest.raises(TimeoutError):
        writer.submit(lambda _: None).result(0)
    let_go()


def test_what_is_not_kept_is_refused_at_once(writer: Writer, troubles: Troubles) -> None:
    with pytest.raises(CannotWrite):
        writer.submit(full).result(SOON)
    assert troubles == []


class Disk:
    """Work that is refused until the disk has room."""

    def __init__(self) -> None:
        self.room = False
        self.written: list[str] = []

    def write(self, word: str) -> Callable[[Database], None]:
        def work(database: Database) -> None:
            if not self.room:
                raise CannotWrite("The disk is full.")
            self.written.append(word)

        return work


@pytest.mark.parametrize("urgent", [True, False])
def test_kept_work_waits_for_room_in_its_order(
    writer: Writer, troubles: Troubles, urgent: bool
) -> None:
    disk = Disk()
    tickets = [
        writer.submit(disk.write(word), urgent=urgent, keep=True) for word in ("a", "b", "c")
    ]
    troubles.wait()
    assert [str(problem) for problem in troubles] == ["The disk is full."]
    assert not any(ticket.done for ticket in tickets)
    assert writer.submit(lambda _: "read", urgent=not urgent).result(SOON) == "read"
    disk.room = True
    tickets.append(writer.submit(disk.write("d"), urgent=urgent, keep=True))
    for ticket in tickets:
        ticket.result(SOON)
    assert disk.written == ["a", "b", "c", "d"]
    troubles.wait()
    assert troubles[1:] == [None]


@pytest.mark.parametrize("urgent", [True, False])
def test_what_needs_no_keeping_does_not_wait_for_the_disk(
    writer: Writer, troubles: Troubles, urgent: bool
) -> None:
    disk = Disk()
    tickets = [
        writer.submit(disk.write(word), urgent=first, keep=True)
        for word, first in (("a", True), ("b", False))
    ]
    troubles.wait()
    assert writer.submit(lambda _: "read", urgent=urgent).result(SOON) == "read"
    writer.flush(SOON)
    assert not any(ticket.done for ticket in tickets)
    disk.room = True
    writer.submit(lambda _: None)
    for ticket in tickets:
        ticket.result(SOON)
    assert set(disk.written) == {"a", "b"}


def test_kept_work_is_tried_again_by_itself(
    writer: Writer, troubles: Troubles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.001)
    disk = Disk()
    ticket = writer.submit(disk.write("a"), keep=True)
    troubles.wait()
    disk.room = True
    ticket.result(SOON)
    troubles.wait()


def test_a_stroke_refused_in_the_middle_of_large_work_is_kept(
    writer: Writer, troubles: Troubles
) -> None:
    disk = Disk()
    tickets: list[Ticket[None]] = []

    def large(database: Database) -> None:
        tickets.append(writer.submit(disk.write("a"), urgent=True, keep=True))
        database.between()
        disk.room = True

    writer.submit(large)
    troubles.wait()
    writer.flush(SOON)
    tickets[0].result(SOON)
    assert disk.written == ["a"]


def test_two_refused_queues_do_not_spin(writer: Writer, troubles: Troubles) -> None:
    disk = Disk()
    tickets = [
        writer.submit(disk.write(str(urgent)), urgent=urgent, keep=True) for urgent in (0, 1)
    ]
    troubles.wait()
    disk.room = True
    writer.submit(lambda _: None)
    for ticket in tickets:
        ticket.result(SOON)


def test_closing_tries_kept_work_once_more(tmp_path: Path, troubles: Troubles) -> None:
    writer = Writer(opened(tmp_path / "some.db"), trouble=troubles.tell)
    ticket = writer.submit(full, urgent=True, keep=True)
    troubles.wait()
    writer.close()
    with pytest.raises(CannotWrite):
        ticket.result(SOON)
    with pytest.raises(ValueError, match="closed"):
        writer.submit(full)


@pytest.mark.parametrize("urgent", [True, False])
def test_the_last_comes_after_what_was_kept(
    tmp_path: Path, troubles: Troubles, urgent: bool
) -> None:
    writer = Writer(opened(tmp_path / "some.db"), trouble=troubles.tell)
    done: list[str] = []

    def refused(_: Database) -> None:
        done.append("kept")
        full()

    writer.submit(refused, urgent=urgent, keep=True)
    troubles.wait()
    before = len(done)
    writer.close(lambda _: done.append("last"))
    *tried, last = done[before:]
    assert set(tried) == {"kept"}
    assert last == "last"


def test_the_last_comes_last_also_when_the_disk_refuses_at_that_moment(tmp_path: Path) -> None:
    done: list[str] = []
    closers: list[threading.Thread] = []

    def refused(_: Database) -> None:
        done.append("kept")
        full()

    def close_now(problem: Problem | None) -> None:
        """Somebody closes the writer between a refusal and what it does next."""
        closers.append(threading.Thread(target=writer.close, args=(lambda _: done.append("last"),)))
        closers[0].start()
        while not writer._closing:
            closers[0].join(0.001)

    writer = Writer(opened(tmp_path / "some.db"), trouble=close_now)
    with pytest.raises(CannotWrite):
        writer.submit(refused, keep=True).result(SOON)
    closers[0].join(SOON)
    assert done == ["kept", "kept", "last"]


def test_closing_does_what_is_left(tmp_path: Path) -> None:
    writer = Writer(opened(tmp_path / "some.db"))
    let_go = hold(writer)
    tickets = [
        writer.submit(lambda database: database.execute("INSERT INTO words VALUES ('x')"))
        for _ in range(3)
    ]
    let_go()
    writer.close()
    assert all(ticket.done for ticket in tickets)
    with closing(opened(tmp_path / "some.db")) as database:
        assert database.row("SELECT COUNT(*) FROM words") == (3,)


def test_it_goes_on_with_another_database(writer: Writer, tmp_path: Path) -> None:
    def move(database: Database) -> None:
        writer.move_to(opened(tmp_path / "other.db"))

    writer.submit(move).result(SOON)
    where = writer.submit(lambda database: database.path.name).result(SOON)
    assert where == "other.db"
