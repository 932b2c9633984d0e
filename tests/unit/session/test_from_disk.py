"""A picture that is worked from the disk: all that is made of it is what memory would give."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from editor.compose.assets.manner import Manner
from editor.decoding.pool import Pool
from editor.decoding.room import Room
from editor.errors import InputProblem
from editor.session.from_disk import FROM_DISK
from editor.session.session import Session
from tests.fakes.full_disk import no_space
from tests.fakes.living import Live, answered, based, offered, opened, paint, scene, until, wish
from tests.fakes.pictures import png_of
from tests.fakes.provider import Provider


@pytest.fixture
def short(qapp: QApplication, tmp_path: Path) -> Iterator[Live]:
    """A live session that believes in very little memory."""
    folder = tmp_path / "cache"
    folder.mkdir()
    pool = Pool(room=Room(lambda: folder, lambda: 1000))
    yield Live(qapp, pool)
    pool.close()
    assert list(folder.iterdir()) == []


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    """A picture of 16 bits."""
    rows, cols = np.mgrid[0:320, 0:480]
    samples = np.dstack([cols * 130, rows * 200, (rows + cols) % 200 * 300]).astype(np.uint16)
    path = tmp_path / "photo.png"
    path.write_bytes(png_of(samples))
    return path


async def whole_way(session: Session, photo: Path, out: Path) -> dict[str, object]:
    """Paint, undo, send, keep, edit what was kept, take it back, export; what came of it."""
    await opened(session, photo)
    base, plane = session.document.base, session.painting.plane
    assert base is not None
    assert plane is not None
    found: dict[str, object] = {"opened": _of(base.pixels)}
    paint(session, 100, 90)
    paint(session)
    session.undo()
    found["painted"] = _of(plane.snapshot())
    wish(session)
    await answered(session)
    found["shown"] = await session.exporting.picture()
    await session.keep()
    await until(session.document.ordered, lambda: bool(session.document.target.kept))
    assert session.document.base is not base
    found["kept"] = _of(session.document.base.pixels)
    found["where it lies"] = session.document.base.on_disk
    paint(session, 300, 200)
    await answered(session)
    await session.exporting.export_as(Manner(recipe=False), out)
    found["protected"] = session.protection()
    session.gallery.leave()
    session.undo()
    session.undo()
    session.undo()
    await until(session.document.based, lambda: not session.document.target.kept)
    assert session.document.base is not None
    found["taken back"] = _of(session.document.base.pixels)
    return found


def _of(pixels: np.ndarray) -> str:
    return hashlib.sha256(pixels.tobytes()).hexdigest()


def test_every_byte_is_what_memory_would_give(
    live: Live, short: Live, deep: Path, tmp_path: Path, paid: Provider
) -> None:
    short.catalog = live.catalog
    found = []
    for way in (live, short):
        out = tmp_path / f"out-{len(found)}"
        out.mkdir()

        async def script(session: Session, out: Path = out) -> None:
            found.append(await whole_way(session, deep, out))

        way.run(script)
        gc.collect()
        found[-1]["finished"] = {file.name: file.read_bytes() for file in out.iterdir()}
        found[-1]["sent"] = [seen.digest for seen in paid.log]
        paid.reset()
    usual, other = found
    assert (usual.pop("where it lies"), other.pop("where it lies")) == (False, True)
    assert usual["taken back"] == usual["opened"] != usual["kept"]
    assert usual["protected"][0] == 0
    assert (len(usual["sent"]), len(usual["finished"])) == (2, 1)
    for name, value in usual.items():
        assert other[name] == value, name


def test_the_person_is_told_once_why_it_may_take_a_moment(short: Live, photo: Path) -> None:
    other = scene(photo.with_name("other.png"))

    async def script(session: Session) -> None:
        await opened(session, photo)
        await session.open([other])
        for _ in range(4):
            session.document.turn(1)
            await based(session)

    short.run(script)
    told = [notice for notice in short.told if notice.template == FROM_DISK]
    assert {notice.mood for notice in told} == {"info"}
    assert [notice.values["name"] for notice in told] == ["photo.png", "other.png"]
    assert len(FROM_DISK.format(name="photo.png")) <= 160


def test_a_disk_that_is_full_keeps_nothing_and_loses_nothing(
    short: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "one", 40)
        base = session.document.base
        with monkeypatch.context() as disk:
            disk.setattr("os.posix_fallocate", no_space, raising=False)
            with pytest.raises(InputProblem, match="Nothing has changed"):
                await session.keep()
        assert session.document.base is base
        assert session.document.target.kept == ()
        assert session.gallery.find("one").joined is not None
        session.gallery.show(1)
        await session.keep()
        assert len(session.document.target.kept) == 1

    short.run(script)
