"""The stage: editing and comparing, and the prompt bar, the keys and the toasts over them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.controls.button import Button
from editor.ui.gallery.compare import GRID, VIEWS
from editor.ui.stage import EDIT, Stage
from editor.ui.theme import current
from tests.fakes.shot import pixels


@pytest.fixture
def stage(qtbot: QtBot, active: Callable[[QWidget], None]) -> Stage:
    found = Stage()
    found.furnish()
    qtbot.addWidget(found)
    found.resize(1000, 700)
    active(found)
    return found


def shown(stage: Stage) -> set[str]:
    parts = {"canvas": stage.canvas, "compare": stage.compare, "empty": stage.empty}
    return {name for name, part in parts.items() if part.isVisible()}


def test_an_empty_stage_offers_a_first_picture_in_every_view(stage: Stage) -> None:
    for view in (EDIT, *VIEWS):
        stage.show_view(view)
        assert shown(stage) == {"empty"}
    asked: list[str] = []
    stage.chosen.connect(asked.append)
    for button in stage.empty.findChildren(QPushButton):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert {"open", "paste", "sample"} <= set(asked)


def test_while_a_first_picture_is_read_the_stage_offers_none(stage: Stage) -> None:
    middle = stage.empty.geometry().adjusted(4, 4, -4, -4)
    stage.show_opening(opening=True)
    assert shown(stage) == set()
    rows = slice(middle.top(), middle.bottom()), slice(middle.left(), middle.right())
    words = pixels(stage)[rows].reshape(-1, 4)
    assert len(np.unique(words, axis=0)) > 1, "it says that it is opening one"
    stage.show_empty(empty=True)
    assert shown(stage) == set()
    stage.show_opening(opening=False)
    assert shown(stage) == {"empty"}
    stage.show_opening(opening=True)
    stage.show_empty(empty=False)
    assert shown(stage) == {"canvas"}
    stage.show_opening(opening=False)
    assert shown(stage) == {"canvas"}


def test_each_view_shows_its_own_part(stage: Stage) -> None:
    stage.show_empty(empty=False)
    for view in (EDIT, *VIEWS, EDIT):
        stage.show_view(view)
        assert shown(stage) == {"canvas" if view == EDIT else "compare"}
    stage.show_empty(empty=True)
    assert shown(stage) == {"empty"}


def test_five_recent_projects_are_listed_by_name(stage: Stage) -> None:
    asked: list[str] = []
    stage.chosen.connect(asked.append)
    stage.show_recent([f"/somewhere/work {number}.frisket" for number in range(7)])
    recent = [b for b in stage.empty.findChildren(Button) if b.text().startswith("work ")]
    assert [button.text() for button in recent] == [f"work {number}" for number in range(5)]
    QTest.mouseClick(recent[2], Qt.MouseButton.LeftButton)
    assert asked == ["recent:/somewhere/work 2.frisket"]


def test_the_prompt_stays_at_the_bottom_in_the_middle(stage: Stage, qtbot: QtBot) -> None:
    for width in (1000, 420, 2200):
        stage.resize(width, 700)
        prompt = stage.prompt.geometry()
        assert abs(prompt.center().x() - width / 2) <= 1
        assert stage.height() - prompt.bottom() - 1 == current().sizes.prompt_gap
        assert prompt.width() <= min(current().sizes.prompt_widest, width)
    stage.resize(1000, 700)
    before = stage.prompt.height()
    stage.prompt.show_text("\n".join("a red kite" for _ in range(4)))
    qtbot.waitUntil(lambda: stage.prompt.height() > before)
    assert stage.height() - stage.prompt.geometry().bottom() - 1 == current().sizes.prompt_gap


def test_the_list_of_keys_comes_and_goes_over_the_view(stage: Stage) -> None:
    assert not stage.keys.isVisible()
    stage.toggle_keys()
    assert stage.keys.isVisible()
    assert stage.rect().contains(stage.keys.geometry())
    assert not stage.keys.geometry().intersects(stage.prompt.geometry())
    stage.toggle_keys()
    assert not stage.keys.isVisible()


@pytest.mark.parametrize(("view", "empty"), [(EDIT, True), (EDIT, False), (GRID, False)])
def test_the_list_of_keys_gives_the_keyboard_back_to_what_is_shown(
    stage: Stage, view: str, empty: bool
) -> None:
    stage.show_empty(empty=empty)
    stage.show_view(view)
    stage.toggle_keys()
    stage.toggle_keys()
    shown = stage if empty else stage.canvas if view == EDIT else stage.compare
    assert QApplication.focusWidget() is shown


def test_the_list_of_keys_leaves_no_half_words_of_the_view_above_it(stage: Stage) -> None:
    stage.show_empty(empty=False)
    stage.canvas.chrome.show_size((600, 400))
    stage.toggle_keys()
    chips = stage.canvas.chrome.region().boundingRect()
    assert stage.keys.geometry().top() < chips.top()
    assert stage.keys.geometry().left() < chips.left()


def test_the_list_of_keys_ends_above_a_grown_prompt(stage: Stage) -> None:
    stage.prompt.show_text("one\ntwo\nthree\nfour")
    stage.toggle_keys()
    assert stage.prompt.height() > 2 * current().sizes.prompt
    assert stage.keys.geometry().bottom() < stage.prompt.geometry().top()


def test_toasts_lie_above_the_prompt(stage: Stage) -> None:
    stage.toasts.tell("photo_edit.png is exported.")
    assert stage.toasts.isVisible()
    assert stage.toasts.geometry().bottom() < stage.prompt.geometry().top()


def test_the_keyboard_goes_with_the_view(stage: Stage) -> None:
    stage.show_empty(empty=False)
    stage.canvas.setFocus()
    stage.show_view(GRID)
    assert QApplication.focusWidget() is stage.compare
    stage.show_view(EDIT)
    assert QApplication.focusWidget() is stage.canvas
    stage.prompt.text.setFocus()
    stage.show_view(GRID)
    assert QApplication.focusWidget() is stage.prompt.text


def test_the_ground_is_that_of_the_theme(stage: Stage) -> None:
    stage.empty.hide()
    ground = current().colours.surround
    assert tuple(pixels(stage)[5, 5]) == (ground.blue(), ground.green(), ground.red(), 255)
    assert len(np.unique(pixels(stage)[:40].reshape(-1, 4), axis=0)) == 1
