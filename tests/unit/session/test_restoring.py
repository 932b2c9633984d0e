"""What a crash left open is shown as it stands: unknown, not sent, or finished from disk."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from editor.edits.job import State
from editor.engine.ledger import Ledger
from editor.engine.note import Asked
from editor.project.project import Round, StoredJob
from editor.session.session import Session
from tests.fakes.living import Live, opened, scene, until


async def shown(session: Session) -> None:
    await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))


def left(session: Session, id: str) -> None:
    """Leave a job in the project as a kill would."""
    slot = session.document.pictures[0].slot
    session.store.round(Round("round", slot, "openai", "gpt-image-2"))
    job = StoredJob(id, "round", slot, State.RUNNING)
    session.store._write(lambda tables: tables.put("job", id, job))


@pytest.mark.parametrize(
    ("sent", "state"), [(True, State.UNKNOWN), (False, State.FAILED)], ids=["sent", "not sent"]
)
def test_a_job_is_unknown_only_when_it_had_left(
    live: Live, tmp_path: Path, sent: bool, state: State
) -> None:
    path = scene(tmp_path / "photo.png")
    ledger = Ledger()
    entry = ledger.open(Asked("job", "openai", "gpt-image-2", "127.0.0.1", "digest"))
    entry.sending(100)
    if sent:
        entry.sent()
    ledger.close()

    async def work(session: Session) -> None:
        await opened(session, path)
        left(session, "job")

    async def look(session: Session) -> None:
        await shown(session)
        job = session.jobs.job("job")
        assert job is not None
        assert job.state is state
        assert ("may have been charged" in str(job.problem)) is sent

    live.run(work)
    live.run(look, live.path)


def test_an_answer_that_was_whole_on_the_disk_is_finished(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "photo.png")
    answer = base64.b64encode(scene(tmp_path / "answer.png").read_bytes()).decode()
    ledger = Ledger()
    entry = ledger.open(Asked("job", "openai", "gpt-image-2", "127.0.0.1", "digest"))
    entry.sending(100)
    entry.sent()
    entry.spool.write(json.dumps({"data": [{"b64_json": answer}]}).encode())
    entry.spool.sync()
    entry.received()
    entry.spool.close()
    ledger.close()

    async def work(session: Session) -> None:
        await opened(session, path)
        session.painting.begin(240, 160)
        session.painting.end()
        left(session, "job")

    async def look(session: Session) -> None:
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        assert [entry.job for entry in session.gallery.state.entries] == [""]
        assert not [n for n in session.ledger.notes() if n.state.value == "received"]

    live.run(work)
    live.run(look, live.path)
