"""A canvas over the whole screen that does what the canvas report asks and tells how long it took.

Arguments: width and height of the window, of the picture, diameter and hardness of the brush,
"fit" or "actual". Reads commands line by line, answers each with one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from editor.imaging.geometry import Size
from editor.imaging.raster import Raster
from editor.session.painting import Painting
from editor.ui import style
from editor.ui.canvas.canvas import Canvas
from editor.ui.picture import prepare

FRAMES = 60
ZOOMS = 0.05, 2.0
# Frames of one command, and the ends between which it zooms, out and in again.


class Bare(QWidget):
    """The floor of drawing: one fillRect of the whole window."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), Qt.GlobalColor.darkGray)


class Scene:
    """The canvas, and the bare widget that takes turns with it."""

    def __init__(self, words: list[str]) -> None:
        width, height, across, down = map(int, words[:4])
        self.painting = Painting()
        self.canvas = Canvas()
        self.canvas.attach(self.painting)
        self.canvas.show_hint(shown=False)
        size = Size(across, down)
        shown = picture(size)
        prepare(shown)  # as the window does on another thread, before it shows a picture
        self.canvas.show_base(shown)
        self.painting.turn_to("one", size)
        self.painting.set_brush(diameter=float(words[4]), hardness=float(words[5]))
        for widget in (self.canvas,):
            widget.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            widget.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
            widget.setGeometry(0, 0, width, height)
            widget.show()
        if words[6] == "actual":
            self.canvas.viewport.show_actual()
        self.bare = Bare()
        self.bare.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.bare.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
        self.bare.setGeometry(0, 0, width, height)

    def paint_a_tenth(self) -> None:
        """A mask over a tenth of the picture, in its middle."""
        from editor.imaging.geometry import Rect
        from tests.fakes.filling import fill_rect

        plane = self.painting.plane
        assert plane is not None
        width, height = plane.size
        box = Rect(width * 3 // 8, height // 3, width * 3 // 8 + width // 4, height * 11 // 15)
        fill_rect(plane, box, 255)
        self.painting.mask_changed.emit(box)
        self.painting.stroke_ended.emit()

    def answer(self, command: str) -> object:
        if command == "memory":
            return memory()
        if command == "stroke":
            return self.stroke()
        if command == "tenth":
            self.paint_a_tenth()
            return 0
        if command == "fit":
            self.canvas.viewport.fit()
            return 0
        if command == "zooms":
            for zoom in (0.05, 0.2, 0.5, 1.0, 3.0):
                self.canvas.viewport.set_zoom(zoom)
                frame(self.canvas.repaint)
            self.canvas.viewport.fit()
            return 0
        return self.frames(command)

    def stroke(self) -> int:
        """A stroke across the picture, sealed and packed."""
        width, height = self.painting.plane.size if self.painting.plane else (0, 0)
        self.painting.begin(width * 0.2, height * 0.2)
        for step in range(40):
            self.painting.extend(width * (0.2 + 0.015 * step), height * (0.2 + 0.01 * step))
        self.painting.end()
        history = self.painting.mask_of("one")
        assert history is not None
        history.history.pack()
        return 0

    def frames(self, command: str) -> list[float]:
        """Milliseconds of each frame, flushed and answered by the X server."""
        canvas = self.canvas
        times = []
        for number in range(FRAMES):
            if command == "floor":
                self.bare.show()
                self.bare.raise_()
                times.append(frame(self.bare.repaint))
            elif command == "repaint":
                times.append(frame(canvas.repaint))
            elif command == "pan":
                way = 24 if number // 15 % 2 else -24
                times.append(frame(lambda way=way: canvas.viewport.pan(way, way / 2)))
            elif command == "zoom":
                zoom = ZOOMS[0] * (ZOOMS[1] / ZOOMS[0]) ** (abs(number - FRAMES // 2) * 2 / FRAMES)
                times.append(frame(lambda zoom=zoom: canvas.viewport.set_zoom(zoom)))
        if command == "zoom":
            canvas.viewport.show_actual()
        self.bare.hide()
        QApplication.processEvents()
        return times


def picture(size: Size) -> Raster:
    """Soft shapes; every page of it is written, as those of a decoded photograph are."""
    pixels = np.empty((size.height, size.width, 4), np.uint8)
    pixels[..., 0] = np.arange(size.width) % 251
    pixels[..., 1] = (np.arange(size.height) % 241)[:, None]
    pixels[..., 2] = 90
    pixels[..., 3] = 255
    return Raster(pixels)


def frame(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    QApplication.processEvents()
    QGuiApplication.sync()
    return (time.perf_counter() - start) * 1e3


def memory() -> int:
    """Bytes that belong to this process alone or shared, now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    app = QApplication(sys.argv[:1])
    style.apply(app, "dark", still=True)
    scene = Scene(sys.argv[1:])
    heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def hear() -> None:
        line = sys.stdin.readline().strip()
        if not line:
            app.quit()
            return
        tell(scene.answer(line))

    heard.activated.connect(hear)
    QTimer.singleShot(500, lambda: tell("ready"))
    app.exec()


def tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


main()
