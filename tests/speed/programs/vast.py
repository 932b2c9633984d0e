"""The real window with a very large picture, in memory or on the disk, and what it takes.

Arguments: "memory" or "disk", the picture, a small one, a folder for files. Tells one line of
JSON: seconds, milliseconds of frames, bytes.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from editor.capability.catalog import load
from editor.decoding.memory import free_memory
from editor.decoding.pool import Pool
from editor.decoding.room import Room
from editor.engine.ledger import Ledger
from editor.preferences.preferences import Preferences
from editor.project.store import Store
from editor.session import loop
from editor.session.form import Form
from editor.session.session import Session
from editor.ui import near, style
from editor.ui.life import attach
from editor.ui.window import Window

FRAMES, FAR = 120, 1 << 30
# Frames of one pan; bytes that are free for a program that has to work from the disk.
ZOOMS = (0.05, 0.2, 0.5, 1.0, 3.0)


class Vast:
    """One window over one session."""

    def __init__(self, window: Window, session: Session) -> None:
        self.window, self.session = window, session
        self.canvas = window.stage.canvas

    async def open(self, path: Path) -> float:
        """Open a picture; the seconds until it is seen."""
        start = time.monotonic()
        await self.session.edit(path)
        await self._shown()
        seen = time.monotonic() - start
        while self.session.painting.slot != self.session.document.target.slot:  # noqa: ASYNC110 - no one signal
            await asyncio.sleep(0.005)
        return seen

    async def use(self) -> None:
        """Paint a stroke across it, and look at it from near and far."""
        painting, (width, height) = self.session.painting, self.session.painting.plane.size
        painting.set_brush(diameter=height / 30)
        painting.begin(width * 0.2, height * 0.2)
        for step in range(40):
            painting.extend(width * (0.2 + 0.015 * step), height * (0.2 + 0.01 * step))
        painting.end()
        for zoom in ZOOMS:
            self.canvas.viewport.set_zoom(zoom)
            await self._shown()
            await asyncio.sleep(0.2)
        self.canvas.viewport.fit()
        await self._shown()

    async def come_near(self) -> float:
        """Go to 100 %, and wait until all of it is sharp; the seconds it took."""
        start = time.monotonic()
        read = asyncio.Event()
        near._hear.append(read.set)
        self.canvas.viewport.set_zoom(1.0)
        await self._shown()
        while self._near is not None and self._near._reading:
            read.clear()
            await read.wait()
            await self._shown()
        near._hear.pop()
        return time.monotonic() - start

    async def pan(self) -> list[float]:
        """Milliseconds of each frame on a long way over parts never seen at this zoom."""
        times = []
        for _ in range(FRAMES):
            times.append(await self._shown(lambda: self.canvas.viewport.pan(-40, -20)))
            await asyncio.sleep(0.008)
        return times

    @property
    def _near(self) -> near.Near | None:
        return self.canvas._layers.base._near

    async def _shown(self, change: Callable[[], object] = lambda: None) -> float:
        """Do something and have it drawn by the X server; the milliseconds it took.

        Not in a task: while the server is waited for, others have their turn.
        """
        running = asyncio.get_running_loop()
        took: asyncio.Future[float] = running.create_future()

        def show() -> None:
            start = time.perf_counter()
            change()
            QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
            QGuiApplication.sync()
            took.set_result((time.perf_counter() - start) * 1e3)

        running.call_soon(show)
        return await took


def held() -> tuple[int, int]:
    """Bytes that nobody can take back, and of files, which the system can."""
    lines = Path("/proc/self/status").read_text().splitlines()
    told = {name: words.split() for name, _, words in (line.partition(":") for line in lines)}
    kept, shared, files = (int(told[name][0]) << 10 for name in ("RssAnon", "RssShmem", "RssFile"))
    return kept + shared, files


def forgotten(vast: Vast, folder: Path) -> None:
    """Have the system let go of all that it read of files without a name, as if it were short."""
    for link in Path("/proc/self/fd").iterdir():
        if link.is_symlink() and str(folder) in str(link.readlink()):
            os.fdatasync(int(link.name))
            vast.session.document.base.pixels.base.base.obj.madvise(4)  # MADV_DONTNEED
            os.posix_fadvise(int(link.name), 0, 0, os.POSIX_FADV_DONTNEED)


async def measured(app: QApplication, words: list[str]) -> None:
    way, large, small, folder = words[0], *map(Path, words[1:])
    free = (lambda: FAR) if way == "disk" else free_memory
    pool, form, ledger = Pool(room=Room(lambda: folder, free)), Form(load()), Ledger()
    pool.start()
    session, window = Session(form, Store.create(), ledger, pool), Window(form, Preferences())
    window.setGeometry(app.primaryScreen().geometry())
    window.show()
    attach(window, session)
    await session.begin()
    vast = Vast(window, session)
    await vast.open(small)
    await vast.use()
    least = held()
    told: dict[str, object] = {"open": await vast.open(large)}
    await vast.use()
    told["held"], told["files"] = (now - before for now, before in zip(held(), least, strict=True))
    if way == "disk":
        forgotten(vast, folder)
        vast._near._read.clear()
    told["near"] = await vast.come_near()
    told["pan"] = await vast.pan()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    window.close()
    await session.close()
    ledger.close()
    pool.close()


def main() -> None:
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    style.apply(app, "dark", still=True)
    loop.run(app, lambda: measured(app, sys.argv[1:]))


main()
