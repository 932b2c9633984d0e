"""The demo: a chat's answer snaps onto a photograph of 24 megapixels, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.fakes.colour_difference import ciede2000
from tests.fakes.editing import assert_kept
from tests.fakes.photographs import alpha_of, samples_of
from tests.fakes.portrait import GREEN, HEIGHT, RED, WIDTH, Pixels, chat_answer, portrait
from tests.journey.conftest import Start
from tests.journey.person import Person
from tests.journey.program import Program
from tests.journey.test_main_job import RESULT_ZONE

GROW = "35"
"""The keycode of the right bracket on every keyboard."""

WIDER = 9
"""Presses of the key that makes the brush grow, so that a jacket is painted in a few strokes."""

MOST = 4.0
"""Mean CIEDE2000 inside the mask to the jacket as it ought to be, at a quarter of the size: the
answer had a sixteenth of the pixels and other colours."""


@pytest.fixture(scope="module")
def asked() -> Pixels:
    """The photograph as the wish would have it."""
    return portrait(RED)


def paint_the_jacket(person: Person, program: Program) -> None:
    for _ in range(WIDER):
        person.press(GROW)
    for row in (0.73, 0.80, 0.87, 0.94, 0.98):
        left, right = (0.24, 0.76) if row < 0.75 else (0.17, 0.83)
        program.paint((WIDTH * left, HEIGHT * row), (WIDTH * right, HEIGHT * row))


def test_a_jacket_from_a_chat(start: Start, person: Person, asked: Pixels, tmp_path: Path) -> None:
    photo, answer = tmp_path / "portrait.png", tmp_path / "chat.jpg"
    Image.fromarray(portrait(GREEN)).save(photo, compress_level=1)
    Image.fromarray(chat_answer(asked)).save(answer, quality=92)
    program = start(photo)
    program.opened()
    paint_the_jacket(person, program)
    person.shoot("demo-painted")
    mask = program.soft_mask(tmp_path / "soft.png")
    person.drop([answer], RESULT_ZONE)
    program.log.awaited("showing answer 1")
    person.settle()
    person.shoot("demo-joined")
    person.press("F10")
    person.settle()
    person.shoot("demo-difference")
    person.press("F10")
    with person.holding("backslash"):
        person.settle()
        person.shoot("demo-source")
    program.export()
    person.settle()
    person.shoot("demo-exported")
    program.close()
    asset = tmp_path / "portrait_edit.png"
    assert_kept(photo, asset, mask)
    assert error_inside(asset, asked, mask) <= MOST


def error_inside(asset: Path, asked: Pixels, mask: Path) -> float:
    """Mean CIEDE2000 between an asset and the truth, where everything may change."""
    inside = np.ascontiguousarray((alpha_of(mask) == 0).astype(np.uint8))
    quarter = WIDTH // 4, HEIGHT // 4
    small = [
        cv2.resize(np.ascontiguousarray(picture[..., ::-1]), quarter, interpolation=cv2.INTER_AREA)
        for picture in (samples_of(asset)[..., :3], asked)
    ]
    where = cv2.resize(inside, quarter, interpolation=cv2.INTER_AREA) > 0
    return float(ciede2000(*small)[where].mean())
