import numpy as np

from editor.compose.fitting.neighbourhood import Neighbourhood, Sight, neighbourhood, softened
from editor.compose.fitting.rule import from_afar, places, rule, unchanged, without
from editor.imaging.geometry import Rect, Size, whole
from tests.fakes.redrawing import Floats, ellipse, raster, scene

SIZE = Size(320, 240)
PICTURE = scene(SIZE)
MASK = ellipse(SIZE)
PART = Rect(60, 40, 260, 200)


def grid(rect: Rect) -> Neighbourhood:
    return neighbourhood(raster(PICTURE), MASK, rect, 999)


def seen(picture: Floats, rect: Rect) -> Sight:
    part = np.ascontiguousarray(picture[rect.rows_cols])
    return Sight(part, softened(part, MASK[rect.rows_cols] == 0), np.ones(part.shape[:2], np.bool_))


def tinted(picture: Floats) -> Floats:
    return (picture * np.array([0.94, 1.0, 1.05]) + 0.02).astype(np.float32)


def test_a_tinted_frame_changed_by_one_rule_and_nothing_in_it_is_new() -> None:
    answer = tinted(PICTURE)
    frame = grid(whole(SIZE))
    found = rule(frame, seen(answer, whole(SIZE)))
    assert found is not None
    assert unchanged(found, frame, grid(PART), seen(answer, PART)).all()


def test_a_thing_that_was_drawn_anew_is_told_from_the_rest() -> None:
    answer = tinted(PICTURE)
    answer[60:120, 70:120] = (0.1, 0.2, 0.9)
    frame, near = grid(whole(SIZE)), grid(PART)
    found = rule(frame, seen(answer, whole(SIZE)))
    assert found is not None
    kept = unchanged(found, frame, near, seen(answer, PART))
    inner = kept[25:75, 15:55]
    outside = near.outside[25:75, 15:55]
    assert not inner[outside].any()
    assert kept[130:, :].all()
    assert not without(near, kept).outside[25:75, 15:55].any()
    assert np.array_equal(without(near, kept).outside[130:], near.outside[130:])


def test_an_edge_that_is_a_little_off_is_nothing_new() -> None:
    answer = tinted(PICTURE)
    answer[60:160, 64:66] = 1.0
    frame = grid(whole(SIZE))
    found = rule(frame, seen(answer, whole(SIZE)))
    assert found is not None
    assert unchanged(found, frame, grid(PART), seen(answer, PART)).all()


def test_a_frame_that_was_redrawn_has_no_rule() -> None:
    answer = np.random.default_rng(3).random(PICTURE.shape, np.float32)
    assert rule(grid(whole(SIZE)), seen(answer, whole(SIZE))) is None


def test_a_frame_that_is_mostly_painted_has_no_rule() -> None:
    told = seen(PICTURE, whole(SIZE))
    hidden = Sight(told.colours, told.soft, np.zeros_like(told.there))
    assert rule(grid(whole(SIZE)), hidden) is None


def test_places_go_from_corner_to_corner_of_the_frame() -> None:
    found = places(grid(PART), grid(whole(SIZE)))
    assert np.allclose(found[0, 0], (60 / 320 * 2 - 1, 40 / 240 * 2 - 1))
    assert np.allclose(found[-1, -1], (259 / 320 * 2 - 1, 199 / 240 * 2 - 1))


def test_from_afar_only_what_lies_farther_out_counts() -> None:
    frame = grid(whole(SIZE))
    answer = tinted(PICTURE)
    answer[frame.away <= frame.depth.max() / 2 - 6] *= np.float32(0.7)
    found = from_afar(frame, seen(answer, whole(SIZE)))
    assert found is not None
    assert np.abs(found.of(tinted(PICTURE)) - PICTURE).mean() < 0.01


def test_from_afar_nothing_is_told_where_little_lies_there() -> None:
    frame = neighbourhood(raster(PICTURE), ellipse(SIZE, 0.45), whole(SIZE), 999)
    assert from_afar(frame, seen(PICTURE, whole(SIZE))) is None
