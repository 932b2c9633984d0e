"""How the mask is shown: chosen in a panel, turned by a key, and remembered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.preferences.preferences import load
from editor.session.session import Session
from editor.ui.controls.scrub_number import ScrubNumber
from editor.ui.controls.segmented import Segmented
from editor.ui.mask_look import MaskLookPanel
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint, until


def look(window: Window) -> object:
    return window.stage.canvas._layers.look


def test_a_key_goes_through_the_views(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        canvas = window.stage.canvas
        seen, said = [], []
        for _ in range(3):
            QTest.keyClick(canvas, Qt.Key.Key_Q)
            seen.append(look(window).view)
            said.append(canvas.chrome._words["view"])
        assert seen == ["mono", "cut-out", "overlay"]
        assert said == [
            "The mask in black and white - Q for the next view",
            "What may change, cut out - Q for the next view",
            "",
        ]
        QTest.keyClick(canvas, Qt.Key.Key_Q)
        corner = canvas.viewport.to_pane(2, 300)
        shot = canvas.grab().toImage()
        assert shot.pixelColor(round(corner[0]), round(corner[1])).getRgb()[:3] == (0, 0, 0)

    live.show(script)


def test_the_panel_sets_the_look_and_the_next_start_has_it(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        window.actions_by_id["mask-look"].trigger()
        panel = window.findChild(MaskLookPanel)
        assert panel.isVisible()
        panel.findChild(Segmented, "mask-look-side").chosen.emit("protected")
        panel.changed.emit("colour", "auto")
        opacity = panel.findChild(ScrubNumber, "mask-look-opacity")
        opacity.changed.emit(70.0)
        assert (look(window).protected, look(window).colour) == (True, "auto")
        assert look(window).opacity == 0.7
        panel.findChild(Segmented, "mask-look-view").chosen.emit("mono")
        assert not opacity.isEnabled()
        panel.hide()

    async def again(window: Window, session: Session) -> None:
        kept = load()
        assert (kept.overlay, kept.overlay_opacity, kept.overlay_protected) == ("auto", 0.7, True)

    live.show(script)
    live.show(again)


def test_caps_lock_makes_the_cursor_precise(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        QTest.keyClick(window.stage.canvas, Qt.Key.Key_CapsLock)
        assert window.stage.canvas._ring.precise
        assert window.actions_by_id["precise"].isChecked()
        window.actions_by_id["precise"].trigger()
        assert not window.stage.canvas._ring.precise

    live.show(script)


def test_a_switch_outlines_both_masks(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        words = window.stage.canvas.chrome._words
        window.actions_by_id["mask-borders"].trigger()
        await until(session.bordering.changed, lambda: words["blend"] != "")
        window.actions_by_id["mask-borders"].trigger()
        assert words["blend"] == ""

    live.show(script)
