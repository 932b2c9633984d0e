"""The heat map on the stage: laid over the shown answer, and gone when that is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from editor.compose.leaking import change
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, redrawn, until

PATIENCE = 60.0
"""Seconds that measuring may take on a busy machine."""

SHADOW, CALM = (305, 180), (60, 60)
"""Places of the picture: in the shadow that the answer drew beside the mask, and far from it."""


def seen(window: Window, place: tuple[int, int]) -> QColor:
    canvas = window.stage.canvas
    across, down = canvas.viewport.to_pane(*place)
    return canvas.grab().toImage().pixelColor(round(across), round(down))


def told(window: Window) -> str:
    return window.stage.canvas.chrome._words["heat"]


async def turned(window: Window) -> None:
    window.actions_by_id["heat"].trigger()
    await finish(PATIENCE)


async def shown(window: Window, session: Session, photo: Path) -> None:
    await opened(session, photo)
    paint(session)
    await redrawn(session)


def test_the_map_glows_where_the_answer_changed_what_was_to_stay(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await shown(window, session, photo)
        action = window.actions_by_id["heat"]
        cold, calm = seen(window, SHADOW), seen(window, CALM)
        await turned(window)
        assert action.isChecked()
        assert told(window).startswith("changed around the mask: ")
        share = float(told(window).split()[4])
        assert 0 < share < 10
        assert seen(window, SHADOW).red() > cold.red() + 60
        assert seen(window, CALM) == calm
        await turned(window)
        assert not action.isChecked()
        assert told(window) == ""
        assert seen(window, SHADOW) == cold

    live.show(script)


def test_the_map_is_gone_with_escape_and_with_the_answer(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await shown(window, session, photo)
        canvas, action = window.stage.canvas, window.actions_by_id["heat"]
        await turned(window)
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert not action.isChecked()
        assert session.gallery.state.shown == 1
        await turned(window)
        session.gallery.leave()
        assert not action.isChecked()
        assert canvas._layers.heat is None
        QTest.keyClick(canvas, Qt.Key.Key_1)
        assert not action.isChecked()
        assert told(window) == ""

    live.show(script)


def test_the_command_puts_an_answer_on_the_stage_and_leaves_a_comparing_view(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await shown(window, session, photo)
        session.gallery.leave()
        await turned(window)
        assert session.gallery.state.shown == 1
        assert told(window)
        window.actions_by_id["beside"].trigger()
        await turned(window)
        assert window.stage.view == "edit"
        assert window.actions_by_id["heat"].isChecked()
        window.actions_by_id["beside"].trigger()
        QTest.keyClick(window.stage.compare, Qt.Key.Key_Escape)
        assert window.actions_by_id["heat"].isChecked() is (session.gallery.state.shown == 1)

    live.show(script)


def test_an_answer_is_measured_once_and_another_anew(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = []
    plain = change.change

    def counted(*given: object) -> change.Change:
        measured.append(given)
        return plain(*given)  # type: ignore[arg-type]  # handed on as they came

    async def script(window: Window, session: Session) -> None:
        await shown(window, session, photo)
        await offered(session, "v2", 90)
        await finish(PATIENCE)
        monkeypatch.setattr(change, "change", counted)
        numbers = {entry.id: at for at, entry in enumerate(session.gallery.state.entries, 1)}
        session.gallery.show(numbers["v1"])
        await turned(window)
        first = told(window)
        session.tuning.set_edge(40.0)
        session.tuning.set_match(0.5)
        await finish(PATIENCE)
        assert len(measured) == 1
        assert told(window) == first
        session.gallery.show(numbers["v2"])
        await finish(PATIENCE)
        assert len(measured) == 2
        assert told(window) not in {"", first}
        assert window.actions_by_id["heat"].isChecked()

    live.show(script)


def test_the_list_of_keys_names_the_command(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        window.show_keys()
        turns = window.stage.keys.findChild(
            QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        await until(turns.timeout, lambda: not turns.isActive())  # it is made group by group
        words = [label.text() for label in window.stage.keys.findChildren(QLabel)]
        assert words[words.index("Shift+F10") + 1] == "Show what changed outside"

    live.show(script)
