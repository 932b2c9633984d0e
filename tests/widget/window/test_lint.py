"""The chip in the corner tells of the mask, and its list mends it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.mask.lint import findings
from editor.session.linting import Report
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls.message import Message
from editor.ui.lint import LintChip, LintPanel, corner
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, until

PATIENCE = 60.0
"""Seconds that looking may take on a busy machine."""


async def specked(session: Session) -> None:
    plane = session.painting.plane
    assert plane is not None
    coverage = np.zeros((plane.size.height, plane.size.width), np.uint8)
    coverage[100:200, 150:300] = coverage[20:24, 20:24] = 255
    session.painting.load(coverage)
    await until(session.linting.changed, lambda: session.linting.report is not None)


def words(window: Window) -> list[str]:
    shown = window.stage.findings.findChildren(Message)
    return [message.words for message in shown if message.isVisible()]


def test_a_click_on_the_chip_lists_what_is_odd_and_a_click_mends_it(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        chip, panel = window.stage.lint, window.stage.findings
        assert not chip.isVisible()
        await specked(session)
        assert chip.isVisible()
        assert not panel.isVisible()
        assert chip.words == "mask 9.8 %   to check: 1"
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
        assert panel.isVisible()
        assert words(window)[0].startswith("Specks of at most 64 pixels may change (1)")
        fix = panel.findChild(QPushButton, "lint-fix-0")
        QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
        await until(session.linting.changed, lambda: session.linting.report.warnings == 0)
        assert session.painting.plane.pixels[20:24, 20:24].max() == 0
        assert chip.words == "mask 9.8 %"
        assert words(window) == ["Nothing is odd about this mask."]
        QTest.keyClick(window.stage.canvas, Qt.Key.Key_Escape)
        assert not panel.isVisible()
        assert chip.isVisible()

    live.show(script)


def test_an_open_list_stays_open_for_what_is_left_and_has_room_for_it(qtbot: QtBot) -> None:
    coverage = np.zeros((320, 480), np.uint8)
    coverage[100:200, 150:300] = coverage[20:24, 20:24] = 255
    coverage[150:153, 200:203] = 0
    both = findings(coverage)
    assert len(both) == 2
    stage = QWidget()
    qtbot.addWidget(stage)
    panel = LintPanel(stage)
    panel.show_report(Report(0.1, both))
    panel.show()
    stage.show()
    for left in (both[:1], ()):
        panel.show_report(Report(0.1, left))
        QApplication.processEvents()
        (told,) = [one for one in panel.findChildren(Message) if one.isVisible()]
        assert told.height() >= told.heightForWidth(told.width())
        assert panel.rect().contains(told.geometry())


def test_each_fix_says_what_it_does(qtbot: QtBot) -> None:
    coverage = np.zeros((320, 480), np.uint8)
    coverage[:250] = 255
    coverage[300:304, 20:24] = 255
    panel = LintPanel()
    qtbot.addWidget(panel)
    panel.show_report(Report(0.8, findings(coverage)))
    fixes = [panel.findChild(QPushButton, f"lint-fix-{row}") for row in range(3)]
    assert [fix.text() for fix in fixes] == ["Fix", "Invert", "Keep a border"]


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "0.0"), (1e-6, "<0.1"), (0.0006, "0.1"), (0.5, "50"), (0.9999, ">99"), (1.0, "100")],
)
def test_a_little_is_not_told_as_nothing_nor_nearly_all_as_all(
    qtbot: QtBot, share: float, told: str
) -> None:
    chip = LintChip()
    qtbot.addWidget(chip)
    chip.show_report(Report(share))
    assert chip.words == f"mask {told} %"


def test_the_chip_goes_while_an_answer_is_judged_or_compared(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        chip = window.stage.lint
        paint(session)
        await until(session.linting.changed, lambda: session.linting.report is not None)
        chip.click()
        await offered(session, "v1", 90)
        session.gallery.show(1)
        assert not chip.isVisible()
        assert not window.stage.findings.isVisible()
        session.gallery.leave()
        assert chip.isVisible()
        window.actions_by_id["grid"].trigger()
        assert not chip.isVisible()
        window.actions_by_id["grid"].trigger()
        await finish(PATIENCE)
        session.gallery.leave()
        assert chip.isVisible()
        session.painting.clear()
        assert not chip.isVisible()

    live.show(script)


@pytest.mark.parametrize("width", [500, 900, 1600])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_chip_never_lies_on_the_prompt(width: int, mirrored: bool) -> None:
    stage, size = QRect(0, 0, width, 700), QSize(150, 24)
    chip = QRect(corner(stage, size, 170, taken=68, mirrored=mirrored), size)
    wide = min(760, width - 32)
    prompt = QRect((width - wide) // 2, 700 - 12 - 44, wide, 44)
    assert not chip.intersects(prompt)
    assert QRect(0, 0, width, 700).contains(chip)
    assert (chip.center().x() < width / 2) is mirrored
    other = QRect(corner(stage, QSize(70, 24), 170, taken=68, mirrored=mirrored), QSize(70, 24))
    ends = (chip.left(), other.left()) if mirrored else (chip.right(), other.right())
    assert (ends[0], chip.top()) == (ends[1], other.top())  # with other words it stays in its place
