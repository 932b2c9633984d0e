"""A finished asset is dragged out of the window into a program of another toolkit."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.journey.conftest import Start
from tests.journey.desk import Desk
from tests.journey.person import Person, Point
from tests.journey.sight import chart

RESULT: Point = (604, 864)
"""The middle of the tile of the first result while one picture is open."""

HANDLE: Point = (312, 723)
"""*Drag me* in the news of an export."""


def test_another_program_reads_the_very_bytes(start: Start, person: Person, tmp_path: Path) -> None:
    program = start(chart(tmp_path / "chart.png"))
    program.opened()
    Desk(person, program).cover()
    program.send()
    program.export()
    asset = tmp_path / "chart_edit.png"
    before = asset.read_bytes()
    person.settle()
    handed = person.take(HANDLE, lambda: None)
    taken = person.take(RESULT, lambda: program.log.awaited(r"exported \d+ bytes, 0 of"))
    assert handed == taken == [f"{hashlib.sha256(before).hexdigest()} chart_edit.png"]
    person.settle()
    person.shoot("dragged-out")
    assert asset.read_bytes() == before, "what is dragged is a file of its own"
    program.close()
