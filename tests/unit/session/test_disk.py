"""A disk that refuses is told once, with everything safe in memory, and once when it gives in."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.errors import CannotWrite
from editor.session.disk import Disk
from editor.session.notice import Notice


def test_what_the_writer_meets_is_told_on_the_windows_thread(
    qtbot: QtBot, qapp: QApplication
) -> None:
    disk = Disk(qapp)
    told: list[Notice] = []
    threads: set[str] = set()

    def hear(notice: Notice) -> None:
        told.append(notice)
        threads.add(threading.current_thread().name)

    def writer() -> None:
        disk.met.emit(CannotWrite("The disk is full, so {name} was not written.", name="x"))
        disk.met.emit(None)

    disk.told.connect(hear)
    thread = threading.Thread(target=writer)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [notice.mood for notice in told] == ["error", "ok"]
    assert "held in memory" in told[0].template
    assert told[0].details == "The disk is full, so x was not written."
    assert threads == {threading.main_thread().name}
    disk.deleteLater()
