"""A rejection is taken back and made again, also in a later run."""

from __future__ import annotations

from pathlib import Path

from editor.session.session import Session
from tests.fakes.living import Live, offered, opened, paint, scene, until


async def ready(session: Session, count: int) -> None:
    """Wait until the target can be painted on and so many of its answers are seen."""
    await until(session.painting.turned, lambda: session.painting.plane is not None)
    await until(session.gallery.changed, lambda: len(session.gallery.state.entries) == count)


def names(session: Session) -> list[str]:
    return [entry.id for entry in session.gallery.state.entries]


def test_a_rejection_can_be_taken_back_after_a_restart(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png", (120, 80))

    async def work(session: Session) -> None:
        await opened(session, path)
        paint(session, 60, 40, 20)
        for name, colour in (("a", 30), ("b", 60), ("c", 90)):
            await offered(session, name, colour)
        session.choosing.reject("b")
        session.choosing.reject("a")
        session.undo()

    async def look(session: Session) -> None:
        await ready(session, 2)
        assert names(session) == ["c", "a"]
        rows = session.chronicle.rows(session.painting.slot)
        assert [(row.title, row.done) for row in rows] == [
            ("Brush", True),
            ("Reject v2", True),
            ("Reject v2", False),
        ]
        assert rows[1].made is not None
        session.undo()
        assert names(session) == ["c", "b", "a"]
        await until(session.gallery.changed, lambda: session.gallery.find("b").joined is not None)

    async def again(session: Session) -> None:
        await ready(session, 3)
        session.redo()
        session.redo()
        assert names(session) == ["c"]

    async def last(session: Session) -> None:
        await ready(session, 1)
        session.undo()
        session.undo()
        assert names(session) == ["c", "b", "a"]

    live.run(work)
    for script in (look, again, last):
        live.run(script, live.path)
