"""Ways to an edit where nothing is painted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from editor.capability.catalog import Catalog
from editor.imaging.codec import encode_png
from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.session.covering import CLEAR, SEEN_FIRST, WHOLE
from editor.session.session import Session
from tests.fakes.joining import noise
from tests.fakes.living import Live, answered, opened, paint, scene, until, wish
from tests.fakes.provider import Provider


def with_hole(folder: Path) -> Path:
    """A picture whose middle is more or less clear."""
    pixels = noise(Size(480, 320)).pixels.copy()
    pixels[100:200, 100:200, 3] = 127
    pixels[200:220, 100:200, 3] = 128
    (folder / "hole.png").write_bytes(encode_png(Raster(pixels)))
    return folder / "hole.png"


async def asking(session: Session, *paths: Path) -> None:
    await opened(session, *paths)
    wish(session)


def test_the_whole_picture_is_edited_without_a_mask_as_one_step(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    async def script(session: Session) -> None:
        await asking(session, scene(tmp_path / "photo.png"))
        assert session.covering.ways == (WHOLE,)
        session.covering.go(CLEAR)
        assert session.painting.plane.is_empty
        session.covering.go(WHOLE)
        assert (session.covering.ways, session.painting.plane.is_full) == ((), True)
        session.sending.judge()
        assert session.form.state.troubles == ()
        assert session.sending.placement.window.size == Size(480, 320)
        await answered(session)
        (entry,) = session.gallery.state.entries
        assert entry.variant.coverage is None
        assert entry.proof == (0, 0)
        session.gallery.show(1)
        await session.keep()
        session.undo()
        session.undo()

    async def again(session: Session) -> None:
        (entry,) = session.gallery.state.entries
        assert entry.variant.coverage is None

    live.run(script)
    (seen,) = paid.log
    assert [name for name, *_ in seen.files] == ["image"]
    live.run(again, live.path)


def test_one_step_of_undo_takes_the_whole_picture_back(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await asking(session, scene(tmp_path / "photo.png"))
        session.covering.go(WHOLE)
        session.undo()
        assert session.painting.plane.is_empty
        assert session.covering.ways == (WHOLE,)

    live.run(script)


def test_what_is_clear_in_a_picture_becomes_its_mask(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    async def script(session: Session) -> None:
        await asking(session, with_hole(tmp_path))
        await until(session.covering.changed, lambda: session.covering.ways == (CLEAR, WHOLE))
        session.covering.go(CLEAR)
        painted = session.painting.plane.pixels
        assert np.array_equal(np.argwhere(painted).min(axis=0), (100, 100))
        assert int(np.count_nonzero(painted)) == 100 * 100
        await answered(session)
        session.undo()

    live.run(script)
    (seen,) = paid.log
    assert [name for name, *_ in seen.files] == ["image", "mask"]


def test_where_the_provider_edits_what_is_clear_that_is_shown_before_it_is_paid_for(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    now = [100.0]
    live.catalog = Catalog(tuple(replace(one, own_alpha=True) for one in live.catalog.providers))

    async def script(session: Session) -> None:
        session.covering._clock = lambda: now[0]
        await asking(session, with_hole(tmp_path))
        await until(session.form.changed, lambda: session.form.state.covers)
        session.form.set_prompt("")
        assert not session.form.state.covers
        session.form.set_prompt("a red kite")
        await session.send()
        assert not session.form.state.covers
        assert int(np.count_nonzero(session.painting.plane.pixels)) == 100 * 100
        assert [notice.template for notice in live.told] == [SEEN_FIRST]
        await session.send()  # the other half of a double click
        assert session.gallery.state.entries == ()
        session.undo()
        assert session.painting.plane.is_empty
        now[0] += 1.0
        await session.send()
        now[0] += 1.0
        assert session.gallery.state.entries == ()
        await answered(session)
        (entry,) = session.gallery.state.entries
        assert int(np.count_nonzero(entry.variant.coverage)) == 100 * 100

    live.run(script)
    (seen,) = paid.log
    assert [name for name, *_ in seen.files] == ["image", "mask"]


def test_what_is_painted_or_opaque_goes_out_at_once(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    live.catalog = Catalog(tuple(replace(one, own_alpha=True) for one in live.catalog.providers))

    async def script(session: Session) -> None:
        await asking(session, with_hole(tmp_path))
        paint(session)
        await answered(session)

    async def opaque(session: Session) -> None:
        await asking(session, scene(tmp_path / "photo.png"))
        await session.send()
        assert session.painting.plane.is_empty

    live.run(script)
    live.run(opaque)
    assert len(paid.log) == 1
    assert live.told == []


def test_no_way_is_open_where_it_is_painted_or_nothing_is_asked(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        assert session.covering.ways == ()
        await asking(session, scene(tmp_path / "photo.png"))
        session.form.set_prompt("  ")
        assert session.covering.ways == ()
        session.form.set_prompt("a kite")
        session.form.set_provider("offline")
        assert session.covering.ways == ()
        session.form.set_provider("openai")
        paint(session)
        assert session.covering.ways == ()

    live.run(script)
