"""The ledger hears that a paid picture is in the project only once it is there for good."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from editor.engine.ledger import Ledger
from editor.engine.note import State
from editor.session.session import Session
from tests.fakes.living import Live, answered, opened, paint, scene
from tests.fakes.provider import Provider


async def ask(session: Session, path: Path) -> None:
    await opened(session, path)
    paint(session)
    session.form.set_model("openai", "gpt-image-2")
    session.form.set_prompt("a red kite")
    await answered(session)


def states() -> list[State]:
    ledger = Ledger()
    ledger.adopt()
    found = [note.state for note in ledger.notes()]
    ledger.close()
    return found


def test_a_paid_picture_is_stored_when_the_session_closes(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    path = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await ask(session, path)

    live.run(script)
    assert states() == [State.STORED]


def test_while_the_project_is_not_written_the_ledger_says_received(
    live: Live, paid: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scene(tmp_path / "photo.png")
    seen: list[State] = []

    async def script(session: Session) -> None:
        free = threading.Event()
        variant = session.store.variant

        def held_up(*values: object) -> object:
            session.store._writer.submit(lambda database: free.wait(20), urgent=True)
            return variant(*values)

        monkeypatch.setattr(session.store, "variant", held_up)
        await ask(session, path)
        seen.extend(note.state for note in session.ledger.notes())
        free.set()

    live.run(script)
    assert seen == [State.RECEIVED]
    assert states() == [State.STORED]


def test_a_picture_that_is_in_the_project_is_not_joined_again(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    path = scene(tmp_path / "photo.png")

    async def work(session: Session) -> None:
        session._recording.stored.disconnect()
        await ask(session, path)

    async def look(session: Session) -> None:
        assert len(session.gallery.state.entries) == 1

    live.run(work)
    live.run(look, live.path)
    assert states() == [State.STORED]
