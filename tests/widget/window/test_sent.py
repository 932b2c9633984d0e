"""What gets sent: at the button, and in its window."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QColor, QGuiApplication, QHoverEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from editor.imaging.codec import encode_png
from editor.imaging.raster import Raster
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls import paint as shapes
from editor.ui.controls.button import Button
from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.language import amount, megabytes
from editor.ui.what_gets_sent import WhatGetsSent
from editor.ui.window import Window
from editor.ui.wiring.sent import _small
from tests.fakes.living import Live, opened, paint, scene, wish
from tests.fakes.provider import Provider


def test_amounts_in_words() -> None:
    assert megabytes(5_000) == "5.0 kB"
    assert megabytes(3_140_000) == "3.1 MB"
    known = {"size": 3_100_000, "host": "api.example.com"}
    for told, words in (
        ((1, 0, 1), "1 picture, 3.1 MB to api.example.com"),
        ((2, 0, 1), "2 pictures, 3.1 MB to api.example.com"),
        ((1, 1, 4), "4 times: 1 picture and a mask, 3.1 MB to api.example.com"),
    ):
        pictures, masked, count = told
        assert (
            amount(SimpleNamespace(pictures=pictures, masked=masked, count=count, **known)) == words
        )


def hover(window: Window) -> None:
    """Put the pointer on the button."""
    at = QPointF(5, 5)
    QApplication.sendEvent(
        window.stage.prompt.send, QHoverEvent(QEvent.Type.HoverEnter, at, at, at)
    )


async def ready(session: Session, folder: Path) -> None:
    await opened(session, *(scene(folder / f"{name}.png") for name in ("photo", "lamp")))
    paint(session)
    wish(session, "a red kite like @1")
    session.sending.judge()


def test_the_button_says_how_much_goes_where(live: Live, paid: Provider, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await ready(session, tmp_path)
        send = window.stage.prompt.send
        hover(window)
        await finish()
        assert "2 pictures and a mask, " in send.toolTip()
        assert " to 127.0.0.1" in send.accessibleDescription()
        session.form.set_count(3)
        assert "pictures" not in send.toolTip()
        session.sending.judge()
        session.covering.go("whole")
        session.painting.fill_all()
        hover(window)
        await finish()
        assert "3 times: 2 pictures, " in send.toolTip()
        session.form.set_prompt("")
        session.sending.judge()
        hover(window)
        await finish()
        assert "pictures" not in send.toolTip()

    live.show(script)
    assert paid.log == []


def corner_and_middle(panel: WhatGetsSent) -> tuple[QColor, QColor]:
    """Of the mask: what stays, and what may change."""
    (thumb,) = [label for label in panel.findChildren(QLabel) if label.accessibleName() == "mask"]
    assert thumb.alignment() == shapes.START, "above its name"
    image = thumb.pixmap().toImage()
    return image.pixelColor(1, 1), image.pixelColor(image.width() // 2, image.height() // 2)


def test_the_window_shows_it_all_and_keeps_up(live: Live, paid: Provider, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await ready(session, tmp_path)
        window.actions_by_id["what-is-sent"].trigger()
        await finish()
        panel = window.findChild(WhatGetsSent)
        said = panel.findChild(Message, "sent-said")
        assert not panel.isModal()
        assert said.words.startswith("2 pictures and a mask, ")
        words = [label.text() for label in panel.findChildren(QLabel)]
        assert "a red kite like image 2" in words
        assert words.count("image[]") == 2
        assert "mask" in words
        assert {colour.red() for colour in corner_and_middle(panel)} == {0, 255}
        assert not panel.findChild(Combo).isVisible()
        session.form.set_also(("openai", "gpt-image-1.5"), on=True)
        window.actions_by_id["what-is-sent"].trigger()
        await finish()
        assert panel.findChild(Combo).count() == 2
        panel.findChild(Button, "sent-copy").click()
        command = QGuiApplication.clipboard().text()
        assert command.startswith("curl http://127.0.0.1")
        assert "$FRISKET_KEY_OPENAI" in command
        panel.findChild(Button, "sent-save").click()
        dialog = panel.findChild(QFileDialog)
        (tmp_path / "files").mkdir()
        dialog.filesSelected.emit([str(tmp_path / "files")])
        await finish()
        dialog.close()
        names = sorted(path.name for path in (tmp_path / "files").iterdir())
        assert names == ["image-1.png", "image-2.png", "mask.png"]
        session.form.set_provider("offline")
        window.actions_by_id["what-is-sent"].trigger()
        await finish()
        assert said.words == "Nothing leaves this computer."
        assert not panel.findChild(Button, "sent-copy").isEnabled()
        panel.close()

    live.show(script)
    assert paid.log == []


def test_pictures_are_shown_small_and_a_mask_on_white(qapp: QApplication) -> None:
    clear = np.zeros((40, 60, 4), np.uint8)
    piece = SimpleNamespace(name="mask", data=encode_png(Raster(clear)))
    ((name, small),) = _small(SimpleNamespace(pieces=[piece])).pictures
    assert (name, small.text("size")) == ("mask", "60 × 40")
    assert small.pixelColor(1, 1) == QColor("white")
