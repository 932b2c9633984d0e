"""The toolbox tells changes once, and takes back from a project only what fits."""

import pytest

from editor.session.toolbox import Setup, Toolbox


def test_a_change_is_told_once() -> None:
    box = Toolbox()
    told: list[Setup] = []
    box.changed.connect(told.append)
    box.set(tolerance=30)
    box.set(tolerance=30)
    box.set_size("refine", 80)
    box.set_size("brush", 20)
    assert told[-1] == Setup(sizes={"refine": 80, "brush": 20}, tolerance=30)
    assert len(told) == 3


def test_what_was_kept_comes_back() -> None:
    box, other = Toolbox(), Toolbox()
    box.set(pressure="both", feel="firm")
    box.set(smoothing="strong", tolerance=3, contiguous=False, round=True, by_line=True)
    box.set_size("refine", 80)
    other.restore(box.values())
    assert other.setup == box.setup
    assert other.setup.sizes == {"refine": 80}


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        {"smoothing": "wild", "tolerance": 5000, "contiguous": "yes", "round": 1, "odd": 1},
        {"tolerance": True, "sizes": {"brush": 0, "refine": "wide", "x": 99999}},
        {"tolerance": -1, "sizes": 7},
        {"pressure": "much", "feel": ["soft"], "smoothing": None},
    ],
)
def test_what_does_not_fit_is_left_out(values) -> None:
    box = Toolbox()
    box.restore(values)
    assert box.setup == Setup()
    assert box.setup.sizes == {}
