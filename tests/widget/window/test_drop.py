"""The zones of a drop: one for the first picture, four later, and the one under the pointer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.drop import DropZones
from tests.fakes.shot import pixels

ALL = ["edit", "reference", "mask", "result"]


@pytest.fixture
def zones(qtbot: QtBot) -> DropZones:
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(800, 600)
    stage.show()
    return DropZones(stage)


def found(zones: DropZones) -> dict[str, list[QPoint]]:
    """Where each zone was met, on a raster of places."""
    places: dict[str, list[QPoint]] = {}
    for x in range(0, zones.width(), 10):
        for y in range(0, zones.height(), 10):
            places.setdefault(zones.hover(QPoint(x, y)), []).append(QPoint(x, y))
    return places


def test_the_first_picture_may_be_dropped_anywhere(zones: DropZones) -> None:
    zones.open(first=True, painted=False)
    assert zones.isVisible()
    places = found(zones)
    assert set(places) == {"edit", ""}
    assert len(places["edit"]) > 0.85 * sum(map(len, places.values()))


def test_later_there_are_four_zones_of_one_size(zones: DropZones) -> None:
    zones.open(first=False, painted=True)
    places = found(zones)
    assert sorted(places) == sorted(["", *ALL])
    counts = [len(places[zone]) for zone in ALL]
    assert max(counts) <= 1.1 * min(counts)
    assert places["edit"][0].x() < places["reference"][0].x()
    assert places["edit"][0].y() < places["mask"][0].y()


def test_the_zone_under_the_pointer_stands_out(zones: DropZones) -> None:
    zones.open(first=False, painted=True)
    zones.hover(QPoint(0, 0))
    none = pixels(zones)
    zones.hover(QPoint(200, 150))
    over = pixels(zones)
    changed = np.argwhere((none != over).any(axis=2))
    assert len(changed)
    assert changed.max(axis=0)[1] <= 400
    assert changed.max(axis=0)[0] <= 300
    zones.close_zones()
    zones.open(first=False, painted=True)
    assert np.array_equal(pixels(zones), none)


def test_a_result_needs_something_painted_and_says_so(zones: DropZones) -> None:
    zones.open(first=False, painted=True)
    painted = pixels(zones)
    zones.open(first=False, painted=False)
    changed = np.argwhere((painted != pixels(zones)).any(axis=2))
    assert len(changed)
    assert changed.min(axis=0)[0] > 300
    assert changed.min(axis=0)[1] > 400


def test_the_zones_cover_the_stage_and_go_away(zones: DropZones) -> None:
    zones.open(first=False, painted=False)
    stage = zones.parentWidget()
    assert stage is not None
    assert zones.geometry() == stage.rect()
    zones.close_zones()
    assert not zones.isVisible()
