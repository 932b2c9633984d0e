"""A wish is one wish, however nervous the finger is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.session.intent import APART, Intent


@given(st.lists(st.floats(0, APART * 0.99), max_size=40), st.floats(APART * 1.01, 1e6))
def test_without_a_pause_it_is_one_wish_and_after_a_pause_another(
    gaps: list[float], pause: float
) -> None:
    now = [100.0]
    intent = Intent(lambda: now[0])
    assert intent.new("a kite")
    for gap in gaps:
        now[0] += gap
        assert not intent.new("a kite")
    now[0] += pause
    assert intent.new("a kite")


def test_another_wish_is_new_at_once() -> None:
    intent = Intent(lambda: 0.0)
    assert [intent.new(wish) for wish in ("a", "b", "b", "a")] == [True, True, False, True]


def test_the_clock_is_the_one_of_the_computer() -> None:
    intent = Intent()
    assert intent.new(1)
    assert not intent.new(1)
