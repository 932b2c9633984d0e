"""The pictures of the strip: their order, one too many, one that is none, and a dropped mask."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tests.journey.conftest import Start
from tests.journey.desk import Desk
from tests.journey.person import Person, Point, awaited
from tests.journey.program import Program
from tests.journey.sight import chart
from tests.journey.still import coverage_of, disc

EDIT_ZONE, REFERENCE_ZONE, MASK_ZONE = (300, 250), (950, 250), (300, 600)
# Three of the zones that open over the stage.


def tile(number: int) -> Point:
    """The middle of a picture's tile in the strip; 0 is the target."""
    return 160 + 120 * number, 864


def shows(desk: Desk, blue: int) -> None:
    """The chart with this blue is the target."""
    here = desk.at(300, 600)
    desk.sight.becomes(lambda: abs(int(desk.sight.at(here)[2]) - blue) < 8)


def test_order_by_drag_and_by_keys(start: Start, person: Person, tmp_path: Path) -> None:
    blues = {128: "a.png", 40: "b.png", 200: "c.png"}
    program = start(*(chart(tmp_path / name, blue) for blue, name in blues.items()))
    program.opened()
    desk = Desk(person, program)
    awaited(lambda: pictures(program)[-1:] == ["3"])
    shows(desk, 128)
    person.drag([tile(2), (tile(0)[0] - 50, tile(0)[1])])
    shows(desk, 200)
    for _ in "prompt", "panel", "strip":
        person.press("F6")
    person.press("Right")
    person.shoot("picture-with-the-keyboard")
    person.press("alt+Left")
    shows(desk, 128)
    person.press("ctrl+z")
    shows(desk, 200)
    person.press("ctrl+z")
    shows(desk, 128)
    program.close()


def test_pictures_come_from_other_programs(start: Start, person: Person, tmp_path: Path) -> None:
    program = start(chart(tmp_path / "chart.png"))
    program.opened()
    desk = Desk(person, program)
    a_pasted_picture(desk, tmp_path)
    a_dropped_mask(desk, tmp_path)
    no_picture(desk, tmp_path)
    one_too_many(desk, tmp_path)
    program.close()


def a_pasted_picture(desk: Desk, folder: Path) -> None:
    desk.person.copy(chart(folder / "copied.png", 40))
    desk.person.press("ctrl+v")
    desk.program.log.awaited("2 pictures in the strip")
    desk.person.press("Prior")
    shows(desk, 40)
    desk.person.press("Next")
    shows(desk, 128)


def a_dropped_mask(desk: Desk, folder: Path) -> None:
    """White may change where most is black; what goes out again is what came in."""
    mask = disc((300, 500), 90)
    Image.fromarray(mask).save(folder / "mask.png")
    desk.person.drop([folder / "mask.png"], MASK_ZONE)
    desk.sight.becomes(lambda: desk.sight.painted(desk.at(300, 440)))
    desk.person.settle()  # the other program has gone, and the keyboard is ours again
    assert np.array_equal(coverage_of(desk.program.soft_mask(folder / "soft.png")), mask)
    desk.person.press("ctrl+d")
    desk.sight.becomes(lambda: not desk.sight.painted(desk.at(300, 440)))


def no_picture(desk: Desk, folder: Path) -> None:
    """One sentence is told, and nothing changes."""
    broken = folder / "broken.png"
    broken.write_text("no picture at all")
    desk.program.log.skip()
    before = pictures(desk.program)
    desk.person.drop([broken], EDIT_ZONE)
    desk.program.log.awaited("told error: ")
    desk.person.settle()
    desk.person.shoot("no-picture")
    assert desk.program.log.text.count("told error") == 1
    assert pictures(desk.program) == before
    shows(desk, 128)


def one_too_many(desk: Desk, folder: Path) -> None:
    files = [folder / f"{number}.png" for number in range(15)]
    for file in files:
        Image.new("RGB", (64, 48), "teal").save(file)
    desk.person.drop(files, REFERENCE_ZONE)
    desk.program.log.awaited("16 pictures in the strip")
    desk.program.log.awaited("told error: Frisket holds {most} pictures")
    desk.person.settle()
    desk.person.shoot("one-too-many")
    assert pictures(desk.program)[-1] == "16"


def pictures(program: Program) -> list[str]:
    """How many there were in the strip, each time it changed."""
    lines = program.log.text.splitlines()
    return [line.split()[-5] for line in lines if line.endswith("pictures in the strip")]
