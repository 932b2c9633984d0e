"""Leaks: every answer is measured once, and who ignored the mask is told once."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from editor.compose.fitting.fit import Fit
from editor.compose.leaking.leak import Leak, leak
from editor.edits.variant import Variant
from editor.imaging.codec import encode_png
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.session.entries import GalleryState
from editor.session.loop import finish
from editor.session.notice import Notice
from editor.session.session import Session
from tests.fakes.answering import arrive, begun, joined
from tests.fakes.drawn import drawn
from tests.fakes.living import Live, based, offered, opened, paint, scene, until


def obeyed(session: Session) -> bytes:
    """The base again, another thing in its middle."""
    base = session.document.base
    assert base is not None
    pixels = base.pixels.copy()
    rows, cols = pixels.shape[:2]
    pixels[rows * 2 // 5 : rows * 3 // 5, cols * 2 // 5 : cols * 3 // 5, :3] = (250, 20, 220)
    return encode_png(Raster(pixels))


def unrelated(session: Session) -> bytes:
    base = session.document.base
    assert base is not None
    return encode_png(drawn(base.size, 7))


async def measured(session: Session, id: str) -> Leak:
    await until(session.leaks.found, lambda: session.leaks.of(id) is not None)
    found = session.leaks.of(id)
    assert found is not None
    return found


def test_each_answer_is_measured_once(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        found: list[str] = []
        told: list[Notice] = []
        session.leaks.found.connect(lambda id, _: found.append(id))
        session.leaks.told.connect(told.append)
        one, other = begun(session)
        arrive(session, one, obeyed(session))
        arrive(session, other, unrelated(session))
        kept, lost = await measured(session, one.id), await measured(session, other.id)
        assert not kept.ignored
        assert kept.returned == session.document.base.size
        assert lost.ignored
        session.gallery.show(1)
        session.gallery.leave()
        await finish()
        assert sorted(found) == sorted([one.id, other.id])
        assert [(notice.mood, notice.template) for notice in told] == [("warn", lost.cause)]
        session.gallery.remove(other.id)
        assert session.leaks.of(other.id) is None
        assert session.leaks.of(one.id) is kept

    live.run(script)


def test_what_was_made_elsewhere_is_measured_without_an_alarm(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        told: list[Notice] = []
        session.leaks.told.connect(told.append)
        await session.take_result(unrelated(session), "chat.png")
        found = await measured(session, session.gallery.state.entries[0].id)
        assert found.over10 > 0.3
        await finish()
        assert told == []

    live.run(script)


def test_a_restored_answer_raises_no_alarm_again(live: Live, photo: Path) -> None:
    async def first(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        (job,) = begun(session, count=1)
        arrive(session, job, unrelated(session))
        await measured(session, job.id)

    async def second(session: Session) -> None:
        told: list[Notice] = []
        session.leaks.told.connect(told.append)
        id = session.gallery.state.entries[0].id
        assert (await measured(session, id)).ignored
        await finish()
        assert told == []

    live.run(first)
    live.run(second, project=live.path)


def test_an_answer_for_the_whole_picture_has_no_leak(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        entry = await offered(session, "x", 90)
        assert entry.variant is not None
        await measured(session, "x")
        whole = replace(entry, id="whole", variant=replace(entry.variant, coverage=None))
        session.gallery.changed.emit(GalleryState((whole,)))
        await finish()
        assert session.leaks.of("whole") is None

    live.run(script)


def test_an_answer_is_measured_on_its_own_picture_alone(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the target has turned to another one of the same size meanwhile."""
    paths = [scene(tmp_path / "a.png"), tmp_path / "b.png"]
    paths[1].write_bytes(encode_png(drawn(Size(480, 320), 3)))
    bases: list[Raster] = []
    turned = threading.Event()

    def patient(base: Raster, variant: Variant, fit: Fit) -> Leak:
        bases.append(base)
        assert turned.wait(20)
        return leak(base, variant, fit)

    monkeypatch.setattr("editor.session.leaks.leak", patient)

    async def script(session: Session) -> None:
        await opened(session, *paths)
        await based(session)
        paint(session)
        document = session.document
        first, second = (held.slot for held in document.pictures)
        was = document.base
        assert was is not None
        one, other = begun(session)
        for job in (one, other):
            arrive(session, job, obeyed(session))
            await joined(session, job.id)
        document.move(second, 0)
        await based(session)
        assert document.base.size == was.size
        turned.set()
        await measured(session, one.id)
        document.move(first, 0)
        await measured(session, other.id)
        assert [np.array_equal(base.pixels, was.pixels) for base in bases] == [True, True]

    live.run(script)


def test_what_this_computer_made_leaks_nothing_and_is_not_measured(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        held, plane = session.document.target, session.painting.plane
        assert held is not None
        assert plane is not None
        entry = await offered(session, "v1", 90)
        assert entry.variant is not None
        await measured(session, "v1")
        mine = replace(entry.variant, id="v2", round="v2", provider="offline")
        session.gallery.add(held.slot, mine, encode_png(mine.raster))
        await until(session.gallery.changed, lambda: session.gallery.state.entries[0].joined)
        await finish()
        assert session.leaks.of("v2") is None

    live.run(script)
