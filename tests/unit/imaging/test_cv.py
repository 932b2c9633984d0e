from __future__ import annotations

import numpy as np
import pytest

from editor.imaging import cv
from editor.imaging.geometry import Size
from tests.fakes.pictures import exif_block, noise, png_of, saved, soft


def spot(rows: int = 9, cols: int = 11) -> np.ndarray:
    mask = np.zeros((rows, cols), np.uint8)
    mask[3:6, 4:8] = 255
    mask.flags.writeable = False
    return mask


@pytest.mark.parametrize(
    ("change", "order"),
    [
        ("bgra rgba", [2, 1, 0, 3]),
        ("rgba bgra", [2, 1, 0, 3]),
        ("bgr rgb", [2, 1, 0]),
        ("bgra bgr", [0, 1, 2]),
        ("bgra rgb", [2, 1, 0]),
    ],
)
def test_channels_change_places(change: str, order: list[int]) -> None:
    for depth in (8, 16):
        pixels = noise(4, 5, len(change.split()[0]), depth=depth)
        assert np.array_equal(cv.reordered(pixels, change), pixels[..., order])


@pytest.mark.parametrize("change", ["bgr bgra", "rgb bgra", "grey bgra"])
def test_what_gains_alpha_is_opaque(change: str) -> None:
    pixels = noise(4, 5) if change.startswith("grey") else noise(4, 5, 3)
    assert (cv.reordered(pixels, change)[..., 3] == 255).all()


def test_channels_change_places_into_a_view() -> None:
    pixels, target = noise(4, 5, 3), np.zeros((6, 5, 4), np.uint8)
    cv.reorder_into(pixels, target[1:5], "rgb bgra")
    assert np.array_equal(target[1:5, :, :3], pixels[..., ::-1])
    assert not target[[0, 5]].any()


def test_sixteen_bits_go_to_the_nearest_eight() -> None:
    every = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    nearest = (every.astype(np.int64) * 255 * 2 + 65535) // (2 * 65535)
    assert np.array_equal(cv.scaled_down(every), nearest)


def test_area_averages_and_nearest_picks() -> None:
    pixels = np.array([[0, 100], [100, 200]], np.uint8)
    assert cv.resize(pixels, Size(1, 1), "area") == [[100]]
    assert cv.resize(pixels, Size(4, 4), "nearest")[3, 3] == 200
    target = np.zeros((3, 3), np.uint8)
    cv.resize_into(pixels, target[1:2, 1:2], "area")
    assert target[1, 1] == 100
    assert target.sum() == 100


def test_remap_fetches_and_repeats_the_edge() -> None:
    pixels = np.array([[10, 20]], np.uint8)
    xs = np.array([[1, 0, 9]], np.float32)
    assert cv.remap(pixels, xs, np.zeros_like(xs), "linear").tolist() == [[20, 10, 20]]


def test_blurs_keep_the_sum_of_a_spot_inside() -> None:
    dot = np.zeros((31, 31), np.float32)
    dot[15, 15] = 1
    assert cv.gaussian(dot, 2).sum() == pytest.approx(1, abs=1e-3)
    assert cv.box(dot, 3)[14:17, 14:17] == pytest.approx(1 / 9)


def test_a_disc_grows_to_every_side() -> None:
    disc = cv.disc(1)
    assert disc.shape == (3, 3)
    grown = cv.dilate(spot(), disc)
    assert grown[2, 5] == 255
    assert (grown > 0).sum() == 12 + 2 * (3 + 4)


def test_distance_is_euclidean_and_exact() -> None:
    mask = np.ones((9, 9), np.uint8)
    mask[4, 4] = 0
    rows, cols = np.mgrid[-4:5, -4:5]
    assert cv.distance(mask) == pytest.approx(np.hypot(rows, cols), abs=1e-4)


def test_pictures_are_decoded_at_their_depth() -> None:
    deep = noise(4, 5, 3, depth=16)
    assert np.array_equal(cv.imdecode(png_of(deep), unchanged=True), deep[..., ::-1])
    jpeg = saved(soft(16, 24), "JPEG", exif=b"Exif\0\0" + exif_block(6))
    decoded = cv.imdecode(jpeg, unchanged=False)
    assert decoded is not None
    assert decoded.shape == (16, 24, 3), "the turn is left to us"


def test_what_cannot_be_read_is_none() -> None:
    assert cv.imdecode(b"no picture", unchanged=True) is None
    assert cv.imdecode(b"", unchanged=True) is None


def test_threads_are_counted() -> None:
    cv.threads(1)
    cv.threads(2)


def test_a_separable_correlation_is_one_across_and_one_down() -> None:
    picture = np.zeros((7, 9), np.float32)
    picture[3, 4] = 1
    across, down = np.array([1, 2, 3], np.float32), np.array([4, 5, 6], np.float32)
    found = cv.separable(picture, across, down)[2:5, 3:6]
    assert np.array_equal(found, np.outer(down[::-1], across[::-1]))


def test_a_filter_weighs_what_lies_to_each_side() -> None:
    spot = np.zeros((5, 5), np.float32)
    spot[2, 2] = 1
    weights = np.arange(9, dtype=np.float32).reshape(3, 3)
    np.testing.assert_array_equal(cv.filtered(spot, weights)[1:4, 1:4], weights[::-1, ::-1])


def test_luma_and_chroma_go_there_and_back() -> None:
    colours = np.random.default_rng(0).uniform(0, 255, (4, 5, 3)).astype(np.float32)
    there = cv.reordered(colours, "bgr ycc")
    assert np.allclose(there[..., 0], colours @ [0.114, 0.587, 0.299], atol=0.01)
    assert np.allclose(cv.reordered(there, "ycc bgr"), colours, atol=0.2)


def test_borders_repeat_the_edge_or_are_empty() -> None:
    pixels = noise(2, 3, 1)[..., 0]
    assert np.array_equal(
        cv.bordered(pixels, (1, 2), (0, 3), repeat=True), np.pad(pixels, ((2, 3), (1, 0)), "edge")
    )
    assert np.array_equal(
        cv.bordered(pixels, (1, 2), (0, 3), repeat=False), np.pad(pixels, ((2, 3), (1, 0)))
    )


def test_a_quick_distance_is_off_by_little() -> None:
    mask = np.ones((60, 60), np.uint8)
    mask[0, 0] = 0
    near = cv.distance(mask, exact=False)
    assert near == pytest.approx(cv.distance(mask), rel=0.025, abs=1e-4)


def test_shares_multiply_to_the_nearest() -> None:
    one, other = (np.repeat(np.arange(256, dtype=np.uint8)[None], 256, 0) for _ in range(2))
    exact = np.outer(np.arange(256), np.arange(256)) / 255
    assert np.abs(cv.product(one, np.ascontiguousarray(other.T)) - exact).max() <= 0.5
    assert cv.filled(np.array([[0, 1, 200]], np.uint8)).tolist() == [[0, 255, 255]]
    assert cv.as_bytes(np.float32([[0.5, 2.0]]), 10).tolist() == [[5, 20]]


def test_levels_are_added_to_bytes_within_their_range() -> None:
    pixels = np.array([[[10, 250, 3, 9]] * 3], np.uint8)
    more = np.full((1, 3, 4), 5.6, np.float32) * np.float32([1, 1, -1, 0])
    cv.add_into(more[:, 1:], pixels[:, 1:], np.array([[1, 0]], np.uint8))
    assert pixels.tolist() == [[[10, 250, 3, 9], [16, 255, 0, 9], [10, 250, 3, 9]]]
    cv.add_into(more, pixels)
    assert pixels[0].tolist() == [[16, 255, 0, 9], [22, 255, 0, 9], [16, 255, 0, 9]]
    assert cv.times_floats(pixels, more)[0, 0] == pytest.approx([16 * 5.6, 255 * 5.6, 0, 0])


def test_a_picture_is_parted_and_put_together_in_a_view() -> None:
    pixels = np.arange(4 * 5 * 4, dtype=np.uint8).reshape(4, 5, 4)
    planes = cv.parted(pixels)
    assert [plane[1, 2] for plane in planes] == pixels[1, 2].tolist()
    target = np.zeros((6, 7, 4), np.uint8)
    cv.merge_into(target[1:5, 2:7], *reversed(planes))
    np.testing.assert_array_equal(target[1:5, 2:7], pixels[..., ::-1])
    assert target.sum() == pixels.sum()


def test_products_are_added_in_place() -> None:
    one, other = np.full((3, 4), 2, np.float32), np.full((3, 8), 5, np.float32)
    target = np.ones((3, 8), np.float32)
    cv.add_product(one, other[:, :4], target[:, 4:])
    np.testing.assert_array_equal(target[0], [1] * 4 + [11] * 4)


def test_channels_are_looked_up_summed_and_held_against_a_number() -> None:
    table = np.array([[0, 10, 100], [1, 20, 200]], np.float32).repeat(128, axis=0)
    pixels = np.array([[[0, 0, 0], [255, 0, 0], [255, 255, 255]]], np.uint8)
    total = cv.summed(cv.looked_up(pixels, table))
    assert total.tolist() == [[110, 111, 221]]
    assert cv.within(total, 111).tolist() == [[255, 255, 0]]


def test_extremes_are_those_of_a_square() -> None:
    plane = np.zeros((7, 7), np.float32)
    plane[3, 3], plane[0, 0] = 0.5, -0.25
    least, most = cv.extremes(plane, 3)
    assert most[2:5, 2:5].min() == 0.5
    assert np.count_nonzero(most == 0.5) == 9
    assert np.count_nonzero(least) == 4
    assert (least[:2, :2] == -0.25).all()
