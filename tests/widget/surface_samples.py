"""Surface samples: menus, lists, strip, zones, dialogs and popups, for the contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget

from editor.compose.assets.manner import Step
from editor.errors import InputProblem
from editor.imaging.geometry import Size
from editor.preferences.prompts import Prompted
from editor.providers.curl import Command
from editor.session.exporting import Example, Exporting
from editor.session.outgoing import Outgoing, Piece
from editor.session.tuned import Tuned, Way
from editor.ui.controls.combo import Combo
from editor.ui.controls.drag_out import DragButton
from editor.ui.controls.menu import Menu
from editor.ui.controls.option import Option
from editor.ui.controls.tile_face import Face, Kind
from editor.ui.controls.toast import Offer, Toasts
from editor.ui.drop import DropZones
from editor.ui.exporting import ExportPanel
from editor.ui.gallery.difference import ThresholdBar
from editor.ui.gallery.strip import Strip
from editor.ui.language import by, label
from editor.ui.panel.earlier import Earlier
from editor.ui.panel.join import JoinPanel
from editor.ui.what_gets_sent import Shown, WhatGetsSent
from tests.fakes.forms import form

Made = tuple[str, str, Callable[[], QWidget], int]
"""Title, state, what builds it, and its width; 0 for the width that it wants."""

_FILE = Path("portrait_edit.png")


def surface_samples(states: tuple[str, ...], picture: QImage) -> Iterator[Made]:
    """What lies over the window, beside the picture or below it. picture: for its tiles."""
    for state in states:
        yield "DragButton", state, lambda: DragButton("drag", label("Drag me"), _FILE), 0
    yield "Menu", "one chosen", _menu, 0
    yield "Combo", "open", _list, 0
    yield "Toasts", "three", _toasts, 420
    yield "DropZones", "first picture", lambda: _zones(first=True), 560
    yield "DropZones", "over one", lambda: _zones(first=False), 560
    yield "Strip", "empty", lambda: _strip([], []), 900
    yield "Strip", "two models", lambda: _filled(picture), 1180
    yield "ThresholdBar", "rest", _threshold, 200
    yield "JoinPanel", "by itself", lambda: _join(Tuned(24, 1.0)), 320
    widened = Tuned(96, 0.4, edge_auto=False, match_auto=False, widened=1240, narrowed=88)
    yield "JoinPanel", "by hand", lambda: _join(replace(widened, way=Way.BRUSH)), 320
    yield "Earlier", "rest", lambda: _earlier(_PROMPTS), 0
    yield "Earlier", "none yet", lambda: _earlier(()), 0
    yield "ExportPanel", "exact", lambda: _export(), 0
    yield "ExportPanel", "not exact", lambda: _export("size", "srgb"), 0
    yield "ExportPanel", "trouble", lambda: _export(wrong=True), 0
    yield "WhatGetsSent", "nothing", WhatGetsSent, 520
    yield "WhatGetsSent", "a request", lambda: _sent(picture), 520


def _menu() -> QWidget:
    made = Menu()
    chosen = made.addAction(label("Feather"))
    chosen.setShortcut("Shift+F6")
    made.addAction(label("Grow")).setEnabled(False)
    made.addSeparator()
    shown = made.addAction(label("Show overlay"))
    shown.setCheckable(True)
    shown.setChecked(True)
    made.setActiveAction(chosen)
    return made


def _list() -> QWidget:
    """A picture of the list of a combo, which is a window of its own."""
    options = [Option(name, label(name.capitalize()), note=label(note)) for name, note in _SIZES]
    options.append(Option("other", label("Other"), off=label("Not for this model")))
    combo = Combo("size", label("Size"), options)
    combo.show_value("square")
    combo.resize(200, combo.sizeHint().height())
    combo.show()
    combo.showPopup()
    seen = combo.view().window().grab()
    combo.hidePopup()
    shown = QLabel()
    shown.setPixmap(seen)
    shown.setAccessibleName(combo.accessibleName())
    combo.deleteLater()
    return shown


_SIZES = (("auto", "from the frame"), ("square", "1:1"), ("portrait", "2:3"))


def _toasts() -> QWidget:
    stage = QWidget()
    stage.setFixedSize(420, 260)
    toasts = Toasts(stage)
    toasts.tell(label("Kept"), offers=[Offer("undo", label("Undo"))])
    toasts.tell(label("The mask was read as black and white"), "warn")
    toasts.fail(label("The picture could not be written"), label("Disk full"))
    return stage


def _zones(*, first: bool) -> QWidget:
    stage = QWidget()
    stage.setFixedSize(560, 300)
    zones = DropZones(stage)
    zones.open(first=first, painted=False)
    zones.hover(QPoint(140, 220))
    return stage


def _strip(pictures: list[tuple[str, Face]], results: list[tuple[str, Face]]) -> QWidget:
    made = Strip()
    made.pictures.show_faces(pictures, "target")
    made.results.show_faces(results, "2")
    made.show_counts(len(pictures), len(results))
    return made


def _filled(picture: QImage) -> QWidget:
    target = Face(Kind.PICTURE, 0, picture, words=label("Target"))
    source = Face(Kind.ORIGINAL, 0, picture)
    first = Face(Kind.DONE, 1, picture, price=0.053, seconds=41, group="GPT Image 2")
    other = replace(first, number=2, group="Flux", price=0.04)
    return _strip(
        [("target", target), ("lamp", replace(target, number=1, words=label("Reference")))],
        [("0", source), ("1", first), ("2", other)],
    )


def _threshold() -> QWidget:
    stage = QWidget()
    bar = ThresholdBar(stage)
    bar.adjustSize()
    stage.setFixedHeight(bar.height())
    return stage


def _join(tuned: Tuned) -> QWidget:
    made = JoinPanel()
    made.show_tuned(tuned)
    return made


_PROMPTS = ("A red raincoat with wooden buttons", "A lamp", "An empty road")


def _earlier(prompts: tuple[str, ...]) -> QWidget:
    over = QWidget()
    over.setFixedWidth(420)
    made = Earlier(over)
    made.offer([Prompted(label(prompt), "gpt-image-2") for prompt in prompts], over)
    made.setParent(None)
    over.deleteLater()
    return made


def _export(*steps: Step, wrong: bool = False) -> QWidget:
    made = ExportPanel(Exporting.presets())
    problem = InputProblem("A name cannot hold a slash.") if wrong else None
    made.show_example(Example("portrait_edit.png", Size(6000, 4000), steps, problem))
    made.show_results(2, starred=True)
    return made


def _sent(picture: QImage) -> QWidget:
    state = form("openai")
    pieces = Piece("image", bytes(3_100_000)), Piece("mask", bytes(5_000))
    fields = (("model", "gpt-image-2"), ("prompt", label("A red raincoat")), ("size", "1024x1024"))
    request = Outgoing(
        state.provider,
        state.model,
        host="api.openai.com",
        count=2,
        size=3_105_000,
        pieces=pieces,
        fields=fields,
        masked=1,
        command=Command(""),
    )
    small = picture.scaled(112, 84)
    small.setText("size", by(1024, 1024))
    made = WhatGetsSent()
    made.show_requests([Shown(request, ((label("Picture"), small), (label("Mask"), small)))])
    return made
