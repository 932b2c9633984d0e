"""The canvas is extended by hand: a side, a corner kept in shape, and what is there afterwards."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from editor.imaging.geometry import Rect
from tests.fakes.colour import display_p3
from tests.fakes.photographs import profile_of, samples_of, write_deep_png
from tests.journey.conftest import Start
from tests.journey.person import Person
from tests.journey.program import Program

WIDTH, HEIGHT = 1400, 1000

FRAMED = r"a frame of (-?\d+),(-?\d+) (\d+),(\d+), drawn at (-?\d+),(-?\d+) zoom ([\d.]+)"


def framed(program: Program) -> Rect:
    """The frame as it is now; where the picture is drawn by now is learnt on the way."""
    found = program.log.awaited(FRAMED)
    program.corner = float(found[5]), float(found[6])
    program.zoom = float(found[7])
    return Rect(*(int(side) for side in found.groups()[:4]))


def test_a_side_and_a_corner_are_dragged_and_the_new_area_filled(
    start: Start, person: Person, tmp_path: Path
) -> None:
    photo = tmp_path / "deep.png"
    write_deep_png(photo, WIDTH, HEIGHT, display_p3())
    program = start(photo)
    program.opened()
    person.press("ctrl+alt+e")
    assert framed(program) == (0, 0, WIDTH, HEIGHT)
    person.settle()
    person.drag([program.at(WIDTH, 300), program.at(WIDTH + 170, 340)])
    wider = framed(program)
    assert abs(wider.right - WIDTH - 170) <= 2 / program.zoom
    assert wider[:2] == (0, 0)
    assert wider.bottom == HEIGHT
    person.settle()
    with person.holding("shift"):
        person.drag([program.at(0, 0), program.at(-120, -20)])
    larger = framed(program)
    assert abs(larger.left + 120) <= 2 / program.zoom
    ratio = larger.size.width / larger.size.height
    assert abs(ratio - wider.size.width / wider.size.height) < 0.01
    assert larger[2:] == wider[2:]
    person.settle()
    person.shoot("a-larger-canvas")
    person.press("Return")
    program.opened("extended to")  # only then is the new area masked
    assert program.size == larger.size
    program.send()
    program.keep()
    program.export()
    person.shoot("a-larger-canvas-filled")
    program.close()
    before, after = samples_of(photo), samples_of(tmp_path / "deep_edit.png")
    assert after.shape[:2] == larger.size[::-1]
    assert after.dtype == before.dtype
    inside = Rect(-larger.left, -larger.top, WIDTH - larger.left, HEIGHT - larger.top)
    assert np.array_equal(after[inside.rows_cols], before)
    assert after[:, inside.right :].std() > 0
    assert profile_of(tmp_path / "deep_edit.png") == profile_of(photo)
