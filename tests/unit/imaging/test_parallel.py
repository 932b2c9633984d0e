"""Pieces of work come back in their order, whichever thread was quicker."""

import threading

import pytest

from editor.imaging.parallel import at_once


def test_they_come_back_in_their_order():
    assert at_once(lambda number: number**2, range(50)) == [number**2 for number in range(50)]
    assert at_once(len, []) == []


def test_two_are_at_work_at_once():
    both = threading.Barrier(2, timeout=20)
    assert sorted(at_once(lambda _: both.wait(), range(2))) == [0, 1]


def test_a_single_piece_stays_on_the_thread_that_asks():
    assert at_once(lambda _: threading.get_ident(), [0]) == [threading.get_ident()]


def test_what_goes_wrong_is_told():
    with pytest.raises(ZeroDivisionError):
        at_once(lambda number: 1 / number, [1, 0, 2])
