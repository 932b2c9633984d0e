"""The arithmetic of windows: inside the picture, around the mask, of a legal size."""

from hypothesis import given
from hypothesis import strategies as st

from editor.capability.limits import Fixed, Free, legal
from editor.edits.windows import (
    OUTSIDE,
    around,
    beyond,
    close,
    most_of,
    of_shape,
    scaled,
    seated,
    squared,
    trimmed,
    unscaled,
    widest,
    with_context,
)
from editor.imaging.geometry import Rect, Size, whole
from tests.fakes.windows import boxes, holds

FREE = Free(multiple=16, longest=3840, ratio=3.0, least=655_360, most=8_294_400)
THREE = Fixed((Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)))
PICTURE = Size(6000, 4000)


@given(boxes(), st.floats(0, 1))
def test_context_grows_every_side_as_far_as_the_picture_goes(case, share):
    picture, box = case
    want = with_context(box, share, picture)
    assert holds(want, box)
    assert holds(whole(picture), want)
    assert want.left == 0 or box.left - want.left >= 32


@given(boxes())
def test_a_small_mask_gets_as_much_again_around_it_and_a_thin_one_a_square(case):
    picture, box = case
    want = with_context(box, 1 / 8, picture)
    free = with_context(box, 1 / 8, Size(99_999, 99_999))
    if max(box.size) <= 512:
        assert min(box.left - want.left, want.right - box.right) * 2 + 1 >= max(box.size) or (
            want.left == 0 or want.right == picture.width
        )
    square = squared(want, box, picture)
    assert holds(square, want)
    assert holds(whole(picture), square)
    if max(box.size) < 3 * min(box.size):
        assert square == want
    elif holds(whole(picture), free.grown(max(free.size))):
        assert square.size == Size(max(want.size), max(want.size))


def test_close_is_the_least_context():
    assert close(Rect(100, 10, 900, 200), Size(1000, 1000)) == Rect(68, 0, 932, 232)


@given(boxes(), st.data())
def test_a_seat_is_inside_and_holds_what_fits(case, data):
    picture, box = case
    size = Size(
        data.draw(st.integers(box.size.width, picture.width)),
        data.draw(st.integers(box.size.height, picture.height)),
    )
    seat = seated(size, whole(picture), box, picture)
    assert seat.size == size
    assert holds(whole(picture), seat)
    assert holds(seat, box)


def test_a_seat_is_centred_where_it_can_be():
    assert seated(Size(10, 10), Rect(40, 40, 50, 60), Rect(45, 50, 46, 51), Size(100, 100)) == Rect(
        40, 45, 50, 55
    )


@given(boxes())
def test_smallest_windows_are_legal_and_at_one_to_one(case):
    picture, want = case
    found = unscaled(FREE, picture, want, FREE.most)
    if found:
        assert found.window.size == found.sent
        assert not legal(FREE, found.sent)
        assert holds(found.window, want)
        assert holds(whole(picture), found.window)


def test_the_smallest_is_the_smallest():
    found = unscaled(FREE, PICTURE, Rect(1000, 1000, 1100, 1050), FREE.most)
    assert found is not None
    assert found.sent.area == FREE.least
    assert unscaled(FREE, PICTURE, Rect(0, 0, 900, 900), 800_000) is None
    tight = unscaled(FREE, PICTURE, Rect(0, 0, 900, 900), FREE.most)
    assert tight is not None
    assert tight.sent == Size(912, 912)


def one_scale(placement):
    """Whether both sides are scaled alike, but for the rounding of the window to whole pixels."""
    across, down = placement.scale
    return abs(across / down - 1) <= 1 / min(placement.window.size)


def lost(window, picture):
    """Pixels of a window beyond the picture."""
    inside = window.clipped(picture)
    return window.size.area - inside.size.area


@given(boxes())
def test_scaled_windows_hold_what_is_wanted_and_are_legal_at_one_scale(case):
    picture, want = case
    for found in (scaled(FREE, picture, want), most_of(FREE, picture, want)):
        assert not legal(FREE, found.sent)
        assert holds(found.window, want)
        assert one_scale(found)
        assert found.window.overlaps(want)


@given(boxes())
def test_scaled_windows_leave_the_picture_for_their_shape_only(case):
    picture, want = case
    if max(picture) <= 2.9 * min(picture) and max(want.size) <= 2.9 * min(want.size):
        found = scaled(FREE, picture, want)
        # A step of the grid bends the shape by so much.
        assert lost(found.window, picture) <= 0.04 * found.window.size.area + 2 * max(picture)


def test_most_of_a_long_picture_is_the_part_around_the_mask():
    found = most_of(FREE, Size(20_000, 500), Rect(15_000, 100, 15_100, 200))
    assert found.window.size == Size(1500, 500)
    long = most_of(FREE, Size(20_000, 500), Rect(1000, 100, 19_000, 200))
    assert long.window.size.width == 20_000
    assert one_scale(long)
    assert abs(long.window.top + long.window.bottom - 500) <= 1


@given(boxes(4000))
def test_windows_beyond_the_picture_are_at_one_to_one_and_leave_it_little(case):
    picture, want = case
    for rule in (FREE, THREE):
        found = beyond(rule, picture, want, 8_294_400)
        if found:
            assert found.window.size == found.sent
            assert not legal(rule, found.sent)
            assert holds(found.window, want)
            assert lost(found.window, picture) <= OUTSIDE * found.sent.area
            if min(picture) >= 3840:
                assert holds(whole(picture), found.window)


def test_a_picture_under_the_least_area_is_sent_with_its_edge_repeated():
    picture = Size(1000, 600)
    found = beyond(FREE, picture, whole(picture), FREE.most)
    assert found is not None
    assert found.window == Rect(-12, -20, 1012, 620)
    assert beyond(FREE, Size(500, 400), Rect(0, 0, 500, 400), FREE.most) is None
    assert beyond(FREE, picture, whole(picture), 640_000) is None
    assert beyond(THREE, Size(1300, 900), Rect(0, 0, 1200, 800), 1e9) is not None
    assert beyond(THREE, Size(1600, 900), Rect(0, 0, 1600, 800), 1e9) is None


@given(boxes())
def test_around_always_holds_what_is_wanted_at_one_scale(case):
    picture, want = case
    found = around(THREE, picture, want)
    assert found.sent in THREE.sizes
    assert holds(found.window, want)
    assert one_scale(found)


def test_around_leaves_the_picture_as_little_as_it_can():
    found = around(THREE, Size(1500, 900), Rect(0, 10, 1500, 890))
    assert (found.window, found.sent) == (Rect(0, -50, 1500, 950), Size(1536, 1024))


def test_a_picture_off_the_grid_is_trimmed_away_from_the_mask():
    box = Rect(0, 0, 10, 1080)
    assert trimmed(FREE, Size(1920, 1080), box) is None
    found = trimmed(FREE, Size(1920, 1080), Rect(0, 1000, 10, 1080))
    assert found is not None
    assert found.window == Rect(0, 8, 1920, 1080)
    assert trimmed(FREE, Size(300, 200), Rect(0, 0, 5, 5)) is None


@given(boxes())
def test_windows_of_a_shape_hold_what_is_wanted_at_one_scale(case):
    picture, want = case
    found = of_shape(THREE, picture, want, 0.0, 1e9)
    if found:
        assert found.sent in THREE.sizes
        assert holds(found.window, want)
        assert holds(whole(picture), found.window)
        across, down = found.scale
        assert abs(across / down - 1) <= 2 / min(found.window.size)


def test_a_shape_is_taken_at_one_to_one_where_it_can_be():
    found = of_shape(THREE, PICTURE, Rect(1000, 1000, 2400, 1100), 1.0, 1.0)
    assert found is not None
    assert found.window.size == found.sent == Size(1536, 1024)
    assert of_shape(THREE, PICTURE, Rect(0, 0, 3000, 100), 0.0, 1.0) is None
    assert of_shape(THREE, Size(9000, 500), Rect(0, 0, 9000, 100), 0.0, 1e9) is None
    assert of_shape(THREE, Size(1500, 1000), Rect(0, 0, 1400, 900), 1.0, 1.0) is None
    assert of_shape(THREE, Size(1500, 1000), Rect(0, 0, 1400, 900), 0.0, 1.0) is not None


@given(boxes())
def test_the_widest_part_has_one_scale_and_holds_the_mask(case):
    picture, box = case
    found = widest(THREE, picture, box)
    if found:
        assert holds(found.window, box)
        assert holds(whole(picture), found.window)
        across, down = found.scale
        assert abs(across / down - 1) <= 2 / min(found.window.size)


def test_the_widest_part_of_a_picture():
    found = widest(THREE, Size(4000, 3000), Rect(0, 0, 100, 100))
    assert found is not None
    assert found.window == Rect(0, 0, 4000, 2667)
    assert found.sent == Size(1536, 1024)
    assert widest(THREE, Size(4000, 1000), Rect(0, 0, 4000, 100)) is None
