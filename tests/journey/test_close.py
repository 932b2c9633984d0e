"""Closing the window while a request is running."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.acting import Play
from tests.journey.conftest import Start
from tests.journey.loopback import Loopback
from tests.journey.person import Person
from tests.journey.sight import chart

AT_ONCE = 30.0
"""Seconds in which a window closes on a busy machine, though what it waits for never comes."""


def test_a_running_request_is_unknown_at_the_next_start(
    start: Start, person: Person, provider: Loopback, tmp_path: Path
) -> None:
    provider.play(Play(hold="head"))
    program = start(chart(tmp_path / "chart.png"), **provider.environ)
    program.opened()
    program.paint((400, 300), (600, 300))
    person.press("Return")
    person.type("a red balloon")
    person.press("ctrl+Return")
    provider.received(1)
    person.press("ctrl+q")
    program.process.wait(AT_ONCE)
    program.check()

    program = start(**provider.environ)
    program.log.awaited("a job is unknown: You closed the connection after the request was sent")
    program.opened()
    program.close()
    assert len(provider.log) == 1
