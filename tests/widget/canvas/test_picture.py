import gc

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from editor.compose.blend import Overlay
from editor.imaging.geometry import Rect, Size
from editor.imaging.pyramid import Pyramid
from editor.imaging.raster import Raster
from editor.ui import picture
from editor.ui.picture import Picture, outside_of, picture_of, prepare, shown, target_of
from editor.ui.viewport import Viewport
from tests.widget.canvas.conftest import noise, raster, rgb

PANE = Size(320, 240)
ALL = QRect(0, 0, *PANE)


def view(size: Size, zoom: float, at: tuple[float, float] = (0.5, 0.5)) -> Viewport:
    viewport = Viewport()
    viewport.resize(*PANE)
    viewport.show(*size)
    viewport.set_zoom(zoom)
    viewport.pan(-at[0] * 10, -at[1] * 10)
    return viewport


def drawn(
    subject: Picture,
    viewport: Viewport,
    *rects: QRect,
    answer: Overlay | None = None,
    onto: QImage | None = None,
) -> QImage:
    image = QImage(*PANE, QImage.Format.Format_RGB32) if onto is None else onto.copy()
    if onto is None:
        image.fill(Qt.GlobalColor.magenta)
    with QPainter(image) as painter:
        for rect in rects or (ALL,):
            subject.draw(painter, rect, viewport, answer)
    return image


def test_at_100_percent_pixels_are_pixels() -> None:
    source = noise(Size(*PANE))
    viewport = view(source.size, 1.0, (0, 0))
    assert np.array_equal(rgb(drawn(picture_of(source), viewport)), source.pixels[..., 2::-1])


@pytest.mark.parametrize("zoom", [0.13, 0.3, 0.5, 0.77, 1.0, 1.4, 2.0, 3.0, 5.0, 16.0])
def test_a_part_drawn_again_leaves_no_seam(zoom: float) -> None:
    source = noise(Size(1500, 1100))
    viewport, subject = view(source.size, zoom, (3, 4)), picture_of(source)
    whole = drawn(subject, viewport)
    again = drawn(
        subject,
        viewport,
        QRect(10, 10, 64, 64),
        QRect(100, 33, 131, 77),
        QRect(0, 200, 320, 5),
        onto=whole,
    )
    before, after = rgb(whole).astype(int), rgb(again).astype(int)
    assert np.abs(before - after).max() <= 8


@pytest.mark.parametrize("zoom", [2.0, 3.0, 8.0])
def test_from_200_percent_pixels_stay_sharp(zoom: float) -> None:
    source = noise(Size(200, 200))
    viewport = view(source.size, zoom, (0, 0))
    found = rgb(drawn(picture_of(source), viewport))
    for x, y in ((5.5, 3.5), (100.5, 77.5), (200.5, 191.5)):
        col, row = (int(place) for place in viewport.to_picture(x, y))
        assert found[int(y), int(x)].tolist() == source.pixels[row, col, 2::-1].tolist()


def test_below_100_percent_pixels_are_averaged() -> None:
    stripes = np.zeros((960, 1280, 4), np.uint8)
    stripes[..., 3] = 255
    stripes[::2] = 255
    found = rgb(drawn(picture_of(Raster(stripes)), view(Size(1280, 960), 0.25, (0, 0))))
    assert np.abs(found.astype(int) - 127).max() <= 2


def test_an_answer_lies_where_it_belongs_and_nowhere_else() -> None:
    base = raster(Size(640, 480))
    rect = Rect(101, 53, 333, 207)
    pixels = np.full((154, 232, 4), 255, np.uint8)
    answer = Overlay(rect, pixels)
    viewport = view(base.size, 0.5, (0, 0))
    plain = rgb(drawn(picture_of(base), viewport))
    found = rgb(drawn(picture_of(base), viewport, answer=answer))
    assert (found[60:100, 60:160] == 255).all()
    changed = np.argwhere((found != plain).any(axis=2))
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    assert 25 <= top <= 27
    assert 49 <= left <= 51
    assert 102 <= bottom <= 104
    assert 165 <= right <= 167


def test_around_an_answer_the_picture_looks_the_same() -> None:
    base = noise(Size(640, 480))
    rect = Rect(101, 53, 333, 207)
    same = Overlay(rect, base.pixels[rect.rows_cols].copy())
    for zoom in (0.21, 0.5, 0.8, 1.0, 3.0):
        viewport = view(base.size, zoom, (0, 0))
        plain = rgb(drawn(picture_of(base), viewport)).astype(int)
        found = rgb(drawn(picture_of(base), viewport, answer=same)).astype(int)
        assert (np.abs(found - plain) > 12).any(axis=2).mean() < 0.01


def test_an_answer_for_the_whole_picture_is_not_copied() -> None:
    base = raster(Size(640, 480))
    answer = Overlay(Rect(0, 0, 640, 480), raster(Size(640, 480), (1, 2, 3)).pixels)
    piece = picture_of(base)._with(answer)
    assert piece.raster.pixels is answer.pixels
    assert picture_of(base)._with(answer) is piece


def test_checkers_lie_under_transparent_pictures_only() -> None:
    base = raster(Size(64, 64), alpha=0)
    viewport = view(base.size, 1.0, (0, 0))
    found = rgb(drawn(picture_of(base), viewport))
    target = target_of(viewport)
    inside = found[target.top() : target.bottom() + 1, target.left() : target.right() + 1]
    assert {tuple(colour) for colour in inside.reshape(-1, 3).tolist()} == {
        (0x2B,) * 3,
        (0x33,) * 3,
    }
    assert inside[0, 0].tolist() == inside[15, 15].tolist() != inside[0, 8].tolist()
    assert (found[0, 0] == (255, 0, 255)).all()
    assert len(np.unique(rgb(drawn(picture_of(raster(Size(64, 64))), viewport)))) < 6


def test_the_parts_beside_a_picture_fill_the_pane() -> None:
    inner = QRect(50, 40, 100, 80)
    covered = np.zeros((240, 320), int)
    for part in [*outside_of(ALL, inner), inner]:
        covered[part.top() : part.bottom() + 1, part.left() : part.right() + 1] += 1
    assert (covered == 1).all()
    assert outside_of(QRect(0, 0, 10, 10), inner) == [QRect(0, 0, 10, 10)]
    assert outside_of(QRect(60, 50, 10, 10), inner) == []


def test_the_target_holds_only_pixels_that_are_covered() -> None:
    viewport = view(Size(333, 77), 0.777, (0, 0))
    target = target_of(viewport)
    right, bottom = viewport.to_pane(333, 77)
    assert target.right() + 1 <= right < target.right() + 2
    assert target.bottom() + 1 <= bottom < target.bottom() + 2


def test_whoever_shows_a_picture_shares_its_copies() -> None:
    first, second = raster(), raster()
    there = picture_of(first)
    assert picture_of(first) is there
    assert picture_of(second) is not there
    assert picture_of(first) is there


def test_a_picture_made_before_it_is_shown_waits_for_that() -> None:
    source = raster(Size(640, 480))
    prepare(source)
    (waiting,) = (known for known in picture._known.values() if known.raster is source)
    assert picture_of(source) is waiting
    assert len(waiting._levels._levels) > 2


def test_nobody_keeps_a_picture_that_is_not_shown() -> None:
    there = shown(raster())
    picture_of(raster())
    picture_of(raster())
    gc.collect()
    assert len(picture._known) == 2
    assert shown(None) is None
    gc.collect()
    assert list(picture._known.values()) == [there]


def test_two_who_make_a_picture_at_once_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    base = raster(Size(8, 8))
    others: list[Picture] = []

    class Overtaken(Picture):
        """Somebody else, on another thread, is quicker than the first."""

        def __init__(self, raster: Raster, levels: Pyramid) -> None:
            super().__init__(raster, levels)
            if not others:
                others.append(self)
                others.append(picture_of(raster))

    monkeypatch.setattr(picture, "Picture", Overtaken)
    assert picture_of(base) is others[1]
    assert picture_of(base) is others[1]


def test_an_answer_is_ready_once_it_is_laid_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    base = picture_of(raster(Size(1200, 1000)))
    answer = Overlay(Rect(0, 0, 1200, 1000), raster(Size(1200, 1000), (1, 2, 3)).pixels)
    seen: list[bool] = []

    def prepared(piece: Picture, zoom: float) -> None:
        seen.append(base.ready(answer))

    monkeypatch.setattr(Picture, "prepare", prepared)
    for _ in range(2):
        base.lay(answer)
    assert seen == [False]
    assert base.ready(answer)
