import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from editor.ui.canvas.ring import Ring
from tests.widget.canvas.conftest import rgb


def drawn(ring: Ring) -> np.ndarray:
    image = QImage(700, 700, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    with QPainter(image) as painter:
        ring.draw(painter)
    return rgb(image)


def ring(diameter: float, at: tuple[float, float] = (350.3, 349.8)) -> Ring:
    found = Ring()
    found.at, found.diameter = QPointF(*at), diameter
    return found


@pytest.mark.parametrize("diameter", [20, 64, 126, 128, 300, 600])
def test_the_ring_has_the_size_of_the_brush(diameter: int) -> None:
    found = drawn(ring(diameter, (350, 350)))
    middle = found[350]
    white = np.flatnonzero((middle > 150).all(axis=1))
    assert white.max() - white.min() == pytest.approx(diameter, abs=1)
    assert (middle[int(350 + diameter / 2 + 1)] < 40).all()


@pytest.mark.parametrize("diameter", [0.5, 3, 20, 64, 127, 128, 200, 333, 600])
def test_what_is_drawn_again_holds_the_ring(diameter: float) -> None:
    subject = ring(diameter)
    changed = (drawn(subject) != drawn(Ring())).any(axis=2)
    for part in subject.region():
        changed[max(part.top(), 0) : part.bottom() + 1, max(part.left(), 0) : part.right() + 1] = (
            False
        )
    assert not changed.any()
    square = subject.square()
    assert subject.region().boundingRect() == square


def test_a_large_ring_leaves_its_inside_alone() -> None:
    subject = ring(600)
    area = sum(part.width() * part.height() for part in subject.region())
    assert area < 0.5 * 600 * 600


def test_a_dot_marks_the_middle_of_a_small_ring() -> None:
    assert (drawn(ring(6, (350.5, 350.5)))[350, 350] > 150).all()
    assert (drawn(ring(12, (350.5, 350.5)))[350, 350] == (0, 128, 0)).all()


def test_no_pointer_no_ring() -> None:
    assert Ring().region().isEmpty()
    assert Ring().square().isEmpty()
    assert (drawn(Ring()) == (0, 128, 0)).all()


def test_a_cross_hair_leaves_its_pixel_free_and_is_small_for_any_brush() -> None:
    ring = Ring()
    ring.precise, ring.at, ring.diameter = True, QPointF(50.6, 40.2), 900.0
    image = QImage(100, 80, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    plain = image.pixelColor(0, 0)
    with QPainter(image) as painter:
        ring.draw(painter)
    assert image.pixelColor(50, 40) == plain
    for x, y in ((54, 40), (46, 40), (50, 44), (50, 36)):
        assert image.pixelColor(x, y).getRgb()[:3] == (255, 255, 255)
    drawn = {(x, y) for x in range(100) for y in range(80) if image.pixelColor(x, y) != plain}
    assert all(ring.square().contains(x, y) for x, y in drawn)
    assert ring.square().width() < 40


@pytest.mark.parametrize("diameter", [40, 300])
def test_while_it_is_tuned_the_ring_is_filled_like_a_dab(diameter: float) -> None:
    subject = ring(diameter, (350, 350))
    subject.tint, subject.hardness = QColor(255, 0, 0, 128), 0.5
    middle = drawn(subject)[350, :, 0].astype(int)
    radius = int(diameter / 2)
    inner, outer = middle[350 + radius // 3], middle[350 + int(radius * 0.8)]
    assert inner > 120
    assert 0 < outer < inner - 20
    changed = (drawn(subject) != drawn(Ring())).any(axis=2)
    for part in subject.region():
        changed[max(part.top(), 0) : part.bottom() + 1, max(part.left(), 0) : part.right() + 1] = (
            False
        )
    assert not changed.any()
