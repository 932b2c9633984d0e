"""A real process is killed in the middle of its work, and what it promised is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.killing import Killer

KILLS = 20
"""In each of two projects; tests/speed/kill.py does 1,000."""


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_promised_is_there_after_every_kill(tmp_path: Path, seed: int) -> None:
    killer = Killer(tmp_path / "killed.frisket", seed)
    for _ in range(KILLS):
        killer.kill()
        assert not killer.tally.wrong, killer.tally
    killer.close()
    assert killer.tally.acked > KILLS
    assert killer.tally.charged > 0


@pytest.mark.parametrize(
    ("sabotage", "what"),
    [("stroke", "strokes_lost"), ("sent", "charged_twice"), ("stored", "results_lost")],
)
def test_a_broken_promise_is_noticed(tmp_path: Path, sabotage: str, what: str) -> None:
    killer = Killer(tmp_path / "killed.frisket", seed=2, sabotage=sabotage)
    for _ in range(60):
        killer.kill()
        if getattr(killer.tally, what):
            break
    killer.close()
    assert getattr(killer.tally, what) > 0
