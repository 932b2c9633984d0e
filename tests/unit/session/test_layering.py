"""Layers of a live session: kept edits, the shown answer, and numbers as in the strip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.session.layering import Layering
from editor.session.session import Session
from tests.fakes.living import Live, offered, opened, paint, scene


@pytest.mark.usefixtures("inline")
def test_kept_edits_lie_under_the_answers(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        await session.finishing.keep(await offered(session, "first", 90), "Keep v1")
        session.gallery.leave()
        paint(session, 300, 200)
        shown = await offered(session, "second", 200)
        layering = Layering(session.document, session.gallery)
        finished = await session.finishing.finished(shown)
        found = await layering.of(finished, shown, [])
        assert [layer.name for layer in found] == ["photo.png", "Keep v1", "v1"]
        assert [layer.shown for layer in found] == [True, True, True]
        assert np.array_equal(found[0].samples, finished.source.samples)
        added = found[0].samples.astype(float)
        for layer in found[1:]:
            share = layer.mask[..., None] / 255
            part = added[layer.rect.rows_cols]
            part[...] = part * (1 - share) + layer.samples * share
        assert np.abs(added - finished.result.samples).max() <= 1

    live.run(script)


def test_what_is_gone_has_no_number(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        entry = await offered(session, "first", 90)
        layering = Layering(session.document, session.gallery)
        assert (layering.number(entry), layering.number(None)) == (1, 0)
        session.gallery.remove("first")
        assert layering.number(entry) == 0

    live.run(script)
