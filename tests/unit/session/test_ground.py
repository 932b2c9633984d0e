"""What an answer is joined onto, before and after another of its round was kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from editor.compose.blend import Overlay
from editor.imaging.facts import Facts
from editor.imaging.geometry import Rect, Size
from editor.project.project import Kept
from editor.session.entries import Entry
from editor.session.ground import Ground, Grounds, instead_of, lies_on, overlaid, part_of, without
from editor.session.held import Held
from editor.session.session import Session
from tests.fakes.answering import arrive, begun, joined
from tests.fakes.joining import noise
from tests.fakes.living import Live, opened, paint, scene

SIZE = Size(60, 40)
BOX = Rect(10, 10, 30, 20)
ENTRY = Entry("b", "round")


def kept(id: str, round: str = "round", rect: Rect = BOX) -> Kept:
    return Kept(id, "Keep", rect, f"patch of {id}", round=round)


def held(*edits: Kept) -> Held:
    return Held("a", "a.png", Facts("png", SIZE), "digest", noise(SIZE), kept=edits)


@pytest.mark.parametrize(
    ("edits", "replaced"),
    [
        ((), False),
        ((kept("a"),), True),
        ((kept("b"),), True),
        ((kept("a", "other"),), False),
        ((kept("a"), kept("c", "other")), False),
        ((kept("c", "other"), kept("a")), True),
    ],
)
def test_only_the_newest_edit_is_replaced_and_only_by_its_round(
    edits: tuple[Kept, ...], replaced: bool
) -> None:
    last = instead_of(held(*edits), ENTRY)
    assert last is (edits[-1] if replaced else None)
    under = without(held(*edits), last)
    assert under.kept == (edits[:-1] if replaced else edits)


def test_a_join_stays_good_as_long_as_its_ground_does() -> None:
    joined_on = held().base_digest
    entry = replace(ENTRY, joined=Overlay(BOX, noise(BOX.size).pixels), joined_on=joined_on)
    assert lies_on(held(), entry)
    assert lies_on(held(kept("a")), entry)
    assert not lies_on(held(kept("a", rect=Rect(10, 10, 31, 20))), entry)
    assert not lies_on(held(kept("a", "other")), entry)
    assert not lies_on(held(), ENTRY)


def test_a_smaller_join_covers_what_it_replaces_with_what_was_below() -> None:
    base, answer = noise(SIZE, 1), noise(BOX.size, 2)
    ground = Ground(held(), base, Rect(5, 12, 20, 25))
    overlay = ground.covering(Overlay(BOX, answer.pixels, "said"))
    assert (overlay.rect, overlay.note) == (Rect(5, 10, 30, 25), "said")
    seen = overlaid(noise(SIZE, 3), overlay).pixels
    expected = base.pixels.copy()
    expected[BOX.rows_cols] = answer.pixels
    assert np.array_equal(seen[overlay.rect.rows_cols], expected[overlay.rect.rows_cols])
    enough = Overlay(BOX, answer.pixels)
    assert replace(ground, hides=Rect(12, 12, 20, 18)).covering(enough) is enough


def test_a_part_is_a_copy() -> None:
    base = noise(SIZE)
    part = part_of(base, BOX)
    assert np.array_equal(part.pixels, base.pixels[BOX.rows_cols])
    assert not np.shares_memory(part.pixels, base.pixels)


def test_what_was_below_a_kept_edit_is_read_once(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scene(tmp_path / "photo.png")

    async def script(session: Session) -> None:
        await opened(session, path)
        paint(session)
        untouched = session.document.base
        assert untouched is not None
        jobs = begun(session)
        for job in jobs:
            arrive(session, job)
            await joined(session, job.id)
        session.gallery.show(1)
        await session.keep()
        held, base = session.document.target, session.document.base
        assert held is not None
        assert base is not None
        assert not np.array_equal(base.pixels, untouched.pixels)
        reads: list[Held] = []
        real = session.document.shown
        monkeypatch.setattr(
            session.document, "shown", lambda one: (reads.append(one), real(one))[1]
        )
        grounds = Grounds(session.document)
        for job in jobs:
            entry = session.gallery.find(job.id)
            assert entry is not None
            ground = await grounds.of(held, base, entry)
            assert np.array_equal(ground.base.pixels, untouched.pixels)
            assert ground.held.kept == ()
        assert len(reads) == 1
        apart = await grounds.of(held, base, Entry("x", "other"))
        assert (apart.held, apart.base) == (held, base)

    live.run(script)
