"""An easel: a session in its window with one photo open, and hands for its canvas."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.window import Window
from tests.fakes.living import Live, opened
from tests.fakes.windowed import focus
from tests.widget.canvas.conftest import Hand

Test = Callable[["Easel"], Awaitable[None]]


class Easel:
    """A window with the photo open; places are those of the picture, 480 x 320."""

    def __init__(self, window: Window, session: Session) -> None:
        self.window, self.session = window, session
        self.canvas = window.stage.canvas
        self.hand = Hand(self.canvas)

    @property
    def pixels(self) -> np.ndarray:
        assert self.session.painting.plane is not None
        return self.session.painting.plane.pixels

    @property
    def steps(self) -> int:
        mask = self.session.painting.mask_of(self.session.painting.slot)
        assert mask is not None
        return len(mask.history.undo_steps)

    def find(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def press(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focus(self.window) or self.window, key, modifiers)

    def drag(self, *places: tuple[float, float], **how: object) -> None:
        self.hand.drag(*(self.canvas.viewport.to_pane(*at) for at in places), **how)

    def click(self, *places: tuple[float, float]) -> None:
        for at in places:
            self.drag(at)

    async def settled(self) -> None:
        """Everything that was begun is done."""
        for _ in range(2):  # a shape begins a search of its own
            await finish(patience=60)

    def do(self, command: str) -> None:
        self.window.actions_by_id[command].trigger()


@pytest.fixture
def at_easel(live: Live, photo: Path) -> Callable[[Test], None]:
    def run(test: Test) -> None:
        async def script(window: Window, session: Session) -> None:
            window.resize(1300, 860)
            await opened(session, photo)
            window.stage.canvas.viewport.show_actual()
            window.stage.canvas.setFocus()
            await test(Easel(window, session))

        live.show(script)
        assert live.told == []

    return run
