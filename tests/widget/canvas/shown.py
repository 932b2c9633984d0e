"""A program that shows one canvas on a real screen and tells on its output what is done to it.

`python -m tests.widget.canvas.shown WIDTHxHEIGHT`: the size of the picture. F5 draws it all
again.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.session.painting import Painting
from editor.ui import style
from editor.ui.canvas.canvas import Canvas
from tests.widget.canvas.conftest import noise


def tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication(sys.argv[:1])
    style.apply(app, "dark", still=True)
    size = Size(*map(int, sys.argv[1].split("x")))
    painting = Painting()
    canvas = Canvas()
    canvas.setObjectName("canvas")
    canvas.attach(painting)
    canvas.show_base(noise(size))
    painting.turn_to("one", size)
    painting.set_brush(diameter=60, hardness=1.0)
    canvas.frame.show_window(Placement(Rect(100, 100, 500, 400), Size(400, 300)))
    canvas.frame.say("send 400 × 300  1:1")
    canvas.resize(700, 500)
    painting.brush_changed.connect(
        lambda brush: tell(diameter=brush.diameter, hardness=round(brush.hardness, 2))
    )
    painting.sealed.connect(lambda *_: tell(box=list(painting.plane.box)))
    canvas.peeked.connect(lambda on: tell(peeked=on))
    canvas.viewport.listen(lambda: tell(zoom=canvas.viewport.zoom, at=canvas.viewport.origin))
    again = QShortcut(QKeySequence("F5"), canvas)
    again.activated.connect(canvas.update)
    again.activated.connect(lambda: tell(again=True))
    canvas.show()
    canvas.activateWindow()
    QTimer.singleShot(
        300,
        lambda: tell(
            ready=[
                canvas.mapToGlobal(canvas.rect().topLeft()).x(),
                canvas.mapToGlobal(canvas.rect().topLeft()).y(),
            ]
        ),
    )
    app.exec()


main()
