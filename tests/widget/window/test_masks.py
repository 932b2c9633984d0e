"""Masks in the window: told how they were read, swapped, exported and exchanged by clipboard."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from editor.imaging.geometry import Rect
from editor.session.session import Session
from editor.ui.controls.segmented import Segmented
from editor.ui.incoming import Incoming
from editor.ui.mask_export import MaskExportPanel
from editor.ui.window import Window
from tests.fakes.dialogs import choose
from tests.fakes.living import Live, next_of, opened, paint, until, wired


def disc(width: int = 480, height: int = 320) -> np.ndarray:
    level = np.zeros((height, width), np.uint8)
    cv2.circle(level, (width // 2, height // 2), height // 4, 255, -1)
    return level


def png(level: np.ndarray) -> bytes:
    return cv2.imencode(".png", level)[1].tobytes()


def offered(window: Window) -> list[str]:
    toast = window.stage.toasts.shown()[-1]
    return [button.text() for button in toast.findChildren(QPushButton)]


def test_a_dropped_mask_says_how_it_was_read_and_is_swapped_by_a_click(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        wired(window).commands.take(Incoming(data=png(disc())), "mask")
        await next_of(session.masks.read)
        (toast,) = window.stage.toasts.shown()
        assert toast.words == "Read as black and white: what is white may change."
        assert offered(window) == ["Swap"]
        toast.findChildren(QPushButton)[0].click()
        await next_of(session.masks.read)
        assert session.painting.plane.pixels[160, 240] == 0
        assert window.stage.toasts.shown()[-1].words.endswith("what is black may change.")

    live.show(script)


def test_a_mask_of_another_size_says_so_and_one_of_another_shape_asks(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        wired(window).commands.take(Incoming(data=png(disc(240, 160))), "mask")
        await next_of(session.masks.read)
        assert window.stage.toasts.shown()[-1].words.endswith("Scaled from 240 × 160.")
        wired(window).commands.take(Incoming(data=png(disc(300, 300))), "mask")
        await next_of(session.masks.read)
        toast = window.stage.toasts.shown()[-1]
        assert toast.words == "The mask is 300 × 300 and has another shape than the picture."
        assert offered(window) == ["Stretch it"]
        toast.findChildren(QPushButton)[0].click()
        await next_of(session.masks.read)
        assert session.painting.plane.pixels[160, 240] == 255

    live.show(script)


def test_of_several_dropped_masks_the_first_is_read_and_it_is_said(
    live: Live, photo: Path, tmp_path: Path
) -> None:
    paths = tuple(tmp_path / name for name in ("first.png", "second.png"))
    for path, level in zip(paths, (disc(), np.invert(disc())), strict=True):
        path.write_bytes(png(level))

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        for given, told in ((paths[:1], []), (paths, ["first.png"])):
            wired(window).commands.take(Incoming(given), "mask")
            await next_of(session.masks.read)
            words = [toast.words for toast in window.stage.toasts.shown()]
            left = [one for one in words if one.endswith("the others were left.")]
            assert [one.split()[1] for one in left] == told
            assert session.painting.plane.pixels[160, 240] == 255

    live.show(script)


def test_the_panel_sets_edges_and_coding_and_knows_no_frame_without_one(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        window.actions_by_id["export-mask"].trigger()
        panel = window.findChild(MaskExportPanel)
        assert panel.isVisible()
        assert (panel.soft, panel.grey, panel.framed) == (False, False, False)
        assert not panel.findChild(Segmented, "mask-export-extent").isEnabled()
        panel.findChild(Segmented, "mask-export-edges").show_value("soft")
        panel.findChild(Segmented, "mask-export-coding").show_value("grey")
        panel.findChild(QPushButton, "mask-export-copy").click()
        assert not panel.isVisible()
        await until(session.told, lambda: bool(live.told))
        data = QGuiApplication.clipboard().mimeData().data("image/png").data()
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        assert np.array_equal(found, session.painting.plane.pixels)

    live.show(script)


def test_what_the_panel_says_is_what_is_written(
    live: Live, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = Rect(200, 100, 290, 220)

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        monkeypatch.setattr(type(session.masks), "window", property(lambda _: part))
        written = {}
        for edges, coding, extent in product(
            ("hard", "soft"), ("dual", "grey"), ("whole", "frame")
        ):
            window.actions_by_id["export-mask"].trigger()
            panel = window.findChild(MaskExportPanel)
            for name, value in (("edges", edges), ("coding", coding), ("extent", extent)):
                panel.findChild(Segmented, f"mask-export-{name}").show_value(value)
            panel.findChild(QPushButton, "mask-export-save").click()
            path = tmp_path / f"{edges}-{coding}-{extent}.png"
            choose(window, path)
            await until(session.told, path.exists)
            written[edges, coding, extent] = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        level = session.painting.plane.pixels
        for (edges, coding, extent), found in written.items():
            shown = level if edges == "soft" else np.where(level >= 128, 255, 0)
            shown = shown if extent == "whole" else shown[part.rows_cols]
            alpha = found if coding == "grey" else 255 - found[..., 3]
            assert np.array_equal(alpha, shown)

    live.show(script)


def test_a_mask_is_copied_and_pasted(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        before = session.painting.plane.pixels.copy()
        window.actions_by_id["copy-mask"].trigger()
        await until(session.told, lambda: bool(live.told))
        session.painting.clear()
        window.actions_by_id["paste-mask"].trigger()
        await next_of(session.masks.read)
        assert np.array_equal(session.painting.plane.pixels >= 128, before >= 128)
        mime = QMimeData()
        mime.setData("image/png", png(disc()))
        QGuiApplication.clipboard().setMimeData(mime)
        window.actions_by_id["paste-mask"].trigger()
        await next_of(session.masks.read)
        assert np.array_equal(session.painting.plane.pixels, disc())

    live.show(script)
