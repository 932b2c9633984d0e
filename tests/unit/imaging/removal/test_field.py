import numpy as np
import pytest

from editor.imaging.removal.field import Field
from editor.imaging.removal.patches import REACH
from tests.fakes.holes import disc, stripes


def field(radius: int = 8, rows: int = 60, cols: int = 70) -> Field:
    """Stripes whose hole is guessed a few pixels off, with doubles by chance."""
    hole = disc(rows, cols, radius)
    channels = np.zeros((rows, cols, 5), np.float32)
    channels[..., :3] = stripes(rows, cols)
    channels[hole] = np.roll(channels, 5, axis=1)[hole]
    made = Field(channels, hole)
    chance = np.random.default_rng(3)
    made.assign(chance.choice(made.sources, len(made.targets)), chance)
    made.describe()
    return made


def cost(made: Field) -> float:
    return float(made.cost[made.targets].mean())


def test_targets_touch_the_hole_and_sources_do_not() -> None:
    made = field()
    grid = made.is_target.reshape(made.hole.shape)
    rows, cols = np.nonzero(made.hole)
    assert grid[rows.min() - REACH, cols[rows.argmin()]]
    assert not grid[rows.min() - REACH - 1].any()
    assert not (made.is_target & made.is_source).any()
    down, across = np.divmod(made.sources, made.cols)
    assert (down.min(), across.min()) == (2 * REACH, 2 * REACH)
    assert (down.max(), across.max()) == (60 - 1, 70 - 1)


def test_a_hole_at_the_border_has_no_targets_beyond_it() -> None:
    hole = np.zeros((40, 40), np.bool_)
    hole[:6, :6] = True
    made = Field(np.zeros((40, 40, 5), np.float32), hole)
    assert made.is_target.sum() == (6 + REACH) ** 2
    made.assign(np.resize(made.sources, len(made.targets)), np.random.default_rng(0))
    made.describe()
    made.search(2, np.random.default_rng(0))
    made.vote(1.0)
    assert not made.picture.any()


def test_searching_only_ever_improves() -> None:
    made = field()
    before = made.cost.copy()
    made.search(1, None)
    handed_on = made.cost.copy()
    made.search(2, np.random.default_rng(1))
    assert (handed_on <= before).all()
    assert (made.cost <= handed_on).all()
    assert cost(made) < 0.3 * float(before[made.targets].mean())


def test_doubles_are_always_known_patches() -> None:
    made = field()
    made.search(3, np.random.default_rng(1))
    made.settle(2, 2.0)
    assert made.is_source[made.nearest[made.targets]].all()


def test_costs_are_those_of_the_doubles() -> None:
    made = field()
    made.search(2, np.random.default_rng(1))
    made.settle(3, 2.0)
    kept = made.cost.copy()
    made.describe()
    assert np.allclose(kept, made.cost, rtol=1e-4, atol=0.1)


def test_settling_makes_neighbours_agree() -> None:
    made = field()
    made.search(2, np.random.default_rng(1))

    def pieces() -> int:
        return len(np.unique(made.nearest[made.targets] - made.targets))

    before = pieces()
    made.settle(4, 5.0)
    assert pieces() < before / 2


def test_searching_and_voting_find_the_stripes_again() -> None:
    made = field()
    truth = stripes(60, 70)
    chance = np.random.default_rng(1)
    for _ in range(6):
        made.describe()
        made.search(2, chance)
        made.vote(1.0)
    hole = disc(60, 70, 8)
    error = np.abs(made.picture[..., :3][hole] - truth[hole]).mean()
    assert error < 12
    assert np.array_equal(made.picture[..., :3][~hole], truth[~hole])


@pytest.mark.parametrize("sharpness", [0.0, 50.0])
def test_a_vote_lies_between_what_the_patches_say(sharpness: float) -> None:
    made = field()
    made.vote(sharpness)
    inside = made.picture[disc(60, 70, 8)][:, 0]
    assert 39 <= inside.min() <= inside.max() <= 161


def test_a_finer_level_takes_over_the_doubles() -> None:
    coarse = field(4, 30, 36)
    hole = np.kron(disc(30, 36, 4), np.ones((2, 2), np.bool_))
    fine = Field(np.zeros((60, 72, 5), np.float32), hole)
    chance = np.random.default_rng(0)
    fine.guess_from(coarse, chance)
    assert fine.is_source[fine.nearest[fine.targets]].all()
    place = fine.targets[len(fine.targets) // 2]
    row, col = np.array(divmod(int(place), fine.cols)) - REACH
    double = coarse.nearest[(row // 2 + REACH) * coarse.cols + col // 2 + REACH]
    down, across = np.array(divmod(int(double), coarse.cols)) - REACH
    got = np.array(divmod(int(fine.nearest[place]), fine.cols)) - REACH
    assert got.tolist() == [2 * down + row % 2, 2 * across + col % 2]


def test_an_unknown_double_gives_way() -> None:
    made = field()
    made.assign(made.targets.copy(), np.random.default_rng(0))
    assert made.is_source[made.nearest[made.targets]].all()
