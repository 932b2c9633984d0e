import numpy as np

from editor.imaging.removal.field import Field
from editor.imaging.removal.peel import peel, thinned
from tests.fakes.holes import disc, stripes


def test_the_first_guess_continues_the_stripes() -> None:
    hole = disc(60, 70, 6)
    channels = np.zeros((60, 70, 5), np.float32)
    channels[..., :3] = stripes(60, 70)
    channels[hole] = 255
    field = Field(channels, hole)
    peel(field)
    error = np.abs(field.picture[..., :3] - stripes(60, 70))
    assert error[hole].mean() < 5
    assert not error[~hole].any()
    assert field.is_source[field.nearest[field.targets]].all()


def test_thinning_keeps_an_even_share() -> None:
    places = np.arange(100)
    assert thinned(places, 100) is places
    assert thinned(places, 99).tolist() == list(range(0, 100, 2))
    assert len(thinned(places, 7)) <= 7
