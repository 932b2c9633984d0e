"""What is left after the program was killed in the middle of a stroke and of a request."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from tests.fakes.acting import Play
from tests.fakes.photographs import alpha_of, write_jpeg
from tests.journey.conftest import Start
from tests.journey.loopback import Loopback
from tests.journey.person import Person

WARN = (0xF2, 0xB8, 0x4B)
# The colour of doubt in the dark theme.


def test_strokes_that_were_lifted_survive(start: Start, person: Person, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    write_jpeg(photo, 1200, 800)
    program = start(photo)
    program.opened()
    program.paint((200, 200), (500, 200))
    program.paint((200, 400), (500, 400))
    person.down([program.at(200 + 20 * step, 600) for step in range(15)])
    program.kill()
    person.up()

    program = start()
    program.opened()
    person.settle()
    person.shoot("reopened-after-a-kill")
    kept = alpha_of(program.soft_mask(tmp_path / "soft.png"))
    program.close()
    assert [kept[row, 220:480].max() for row in (200, 400)] == [0, 0]
    assert kept[100].min() == 255
    assert photo.exists()


def test_a_request_is_neither_lost_nor_sent_again(
    start: Start, person: Person, provider: Loopback, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    write_jpeg(photo, 1200, 800)
    provider.play(Play(hold="head"))
    program = start(photo, **provider.environ)
    program.opened()
    program.paint((500, 400), (700, 400))
    person.press("Return")
    person.type("a red balloon")
    person.press("ctrl+Return")
    provider.received(1)
    program.kill()

    program = start(**provider.environ)
    program.log.awaited("a job is unknown: Frisket ended before the answer came. It may have been")
    program.opened()
    person.settle()
    person.shoot("unknown-after-a-kill")
    assert yellow(person.screen()) > 50
    provider.release()
    program.close()
    assert [seen["method"] for seen in provider.log] == ["POST"]


def yellow(shot: Image.Image) -> int:
    """How many pixels of a screenshot have the colour of doubt."""
    return int((np.abs(np.asarray(shot).astype(int) - WARN).max(axis=2) < 12).sum())
