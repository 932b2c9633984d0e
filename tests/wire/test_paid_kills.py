"""Killed at each named point of a paid call, and at random: nothing paid is lost or sent twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.fakes import paid_killing
from tests.fakes.faults.bench import KEY
from tests.fakes.faults.carriers import CARRIERS, Carrier
from tests.fakes.paid_killing import RANDOM, PaidKiller, every_point
from tests.fakes.provider import Provider

RANDOM_KILLS = 12
"""A few of those that `python -m tests.speed kill` makes."""


@pytest.fixture
def killer(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PaidKiller:
    monkeypatch.setattr(provider, "key", KEY)
    return PaidKiller(provider, tmp_path / "home")


@pytest.mark.parametrize("carrier", CARRIERS)
def test_C2_killed_at_each_point(killer: PaidKiller, carrier: Carrier) -> None:
    for way, point in every_point():
        if way == carrier:
            killer.kill(carrier, point)
    assert killer.complaints == []
    assert killer.charged >= 6


def test_C2_killed_at_random(killer: PaidKiller) -> None:
    chance = np.random.default_rng(4)
    for number in range(RANDOM_KILLS):
        killer.kill(CARRIERS[number % 4], RANDOM, float(chance.random()) * 0.6)
    assert killer.complaints == []


def test_C2_a_ledger_that_forgets_is_missed(
    killer: PaidKiller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paid_killing.Ledger, "of_job", lambda ledger, job: ())
    killer.kill("body", "received-after")
    assert killer.complaints == ["job-1-body-received-after: charged, and nobody knows"]
