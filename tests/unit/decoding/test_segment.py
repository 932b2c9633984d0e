from __future__ import annotations

import gc
import mmap
import os
import threading

import numpy as np
import pytest

from editor.decoding import segment
from editor.decoding.segment import Segment, Segments, byte_count, viewed

pytestmark = pytest.mark.skipif(not segment.available(), reason="no shared places here")

SHAPE = (3, 5, 4)


def filled(place: Segment, value: int) -> None:
    with mmap.mmap(place.handle, place.size) as memory:
        memory[:] = bytes([value]) * place.size


def open_handles() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 names only, of a moving target


def test_bytes_are_counted() -> None:
    assert byte_count(SHAPE, np.uint8) == 60
    assert byte_count(SHAPE, np.uint16) == 120


def test_a_filled_place_is_an_array_without_a_copy() -> None:
    places = Segments()
    place = places.take(100)
    filled(place, 7)
    array = places.array(place, SHAPE, np.uint8)
    assert (array == 7).all()
    assert not array.flags.writeable
    filled(place, 8)
    assert (array == 8).all(), "the same memory"
    places.close()


def test_sixteen_bits_are_viewed() -> None:
    memory = mmap.mmap(-1, 4096)
    viewed(memory, (2, 2, 3), np.uint16)[...] = 515
    assert memory[:24] == b"\3\2" * 12


def test_a_place_comes_back_when_the_last_view_dies() -> None:
    places = Segments()
    place = places.take(100)
    array = places.array(place, SHAPE, np.uint8)
    view = array[1:, ::2]
    del array
    gc.collect()
    assert places.take(100) is not place
    del view
    gc.collect()
    assert places.take(100) is place
    assert places.take(100) is not place, "lent once at a time"
    places.close()


def test_a_place_fits_what_is_not_much_smaller() -> None:
    places = Segments()
    place = places.take(100)
    places.give_back(place)
    assert places.take(49) is not place
    assert places.take(101) is not place
    assert places.take(50) is place


def test_only_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "_IDLE", 250)
    before = open_handles()
    places = Segments()
    lent = [places.take(100) for _ in range(3)]
    for place in lent:
        places.give_back(place)
    assert [places.take(100) for _ in range(2)] == lent[:2]
    another = places.take(100)
    assert another not in lent
    for place in (*lent[:2], another):
        places.give_back(place)
    places.close()
    assert open_handles() == before


def test_what_is_too_much_is_not_closed_by_whoever_drops_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed = []

    def close(place: Segment) -> None:
        closed.append(threading.current_thread().name)
        really(place)

    really = Segment.close
    monkeypatch.setattr(Segment, "close", close)
    monkeypatch.setattr(segment, "_IDLE", 0)
    places = Segments()
    places.give_back(places.take(100))
    places.close()
    assert closed == ["segments"]


def test_arrays_live_on_when_the_stock_is_closed() -> None:
    places, before = Segments(), open_handles()
    place = places.take(100)
    filled(place, 9)
    array = places.array(place, SHAPE, np.uint8)
    places.close()
    assert (array == 9).all()
    del array
    gc.collect()
    assert open_handles() == before
    place.close()  # twice is once


@pytest.mark.parametrize("most", [segment._IDLE, 0])
def test_a_place_that_comes_back_while_the_stock_is_closed_is_closed_too(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    class Late(Segment):
        """Looking at its size takes so long that the stock is closed meanwhile."""

        @property
        def size(self) -> int:
            places.close()
            return 100

        @size.setter
        def size(self, size: int) -> None: ...

    monkeypatch.setattr(segment, "_IDLE", most)
    places, before = Segments(), open_handles()
    place = Late(100)
    places.give_back(place)
    assert place.handle == -1
    assert open_handles() == before


@pytest.mark.skipif(segment.fcntl is None, reason="no seals on this system")
def test_a_place_cannot_be_cut_short_under_us() -> None:
    place = Segment(4096)
    with pytest.raises(PermissionError):
        os.truncate(place.handle, 10)
    place.close()


def test_places_are_made_without_seals_where_there_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(segment, "fcntl", None)
    place = Segment(4096)
    os.truncate(place.handle, 10)
    place.close()
