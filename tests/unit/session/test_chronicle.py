"""Steps and rounds of one picture in the order in which they came, each with its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from editor.project.project import Round
from editor.session.chronicle import Chronicle, Row
from editor.session.timeline import Kind, Step, Timeline

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Desk:
    """A chronicle whose clock goes a minute for every look."""

    def __init__(self) -> None:
        self.looks = 0
        self.timeline = Timeline()
        self.chronicle = Chronicle(self.timeline, clock=self._now)
        self.heard = 0
        self.chronicle.changed.connect(self._hear)

    def _now(self) -> datetime:
        self.looks += 1
        return NOON + timedelta(minutes=self.looks)

    def _hear(self) -> None:
        self.heard += 1

    def push(self, title: str, slot: str = "a", kind: Kind = Kind.KEEP) -> None:
        self.timeline.push(Step(kind, slot, lambda: None, lambda: None, title))

    def titles(self, slot: str = "a") -> list[str]:
        return [row.title for row in self.chronicle.rows(slot)]


@pytest.fixture
def desk(qapp: object) -> Desk:
    return Desk()


def asked(id: str, prompt: str, slot: str = "a", made: str = NOON.isoformat()) -> Round:
    return Round(id, slot, "openai", "m", prompt, made=made)


def test_steps_and_rounds_come_in_their_order(desk: Desk) -> None:
    desk.push("Open a.png", "", Kind.SLOTS)
    desk.push("Mask", kind=Kind.STROKE)
    desk.chronicle.add(asked("r1", "a  red\nkite"))
    desk.push("Keep v1")
    desk.push("Keep of another", "b")
    desk.chronicle.add(asked("r2", "", "b"))
    desk.push("")
    assert desk.titles() == ["Open a.png", "Mask", "Ask for: a red kite", "Keep v1"]
    assert desk.titles("b") == ["Open a.png", "Keep of another", "Remove what is painted"]
    rows = desk.chronicle.rows("a")
    assert rows[2] == Row("Ask for: a red kite", NOON, round="r1")
    times = [row.made for row in rows if not row.round]
    assert times == [NOON + timedelta(minutes=minute) for minute in (1, 2, 3)]
    assert desk.heard == 7


def test_what_is_taken_back_stays_and_what_is_gone_goes(desk: Desk) -> None:
    desk.push("one")
    desk.push("two")
    before = desk.chronicle.rows("a")
    desk.timeline.undo("a")
    desk.timeline.undo("a")
    after = desk.chronicle.rows("a")
    assert [row.done for row in after] == [True, False]
    assert [row.made for row in after] == [row.made for row in before]
    desk.push("three")
    assert desk.titles() == ["one", "three"]


def test_what_an_earlier_run_did_has_no_time_of_now(desk: Desk) -> None:
    desk.timeline.steps.append(Step(Kind.KEEP, "a", lambda: None, lambda: None, "Keep v1"))
    rounds = [asked("r2", "later", made="2026-02-02T10:00:00+00:00"), asked("r1", "odd", made="")]
    desk.chronicle.restore(rounds)
    rows = desk.chronicle.rows("a")
    assert [(row.title, row.made) for row in rows] == [
        ("Ask for: odd", None),
        ("Ask for: later", datetime(2026, 2, 2, 10, tzinfo=UTC)),
        ("Keep v1", None),
    ]


def test_a_long_prompt_is_cut(desk: Desk) -> None:
    desk.chronicle.add(asked("r", "kite " * 40))
    (title,) = desk.titles()
    assert len(title) < 80
    assert title.endswith("…")
