"""A canvas at 1:1 on a small picture of known pixels, with a real painting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.session.painting import Painting
from editor.ui import near, picture
from editor.ui.canvas.canvas import Canvas
from editor.ui.viewport import Viewport

SIZE = Size(400, 300)
GREEN = (90, 120, 60)  # red, green, blue


def raster(size: Size = SIZE, colour: tuple[int, int, int] = GREEN, alpha: int = 255) -> Raster:
    pixels = np.empty((size.height, size.width, 4), np.uint8)
    pixels[:] = (*colour[::-1], alpha)
    return Raster(pixels)


def noise(size: Size = SIZE, seed: int = 1) -> Raster:
    pixels = np.random.default_rng(seed).integers(0, 256, (size.height, size.width, 4), np.uint8)
    pixels[..., 3] = 255
    return Raster(pixels)


def rgb(image: QImage) -> np.ndarray:
    """(rows, cols, 3) of what was drawn."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    memory = np.frombuffer(image.constBits(), np.uint8)
    rows = memory.reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def viewport(
    zoom: float | None = None, size: Size = SIZE, *, pane: Size = SIZE, ratio: float = 1.0
) -> Viewport:
    """A pane on a picture of a size; zoom: None where it is fitted."""
    view = Viewport()
    view.resize(*pane)
    view.ratio = ratio
    view.show(*size)
    if zoom is not None:
        view.set_zoom(zoom)
    return view


class Drawable(Protocol):
    """Whatever is seen through a viewport."""

    def draw(self, painter: QPainter, rect: QRect, viewport: Viewport) -> None: ...


def drawn(
    what: Drawable,
    view: Viewport,
    *parts: QRect,
    ground: Qt.GlobalColor = Qt.GlobalColor.white,
) -> np.ndarray:
    """What is drawn on these parts of the pane, on all of it where none is named."""
    image = QImage(*view.pane, QImage.Format.Format_RGB32)
    image.fill(ground)
    with QPainter(image) as painter:
        for part in parts or (image.rect(),):
            what.draw(painter, part, view)
    return rgb(image)


def on_screen(canvas: Canvas) -> np.ndarray:
    """What dirty rectangles have left on the screen."""
    QApplication.processEvents()
    return rgb(canvas.screen().grabWindow(canvas.winId()).toImage())


@dataclass
class Hand:
    """Mouse and keys on one canvas; positions are those of the canvas."""

    canvas: Canvas

    def mouse(
        self,
        kind: QEvent.Type,
        at: tuple[float, float],
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        place = QPointF(*at)
        moving = kind is QEvent.Type.MouseMove
        event = QMouseEvent(
            kind,
            place,
            self.canvas.mapToGlobal(place),
            Qt.MouseButton.NoButton if moving else button,
            Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button,
            modifiers,
        )
        QApplication.sendEvent(self.canvas, event)

    def press(self, at: tuple[float, float], **how: object) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, at, **how)

    def move(self, at: tuple[float, float], **how: object) -> None:
        self.mouse(QEvent.Type.MouseMove, at, **how)

    def release(self, at: tuple[float, float], **how: object) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, at, **how)

    def drag(self, *way: tuple[float, float], **how: object) -> None:
        self.press(way[0], **how)
        for at in way[1:]:
            self.move(at, **how)
        self.release(way[-1], **how)

    def key(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        up: bool = True,
        down: bool = True,
        held: bool = False,
    ) -> None:
        for kind, wanted in ((QEvent.Type.KeyPress, down), (QEvent.Type.KeyRelease, up)):
            if wanted:
                QApplication.sendEvent(self.canvas, QKeyEvent(kind, key, modifiers, "", held))


@pytest.fixture(autouse=True)
def no_pictures_left() -> Iterator[None]:
    """Neither those of the test before, which may have had a whole window, nor for the next."""
    picture.shown(None)
    near.on_read(lambda: None)
    yield
    picture.shown(None)


@pytest.fixture
def painting(qapp: QApplication) -> Painting:
    painting = Painting()
    painting.turn_to("one", SIZE)
    painting.set_brush(diameter=40, hardness=1.0)
    return painting


@pytest.fixture
def canvas(qtbot: QtBot, painting: Painting) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(*SIZE)
    canvas.show_hint(shown=False)
    canvas.attach(painting)
    canvas.show_base(raster())
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


@pytest.fixture
def hand(canvas: Canvas) -> Hand:
    return Hand(canvas)


@pytest.fixture
def shot(canvas: Canvas) -> Callable[[], np.ndarray]:
    """What the canvas draws as a whole, the pointer away unless it is on the canvas."""

    def drawn() -> np.ndarray:
        image = QImage(canvas.size(), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.magenta)
        canvas.render(image, QPoint(0, 0))
        return rgb(image)

    return drawn
