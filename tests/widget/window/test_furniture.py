"""The furniture of the stage: where Tab and the eye find what comes after the first frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.furniture import Furniture


def stage(qtbot: QtBot) -> tuple[QWidget, QWidget, QWidget]:
    """A window with a control before its stage, and the stage with what it shows at first."""
    window = QWidget()
    qtbot.addWidget(window)
    named("before", window)
    ground = QWidget(window)
    named("prompt", ground)
    last = QWidget(ground)
    named("after", window)
    return window, ground, last


def named(name: str, parent: QWidget) -> QWidget:
    made = QWidget(parent)
    made.setObjectName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def order(window: QWidget) -> list[str]:
    """What Tab comes to, by name."""
    found, at = [], window.nextInFocusChain()
    while at is not window:
        if at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
            found.append(at.objectName())
        at = at.nextInFocusChain()
    return found


def test_tab_comes_to_the_canvas_before_the_prompt_and_to_the_bars_after_it(qtbot: QtBot) -> None:
    window, ground, last = stage(qtbot)
    Furniture(ground, last)
    names = order(window)
    assert names[:3] == ["before", "canvas", "compare"]
    assert names[-1] == "after"
    places = [names.index(name) for name in ("compare", "prompt", "tool-size-field", "lint-chip")]
    assert places == sorted(places)


def test_the_pictures_lie_behind_the_prompt_and_the_rest_before_it(qtbot: QtBot) -> None:
    _, ground, last = stage(qtbot)
    made = Furniture(ground, last)
    lying = [child for child in ground.children() if isinstance(child, QWidget)]
    assert lying[:2] == [made.canvas, made.compare]
    assert lying[-1] is made.keys
    assert not any(part.isVisibleTo(ground) for part in (made.canvas, made.compare, made.keys))
