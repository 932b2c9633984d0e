"""Edits that undo left behind: none is lost, one can go back to each, also after a restart."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from editor.session.branches import at
from editor.session.session import Session
from tests.fakes.living import Live, offered, opened, paint, ready, scene, until

Pixels = np.ndarray


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return scene(tmp_path / "photo.png", (120, 80))


async def settled(session: Session) -> None:
    """Wait until the target shows what the timeline says."""
    document = session.document

    def there() -> bool:
        held = document.target
        return held is not None and session.branches.follows(held)

    await until(session.finishing.kept, there)
    await until(document.based, lambda: document.base is not None)


async def kept(session: Session, name: str, x: float = 60) -> str:
    """Paint, and keep an answer of this name; the id of the edit."""
    paint(session, x, 40, 20)
    entry = await offered(session, name, 40 + 10 * len(session.branches.of(slot_of(session))))
    await session.finishing.keep(entry, f"Keep {name}")
    await settled(session)
    return at(session.document.target)


def slot_of(session: Session) -> str:
    return session.painting.slot


def base(session: Session) -> Pixels:
    return session.document.base.pixels


def mask(session: Session) -> Pixels:
    return session.painting.plane.snapshot()


async def back(session: Session, steps: int = 1) -> None:
    """Undo so many steps, crossing kept edits."""
    session.travel(-steps)
    await settled(session)


def titles(session: Session) -> list[str]:
    return [row.title for row in session.chronicle.rows(slot_of(session))]


def dimmed(session: Session) -> list[str]:
    rows = session.chronicle.rows(slot_of(session))
    return [row.title for row in rows if not (row.done and row.there)]


def test_an_edit_left_behind_can_be_gone_back_to(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        first = await kept(session, "v1", 20)
        one = base(session)
        second = await kept(session, "v2", 60)
        two = base(session)
        await back(session)
        assert np.array_equal(base(session), one)
        session.painting.clear()
        third = await kept(session, "v3", 100)
        three = base(session)
        assert dimmed(session) == ["Keep v2"]
        await session.return_to(second)
        assert np.array_equal(base(session), two)
        assert [edit.id for edit in session.document.target.kept] == [first, second]
        assert session.document.target.shown is not None
        assert dimmed(session) == ["Keep v3"]
        assert titles(session)[-1] == "Back to: Keep v2"
        await back(session)
        assert np.array_equal(base(session), three)
        assert at(session.document.target) == third
        session.redo()
        await settled(session)
        assert np.array_equal(base(session), two)

    live.run(script)


def test_going_where_one_is_changes_nothing(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        first = await kept(session, "v1")
        steps = list(session.timeline.steps)
        await session.return_to(first)
        await session.return_to("nobody")
        session.painting.begin(10, 10)
        await session.return_to("")
        session.painting.abandon()
        assert session.timeline.steps == steps

    live.run(script)


def test_quick_undos_end_where_the_last_one_goes(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        source = base(session)
        for number in range(3):
            await kept(session, f"v{number}", 20 + 30 * number)
        three = base(session)
        session.travel(-5)
        await settled(session)
        assert np.array_equal(base(session), source)
        session.travel(5)
        session.travel(-1)
        session.travel(1)
        await settled(session)
        assert np.array_equal(base(session), three)

    live.run(script)


def test_the_same_edit_kept_again_is_the_same(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        first = await kept(session, "v1")
        await back(session)
        entry = session.gallery.find("v1")
        await session.finishing.keep(entry, "Keep v1")
        assert at(session.document.target) == first
        assert len(session.branches.of(slot_of(session))) == 1
        assert titles(session).count("Keep v1") == 1

    live.run(script)


def test_an_edit_is_not_kept_on_a_base_that_goes_away_meanwhile(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        first = await kept(session, "v1")
        paint(session, 100, 40, 20)
        entry = await offered(session, "v2", 90)
        session.travel(-2)  # the stroke and the edit; the base still has to follow
        await session.finishing.keep(entry, "Keep v2")
        await settled(session)
        assert session.document.target.kept == ()
        assert [edit.id for edit in session.branches.of(slot_of(session))] == [first]

    live.run(script)


def test_kept_edits_can_be_taken_back_after_a_restart(live: Live, photo: Path) -> None:
    bases: list[Pixels] = []
    masks: list[Pixels] = []

    async def work(session: Session) -> None:
        await opened(session, photo)
        bases.append(base(session))
        paint(session, 20, 40, 20)
        masks.append(mask(session))
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        bases.append(base(session))

    async def look(session: Session) -> None:
        await ready(session)
        assert titles(session) == ["Brush", "Keep v1"]
        assert np.array_equal(base(session), bases[1])
        assert session.painting.plane.is_empty
        session.undo()
        assert "kept edit" in live.told[-1].template
        session.undo()
        await settled(session)
        assert np.array_equal(base(session), bases[0])
        assert np.array_equal(mask(session), masks[0])

    async def again(session: Session) -> None:
        await ready(session)
        assert np.array_equal(base(session), bases[0])
        assert np.array_equal(mask(session), masks[0])
        session.redo()
        await settled(session)
        assert np.array_equal(base(session), bases[1])
        assert session.painting.plane.is_empty
        await back(session, 2)
        assert session.painting.plane.is_empty

    live.run(work)
    live.run(look, live.path)
    live.run(again, live.path)


def test_a_branch_left_behind_is_there_after_a_restart(live: Live, photo: Path) -> None:
    left: dict[str, Pixels] = {}

    async def work(session: Session) -> None:
        await opened(session, photo)
        id = await kept(session, "v1", 20)
        left[id] = base(session)
        await back(session, 2)
        await kept(session, "v2", 100)

    async def look(session: Session) -> None:
        await ready(session)
        assert dimmed(session) == ["Keep v1"]
        rows = session.chronicle.rows(slot_of(session))
        assert [row.title for row in rows] == ["Keep v1", "Brush", "Keep v2"]
        assert all(row.made for row in rows)
        await session.return_to(rows[0].edit)
        assert np.array_equal(base(session), left[rows[0].edit])

    async def again(session: Session) -> None:
        await ready(session)
        (id, pixels), *_ = left.items()
        assert at(session.document.target) == id
        assert np.array_equal(base(session), pixels)
        assert titles(session)[-1] == "Back to: Keep v1"

    live.run(work)
    live.run(look, live.path)
    live.run(again, live.path)


@dataclass
class Model:
    """What should be there: one line of steps, and every base that was ever kept.

    line: ids before and after each step, None for a stroke. done: how many of them are.
    """

    bases: dict[str, Pixels]
    line: list[tuple[str, str] | None] = field(default_factory=list)
    done: int = 0

    @property
    def at(self) -> str:
        moves = [move for move in self.line[: self.done] if move]
        return moves[-1][1] if moves else ""

    def push(self, step: tuple[str, str] | None) -> None:
        self.line = [*self.line[: self.done], step]
        self.done += 1


class Person:
    """Does things at random and knows what should have come of them."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._model = Model({})

    async def begin(self, session: Session, photo: Path) -> None:
        await opened(session, photo)
        self._model.bases[""] = base(session)

    async def work(self, session: Session, steps: int) -> None:
        for _ in range(steps):
            pick, model = self._chance.random(), self._model
            if pick < 0.35:
                await self._keep(session)
            elif pick < 0.7:
                session.travel(-1 if model.done else 0)  # before them all the picture was opened
                model.done = max(model.done - 1, 0)
            elif pick < 0.85:
                session.travel(1)
                model.done = min(model.done + 1, len(model.line))
            else:
                await self._return(session)
            await settled(session)
            self.check(session)

    def check(self, session: Session) -> None:
        model = self._model
        assert session.timeline.at(slot_of(session)) == model.at
        assert np.array_equal(base(session), model.bases[model.at])
        there = {edit.id: edit for edit in session.branches.of(slot_of(session))}
        assert there.keys() == model.bases.keys() - {""}
        assert all(session.store.read(edit.patch) for edit in there.values())

    async def _keep(self, session: Session) -> None:
        model, before = self._model, self._model.at
        paint(session, int(self._chance.integers(15, 105)), 40, 20)
        model.push(None)
        name, colour = f"v{self._chance.integers(1 << 30)}", int(self._chance.integers(255))
        await session.finishing.keep(await offered(session, name, colour), "Keep")
        id = at(session.document.target)
        model.push((before, id))
        model.bases[id] = base(session)

    async def _return(self, session: Session) -> None:
        model, before = self._model, self._model.at
        others = [id for id in model.bases if id not in {"", before}]
        if others:
            id = str(self._chance.choice(others))
            await session.return_to(id)
            model.push((before, id))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_nothing_kept_is_lost(live: Live, photo: Path, seed: int) -> None:
    """Random keeps, strokes, undos, redos and ways back, with restarts between."""
    person = Person(seed)

    async def begin(session: Session) -> None:
        await person.begin(session, photo)
        await person.work(session, 6)

    async def go_on(session: Session) -> None:
        await ready(session)
        person.check(session)
        await person.work(session, 6)

    live.run(begin)
    for _ in range(2):
        live.run(go_on, live.path)
