"""What only a real screen shows: scrolled pixels, and keys by their place on the keyboard."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from tests.journey.person import Person

pytestmark = pytest.mark.xserver

ROOT = Path(__file__).resolve().parents[3]
LEFT_BRACKET, RIGHT_BRACKET, BACKSLASH, SPACE = "34", "35", "51", "65"


@dataclass
class Shown:
    """A canvas on the screen; told is everything it said so far."""

    person: Person
    process: subprocess.Popen[str]
    corner: tuple[int, int] = (0, 0)
    told: list[dict[str, object]] = field(default_factory=list)

    def until(self, key: str) -> object:
        """Wait until it tells this, and give what."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(json.loads(line))
            if key in self.told[-1]:
                return self.told[-1][key]
        raise AssertionError(f"it ended without telling {key}: {self.told}")

    def at(self, x: int, y: int) -> tuple[int, int]:
        return self.corner[0] + x, self.corner[1] + y

    def pixels(self) -> np.ndarray:
        """What the screen shows of it."""
        self.person.settle()
        left, top = self.corner
        return np.asarray(self.person.screen())[top : top + 500, left : left + 700, :3].astype(int)

    def press(self, keycode: str) -> None:
        self.person._ask("key", keycode)


@pytest.fixture
def person() -> Iterator[Person]:
    person = Person(dict(os.environ))
    yield person
    person.layout("us")


@pytest.fixture
def shown(person: Person) -> Iterator[Shown]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.widget.canvas.shown", "1600x1200"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        shown = Shown(person, process)
        try:
            left, top = shown.until("ready")
            shown.corner = (left, top)
            person.window(process.pid)
            yield shown
        finally:
            process.terminate()


def test_what_is_scrolled_is_what_would_be_drawn(shown: Shown) -> None:
    shown.person.wheel(shown.at(350, 250), 6)
    way = [shown.at(*place) for place in ((300, 200), (340, 260), (420, 250))]
    shown.person.drag(way)
    shown.until("box")
    for way in (
        [(350, 250), (300, 290), (140, 411)],
        [(100, 400), (390, 120), (395, 80)],
        [(200, 100), (201, 100), (400, 300), (640, 460)],
    ):
        shown.person.drag([shown.at(*place) for place in way], button=2)
        seen = shown.pixels()
        shown.press("F5")
        shown.until("again")
        assert np.abs(seen - shown.pixels()).max() <= 3


@pytest.mark.parametrize("layout", ["us", "de", "fr", "ru", "ara"])
def test_keys_count_by_their_place(shown: Shown, layout: str) -> None:
    shown.person.layout(layout)
    shown.press(RIGHT_BRACKET)
    assert shown.until("diameter") == 69
    shown.press(LEFT_BRACKET)
    assert shown.until("diameter") == 60
    with shown.person.holding("shift"):
        shown.press(LEFT_BRACKET)
    assert shown.until("hardness") == 0.9
    with shown.person.holding(BACKSLASH):
        assert shown.until("peeked") is True
    assert shown.until("peeked") is False


def test_space_pans_and_the_right_button_erases(shown: Shown) -> None:
    shown.person.wheel(shown.at(350, 250), 6)
    with shown.person.holding(SPACE):
        shown.person.drag([shown.at(300, 200), shown.at(350, 240)])
    shown.person.drag([shown.at(300, 200), shown.at(400, 200)])
    left, top, right, _ = shown.until("box")
    assert right - left > 120
    shown.person.drag([shown.at(250, 180), shown.at(450, 180)], button=3)
    assert shown.until("box")[1] > top
    assert not any("box" in said for said in shown.told[:6])
