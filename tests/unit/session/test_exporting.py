"""Exporting what the stage shows: names, order, and what is told."""

from __future__ import annotations

import asyncio
from pathlib import Path

from editor.session.session import Session
from tests.fakes.living import Live, opened, scene


def test_exports_at_once_get_names_of_their_own(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        async with asyncio.TaskGroup() as group:
            for _ in range(3):
                group.create_task(session.exporting.export())

    live.run(script)
    names = {path.name for path in tmp_path.glob("*_edit*")}
    assert names == {"photo_edit.png", "photo_edit-2.png", "photo_edit-3.png"}
    assert [notice.mood for notice in live.told] == ["ok", "ok", "ok"]
