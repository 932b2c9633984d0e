import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.imaging.geometry import NOWHERE, Rect
from editor.ui.viewport import LEAST, MOST, Viewport

places = st.tuples(st.floats(0, 800), st.floats(0, 600))


def viewport(width: int = 4000, height: int = 3000) -> Viewport:
    view = Viewport()
    view.resize(800, 600)
    view.show(width, height)
    return view


def test_a_picture_is_shown_whole_and_never_enlarged() -> None:
    assert viewport().zoom == pytest.approx(0.2)
    assert viewport(100, 80).zoom == 1.0
    assert viewport(100, 80).origin == (350, 260)


def test_what_fits_keeps_fitting_until_somebody_zooms() -> None:
    view = viewport()
    view.resize(400, 300)
    assert view.zoom == pytest.approx(0.1)
    view.zoom_at(2, 10, 10)
    view.resize(800, 600)
    assert view.zoom == pytest.approx(0.2)
    assert view.centre == pytest.approx((2000, 1500), rel=0.5)


def test_resizing_keeps_the_middle() -> None:
    view = viewport()
    view.set_zoom(1.5)
    view.pan(-300, 200)
    before = view.centre
    view.resize(500, 700)
    assert view.centre == before


@given(places, st.lists(st.floats(0.2, 5), min_size=1, max_size=5))
def test_zooming_holds_what_is_under_the_pointer(
    at: tuple[float, float], factors: list[float]
) -> None:
    view = viewport()
    held = view.to_picture(*at)
    for factor in factors:
        view.zoom_at(factor, *at)
        assert view.least <= view.zoom <= MOST
        under = view.to_picture(*at)
        if 0 < view.centre[0] < 4000 and 0 < view.centre[1] < 3000:
            assert under == pytest.approx(held, abs=1.5 / min(1, view.zoom))
        held = under


@given(places, st.floats(0.05, 20), st.sampled_from([1.0, 1.25, 1.5, 2.0]))
def test_mapping_goes_both_ways(at: tuple[float, float], zoom: float, ratio: float) -> None:
    view = viewport()
    view.ratio = ratio
    view.set_zoom(zoom)
    assert view.to_pane(*view.to_picture(*at)) == pytest.approx(at, abs=1e-6)


def test_a_step_across_100_percent_stops_there() -> None:
    view = viewport()
    view.set_zoom(0.9)
    view.zoom_at(1.25, 400, 300)
    assert view.zoom == 1.0
    view.zoom_at(1.25, 400, 300)
    assert view.zoom == 1.25
    view.zoom_at(0.7, 400, 300)
    assert view.zoom == 1.0


def test_100_percent_is_one_device_pixel() -> None:
    view = viewport()
    view.ratio = 2.0
    view.set_zoom(view.actual)
    assert view.zoom == 0.5
    view.show(100, 100)
    assert view.zoom == 0.5


def test_zoom_has_ends() -> None:
    view = viewport()
    view.set_zoom(1e9)
    assert view.zoom == MOST
    view.set_zoom(1e-9)
    assert view.zoom == pytest.approx(0.05)
    huge = viewport(100_000, 100_000)
    huge.set_zoom(1e-9)
    assert huge.zoom == LEAST


@given(st.floats(-5000, 5000), st.floats(-5000, 5000), st.floats(0.05, 30))
def test_the_picture_stays_in_sight(dx: float, dy: float, zoom: float) -> None:
    view = viewport()
    view.set_zoom(zoom)
    view.pan(dx, dy)
    assert 0 <= view.centre[0] <= 4000
    assert 0 <= view.centre[1] <= 3000


def test_the_corner_lies_on_whole_device_pixels() -> None:
    view = viewport()
    view.ratio = 1.25
    view.set_zoom(0.777)
    for step in range(20):
        view.pan(0.3 * step, 0.7)
        left, top = view.origin
        assert left * 1.25 == pytest.approx(round(left * 1.25))
        assert top * 1.25 == pytest.approx(round(top * 1.25))


def test_a_part_is_shown_whole() -> None:
    view = viewport()
    view.show_rect(1000, 1000, 2000, 1500)
    assert view.zoom == pytest.approx(0.8)
    assert view.to_pane(1500, 1250) == pytest.approx((400, 300), abs=1)
    view.show_rect(10, 10, 12, 12)
    assert view.zoom == 2.0


def test_the_same_size_keeps_the_view() -> None:
    view = viewport()
    view.set_zoom(3)
    before = view.zoom, view.centre
    view.show(4000, 3000)
    assert (view.zoom, view.centre) == before


@given(st.integers(0, 3990), st.integers(0, 2990), st.integers(1, 500), st.floats(0.05, 20))
def test_rectangles_hold_every_pixel(left: int, top: int, side: int, zoom: float) -> None:
    view = viewport()
    view.set_zoom(zoom)
    rect = Rect(left, top, min(left + side, 4000), min(top + side, 3000))
    box = view.rect_to_pane(rect)
    assert view.to_pane(rect.left, rect.top) >= (box.left, box.top)
    right, bottom = view.to_pane(rect.right, rect.bottom)
    assert right <= box.right
    assert bottom <= box.bottom
    again = view.rect_to_picture(box)
    assert again.joined(rect) == again


def test_nothing_maps_to_nothing() -> None:
    assert viewport().rect_to_pane(NOWHERE) == NOWHERE


def test_everybody_hears_of_a_change() -> None:
    view, heard = viewport(), []
    view.listen(lambda: heard.append("one"))
    view.listen(lambda: heard.append("two"))
    view.pan(5, 0)
    assert heard == ["one", "two"]


def test_whoever_hears_first_finds_every_pane_where_it_is_now() -> None:
    one = viewport()
    other = Viewport(one)
    other.resize(400, 300)
    found: list[tuple[float, tuple[float, float]]] = []
    one.listen(lambda: found.append((other.zoom, other.origin)))
    one.set_zoom(1.5)
    one.pan(-40, 30)
    other.pan_alone(10, 20)
    one.look_at(2.0, (1000.0, 800.0))
    one.fit()
    assert found[0] == (1.5, (-2800, -2100))
    assert found[1] == (1.5, (-2840, -2070))
    assert found[2] == (2.0, (-1787, -1423))
    assert found[3] == (0.1, (1, 1))


def test_another_screen_is_another_place_at_once() -> None:
    view = viewport()
    view.set_zoom(1.0)
    assert view.zoom == 1.0
    view.ratio = 2.0
    assert view.zoom == 0.5
    assert view.origin == (-600, -450)


def test_there_can_be_room_around_the_picture() -> None:
    view = viewport()
    view.make_room(Rect(-1000, 0, 4000, 3000))
    assert view.zoom == pytest.approx(0.16)
    assert view.centre == (1500, 1500)
    view.look_at(1.0, (-5000, 9000))
    assert view.centre == (-1000, 3000)
    view.make_room(Rect(-2000, 0, 4000, 3000))
    assert view.zoom == 1.0
    view.fit()
    assert view.centre == (1000, 1500)
    view.show(4001, 3000)
    assert view.zoom == pytest.approx(800 / 4001)
