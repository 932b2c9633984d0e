"""Masks over a real clipboard: what another program gets of us, and what we take from it."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.living import Live, next_of, opened, paint, until

pytestmark = pytest.mark.xserver


def given_out() -> bytes:
    """What a program that pastes is given."""
    words = ["xclip", "-selection", "clipboard", "-t", "image/png", "-o"]
    return subprocess.run(words, check=True, capture_output=True, timeout=30).stdout


def copied(path: Path) -> None:
    """Put a picture on the clipboard as another program does, which goes on offering it."""
    words = ["xclip", "-selection", "clipboard", "-t", "image/png", "-i", str(path)]
    none = subprocess.DEVNULL
    subprocess.run(words, check=True, stdout=none, stderr=none, timeout=30)


def test_another_program_pastes_the_exact_mask(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        window.actions_by_id["copy-mask"].trigger()
        await until(session.told, lambda: bool(live.told))
        data = await asyncio.to_thread(given_out)
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        edited = session.painting.plane.pixels >= 128
        assert (found[edited] == (255, 255, 255, 0)).all()
        assert (found[~edited] == (0, 0, 0, 255)).all()

    live.show(script)


@pytest.mark.parametrize("alpha", [False, True])
def test_a_mask_of_another_program_is_pasted(
    live: Live, photo: Path, tmp_path: Path, alpha: bool
) -> None:
    level = np.zeros((320, 480), np.uint8)
    cv2.circle(level, (200, 150), 60, 255, -1)
    grey = np.full_like(level, 90)
    picture = np.dstack([grey, grey, grey, 255 - level]) if alpha else level
    assert cv2.imwrite(str(tmp_path / "mask.png"), picture)

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        clipboard = QGuiApplication.clipboard()
        await asyncio.to_thread(copied, tmp_path / "mask.png")
        await until(clipboard.dataChanged, lambda: not clipboard.ownsClipboard())
        window.actions_by_id["paste-mask"].trigger()
        await next_of(session.masks.read)
        assert np.array_equal(session.painting.plane.pixels, level)

    live.show(script)
