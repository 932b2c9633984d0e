"""Qt keeps the references it is lent; PySide6 6.12.0 lost one per void call and aborted."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPointF, QRect, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

TIMES = 10_000

SINGLETONS = (None, True, False)
COUNTED = sys.version_info < (3, 12)
# Below Python 3.12 they are counted like everything else, and at zero the process aborts. From
# then on they are immortal: their counts may drift and mean nothing, and surviving is enough.


class Said(QObject):
    """One signal for each kind of value that is lent."""

    happened = Signal()
    flagged = Signal(bool)
    passed = Signal(object)


def _calls(painter: QPainter, widget: QWidget) -> list[Callable[[], object]]:
    return [
        lambda: painter.save() or painter.restore(),
        lambda: painter.translate(QPointF(0.5, 0.5)),
        lambda: painter.fillRect(QRect(0, 0, 2, 2), QColor(1, 2, 3)),
        lambda: painter.drawLine(0, 0, 1, 1),
        lambda: painter.setRenderHint(QPainter.RenderHint.Antialiasing, True),
        lambda: widget.update(),
        lambda: widget.setEnabled(False),
        lambda: widget.setEnabled(True),
        lambda: widget.setToolTip("a"),
        lambda: widget.isVisible(),
    ]


def test_void_calls_keep_their_references(qtbot: QtBot) -> None:
    image = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    painter, widget = QPainter(image), QWidget()
    qtbot.addWidget(widget)
    calls = _calls(painter, widget)
    assert _drift(lambda: [call() for call in calls], TIMES // len(calls)) == []
    painter.end()


@pytest.mark.parametrize("value", SINGLETONS)
def test_signals_keep_their_references(value: bool | None) -> None:
    said = Said()
    heard: list[object] = [0, 0, 0]
    said.happened.connect(lambda: heard.__setitem__(0, 0))
    said.flagged.connect(lambda flag: heard.__setitem__(1, flag))
    said.passed.connect(lambda what: heard.__setitem__(2, what))

    def emit() -> None:
        said.happened.emit()
        said.flagged.emit(bool(value))
        said.passed.emit(value)

    assert _drift(emit, TIMES) == []


def _drift(act: Callable[[], object], times: int) -> list[str]:
    """Which singleton has fewer references afterwards; a hundred are the interpreter's own."""
    act()
    before = [sys.getrefcount(each) for each in SINGLETONS]
    for _ in range(times):
        act()
    after = [sys.getrefcount(each) for each in SINGLETONS]
    changes = zip(SINGLETONS, before, after, strict=True)
    return [
        f"{each}: {late - early}" for each, early, late in changes if COUNTED and late < early - 100
    ]
