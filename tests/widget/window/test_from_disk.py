"""A picture that is worked from the disk: the window says so, and it becomes sharp by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from editor.decoding.pool import Pool
from editor.decoding.room import Room
from editor.session.session import Session
from editor.ui import near
from editor.ui.gallery.compare import BESIDE
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, scene, wired
from tests.widget.canvas.conftest import rgb


@pytest.fixture
def short(qapp: QApplication, tmp_path: Path) -> Iterator[Live]:
    """A live session that believes in very little memory."""
    pool = Pool(room=Room(lambda: tmp_path, lambda: 1000))
    yield Live(qapp, pool)
    pool.close()


def frames(live: Live, photo: Path) -> list[np.ndarray]:
    """The canvas at 100 % and the original beside an answer, as they are after a moment."""
    found = []

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        stage, base = window.stage, session.document.base
        assert base is not None
        assert ("worked from the disk" in window.hints._facts) is base.on_disk
        read = asyncio.Event()
        near._hear.append(read.set)
        stage.canvas.viewport.set_zoom(1.0)
        found.append(rgb(stage.canvas.grab().toImage()))
        assert not read.is_set()
        if base.on_disk:
            await read.wait()
        found.append(rgb(stage.canvas.grab().toImage()))
        paint(session)
        await offered(session, "one", 40)
        wired(window)._views.show(BESIDE)
        found.append(rgb(stage.compare.grab().toImage()))

    live.show(script)
    return found


def test_it_says_so_and_becomes_sharp_by_itself(live: Live, short: Live, tmp_path: Path) -> None:
    photo = scene(tmp_path / "photo.png", (2400, 1600))
    (_, usual, compared), (soft, sharp, other) = frames(live, photo), frames(short, photo)
    assert not np.array_equal(soft, usual)
    inside = (slice(60, -60), slice(60, -60))  # around it lie chips that speak of the picture
    assert np.array_equal(sharp[inside], usual[inside])
    assert np.array_equal(other, compared)
