"""Steps and rounds of one picture in the order in which they came, each with its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from editor.imaging.geometry import Rect
from editor.project.project import Kept, Move, Round
from editor.session.chronicle import Chronicle, Row
from editor.session.timeline import Kind, Step, Timeline

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Desk:
    """A chronicle whose clock goes a minute for every look."""

    def __init__(self) -> None:
        self.looks = 0
        self.timeline = Timeline()
        self.edits: list[Kept] = []
        self.chronicle = Chronicle(self.timeline, self._kept_on, clock=self._now)
        self.heard = 0
        self.chronicle.changed.connect(self._hear)

    def _now(self) -> datetime:
        self.looks += 1
        return NOON + timedelta(minutes=self.looks)

    def _hear(self) -> None:
        self.heard += 1

    def _kept_on(self, slot: str) -> list[Kept]:
        return [kept for kept in self.edits if kept.slot == slot]

    def keep(self, id: str, *under: str, made: str = "", step: bool = True) -> None:
        """Keep an edit on others, with a step or as an earlier run has left it behind."""
        rect = Rect(0, 0, 1, 1)
        kept = Kept(id, f"Keep {id}", rect, id, id=id, slot="a", under=under, made=made)
        self.edits.append(kept)
        if step:
            self.timeline.push(moved(self.timeline.at("a"), id))

    def seen(self) -> list[tuple[str, str]]:
        """Titles of all rows, each with what it leads to and whether it is there."""
        rows = self.chronicle.rows("a")
        marks = [row.edit + ("" if row.done and row.there else "-") for row in rows]
        return list(zip((row.title for row in rows), marks, strict=True))

    def push(self, title: str, slot: str = "a", kind: Kind = Kind.KEEP) -> None:
        self.timeline.push(Step(kind, slot, lambda: None, lambda: None, title))

    def titles(self, slot: str = "a") -> list[str]:
        return [row.title for row in self.chronicle.rows(slot)]


def moved(before: str, after: str, *, back: bool = False, done: bool = True) -> Step:
    move = Move(before, after, back=back)
    title = f"Back to: Keep {after}" if back else f"Keep {after}"
    return Step(Kind.KEEP, "a", lambda: None, lambda: None, title, done, move)


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


def test_what_an_earlier_run_did_is_put_in_order_by_its_times(desk: Desk) -> None:
    def at(hour: int) -> str:
        return datetime(2026, 2, 2, hour, tzinfo=UTC).isoformat()

    def step(title: str, made: str = "") -> Step:
        when = datetime.fromisoformat(made) if made else None
        return Step(Kind.STROKE, "a", lambda: None, lambda: None, title, made=when)

    desk.timeline.steps += [step("one"), step("two", at(10)), step("three"), step("four", at(12))]
    desk.keep("left", made=at(11), step=False)
    rounds = [asked("r2", "late", made=at(14)), asked("r1", "early", made=at(9))]
    desk.chronicle.restore([*rounds, asked("r0", "odd", made="")])
    desk.push("now")
    desk.chronicle.add(asked("r3", "now too", made=at(1)))
    assert desk.titles() == [
        "one",
        "Ask for: odd",
        "Ask for: early",
        "two",
        "three",
        "Keep left",
        "four",
        "Ask for: late",
        "now",
        "Ask for: now too",
    ]
    times = [row.made for row in desk.chronicle.rows("a")]
    assert [when.hour if when else None for when in times[:4]] == [None, None, 9, 10]


def test_an_edit_that_undo_left_behind_stays_in_its_place(desk: Desk) -> None:
    desk.keep("1")
    desk.keep("2", "1")
    desk.timeline.undo("a")
    desk.timeline.undo("a")
    assert desk.seen() == [("Keep 1", ""), ("Keep 2", "-")]
    before = desk.chronicle.rows("a")[1].made
    desk.keep("3", "1")
    assert desk.seen() == [("Keep 1", ""), ("Keep 2", "2-"), ("Keep 3", "")]
    assert desk.chronicle.rows("a")[1].made == before
    assert desk.titles("b") == []


def test_after_going_back_other_edits_are_in_the_picture(desk: Desk) -> None:
    desk.keep("1")
    desk.keep("2", "1")
    for _ in range(4):
        desk.timeline.undo("a")
    desk.keep("3")
    assert desk.seen() == [("Keep 1", "1-"), ("Keep 2", "2-"), ("Keep 3", "")]
    desk.timeline.push(moved("3", "2", back=True))
    assert desk.seen() == [
        ("Keep 1", "1"),
        ("Keep 2", "2"),
        ("Keep 3", "-"),
        ("Back to: Keep 2", ""),
    ]


def test_a_long_prompt_is_cut(desk: Desk) -> None:
    desk.chronicle.add(asked("r", "kite " * 40))
    (title,) = desk.titles()
    assert len(title) < 80
    assert title.endswith("…")


def test_the_steps_before_a_picture_was_put_in_the_place_of_another_stay_listed(desk: Desk) -> None:
    desk.push("Mask", kind=Kind.STROKE)
    desk.chronicle.add(asked("r1", "a kite"))
    desk.keep("1")
    put = Step(Kind.SLOTS, "", lambda: None, lambda: None, "Extend", instead=("a", "b"))
    desk.timeline.push(put)
    desk.push("Brush", "b", Kind.STROKE)
    rows = desk.chronicle.rows("b")
    assert [row.title for row in rows] == ["Mask", "Keep 1", "Extend", "Brush"]
    assert all(row.done and row.there for row in rows)
    desk.timeline.undo("b")
    desk.timeline.undo("b")
    rows = desk.chronicle.rows("a")
    assert [row.title for row in rows] == ["Mask", "Ask for: a kite", "Keep 1", "Extend", "Brush"]
    assert [row.done for row in rows] == [True, True, True, False, False]
