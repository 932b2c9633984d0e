"""Choosing files: a dialog at a time, the folder remembered, and nothing done when it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from editor.ui.files import FileChooser


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    found = QWidget()
    qtbot.addWidget(found)
    found.show()
    yield found
    for dialog in found.findChildren(QFileDialog):
        dialog.close()


def dialog_of(window: QWidget) -> QFileDialog:
    dialogs = window.findChildren(QFileDialog, "file-dialog")
    (found,) = [dialog for dialog in dialogs if dialog.isVisible()]
    return found


@pytest.fixture
def chosen() -> list[list[Path]]:
    return []


@pytest.mark.parametrize(
    ("many", "mode"),
    [(True, QFileDialog.FileMode.ExistingFiles), (False, QFileDialog.FileMode.ExistingFile)],
)
def test_existing_files_are_asked_for(
    window: QWidget,
    tmp_path: Path,
    chosen: list[list[Path]],
    many: bool,
    mode: QFileDialog.FileMode,
) -> None:
    files = FileChooser(window, str(tmp_path))
    (tmp_path / "a.png").write_bytes(b"a")
    files.open("Open", "Pictures (*.png)", chosen.append, many=many)
    dialog = dialog_of(window)
    assert (dialog.windowTitle(), dialog.fileMode()) == ("Open", mode)
    assert dialog.nameFilters() == ["Pictures (*.png)"]
    assert Path(dialog.directory().absolutePath()) == tmp_path
    dialog.selectFile(str(tmp_path / "a.png"))
    dialog.accept()
    assert chosen == [[tmp_path / "a.png"]]


def test_a_name_to_write_gets_its_ending(
    window: QWidget, tmp_path: Path, chosen: list[list[Path]]
) -> None:
    files = FileChooser(window, str(tmp_path))
    files.save("Export as", "PNG (*.png)", "photo_edit.png", "png", chosen.append)
    dialog = dialog_of(window)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert [Path(name).name for name in dialog.selectedFiles()] == ["photo_edit.png"]
    dialog.selectFile("other")
    dialog.accept()
    assert chosen == [[tmp_path / "other.png"]]


def test_the_folder_of_the_last_choice_is_where_the_next_begins(
    window: QWidget, tmp_path: Path, chosen: list[list[Path]]
) -> None:
    files = FileChooser(window)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.png").write_bytes(b"a")
    files.open("Open", "All files (*)", chosen.append)
    dialog_of(window).filesSelected.emit([str(inner / "a.png")])
    assert files.folder == str(inner)


def test_a_dialog_that_is_closed_changes_nothing(
    window: QWidget, tmp_path: Path, chosen: list[list[Path]]
) -> None:
    files = FileChooser(window, str(tmp_path))
    files.open("Open", "All files (*)", chosen.append)
    dialog_of(window).reject()
    files.open("Open", "All files (*)", chosen.append)
    dialog_of(window).filesSelected.emit([])
    assert (chosen, files.folder) == ([], str(tmp_path))
