import numpy as np
import pytest

from editor.imaging.geometry import NOWHERE, Rect, Size
from editor.mask import history as module
from editor.mask.history import History
from editor.mask.patch import TILE, Patch
from editor.mask.plane import MaskPlane

SIZE = Size(2 * TILE, TILE)


def painted(plane: MaskPlane, value: int, seed: int = 0) -> Patch:
    edit = plane.edit()
    noise = np.random.default_rng(seed).integers(1, 256, (TILE, TILE))
    edit.region(Rect(0, 0, TILE, TILE))[:] = noise.astype(np.uint8) if seed else value
    return edit.commit()


def test_steps_back_and_forth() -> None:
    plane = MaskPlane(SIZE)
    history = History(plane)
    assert not history.can_undo
    assert not history.can_redo
    assert history.undo() == history.redo() == NOWHERE
    history.push(painted(plane, 10))
    history.push(painted(plane, 20))
    assert history.can_undo
    assert history.undo() == Rect(0, 0, TILE, TILE)
    assert plane.pixels[0, 0] == 10
    assert history.can_redo
    history.undo()
    assert plane.is_empty
    history.redo()
    history.redo()
    assert plane.pixels[0, 0] == 20


def test_a_new_step_forgets_what_was_undone() -> None:
    plane = MaskPlane(SIZE)
    history = History(plane)
    history.push(painted(plane, 10))
    history.undo()
    history.push(painted(plane, 30))
    assert not history.can_redo


def test_nothing_is_no_step() -> None:
    plane = MaskPlane(SIZE)
    history = History(plane)
    history.push(painted(plane, 0))
    assert not history.can_undo


def test_steps_can_be_kept_and_given_back() -> None:
    plane = MaskPlane(SIZE)
    history = History(plane)
    for value in (1, 2, 3):
        history.push(painted(plane, value))
    history.undo()
    again = History(plane, history.undo_steps, history.redo_steps)
    again.redo()
    assert plane.pixels[0, 0] == 3
    again.undo()
    again.undo()
    assert plane.pixels[0, 0] == 1


def test_the_oldest_steps_go_when_the_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUDGET", 3 * TILE * TILE)
    plane = MaskPlane(SIZE)
    history = History(plane)
    for seed in range(1, 7):
        history.push(painted(plane, 0, seed))
    assert len(history.undo_steps) == 3
    assert history.weight == 3 * TILE * TILE


def test_the_newest_step_stays_however_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUDGET", 1)
    plane = MaskPlane(SIZE)
    history = History(plane)
    history.push(painted(plane, 5))
    history.push(painted(plane, 6))
    assert len(history.undo_steps) == 1


def test_packing_makes_steps_small() -> None:
    plane = MaskPlane(SIZE)
    history = History(plane)
    history.push(painted(plane, 5))
    history.push(painted(plane, 6))
    history.undo()
    history.pack()
    assert history.weight < 100
