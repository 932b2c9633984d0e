"""Rounds of the loopback provider in the window: side by side, stopped, refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from editor.session.intent import APART
from tests.fakes.acting import Play
from tests.journey.desk import Desk
from tests.journey.loopback import Loopback
from tests.journey.person import Person, Point, awaited
from tests.journey.program import Program
from tests.journey.sight import chart

PANEL = (1202, 92, 1518, 460)
# Left, top, right, bottom on the screen.

SELECTED = (0x2B, 0x44, 0x68)
# The colour of what is chosen, in the dark theme.

SENTENCES = {
    "moderation": "The safety filter of {host} refused this edit",
    "key": "{host} did not accept the key; nothing was charged",
    "quota": "The account at {host} has no credit left",
    "server": r"{host} failed while it worked \(error {status}\); it may have been charged",
}


@pytest.fixture(scope="module")
def opened(
    person: Person, served: Loopback, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """The chart with its black spot painted over, and a prompt."""
    folder: Path = tmp_path_factory.mktemp("rounds")
    program = Program(person, folder / "home", [chart(folder / "chart.png")], **served.environ)
    try:
        program.shown()
        program.opened()
        desk = Desk(person, program)
        desk.cover()
        person.press("Return")
        person.type("something else")
        yield desk
        program.close()
    finally:
        program.end()


@pytest.fixture
def desk(opened: Desk, provider: Loopback) -> Desk:
    """Without results, with the keyboard on the canvas."""
    del provider
    opened.person.press("Escape")
    return opened


def result(number: int) -> Point:
    """The middle of a result's tile in the strip while one picture is open; 0 is the original."""
    return 484 + 120 * number, 864


def choose(desk: Desk, row: int, choice: int, of: int) -> None:
    """Click a choice of the row whose chosen one is the row-th from the top of the panel."""
    desk.person.settle()
    shot = np.asarray(desk.person.screen().crop(PANEL)).astype(int)
    chosen = abs(shot - SELECTED).max(axis=2) < 4
    lines = np.flatnonzero(chosen.sum(axis=1) > 12)
    rows = np.split(lines, np.flatnonzero(np.diff(lines) > 4) + 1)
    middle = int(rows[row].mean())
    first = np.flatnonzero(chosen[rows[row][len(rows[row]) // 2]])
    wide = (first[-1] - first[0]) * 1.1
    x = first[0] + wide * (choice + 0.5)
    assert choice < of
    desk.person.click((PANEL[0] + int(x), PANEL[1] + middle))


def jobs(desk: Desk, state: str) -> int:
    return desk.program.log.text.count(f"a job is {state}:")


def test_refusals_show_their_sentence(desk: Desk, provider: Loopback) -> None:
    for refusal, sentence in SENTENCES.items():
        provider.play(Play(refuse=refusal))
        desk.person.press("ctrl+Return")
        desk.program.log.awaited(f"a job is (failed|unknown): {sentence}")
        time.sleep(APART)  # sooner, the same wish would count as a double click
    for number in (4, 4, 3):
        desk.person.click(result(number))
    desk.program.log.awaited(r"told error: \{host\} did not accept the key")
    desk.person.settle()
    desk.person.shoot("refusals")
    assert len(provider.log) == len(SENTENCES)


def test_four_at_once_with_previews(desk: Desk, provider: Loopback) -> None:
    """Each tile shows its own preview, inside what is painted, before any answer is whole."""
    choose(desk, 0, 1, 2)
    choose(desk, 2, 3, 4)
    provider.play(*[Play(hold="end")] * 4)
    before = jobs(desk, "done")
    desk.person.press("ctrl+Return")
    provider.received(4)
    middles = [result(number) for number in range(1, 5)]
    awaited(lambda: all(np.ptp(desk.sight.at(place)) > 60 for place in middles))
    desk.person.shoot("previews")
    assert jobs(desk, "done") == before
    assert not any(desk.sight.painted((across - 48, down + 30)) for across, down in middles)
    provider.release()
    awaited(lambda: jobs(desk, "done") == before + 4)
    desk.program.log.awaited("showing answer 1")
    desk.person.settle()
    desk.person.shoot("four-answers")
    asked = [(seen["texts"].get("n", "1"), seen["texts"]["stream"]) for seen in provider.log]
    assert asked == [("1", "true")] * 4


def quiet(desk: Desk, tile: Point) -> bool:
    """Whether a tile has no shimmer any more, while others may have theirs."""
    x, y = tile
    box = (x - 40, y - 10, x + 40, y + 10)
    return len({desk.person.screen().crop(box).tobytes() for _ in range(5)}) == 1


def test_one_is_stopped_and_then_all(desk: Desk, provider: Loopback) -> None:
    provider.play(*[Play(hold="head")] * 4)
    before = jobs(desk, "unknown")
    desk.person.press("ctrl+Return")
    provider.received(4)
    across, down = result(2)
    desk.person.click((across + 42, down - 28))
    awaited(lambda: quiet(desk, (across, down)))
    desk.person.click((across + 42, down - 28))
    awaited(lambda: jobs(desk, "unknown") == before + 1)
    desk.person.press("shift+Escape")
    desk.person.settle()
    desk.person.shoot("stopped")
    done = jobs(desk, "done")
    provider.release()
    awaited(lambda: jobs(desk, "done") == done + 3)
    assert jobs(desk, "unknown") == before + 1
    assert len(provider.log) == 4
