"""Masks come in as they are meant, or the person says how; they go out in every manner."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from editor.errors import InputProblem
from editor.imaging.geometry import Rect
from editor.mask.exchange import Manner, Polarity
from editor.session.mask_exchange import PLACE, STRETCH, SWAP, Read
from editor.session.session import Session
from tests.fakes.living import Live, opened, paint, scene, wish

SIZE = (1600, 1200)
"""Larger than what is sent for a small mask."""


def disc(width: int, height: int) -> np.ndarray:
    level = np.zeros((height, width), np.uint8)
    cv2.circle(level, (width // 2, height // 2), height // 4, 255, -1)
    return level


def png(level: np.ndarray) -> bytes:
    return cv2.imencode(".png", level)[1].tobytes()


async def framed(session: Session, folder: Path) -> tuple[Rect, list[Read]]:
    """A large picture of which only a part would be sent; that part."""
    read: list[Read] = []
    session.masks.read.connect(read.append)
    await opened(session, scene(folder / "photo.png", SIZE))
    wish(session)
    paint(session, 500, 400)
    session.sending.judge()
    window = session.masks.window
    assert window is not None
    assert window.size.area < 1600 * 1200
    return window, read


def test_the_polarity_is_swapped_in_one_step_of_undo(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        read: list[Read] = []
        session.masks.read.connect(read.append)
        await opened(session, photo)
        level = disc(480, 320)
        await session.masks.take(png(level), "mask.png")
        assert np.array_equal(session.painting.plane.pixels, level)
        assert read[0].offers == (SWAP,)
        assert read[0].found.polarity is Polarity.WHITE
        await session.masks.again(STRETCH)
        assert len(read) == 1
        await session.masks.take(png(level), "mask.png", pasted=True)
        await session.masks.again(SWAP)
        titles = [step.title for step in session.timeline.steps]
        assert titles[-2:] == ["Import mask", "Paste mask"]
        assert np.array_equal(session.painting.plane.pixels, 255 - level)
        assert read[-1].found.polarity is Polarity.BLACK
        session.undo()
        assert np.array_equal(session.painting.plane.pixels, level)

    live.run(script)


def test_a_mask_of_the_same_shape_is_scaled_and_can_be_placed(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        window, read = await framed(session, tmp_path)
        await session.masks.take(png(disc(800, 600)), "mask.png")
        assert read[0].found.fitted_from == (800, 600)
        assert read[0].offers == (SWAP, PLACE)
        assert session.painting.plane.pixels[600, 800] == 255
        box = session.painting.plane.box
        assert box.size.height == pytest.approx(600, abs=4)
        window = session.masks.window
        await session.masks.again(PLACE)
        assert read[-1].found.placed == window
        assert read[-1].offers == (SWAP, STRETCH)

    live.run(script)


def test_a_mask_of_the_size_of_the_frame_lies_there(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        _, read = await framed(session, tmp_path)
        session.sending.frame_by(Rect(200, 100, 200 + 1024, 100 + 768))
        window = session.masks.window
        level = disc(*window.size)
        await session.masks.take(png(level), "mask.png")
        assert read[0].found.placed == window
        assert np.array_equal(session.painting.plane.pixels[window.rows_cols], level)

    live.run(script)


def test_a_mask_of_another_shape_waits_for_a_word(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        read: list[Read] = []
        session.masks.read.connect(read.append)
        await opened(session, photo)
        paint(session)
        before = session.painting.plane.pixels.copy()
        await session.masks.take(png(disc(400, 400)), "mask.png")
        assert read[0].found is None
        assert read[0].offers == (STRETCH,)
        assert np.array_equal(session.painting.plane.pixels, before)
        await session.masks.again(STRETCH)
        assert session.painting.plane.pixels[160, 240] == 255
        assert session.painting.plane.box.size.width == pytest.approx(240, abs=4)

    live.run(script)


def test_what_is_no_mask_is_refused_whatever_its_shape(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, scene(tmp_path / "photo.png"))
        for size in ((480, 320), (300, 300)):
            other = scene(tmp_path / "other.png", size)
            with pytest.raises(InputProblem, match="no mask"):
                await session.masks.take(other.read_bytes(), "other.png")
        assert session.painting.plane.is_empty

    live.run(script)


@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("grey", [False, True])
def test_every_manner_comes_back_as_it_went(
    live: Live, tmp_path: Path, soft: bool, grey: bool
) -> None:
    async def script(session: Session) -> None:
        window, _ = await framed(session, tmp_path)
        level = session.painting.plane.pixels.copy()
        kept = level if soft else np.where(level >= 128, 255, 0)
        for part in (None, window):
            path = tmp_path / "mask.png"
            await session.masks.write(path, Manner(soft, grey), part)
            data = path.read_bytes()
            assert data == await session.masks.packed(Manner(soft, grey), part)
            await session.masks.take(data, "mask.png")
            close = np.abs(session.painting.plane.pixels.astype(int) - kept)
            assert close.max() <= (16 if grey else 0)
            session.painting.load(level)

    live.run(script)


def test_there_is_no_frame_where_nothing_is_sent(live: Live, tmp_path: Path) -> None:
    async def script(session: Session) -> None:
        await framed(session, tmp_path)
        session.form.set_provider("offline")
        assert session.masks.window is None

    live.run(script)


def test_nothing_goes_out_while_nothing_is_open(live: Live) -> None:
    async def script(session: Session) -> None:
        assert await session.masks.packed(Manner()) == b""
        assert session.masks.window is None

    live.run(script)
