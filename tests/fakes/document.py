"""A document without a session: real children decode, memory keeps, and all it tells is noted."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from editor.decoding.pool import Pool
from editor.errors import Problem, ProjectDamaged
from editor.imaging.raster import Raster
from editor.session import loop
from editor.session.document import Document
from editor.session.timeline import Timeline
from tests.fakes.living import scene


class Shelf:
    """Keeps bytes in memory; those that are gone are damaged."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def keep(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        return digest

    def read(self, digest: str) -> bytes:
        if digest not in self.kept:
            raise ProjectDamaged("A picture of the project is damaged.")
        return self.kept[digest]


class Table:
    """A document with ids in order, and everything it tells."""

    def __init__(self, pool: Pool) -> None:
        ids = iter("abcdefghijklmnopqrstuvwxyz")
        self.shelf = Shelf()
        self.timeline = Timeline()
        self.document = Document(pool, self.shelf, self.timeline, lambda: next(ids))
        self.steps: list[bool] = []
        self.turns: list[str] = []
        self.problems: list[Problem] = []
        self.document.ordered.connect(self.steps.append)
        self.document.turned.connect(lambda: self.turns.append(self.names[:1]))
        self.document.noted.connect(self.problems.append)

    @property
    def names(self) -> str:
        """First letters of the open pictures' names, in order."""
        return "".join(held.name[0] for held in self.document.pictures)

    async def open(self, folder: Path, names: str, **more: bool) -> None:
        await self.document.open_files([folder / f"{name}.png" for name in names], **more)

    async def loaded(self) -> Raster:
        await self.document.load_base()
        base = self.document.base
        assert base is not None
        return base

    def undo(self) -> None:
        assert self.timeline.undo("")

    def redo(self) -> None:
        assert self.timeline.redo("")


Script = Callable[[Table], Awaitable[None]]
Run = Callable[[Script], None]


@pytest.fixture
def table(qapp: QApplication, pool: Pool) -> Run:
    def run(script: Script) -> None:
        async def main() -> None:
            found = Table(pool)
            try:
                await script(found)
            finally:
                found.document.deleteLater()
                found.timeline.deleteLater()

        loop.run(qapp, main)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures a to e; each has a width of its own."""
    for number, name in enumerate("abcde"):
        scene(tmp_path / f"{name}.png", (600 + number, 40))
    return tmp_path
