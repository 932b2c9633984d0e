"""Ten thousand clicks against providers as chance has them, and ten thousand spoilt answers.

Both in virtual time, through the real engine and transport. Each of the promises is broken on
purpose once, and must then be missed.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable

import pytest

from editor.engine.note import State
from editor.errors import OutcomeUnknown
from editor.imaging import intact
from editor.providers import answer
from editor.transport.http import HttpTransport
from editor.transport.intake import Deadlines
from tests.fakes.simulated import schedule, spoiling
from tests.fakes.simulated.line import Line

COUNT, BLOCKS = 10_000, 10
"""Cases of each kind, and into how many tests they are cut."""

FEW = 300
"""Cases that are enough to miss a broken promise."""


def wrong(
    case: Callable[[int], schedule.Outcome | spoiling.Outcome], seeds: range
) -> list[tuple[int, list[str]]]:
    """The seeds whose outcome breaks a promise, and how."""
    found = [(seed, case(seed).complaints()) for seed in seeds]
    return [(seed, complaints) for seed, complaints in found if complaints]


def block(number: int) -> range:
    return range(number * COUNT // BLOCKS, (number + 1) * COUNT // BLOCKS)


@pytest.mark.parametrize("number", range(BLOCKS))
def test_no_click_is_charged_twice_or_lost(number: int) -> None:
    assert wrong(schedule.clicked, block(number)) == []


@pytest.mark.parametrize("number", range(BLOCKS))
def test_no_spoilt_answer_crashes_hangs_or_passes(number: int) -> None:
    assert wrong(spoiling.answered, block(number)) == []


def test_chance_brings_every_end() -> None:
    """The schedules are worth something: every state is met, and charges with most of them."""
    outcomes = [schedule.clicked(seed) for seed in range(FEW)]
    states = {outcome.line.note.state for outcome in outcomes}
    assert states >= {
        State.RECEIVED,
        State.UNKNOWN,
        State.UNUSABLE,
        State.REFUSED,
        State.NOT_SENT,
        State.ABANDONED,
    }
    assert sum(outcome.world.charges for outcome in outcomes) > FEW // 3
    assert sum(len(outcome.pictures) for outcome in spoilt()) > FEW // 5


def spoilt() -> list[spoiling.Outcome]:
    return [spoiling.answered(seed) for seed in range(FEW)]


def said(case: Callable[[int], schedule.Outcome | spoiling.Outcome]) -> set[str]:
    return {words[0] for _, words in wrong(case, range(FEW))}


@pytest.mark.usefixtures("caplog")
def test_sending_again_after_silence_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    send = HttpTransport.send

    async def twice(way: HttpTransport, call: object) -> AsyncGenerator[object, None]:
        try:
            async for item in send(way, call):
                yield item
        except OutcomeUnknown:
            async for item in send(way, call):
                yield item

    monkeypatch.setattr(HttpTransport, "send", twice)
    found = wrong(schedule.clicked, range(FEW))
    assert any("charged 2 times" in complaints for _, complaints in found)
    assert any("sent again after the last byte" in complaints for _, complaints in found)


@pytest.mark.usefixtures("caplog")
def test_a_ledger_that_forgets_to_say_sent_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Line, "sent", lambda line: None)
    assert any("charged, and the ledger says" in words for words in said(schedule.clicked))


def test_waiting_for_ever_is_missed() -> None:
    patient = Deadlines(answer=1e9, alive=1e9, total=1e9)
    assert "no end in time" in said(lambda seed: schedule.clicked(seed, patient))


def test_taking_what_is_cut_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intact, "state", lambda data: intact.State.WHOLE)
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    assert "a false success" in said(spoiling.answered)


@pytest.mark.usefixtures("caplog")
def test_falling_over_an_answer_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(message: object, body: dict[str, list[dict[str, str]]]) -> object:
        yield body["data"][0]["b64_json"]

    monkeypatch.setattr(answer, "pictures", careless)
    assert any("a crash" in words for words in said(spoiling.answered))
