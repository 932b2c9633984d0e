"""The colours of the mask are told apart, and from any picture, by eyes of every kind."""

from __future__ import annotations

import itertools
import tomllib

import cv2
import numpy as np
import pytest

from editor.imaging.vision import EYES, apart, lab, seen_best
from editor.preferences.places import resource

SEEN = 9.0
"""CIE76; a difference of 2.3 is just noticed side by side, this one at a glance."""


def presets() -> dict[str, np.ndarray]:
    told = tomllib.loads(resource("themes", "common.toml").read_text("utf-8"))["overlay"]["presets"]
    return {
        name: np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
        for name, colour in told.items()
    }


def test_lab_is_that_of_another_maker() -> None:
    rng = np.random.default_rng(1)
    colours = rng.random((200, 1, 3))
    theirs = cv2.cvtColor(colours.astype(np.float32), cv2.COLOR_RGB2Lab)
    assert np.abs(lab(colours) - theirs).max() < 0.5


@pytest.mark.parametrize("eyes", EYES)
def test_grey_is_grey_to_all_eyes(eyes: str) -> None:
    greys = np.linspace(0, 1, 20)[:, None].repeat(3, axis=1)
    assert np.abs(lab(greys, eyes) - lab(greys)).max() < 0.5


def test_who_sees_no_red_confuses_red_and_green() -> None:
    red, green = np.array([0.63, 0.25, 0.16]), np.array([0.33, 0.37, 0.17])
    for eyes in ("protan", "deutan"):
        assert apart(red, green, eyes) < apart(red, green) / 3


@pytest.mark.parametrize("eyes", EYES)
def test_every_two_presets_are_told_apart(eyes: str) -> None:
    for one, other in itertools.combinations(presets().values(), 2):
        assert apart(one, other, eyes) > SEEN


@pytest.mark.parametrize("strength", [0.30, 0.45])
def test_on_every_colour_some_preset_is_seen_at_a_glance_by_all_eyes(strength: float) -> None:
    steps = np.linspace(0, 1, 5)
    tints = list(presets().values())
    for colour in itertools.product(steps, steps, steps):
        place = np.array([colour])
        tint = tints[seen_best(place, tints, strength)]
        laid = place * (1 - strength) + tint * strength
        assert min(apart(place, laid, eyes)[0] for eyes in EYES) > SEEN


def test_on_a_red_picture_it_is_not_red_and_on_a_blue_one_not_blue() -> None:
    names, tints = list(presets()), list(presets().values())
    for name in names:
        picture = np.clip(presets()[name] + np.random.default_rng(2).normal(0, 0.02, (99, 3)), 0, 1)
        assert names[seen_best(picture, tints, 0.45)] != name
