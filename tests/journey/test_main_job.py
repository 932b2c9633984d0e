"""The main job by real input: from a file to a finished asset in five actions and a brush."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.fakes.colour import display_p3
from tests.fakes.editing import assert_kept
from tests.fakes.photographs import profile_of, samples_of, write_deep_png, write_jpeg
from tests.journey.conftest import Start
from tests.journey.loopback import Loopback
from tests.journey.person import Person
from tests.journey.program import Program

STAGE = (700, 450)
# In the middle of the stage, in pixels of the screen.

RESULT_ZONE = (950, 600)
# Lower right of the zones that open over the stage.

PHOTO = "seeding_by_Clements_Engelhardt.jpg"


def zigzag(program: Program) -> list[tuple[float, float]]:
    """A way of the brush through the middle of the picture."""
    across, down = program.size
    places = [(0.4, 0.45), (0.6, 0.45), (0.4, 0.5), (0.6, 0.5), (0.4, 0.55), (0.6, 0.55)]
    return [(across * x, down * y) for x, y in places]


def five_actions(person: Person, program: Program, photo: Path) -> None:
    program.log.awaited("the window is ready")
    person.drop([photo], STAGE)  # 1
    program.opened()
    program.paint(*zigzag(program))
    person.press("Return")  # 2, and what comes of it is typed
    person.type("a field of red tulips")
    program.send()  # 3
    person.shoot("answer-of-a-provider")
    program.keep()  # 4
    program.export()  # 5


def undone(person: Person, program: Program) -> None:
    """Take the kept edit back, and with it the mask that it used up."""
    person.press("ctrl+z")
    program.log.awaited("told info: The next step takes the kept edit back")
    person.press("ctrl+z")
    program.log.awaited("drawn at")


def proven(person: Person, program: Program, photo: Path) -> Path:
    """Take the edit back to have its mask written, close, and compare; where the asset is."""
    undone(person, program)
    mask = program.soft_mask(photo.with_name("soft.png"))
    program.close()
    asset = photo.with_name(f"{photo.stem}_edit.png")
    assert_kept(photo, asset, mask)
    return asset


@pytest.mark.shared
def test_a_photograph_through_a_provider(
    start: Start, person: Person, provider: Loopback, shared: Path, tmp_path: Path
) -> None:
    photo = Path(shutil.copy(shared / "photos" / PHOTO, tmp_path))
    program = start(**provider.environ)
    five_actions(person, program, photo)
    proven(person, program, photo)
    assert [(seen["charged"], seen["texts"]["prompt"]) for seen in provider.log] == [
        (True, "a field of red tulips")
    ]


def test_a_drawn_picture_through_a_provider(
    start: Start, person: Person, provider: Loopback, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    write_jpeg(photo, 1500, 1100)
    program = start(**provider.environ)
    five_actions(person, program, photo)
    proven(person, program, photo)


def removed(person: Person, program: Program, photo: Path) -> None:
    """The same on this computer: nothing is typed, so it is an action less."""
    program.log.awaited("the window is ready")
    person.drop([photo], STAGE)
    program.opened()
    program.paint(*zigzag(program))
    program.send()
    program.keep()
    program.export()


def test_sixteen_bits_in_display_p3_on_this_computer(
    start: Start, person: Person, tmp_path: Path
) -> None:
    photo = tmp_path / "deep.png"
    write_deep_png(photo, 1400, 1000, display_p3())
    program = start()
    removed(person, program, photo)
    person.shoot("removed-on-this-computer")
    asset = proven(person, program, photo)
    assert samples_of(asset).dtype == np.uint16
    assert profile_of(asset) == profile_of(photo)


def test_sixty_megapixels_on_this_computer(start: Start, person: Person, tmp_path: Path) -> None:
    photo = tmp_path / "large.jpg"
    write_jpeg(photo, 9000, 6667)
    program = start()
    removed(person, program, photo)
    proven(person, program, photo)


def test_an_answer_made_elsewhere(start: Start, person: Person, tmp_path: Path) -> None:
    """It is dropped on its zone, and joined into what is painted."""
    photo, answer = tmp_path / "photo.jpg", tmp_path / "answer.png"
    write_jpeg(photo, 1500, 1100)
    Image.fromarray(255 - samples_of(photo)).save(answer)
    program = start(photo)
    program.opened()
    program.paint(*zigzag(program))
    mask = program.soft_mask(tmp_path / "soft.png")
    person.drop([answer], RESULT_ZONE)
    program.log.awaited("showing answer 1")
    program.keep()
    program.export()
    program.close()
    assert_kept(photo, tmp_path / "photo_edit.png", mask)
