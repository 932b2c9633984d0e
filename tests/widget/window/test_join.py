"""The join panel: what it says, what fits into it, and what the hint line says of its ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from editor.session.notice import Notice
from editor.session.session import Session
from editor.session.tuned import Tuned, Way
from editor.ui.controls import paint as paints
from editor.ui.controls.message import Message
from editor.ui.controls.row import FieldRow
from editor.ui.controls.slider import Slider
from editor.ui.panel.join import JoinPanel
from editor.ui.theme import current
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint, redrawn

MOVED = Notice("info", "moved {px} px", {"px": 37})
DETAIL = Notice("info", "Detail {share} % of the photo", {"share": 38})


def narrow(qtbot: QtBot, tuned: Tuned) -> JoinPanel:
    """The panel as narrow as it gets."""
    panel = JoinPanel()
    qtbot.addWidget(panel)
    panel.show_tuned(tuned)
    panel.resize(current().sizes.panel_least, 300)
    panel.show()
    QApplication.processEvents()  # rows break into two lines by the way
    return panel


def said(panel: QWidget) -> str:
    found = panel.findChild(Message, "join-said")
    assert found is not None
    return found.words


def segment(window: Window, way: Way) -> QRadioButton:
    found = window.join.findChild(QRadioButton, f"join-way-{way}")
    assert found is not None
    return found


def hints(window: Window) -> str:
    return window.hints.accessibleDescription()


def test_what_was_done_and_the_detail_stand_in_lines_of_their_own(qtbot: QtBot) -> None:
    panel = narrow(qtbot, Tuned(24, 1.0, told=(MOVED,)))
    assert said(panel) == "Moved 37 px"
    panel.show_tuned(Tuned(24, 1.0, told=(MOVED, DETAIL)))
    assert said(panel) == "Moved 37 px\nDetail 38 % of the photo"
    panel.show_tuned(Tuned(24, 1.0))
    assert said(panel) == ""


def test_counts_are_read_in_groups(qtbot: QtBot) -> None:
    panel = narrow(qtbot, Tuned(24, 1.0, widened=399093, narrowed=1200))
    counted = panel.findChild(Message, "join-counted")
    assert counted is not None
    assert counted.words == "399,093 px beyond the mask may change. 1,200 px inside it stay."


def words_cut(slider: Slider, monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """The words that a slider paints, and whether they are too long for their place."""
    drawn = {}

    def text(
        painter: QPainter, rect: QRect, words: str, colour: QColor, font: QFont, *_: object
    ) -> None:
        inside = slider.rect().contains(rect)
        drawn[words] = paints.width_of(words, font) > rect.width() or not inside

    with monkeypatch.context() as patched:
        patched.setattr(paints, "text", text)
        slider.grab()
    return drawn


@pytest.mark.parametrize("far", [24.0, 160.0])
def test_the_words_of_the_sliders_fit_at_the_least_width(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, far: float
) -> None:
    panel = narrow(qtbot, Tuned(far, 1.0))
    found = {}
    for slider in panel.findChildren(Slider):
        found |= words_cut(slider, monkeypatch)
        assert slider.width() >= slider.minimumSizeHint().width()
        assert slider.x() > 0  # still beside its label
    assert found == {f"auto {far:.0f} px": False, "auto 100 %": False}


@pytest.mark.usefixtures("pseudo")
def test_longer_words_push_the_sliders_below_their_labels(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = narrow(qtbot, Tuned(24, 0.5, told=(MOVED, DETAIL), widened=7, narrowed=9))
    found = {}
    for slider in panel.findChildren(Slider):
        found |= words_cut(slider, monkeypatch)
        assert slider.width() >= slider.minimumSizeHint().width()
        assert slider.x() == 0
    assert len(found) == 2
    assert not any(found.values())


def test_its_rows_stand_where_the_other_rows_of_the_panel_stand(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await redrawn(session)
        frame = window.panel.findChild(FieldRow, "row-frame")
        assert frame is not None
        for name in ("edge", "match", "way"):
            row = window.join.findChild(FieldRow, f"row-join-{name}")
            assert row is not None
            assert left(window, row) == left(window, frame)
        message = window.join.findChild(Message, "join-said")
        assert message is not None
        assert left(window, message) == left(window, frame)
        assert said(window.join).startswith("Moved ")

    live.show(script)


def left(window: Window, widget: QWidget) -> int:
    return widget.mapTo(window, QPoint(0, 0)).x()


def test_the_hint_line_says_what_a_click_or_a_stroke_does(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await redrawn(session)
        usual = hints(window)
        segment(window, Way.PICK).click()
        assert hints(window).startswith("Click: let a shadow or a reflection through")
        segment(window, Way.BRUSH).click()
        assert hints(window).startswith("Paint: let the answer through, Alt: keep it out")
        segment(window, Way.OFF).click()
        assert hints(window) == usual

    live.show(script)


@pytest.mark.parametrize("way", [Way.PICK, Way.BRUSH])
def test_an_answer_that_is_left_takes_the_way_with_it(live: Live, photo: Path, way: Way) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await redrawn(session)
        canvas = window.stage.canvas
        segment(window, way).click()
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert session.gallery.state.shown is None
        assert session.tuning.way is Way.OFF
        assert segment(window, Way.OFF).isChecked()
        assert "erase" in hints(window)
        QTest.keyClick(canvas, Qt.Key.Key_1)
        assert segment(window, Way.OFF).isChecked()
        assert not segment(window, way).isChecked()
        assert canvas.painting is session.painting

    live.show(script)
