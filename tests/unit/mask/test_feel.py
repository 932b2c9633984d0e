"""Curves of pressure keep both ends and their order, and bend to the side they say."""

from hypothesis import given
from hypothesis import strategies as st

from editor.mask.feel import EXPONENTS, felt


@given(st.floats(0, 1))
def test_a_light_hand_counts_for_more_and_a_heavy_one_for_less(pressure: float) -> None:
    assert felt(pressure, "firm") <= felt(pressure, "even") == pressure <= felt(pressure, "soft")


def test_nothing_and_all_stay_the_same() -> None:
    for feel in EXPONENTS:
        assert (felt(0.0, feel), felt(1.0, feel)) == (0.0, 1.0)
    assert felt(0.5, "firm") < 0.35 < 0.6 < felt(0.5, "soft")
