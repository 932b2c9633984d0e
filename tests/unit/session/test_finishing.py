"""Keeping an answer: protected pixels stay, undo crosses it and slots, and what is exported."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from editor.compose.blend import Joined
from editor.errors import Problem
from editor.imaging.geometry import Size
from editor.session import finishing
from editor.session.entries import Entry
from editor.session.session import Session
from tests.fakes.living import Live, based, offered, opened, paint, scene, until


async def settled(session: Session, kept: int) -> None:
    """Wait until so many edits lie on the target and its pixels show them."""
    document = session.document
    await until(
        session.finishing.kept, lambda: document.target and len(document.target.kept) == kept
    )
    await until(document.based, lambda: document.base is not None)


def base_of(session: Session) -> np.ndarray:
    assert session.document.base is not None
    return session.document.base.pixels


def test_keeping_changes_what_was_painted_and_nothing_else(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        before, coverage = base_of(session), session.painting.plane.snapshot()
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        differs = (base_of(session) != before).any(axis=2)
        assert not differs[coverage == 0].any()
        assert (base_of(session)[160, 240] == (90, 90, 90, 255)).all()
        (kept,) = session.document.target.kept
        assert (kept.variant, kept.title, kept.changed) == ("v1", "Keep v1", 0)
        assert kept.protected == int(np.count_nonzero(coverage == 0))
        assert session.document.target.shown is not None
        assert session.painting.plane.is_empty
        assert [step.title for step in session.timeline.steps] == [
            "Open photo.png",
            "Brush",
            "Keep v1",
        ]

    live.run(script)


def test_undo_crosses_edits_strokes_and_pictures_in_order(live: Live, tmp_path: Path) -> None:
    first, second = scene(tmp_path / "a.png"), scene(tmp_path / "b.png")

    async def script(session: Session) -> None:
        await opened(session, first)
        untouched = base_of(session)
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        edited = base_of(session)
        await session.open([second])
        session.undo()
        assert len(session.document.pictures) == 1
        session.undo()
        assert len(session.document.target.kept) == 1
        session.undo()
        await settled(session, 0)
        assert np.array_equal(base_of(session), untouched)
        assert not session.painting.plane.is_empty
        session.undo()
        assert session.painting.plane.is_empty
        session.redo()
        session.redo()
        await settled(session, 1)
        assert np.array_equal(base_of(session), edited)
        assert session.painting.plane.is_empty
        session.redo()
        assert [held.name for held in session.document.pictures] == ["a.png", "b.png"]

    live.run(script)
    taken_back, kept = (notice.template for notice in live.told)
    assert taken_back.startswith("Taken back")
    assert "kept edit" in kept


def test_two_kept_edits_show_what_would_be_exported(live: Live, tmp_path: Path) -> None:
    """The second answer was joined before the first was kept, and their boxes overlap."""
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session, 240, 160)
        first = await offered(session, "v1", 90)
        session.painting.clear()
        paint(session, 275, 195)
        second = await offered(session, "v2", 200)
        assert first.joined.rect.overlaps(second.joined.rect)
        await asyncio.gather(
            session.finishing.keep(first, "Keep v1"), session.finishing.keep(second, "Keep v2")
        )
        assert [kept.title for kept in session.document.target.kept] == ["Keep v1", "Keep v2"]
        shown = await session.document.shown(session.document.target)
        assert np.array_equal(base_of(session), shown.pixels)
        assert (base_of(session)[140, 240] == (90, 90, 90, 255)).all()

    live.run(script)


def test_an_edit_that_is_kept_while_the_picture_is_left_is_kept(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        entry, slot = await offered(session, "v1", 90), session.painting.slot
        session.run(lambda: session.finishing.keep(entry, "Keep v1"), "keep")
        await asyncio.sleep(0)
        session.document.turn(1)
        await until(session.finishing.kept, lambda: bool(session.document.held(slot).kept))
        assert session.document.target.kept == ()
        await based(session)
        assert (base_of(session)[160, 240] != 90).any()
        session.document.turn(1)
        await based(session)
        assert (base_of(session)[160, 240] == (90, 90, 90, 255)).all()

    live.run(script)


def test_an_edit_that_is_taken_back_while_the_picture_is_left_is_gone(
    live: Live, tmp_path: Path
) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        untouched, slot = base_of(session), session.painting.slot
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        session.undo()
        session.undo()
        session.document.turn(1)
        await until(session.finishing.kept, lambda: not session.document.held(slot).kept)
        session.document.turn(1)
        await based(session)
        assert np.array_equal(base_of(session), untouched)

    live.run(script)


def test_an_edit_that_is_taken_back_before_its_picture_is_read_is_gone(
    live: Live, tmp_path: Path
) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        untouched, slot = base_of(session), session.painting.slot
        paint(session)
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        session.document.turn(1)
        await based(session)
        session.document.turn(1)
        await until(session.painting.turned, lambda: session.painting.slot == slot)
        session.undo()
        session.undo()
        await until(session.finishing.kept, lambda: not session.document.held(slot).kept)
        await based(session)
        assert np.array_equal(base_of(session), untouched)

    live.run(script)


def test_nothing_is_kept_before_it_has_arrived(live: Live, tmp_path: Path) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await session.finishing.keep(Entry("v1", "v1"), "Keep v1")
        await opened(session, source)
        await session.finishing.keep(Entry("v1", "v1"), "Keep v1")
        paint(session)
        entry = await offered(session, "v1", 90)
        await session.finishing.keep(replace(entry, joined=None), "Keep v1")
        assert session.document.target.kept == ()

    live.run(script)


def test_a_join_that_would_touch_protected_pixels_is_not_made(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = scene(tmp_path / "photo.png")

    def leaky(*values: object) -> Joined:
        return replace(real(*values), changed=7)

    real = finishing.join
    monkeypatch.setattr(finishing, "join", leaky)

    async def script(session: Session) -> None:
        await opened(session, source)
        paint(session)
        entry, before = await offered(session, "v1", 90), base_of(session)
        with pytest.raises(Problem, match="7 protected pixels, so it was not made"):
            await session.finishing.keep(entry, "Keep v1")
        with pytest.raises(Problem, match="7 protected pixels, so it was not made"):
            await session.finishing.finished(entry)
        assert base_of(session) is before
        assert session.document.target.kept == ()
        assert not session.painting.plane.is_empty

    live.run(script)


def test_what_is_exported_is_every_kept_edit_and_the_shown_answer(
    live: Live, tmp_path: Path
) -> None:
    source = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, source)
        bare = await session.finishing.finished(None)
        assert np.array_equal(bare.result.samples, bare.source.samples)
        assert not bare.may_change.any()
        paint(session, 100, 160)
        first = session.painting.plane.snapshot() > 0
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        paint(session, 380, 160)
        second = session.painting.plane.snapshot() > 0
        done = await session.finishing.finished(await offered(session, "v2", 200))
        assert np.array_equal(done.may_change, first | second)
        assert (done.result.samples[160, 100] == 90).all()
        assert (done.result.samples[160, 380] == 200).all()
        differs = (done.result.samples != done.source.samples).any(axis=2)
        assert not differs[~done.may_change].any()
        assert len(session.document.target.kept) == 1

    live.run(script)


def test_a_deep_picture_is_finished_at_its_own_depth(live: Live, tmp_path: Path) -> None:
    deep = np.random.default_rng(1).integers(0, 65536, (60, 90, 3), np.uint16)
    assert cv2.imwrite(str(tmp_path / "deep.png"), deep)

    async def script(session: Session) -> None:
        await opened(session, tmp_path / "deep.png")
        paint(session, 45, 30, diameter=20)
        coverage = session.painting.plane.snapshot()
        await session.finishing.keep(await offered(session, "v1", 90), "Keep v1")
        done = await session.finishing.finished(None)
        assert done.result.depth == 16
        assert done.result.size == Size(90, 60)
        assert np.array_equal(done.result.samples[coverage == 0], deep[..., ::-1][coverage == 0])
        assert (done.result.samples[30, 45] == 90 * 257).all()

    live.run(script)
