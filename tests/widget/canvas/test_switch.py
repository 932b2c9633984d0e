"""Switching between answers on the canvas: in place, and only what changes is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect
from editor.ui.canvas.canvas import Canvas
from editor.ui.picture import place_of
from tests.widget.canvas.conftest import SIZE, noise, on_screen


class Painted(QObject):
    """Hears what a widget draws."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def answer(box: Rect, seed: int = 3) -> Overlay:
    part = noise(seed=seed).pixels[: box.size.height, : box.size.width]
    return Overlay(box, np.ascontiguousarray(part))


def drawn(canvas: Canvas) -> QRegion:
    """What is drawn by the time that all is settled."""
    painted = Painted(canvas)
    QApplication.processEvents()
    canvas.removeEventFilter(painted)
    return painted.region


def test_another_answer_draws_where_the_two_are_and_moves_nothing(canvas: Canvas) -> None:
    canvas.viewport.set_zoom(1.5)
    canvas.viewport.pan(-20, 10)
    here = canvas.viewport.zoom, canvas.viewport.centre
    first, second = answer(Rect(150, 90, 190, 120)), answer(Rect(200, 100, 230, 150), 4)
    canvas.show_variant(first, editing=False)
    QApplication.processEvents()
    canvas.show_variant(second, editing=False)
    region = drawn(canvas)
    places = [place_of(each, canvas.viewport) for each in (first, second)]
    assert not region.isEmpty()
    assert region.subtracted(QRegion(places[0]) + places[1]).isEmpty()
    assert QRect(0, 0, *SIZE).contains(region.boundingRect())
    assert (canvas.viewport.zoom, canvas.viewport.centre) == here


def test_what_is_shown_already_is_not_drawn_again(canvas: Canvas) -> None:
    laid, source = answer(Rect(150, 90, 190, 120)), noise(seed=8)
    canvas.show_variant(laid, editing=False)
    canvas.show_source(source)
    QApplication.processEvents()
    canvas.show_variant(laid, editing=False)
    canvas.show_source(source)
    assert drawn(canvas).isEmpty()


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_left_of_what_was_shown_before(canvas: Canvas, seed: int) -> None:
    """What switching leaves on the screen is what a full paint draws."""
    chance = np.random.default_rng(seed)
    canvas.show_base(noise(seed=seed))
    canvas.show_lock("0 of 1 changed")
    canvas.viewport.set_zoom(float(chance.choice([0.4, 0.5, 1.0, 1.5, 2.0, 3.0])))
    for _ in range(12):
        x, y, dx, dy = (int(value) for value in chance.integers(0, 150, 4))
        match chance.choice(["answer", "answer", "edit", "source", "pan"]):
            case "answer":
                canvas.show_variant(answer(Rect(x, y, x + dx + 9, y + dy + 9)), editing=False)
            case "edit":
                canvas.show_variant(None, editing=True)
            case "source":
                canvas.show_variant(None, editing=False)
                canvas.show_source(noise(seed=x))
            case "pan":
                canvas.viewport.pan(dx - 75, dy - 75)
        seen = on_screen(canvas).astype(int)
        canvas.update()
        assert np.abs(seen - on_screen(canvas)).max() <= 3
