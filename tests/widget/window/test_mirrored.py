"""The window in a language that runs from right to left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from editor.ui import printed
from tests.widget.window.easel import Easel


@pytest.fixture(autouse=True)
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def ends(part: QWidget, window: QWidget) -> tuple[int, int]:
    """Where a part begins and ends, in pixels from the left."""
    left = part.mapTo(window, QPoint(0, 0)).x()
    return left, left + part.width()


def test_tools_are_right_of_the_stage_and_the_panel_left_of_it(at_easel) -> None:
    async def test(easel: Easel) -> None:
        window = easel.window
        stage = ends(window.stage, window)
        assert ends(window.dock, window)[1] <= stage[0]
        assert ends(window.tools, window)[0] >= stage[1]

    at_easel(test)


def test_a_bar_has_the_same_room_before_its_title_and_after_its_last_button(at_easel) -> None:
    async def test(easel: Easel) -> None:
        easel.session.painting.fill_all()
        easel.window.actions_by_id["mask-shrink"].trigger()
        await easel.settled()
        bar = easel.window.stage.reshape
        left, right = bar.layout().getContentsMargins()[0], bar.layout().getContentsMargins()[2]
        assert left < right
        number, keep = (easel.find(f"reshape-{name}") for name in ("shrink", "keep"))
        assert ends(keep, bar)[1] < ends(number, bar)[0]

    at_easel(test)


def test_keys_keep_their_order(at_easel) -> None:
    async def test(easel: Easel) -> None:
        assert printed.said("Shift+{34}", {}) == "\u2066Shift+[\u2069"
        told = easel.window.hints.accessibleDescription()
        assert "\u2066Shift+[ ]\u2069" in told

    at_easel(test)
