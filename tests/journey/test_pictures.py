"""The pictures of the strip: their order, a pasted one, one too many and one that is none."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.journey.conftest import Start
from tests.journey.desk import Desk
from tests.journey.person import Person, Point, awaited
from tests.journey.program import Program
from tests.journey.sight import chart

EDIT_ZONE, REFERENCE_ZONE = (300, 250), (950, 250)
# The upper two of the zones that open over the stage.


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
    assert desk.program.log.text.count("told ") == 1
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
