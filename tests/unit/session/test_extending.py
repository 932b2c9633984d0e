"""A target on a larger canvas: masked where it is new, exact where it is old, one step of undo."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from editor.compose.extension import Sides, new_area
from editor.imaging.geometry import Size
from editor.session.loop import finish, spawn
from editor.session.session import Session
from editor.session.timeline import Kind
from tests.fakes.living import Live, offered, opened, paint, scene, until, wish
from tests.fakes.provider import Provider

SIDES = Sides(40, 0, 60, 20)
LARGER = Size(580, 340)


async def back_to(session: Session, size: Size) -> None:
    """Wait until a picture of this size can be painted on and exported."""
    await until(
        session.painting.turned,
        lambda: session.painting.plane is not None and session.painting.plane.size == size,
    )
    await finish(patience=30)


@pytest.mark.parametrize("deep", [False, True])
def test_the_new_area_is_masked_and_the_export_holds_the_old_one_exactly(
    live: Live, tmp_path: Path, deep: bool
) -> None:
    path = scene(tmp_path / "photo.png")
    if deep:
        pixels = np.random.default_rng(1).integers(0, 2**16, (320, 480, 3)).astype(np.uint16)
        cv2.imwrite(str(path), pixels)
    before = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)

    async def script(session: Session) -> None:
        await opened(session, path)
        paint(session, 100, 100, 30)
        await session.extending.extend(SIDES)
        plane, base = session.painting.plane, session.document.base
        assert plane.size == base.size == LARGER
        assert plane.pixels[100, 140] == 255, "what was painted came along"
        assert plane.pixels[160, 280] == 0
        for corner in ((0, 0), (0, 579), (339, 0), (339, 300)):
            assert plane.pixels[corner] == 255
        entry = await offered(session, "v1", 90)
        assert entry.proof[0] == 0
        session.gallery.show(1)
        await session.exporting.export(tmp_path / "out.png")
        found = cv2.imread(str(tmp_path / "out.png"), cv2.IMREAD_UNCHANGED)
        assert found.shape[:2] == (LARGER.height, LARGER.width)
        assert found.dtype == before.dtype
        kept = plane.pixels[:320, 40:520] == 0
        assert kept.sum() > 140_000
        assert np.array_equal(found[:320, 40:520][kept], before[kept])
        assert not np.array_equal(found[:320, :40], np.zeros_like(found[:320, :40]))

    live.run(script)


def test_the_sent_picture_goes_on_from_the_edge_and_the_sent_mask_opens_all_of_it(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    path = scene(tmp_path / "photo.png")
    old = cv2.imread(str(path)).astype(int)

    async def script(session: Session) -> None:
        await opened(session, path)
        await session.extending.extend(Sides(0, 0, 60, 0))
        wish(session, "more of the sea")
        session.form.set_frame("whole")
        (told,) = await session.sending.outgoing()
        picture, mask = (
            cv2.imdecode(np.frombuffer(piece.data, np.uint8), cv2.IMREAD_UNCHANGED)
            for piece in told.pieces
        )
        cols = mask.shape[1]
        new = np.s_[:, int(cols * 485 / 540) :]
        assert (mask[new][..., 3] == 0).all()
        sent = cv2.resize(picture[..., :3], (540, 320), interpolation=cv2.INTER_AREA).astype(int)
        around = slice(40, 280)
        edge = old[around, -1].mean(axis=0)
        assert np.abs(sent[around, 500:].mean(axis=(0, 1)) - edge).max() < 12
        assert np.abs(sent[around, 485] - old[around, -1]).mean() < 16

    live.run(script)
    assert paid.log == []


def test_it_is_one_step_of_undo_and_holds_kept_edits(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        await session.extending.extend(SIDES)
        assert abs(int(session.document.base.pixels[160, 280, 0]) - 90) < 40
        slot = session.painting.slot
        assert [s.title for s in session.timeline.steps][-1] == "Extend photo.png"
        session.undo()
        await back_to(session, Size(480, 320))
        assert session.document.target.kept
        session.redo()
        await back_to(session, LARGER)
        assert session.painting.slot == slot
        assert session.painting.plane.pixels[339, 0] == 255
        assert live.told == []

    live.run(script)


def test_history_lists_the_steps_before_it_and_goes_back_to_them_and_forth(
    live: Live, tmp_path: Path
) -> None:
    async def script(session: Session) -> None:
        def listed() -> list[str]:
            rows = session.chronicle.rows(session.painting.slot)
            return [f"{row.title}{'' if row.done else ' -'}" for row in rows]

        await opened(session, scene(tmp_path / "photo.png"))
        paint(session, 100, 100, 30)
        paint(session, 300, 100, 30)
        await session.extending.extend(SIDES)
        paint(session, 200, 250, 30)
        assert listed() == ["Open photo.png", "Brush", "Brush", "Extend photo.png", "Brush"]
        session.travel(-3)
        await back_to(session, Size(480, 320))
        assert listed() == ["Open photo.png", "Brush"] + [
            f"{title} -" for title in ("Brush", "Extend photo.png", "Brush")
        ]
        assert session.painting.plane.pixels[100, 100] == 255
        assert session.painting.plane.pixels[100, 300] == 0
        session.travel(3)
        await back_to(session, LARGER)
        assert session.painting.plane.pixels[100, 340] == 255
        assert session.painting.plane.pixels[250, 200] == 255
        session.undo()
        session.undo()
        session.undo()  # before the painting has turned: never the opening of the picture
        await back_to(session, Size(480, 320))
        assert session.painting.plane.pixels[100, 300] == 0
        assert live.told == []

    live.run(script)


def test_it_is_kept_in_the_project(live: Live, tmp_path: Path) -> None:
    async def first(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        await session.extending.extend(SIDES)
        await asyncio.to_thread(session.store.flush)

    async def second(session: Session) -> None:
        await back_to(session, LARGER)
        assert session.painting.plane.pixels[339, 0] == 255
        assert session.painting.plane.pixels[100, 100] == 0

    live.run(first)
    live.run(second, live.path)


def test_a_stroke_that_is_undone_meanwhile_stays_undone(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session, 100, 100, 30)
        at_work = spawn(session.extending.extend(SIDES), "extend")
        await asyncio.sleep(0)
        session.travel(-1)
        await at_work
        assert session.painting.plane.pixels[100, 140] == 0
        assert session.painting.plane.pixels[339, 0] == 255

    live.run(script)


def test_it_is_stopped_by_the_first_undo_and_nothing_else_is_undone(
    live: Live, tmp_path: Path
) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session, 100, 100, 30)
        at_work = spawn(session.extending.extend(SIDES), "extend")
        await asyncio.sleep(0)
        await session.extending.extend(Sides(1, 1, 1, 1))  # one at a time
        session.undo()
        with pytest.raises(asyncio.CancelledError):
            await at_work
        assert not session.extending.stop()
        assert session.painting.plane.size == Size(480, 320)
        assert session.painting.plane.pixels[100, 100] == 255
        await session.extending.extend(SIDES)
        assert session.painting.plane.size == LARGER
        session.undo()
        await back_to(session, Size(480, 320))
        assert session.painting.plane.pixels[100, 100] == 255
        assert live.told == []

    live.run(script)


def test_a_picture_that_is_gone_meanwhile_is_told_of(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        slot = session.painting.slot
        session.run(lambda: session.extending.extend(SIDES), "extend")
        await asyncio.sleep(0)
        session.document.remove(slot)
        await finish(patience=30)
        assert session.document.pictures == ()
        assert [notice.mood for notice in live.told] == ["error"]
        assert live.told[0].template.endswith("so its canvas was not extended.")

    live.run(script)


class Gate:
    """Lets the mask of the larger picture be made only when it is told to."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._begun, self._go = threading.Event(), threading.Event()
        patch.setattr("editor.session.extending.new_area", self._made)

    def _made(self, *values: object) -> object:
        self._begun.set()
        assert self._go.wait(20)
        return new_area(*values)  # type: ignore[arg-type]  # as they were given

    async def begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 20)

    def go(self) -> None:
        self._go.set()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


def test_undo_while_the_mask_is_made_is_that_of_the_extension_and_no_mask_comes_after(
    live: Live, tmp_path: Path, gate: Gate
) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        paint(session, 100, 100, 30)
        at_work = spawn(session.extending.extend(SIDES), "extend")
        await gate.begun()
        session.undo()
        gate.go()
        await asyncio.wait({at_work})
        await finish(patience=30)
        assert session.document.target.facts.size == Size(480, 320)
        assert session.painting.plane.pixels[100, 100] == 255
        assert session.timeline.undoable(session.painting.slot).kind is Kind.STROKE

    live.run(script)


def test_what_is_painted_while_the_mask_is_made_comes_along(
    live: Live, tmp_path: Path, gate: Gate
) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        at_work = spawn(session.extending.extend(SIDES), "extend")
        await gate.begun()
        session.painting.begin(100, 100)
        gate.go()
        await asyncio.wait({at_work}, timeout=0.1)
        assert session.document.target.facts.size == Size(480, 320), "the pen is still down"
        session.painting.end()
        await at_work
        await back_to(session, LARGER)
        assert session.painting.plane.pixels[100, 140] == 255
        assert session.painting.plane.pixels[339, 0] == 255

    live.run(script)


def test_who_turns_away_while_the_mask_is_made_is_told_and_finds_each_as_it_was(
    live: Live, tmp_path: Path, gate: Gate
) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"), scene(tmp_path / "other.png"))
        session.run(lambda: session.extending.extend(SIDES), "extend")
        await gate.begun()
        session.document.turn(1)
        gate.go()
        await finish(patience=30)
        assert {one.facts.size for one in session.document.pictures} == {Size(480, 320)}
        assert session.painting.plane.is_empty
        assert live.told[0].template.endswith("so its canvas was not extended.")

    live.run(script)


def test_a_larger_picture_that_is_taken_back_at_once_is_not_waited_for(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        put = session.document.put

        def put_and_undone(*values: object) -> None:
            put(*values)  # type: ignore[arg-type]  # as they were given
            session.undo()

        monkeypatch.setattr(session.document, "put", put_and_undone)
        await session.extending.extend(SIDES)
        await back_to(session, Size(480, 320))
        assert session.painting.plane.is_empty

    live.run(script)


def test_without_a_picture_or_a_side_nothing_is_done(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await session.extending.extend(SIDES)
        await opened(session, scene(tmp_path / "photo.png"))
        await session.extending.extend(Sides())
        assert session.painting.plane.size == Size(480, 320)
        assert len(session.timeline.steps) == 1

    live.run(script)
