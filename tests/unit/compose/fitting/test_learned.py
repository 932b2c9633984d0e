"""Learned: filters that surroundings teach bring nearer what they have not seen."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.compose.fitting import learned, residue
from editor.compose.fitting.learned import nearer
from editor.imaging import cv
from editor.imaging.geometry import Rect, Size
from tests.fakes.hard import drawn

Sample = TypeVar("Sample", bound=np.generic)
Bytes = NDArray[np.uint8]
SIDE = 192
WHOLE = [Rect(0, 0, SIDE, SIDE)]
LEFT = np.zeros((SIDE, SIDE), np.bool_)
LEFT[:, : SIDE // 2] = True


def picture(name: str) -> Bytes:
    return cv.reordered(cv.as_bytes(drawn(Size(SIDE, SIDE))[name]), "bgr bgra")


def spoilt(source: Bytes) -> Bytes:
    """Soft and noisy."""
    noise = np.random.default_rng(5).normal(0, 2.5, source.shape) * (1, 1, 1, 0)
    return np.clip(np.rint(cv.gaussian(source, 1.5) + noise), 0, 255).astype(np.uint8)


def filters(came: Bytes, source: Bytes) -> learned.Filters:
    found = learned.learned(came, source, LEFT)
    assert found is not None
    return found


def away(one: Bytes, other: Bytes) -> float:
    """Deviation of the brightness where nothing was learned."""
    differs = residue.grey(one) - residue.grey(other)
    return float(np.sqrt((differs[~LEFT] ** 2).mean()))


@pytest.mark.parametrize(("name", "share"), [("lettering", 0.55), ("hair", 0.92), ("sky", 0.75)])
def test_what_was_learned_on_one_side_brings_the_other_nearer(name: str, share: float) -> None:
    source = picture(name)
    came = spoilt(source)
    after = nearer(came, filters(came, source), WHOLE)
    assert away(after, source) < share * away(came, source)
    assert (after[..., 3] == 255).all()


def views(plane: NDArray[Sample]) -> list[NDArray[Sample]]:
    """A plane turned and mirrored in all eight ways."""
    other = plane.swapaxes(0, 1)
    wholes = plane, plane[::-1], other, other[::-1]
    return [np.ascontiguousarray(view) for each in wholes for view in (each, each[::-1, ::-1])]


def test_a_turned_or_mirrored_picture_has_its_directions_turned() -> None:
    grey = residue.grey(picture("hair"))
    taps = np.arange(learned.SIDE**2).reshape(learned.SIDE, learned.SIDE)
    told = learned._views()
    assert len({order.tobytes() for order, _ in told}) == 8
    for (order, bits), of_taps, of_grey, of_octants in zip(
        told, views(taps), views(grey), views(learned._look(grey).octant), strict=True
    ):
        np.testing.assert_array_equal(order, of_taps.ravel())
        seen = learned._look(of_grey).octant
        assert np.mean(seen == np.bitwise_xor(of_octants, np.uint8(bits))) > 0.98


def test_what_was_learned_upright_serves_as_well_when_turned_or_mirrored() -> None:
    source = picture("hair")
    came = spoilt(source)
    found = filters(came, source)
    after = nearer(came, found, WHOLE)
    changed = np.abs(after.astype(int) - came).mean()
    for there, wanted in zip(views(came), views(after), strict=True):
        differs = nearer(there, found, WHOLE).astype(int) - wanted
        assert np.abs(differs).mean() < 0.2 * changed


def test_what_shows_nothing_stays_as_it_is() -> None:
    source = picture("lettering")
    found = filters(spoilt(source), source)
    plain = np.full_like(source, 180)
    np.testing.assert_array_equal(nearer(plain, found, WHOLE), plain)


def test_an_answer_that_lacks_nothing_keeps_its_pixels() -> None:
    source = picture("lettering")
    np.testing.assert_array_equal(nearer(source, filters(source, source), WHOLE), source)


def test_parts_come_out_as_the_whole_does_and_nothing_beside_them_changes() -> None:
    source = picture("hair")
    came = spoilt(source)
    found = filters(came, source)
    whole = nearer(came, found, WHOLE)
    half = Rect(40, 64, 130, 128)
    after = nearer(came, found, [half])
    np.testing.assert_array_equal(after[half.rows_cols], whole[half.rows_cols])
    after[half.rows_cols] = came[half.rows_cols]
    np.testing.assert_array_equal(after, came)


def test_of_few_places_nothing_is_learned() -> None:
    source = picture("hair")
    few = np.zeros((SIDE, SIDE), np.bool_)
    few.ravel()[: learned.FEWEST - 1] = True
    assert learned.learned(source, source, few) is None
    few.ravel()[learned.FEWEST - 1] = True
    assert learned.learned(source, source, few) is not None


def test_blank_paper_takes_no_kinds_from_letters() -> None:
    source = picture("lettering")
    source[: SIDE // 2, :, :3] = 240
    came = cv.gaussian(source, 0.7)
    assert filters(came, source).strong[0] > residue.FLAT
