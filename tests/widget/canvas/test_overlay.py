import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from editor.imaging.geometry import Rect, Size
from editor.mask import region
from editor.mask.plane import MaskPlane
from editor.ui.canvas.look import MaskLook
from editor.ui.canvas.overlay import MaskOverlay
from editor.ui.picture import picture_of
from tests.fakes.filling import fill_rect
from tests.widget.canvas.conftest import GREEN, SIZE, drawn, raster, rgb, viewport

RED = QColor(255, 0, 0)


def test_the_tint_has_its_strength() -> None:
    plane = MaskPlane(SIZE)
    mask = MaskOverlay(plane, MaskLook(opacity=0.4), RED)
    fill_rect(plane, Rect(50, 50, 100, 100), 255)
    fill_rect(plane, Rect(100, 50, 150, 100), 128)
    mask.updated(Rect(50, 50, 150, 100))
    found = drawn(mask, viewport(1.0))
    assert found[75, 75].tolist() == pytest.approx([255, 153, 153], abs=2)
    assert found[75, 125].tolist() == pytest.approx([255, 204, 204], abs=2)
    assert (found[:49] == 255).all()
    mask.show_look(MaskLook(opacity=1.0), QColor(0, 0, 255))
    assert drawn(mask, viewport(1.0))[75, 75].tolist() == [0, 0, 255]


def test_strokes_are_seen_without_being_told_at_full_size() -> None:
    plane = MaskPlane(SIZE)
    mask = MaskOverlay(plane, MaskLook(opacity=1.0), RED)
    view = viewport(1.0)
    drawn(mask, view)
    edit = plane.edit()
    edit.region(Rect(10, 10, 20, 20))[:] = 255
    assert drawn(mask, view)[15, 15].tolist() == [255, 0, 0]


def test_the_first_dab_finds_its_smaller_copy_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    size = Size(1600, 1200)
    plane = MaskPlane(size)
    mask = MaskOverlay(plane, MaskLook(opacity=1.0), RED)
    view = viewport(0.25, size)
    assert (drawn(mask, view) == 255).all()
    monkeypatch.setattr(mask.pyramid, "level", lambda number: pytest.fail("it is made too late"))
    plane.edit().region(Rect(400, 400, 480, 480))[:] = 255
    mask.updated(Rect(400, 400, 480, 480))
    assert drawn(mask, view)[110, 110].tolist() == [255, 0, 0]


def test_copies_of_a_mask_follow_whole_changes() -> None:
    plane = MaskPlane(Size(1600, 1200))
    mask = MaskOverlay(plane, MaskLook(opacity=1.0), RED)
    fill_rect(plane, Rect(300, 300, 700, 700), 255)
    mask.pyramid.level(3)
    for change in (region.invert, region.fill, region.invert, region.clear, region.invert):
        change(plane)
        mask.updated(Rect(0, 0, 1600, 1200))
        fresh = MaskOverlay(plane, MaskLook(), RED)
        for number in range(mask.pyramid.top + 1):
            assert np.array_equal(mask.pyramid.level(number), fresh.pyramid.level(number))


@pytest.mark.parametrize("zoom", [0.2, 0.25, 0.45, 0.7])
def test_smaller_copies_follow_the_strokes(zoom: float) -> None:
    size = Size(1600, 1200)
    plane = MaskPlane(size)
    mask = MaskOverlay(plane, MaskLook(opacity=1.0), RED)
    view = viewport(zoom, size)
    fill_rect(plane, Rect(0, 0, 20, 20), 255)
    drawn(mask, view)
    region.clear(plane)
    mask.updated(Rect(0, 0, 20, 20))
    rect = Rect(700, 500, 900, 700)
    fill_rect(plane, rect, 255)
    mask.updated(rect)
    found = drawn(mask, view)
    left, top = view.to_pane(rect.left, rect.top)
    right, bottom = view.to_pane(rect.right, rect.bottom)
    inner = found[int(top) + 3 : int(bottom) - 3, int(left) + 3 : int(right) - 3]
    assert (inner == (255, 0, 0)).all()
    assert (found[: int(top) - 3] == 255).all()
    assert (found[:, int(right) + 4 :] == 255).all()


def test_only_the_asked_part_is_drawn() -> None:
    plane = MaskPlane(SIZE)
    region.fill(plane)
    found = drawn(
        MaskOverlay(plane, MaskLook(opacity=1.0), RED), viewport(1.0), QRect(10, 20, 30, 40)
    )
    changed = np.argwhere((found != 255).any(axis=2))
    assert changed.min(axis=0).tolist() == [20, 10]
    assert changed.max(axis=0).tolist() == [59, 39]


def test_an_empty_mask_draws_nothing() -> None:
    plane = MaskPlane(SIZE)
    assert (drawn(MaskOverlay(plane, MaskLook(opacity=1.0), RED), viewport(1.0)) == 255).all()


def test_a_hatch_marks_the_mask_above_100_percent() -> None:
    plane = MaskPlane(SIZE)
    fill_rect(plane, Rect(150, 100, 250, 200), 255)
    mask = MaskOverlay(plane, MaskLook(opacity=0.5), RED)
    assert len(np.unique(drawn(mask, viewport(1.0))[140:160, 190:210], axis=1)) == 20
    found = drawn(mask, viewport(3.0))[140:160, 190:210]
    tones = {tuple(colour) for colour in found.reshape(-1, 3).tolist()}
    assert len(tones) == 2
    plain = drawn(mask, viewport(3.0))
    assert (plain[:, :40] == 255).all()


@pytest.mark.parametrize("zoom", [1.5, 3.0])
def test_a_hatch_drawn_again_leaves_no_seam(zoom: float) -> None:
    plane = MaskPlane(SIZE)
    region.fill(plane)
    mask, view = MaskOverlay(plane, MaskLook(opacity=0.5), RED), viewport(zoom)
    whole = drawn(mask, view)
    for rect in (QRect(0, 0, 37, 41), QRect(100, 57, 64, 64)):
        part = drawn(mask, view, rect)
        inside = slice(rect.top(), rect.bottom() + 1), slice(rect.left(), rect.right() + 1)
        assert (part[inside] != whole[inside]).any(axis=2).mean() < 0.02


@pytest.mark.parametrize("zoom", [0.333, 0.77, 1.3, 1.95, 3.07])
def test_the_cut_out_covers_the_picture_to_its_last_line(zoom: float) -> None:
    size = Size(45, 37)
    look = MaskLook(view="cut-out")
    view = viewport(zoom, size)
    for shift in (0.0, 0.3, 0.4):
        view.pan(shift, shift)
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            picture_of(raster(size)).draw(painter, QRect(0, 0, *SIZE), view)
            there = (rgb(image) != 255).any(axis=2)
            MaskOverlay(MaskPlane(size), look, RED).draw(painter, QRect(0, 0, *SIZE), view)
        found = rgb(image)
        assert not (found == GREEN).all(axis=2).any()
        assert (found[~there] == 255).all(), "nothing lies beside the picture"
