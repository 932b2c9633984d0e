"""Masks of an earlier run come back with their steps, and with when each was made."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from editor.session.session import Session
from tests.fakes.living import Live, opened, paint, ready, scene, until


def test_a_mask_that_was_undone_can_be_made_again(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")
    masks: list[np.ndarray] = []

    async def work(session: Session) -> None:
        await opened(session, path)
        for change in (paint, lambda session: session.painting.invert()):
            change(session)
            masks.append(session.painting.plane.snapshot())
        session.undo()

    async def look(session: Session) -> None:
        await ready(session)
        session.redo()
        assert np.array_equal(session.painting.plane.pixels, masks[1])
        session.undo()
        assert np.array_equal(session.painting.plane.pixels, masks[0])
        session.undo()
        assert session.painting.plane.is_empty
        titles = [step.title for step in session.timeline.steps]
        assert titles == ["Brush", "Invert"]

    live.run(work)
    live.run(look, live.path)


def test_the_history_tells_when_an_earlier_run_changed_the_mask(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")
    began = datetime.now(UTC).replace(microsecond=0)
    ended: list[datetime] = []

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session)
        session.painting.invert()
        session.undo()
        ended.append(datetime.now(UTC))

    async def look(session: Session) -> None:
        await ready(session)
        rows = session.chronicle.rows(session.painting.slot)
        assert [(row.title, row.done) for row in rows] == [("Brush", True), ("Invert", False)]
        first, second = (row.made for row in rows)
        assert first is not None
        assert second is not None
        assert began <= first <= second <= ended[0]

    live.run(work)
    live.run(look, live.path)


def test_masks_of_other_pictures_are_read_when_they_are_visited(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def work(session: Session) -> None:
        await opened(session, *paths)
        paint(session, 100)
        session.document.turn(1)
        await ready(session)

    async def look(session: Session) -> None:
        await ready(session)
        assert session.document.target.name == "b.png"
        assert session.painting.plane.is_empty
        first = session.painting.slot
        session.document.turn(1)
        await until(session.painting.turned, lambda: session.painting.slot != first)
        assert session.painting.plane.pixels[160, 100] == 255

    live.run(work)
    live.run(look, live.path)
