"""The dashed window drawn by its handles: what it says, and what the provider then gets."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.capability.catalog import load
from editor.capability.price import estimate
from editor.imaging.geometry import Rect, Size
from editor.ui.language import money
from tests.journey.conftest import Start
from tests.journey.loopback import Loopback
from tests.journey.person import Person, awaited
from tests.journey.program import Program

WIDTH, HEIGHT = 4400, 3300
MIDDLE = (WIDTH / 2, HEIGHT / 2)

DASHED = r"dashed (-?\d+),(-?\d+) (\d+),(\d+): send (\d+) × (\d+)  (1:1|\d+ %)  (.*)"

GRIP = 7
"""Pixels across and down of a handle: white with a black rim."""


def told(program: Program) -> tuple[Rect, Size, str, str]:
    """The window as it was dashed last, the size to be sent, the scale and the price."""
    found = re.findall(DASHED, program.log.text)[-1]
    return Rect(*map(int, found[:4])), Size(*map(int, found[4:6])), found[6], found[7]


def gripped(person: Person, program: Program, x: float, y: float) -> bool:
    """Whether a handle is drawn around a position of the picture."""
    across, down = program.at(x, y)
    half = GRIP // 2 + 2
    part = person.screen().crop((across - half, down - half, across + half, down + half))
    pixels = np.asarray(part).reshape(-1, 3)
    return bool((pixels.min(axis=1) > 250).sum() >= 9 and (pixels.max(axis=1) < 5).sum() >= 9)


def pull(person: Person, program: Program, start: tuple[float, float], to: tuple[int, int]) -> None:
    """Drag a handle so many pixels of the picture, and wait until that is the window."""
    before = told(program)
    person.drag([program.at(*start), program.at(start[0] + to[0], start[1] + to[1])])
    awaited(lambda: told(program) != before)
    person.move(program.at(*MIDDLE))  # under the pointer a handle has another colour
    person.settle()


def priced(sent: Size) -> str:
    """What one picture of this size costs, by the table of the model that is chosen at first."""
    model = load().provider("openai").models[0]
    cost = estimate(model, model.presets["draft"], sent, 1)
    assert cost is not None
    return money(cost)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    pixels = np.dstack([across % 200 + 20, down % 200 + 20, (across + down) // 40 % 200 + 20])
    Image.fromarray(pixels.astype(np.uint8)).save(tmp_path / "photo.png", compress_level=1)
    return tmp_path / "photo.png"


def test_what_is_dashed_is_what_is_sent(
    start: Start, person: Person, provider: Loopback, photo: Path
) -> None:
    program = start(photo, **provider.environ)
    program.opened()
    program.paint((MIDDLE[0] - 40, MIDDLE[1]), (MIDDLE[0] + 40, MIDDLE[1]))
    program.log.awaited(DASHED)
    person.settle()
    first, sent, scale, price = told(program)
    assert gripped(person, program, first.right, first.bottom)
    assert (scale, first.size) == ("1:1", sent)
    assert price == priced(sent)

    pull(person, program, (first.right, first.bottom), (600, 450))
    wider, sent, scale, price = told(program)
    assert wider[:2] == first[:2]
    assert abs(wider.right - first.right - 600) <= 60
    assert gripped(person, program, wider.right, wider.bottom)
    assert gripped(person, program, wider.left, wider.top)
    assert not gripped(person, program, first.right, first.bottom)
    assert (scale, price) == ("1:1", priced(sent))
    person.shoot("frame-wider")

    pull(person, program, (wider.left, wider.top), (-wider.left, -wider.top))
    pull(person, program, (wider.right, wider.bottom), (WIDTH - wider.right, HEIGHT - wider.bottom))
    whole, sent, scale, price = told(program)
    wanted = Rect(0, 0, WIDTH, HEIGHT)
    assert max(abs(a - b) for a, b in zip(whole, wanted, strict=True)) <= 2 / program.zoom
    assert sent.width < WIDTH
    assert (scale, price) == (f"{100 * sent.width / whole.size.width:.0f} %", priced(sent))
    person.shoot("frame-whole")
    asked(person, provider, sent)
    program.close()


def asked(person: Person, provider: Loopback, sent: Size) -> None:
    """Send it, and see that the provider was asked for this size and got it."""
    person.press("Return")
    person.type("a stripe")
    person.press("ctrl+Return")
    provider.received(1)
    (seen,) = provider.log
    assert seen["texts"]["size"] == f"{sent.width}x{sent.height}"
    assert tuple(seen["size"]) == sent
