"""What was done to a mask is written down and read again, by this version and by others."""

from typing import get_args

import pytest

from editor.mask.deed import UNKNOWN, Deed, Laying, Name


@pytest.mark.parametrize("how", get_args(Laying))
@pytest.mark.parametrize("name", get_args(Name))
def test_every_deed_comes_back(name: Name, how: Laying) -> None:
    deed = Deed(name, how, 400)
    assert Deed.read(deed.text) == deed
    assert deed.text.isascii()


def test_the_time_makes_no_other_deed_of_it_and_stands_apart_from_its_text() -> None:
    now, then = Deed("brush", made="2026-11-29T09:35:20+00:00"), Deed("brush")
    assert now == then
    assert now.text == then.text


@pytest.mark.parametrize(
    "text",
    ["", "grow", "grow new", "grow new -1", "grow new 4.5", "grow sideways 4", "knead new 4"],
)
def test_what_this_version_does_not_know_is_unknown(text: str) -> None:
    assert Deed.read(text) is UNKNOWN


def test_a_number_without_end_is_no_measure() -> None:
    assert Deed.read("grow new " + "9" * 60_000) is UNKNOWN
