"""The style sheet and the hints of plain Qt widgets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QStyle
from pytestqt.qtbot import QtBot

from editor.ui import actions, icons, theme
from editor.ui.style import style_sheet

SHELL = Path(__file__).resolve().parents[3] / "editor" / "ui"


@pytest.mark.parametrize("name", theme.names())
def test_the_sheet_is_filled(name: str) -> None:
    assert "$" not in style_sheet(theme.load(name))


def test_the_tick_of_the_menus_exists_in_each_theme() -> None:
    for name in theme.names():
        found = re.search(r"url\(([^)]+)\)", style_sheet(theme.load(name)))
        assert found
        assert Path(found[1]).is_file()


def test_no_colour_is_written_down_outside_the_tokens() -> None:
    found = {
        path.name: re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))
        for path in SHELL.rglob("*.py")
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_no_tip_takes_words_as_markup() -> None:
    bare = re.compile(r"setToolTip\((?!plain\().*")
    found = {path.name: bare.findall(path.read_text("utf-8")) for path in SHELL.rglob("*.py")}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_letters_are_underlined_in_menus_but_not_in_the_bar(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions.build(window)
    bar = window.menuBar()
    menu = bar.actions()[0].menu()
    underline = QStyle.StyleHint.SH_UnderlineShortcut
    assert bar.style().styleHint(underline, None, bar) == 0
    assert menu.style().styleHint(underline, None, menu) == 1


def test_a_lone_alt_leaves_the_menu_bar_alone(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.menuBar().addMenu("&File").addAction("&Open")
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert window.menuBar().activeAction() is None
    assert not window.menuBar().hasFocus()


def test_qts_own_file_dialog_shows_our_icons(qapp: QApplication) -> None:
    shown = qapp.style().standardIcon(QStyle.StandardPixmap.SP_DirIcon)
    assert shown.pixmap(20).toImage() == icons.icon("open").pixmap(20).toImage()
    other = qapp.style().standardIcon(QStyle.StandardPixmap.SP_MediaPlay)
    assert not other.isNull()
