import numpy as np

from editor.imaging.removal.field import Field
from editor.imaging.removal.shifts import LABELS, dominant, propagated, shift
from tests.fakes.holes import disc, stripes


def field() -> Field:
    hole = disc(60, 70, 8)
    channels = np.zeros((60, 70, 5), np.float32)
    channels[..., :3] = stripes(60, 70)
    channels[hole] = 255
    return Field(channels, hole)


def test_the_dominant_shifts_are_whole_periods() -> None:
    found = dominant(field())
    assert 1 <= len(found) <= LABELS
    best = found[:5]
    assert all(min((down + across) % 16, -(down + across) % 16) <= 1 for down, across in best)


def test_pieces_continue_the_stripes() -> None:
    made = field()
    shift(made, np.random.default_rng(0))
    hole = disc(60, 70, 8)
    error = np.abs(made.picture[..., :3] - stripes(60, 70))
    assert error[hole].mean() < 10
    assert not error[~hole].any()
    assert made.is_source[made.nearest[made.targets]].all()


def test_labels_cost_as_little_as_any() -> None:
    chance = np.random.default_rng(4)
    seen = chance.normal(0, 1, (1, 5, 3, 2)).astype(np.float32)
    alone = chance.uniform(0, 1, (1, 5, 3)).astype(np.float32)
    hole = np.ones((1, 5), np.bool_)

    def total(labels: tuple[int, ...]) -> float:
        cost = sum(alone[0, at, label] for at, label in enumerate(labels))
        for at in range(4):
            one, other = labels[at], labels[at + 1]
            for side in (at, at + 1):
                cost += np.linalg.norm(seen[0, side, one] - seen[0, side, other])
        return float(cost)

    every = [tuple(labels) for labels in np.ndindex(3, 3, 3, 3, 3)]
    found = propagated(seen, alone, hole)[0].tolist()
    # On a chain belief propagation is exact.
    assert total(tuple(found)) <= min(map(total, every)) + 1e-4


def test_known_pixels_between_two_holes_keep_them_apart() -> None:
    seen = np.zeros((1, 3, 2, 1), np.float32)
    seen[..., 1, 0] = 10
    alone = np.array([[[0, 1], [0, 0], [1, 0]]], np.float32)
    apart = propagated(seen, alone, np.array([[True, False, True]]))
    assert apart[0, [0, 2]].tolist() == [0, 1]
    together = propagated(seen, alone, np.ones((1, 3), np.bool_))
    assert together[0, 0] == together[0, 2]
