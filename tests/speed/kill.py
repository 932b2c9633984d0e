"""Kills: a real process killed at random moments, and what it had promised.

`python -m tests.speed kill` does as many as fit its time, fewer where CI is set;
`python -m tests.speed.kill --kills 1000 --damage 5000` does the whole of it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

from editor.project.store import Store
from tests.fakes.damage import outcome
from tests.fakes.faults.bench import KEY
from tests.fakes.faults.carriers import CARRIERS
from tests.fakes.killing import Killer, Tally
from tests.fakes.paid_killing import RANDOM, PaidKiller
from tests.fakes.project import filled
from tests.fakes.provider import serving
from tests.speed.rows import Row, table

KILLS, DAMAGES, PAID = 1000, 5000, 300
SECONDS = 15.0 if os.environ.get("CI") else 100.0
"""How long each of the three may take when all reports are made."""


def report(kills: int = KILLS, damages: int = DAMAGES, seconds: float = SECONDS) -> list[Row]:
    """Kill and damage until the counts or the time are reached."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FRISKET_HOME"] = str(Path(folder) / "home")
        tally = _killed(Path(folder) / "killed.frisket", kills, time.monotonic() + seconds)
        crashes, outcomes = _damaged(Path(folder), damages, time.monotonic() + seconds)
        paid = _paid(Path(folder) / "paid", PAID, time.monotonic() + seconds)
    return [*_kill_rows(tally), paid, _damage_row(crashes, outcomes)]


def _paid(home: Path, kills: int, until: float) -> Row:
    """Kill real calls to a provider on loopback at random moments."""
    chance = np.random.default_rng(time.time_ns() % 2**31)
    with serving() as loopback:
        loopback.key = KEY
        killer = PaidKiller(loopback, home)
        while killer.kills < kills and time.monotonic() < until:
            way = CARRIERS[killer.kills % len(CARRIERS)]
            killer.kill(way, RANDOM, float(chance.random()) * 0.6)
    wrong = len(killer.complaints)
    note = f"{killer.charged} charged; {'; '.join(killer.complaints[:3])}"
    what = f"paid calls lost or sent twice, {killer.kills} kills"
    return Row(what, f"{wrong} of {killer.kills}", "", 0, "0", not wrong, note)


def _killed(path: Path, kills: int, until: float) -> Tally:
    killer = Killer(path, seed=int(time.time_ns() % 2**31))
    while killer.tally.kills < kills and time.monotonic() < until:
        killer.kill()
    killer.close()
    return killer.tally


def _kill_rows(tally: Tally) -> list[Row]:
    def row(what: str, count: int, of: int) -> Row:
        note = "; ".join(tally.last[:3])
        return Row(f"{what}, {tally.kills} kills", f"{count} of {of}", "", 0, "0", not count, note)

    return [
        row("acknowledged strokes lost", tally.strokes_lost, tally.acked),
        row("unreadable projects", tally.unreadable, tally.kills),
        row("paid results lost", tally.results_lost, tally.charged),
        row("requests that would be charged twice", tally.charged_twice, tally.charged),
    ]


def _damaged(folder: Path, damages: int, until: float) -> tuple[int, Counter[str]]:
    store = Store.create()
    was = filled(store, pictures=12, weight=8000)
    store.save_as(folder / "good.frisket").result()
    store.close()
    good = (folder / "good.frisket").read_bytes()
    crashes, outcomes = 0, Counter[str]()
    for seed in range(damages):
        if time.monotonic() > until:
            break
        try:
            outcomes[outcome(folder / "damaged.frisket", good, was.pictures, seed)] += 1
        except Exception as error:  # noqa: BLE001 - whatever comes out is a crash to be counted
            print(f"damage {seed}: {error!r}")
            crashes += 1
    return crashes, outcomes


def _damage_row(crashes: int, outcomes: Counter[str]) -> Row:
    count = crashes + outcomes.total()
    ours = f"{crashes} of {count}"
    shares = ", ".join(f"{number} {name}" for name, number in sorted(outcomes.items()))
    return Row("crashes over damaged projects", ours, "", 0, "0", not crashes, shares)


def main() -> None:
    """Read the counts and print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--damage", type=int, default=DAMAGES)
    chosen = parser.parse_args()
    print(table(report(chosen.kills, chosen.damage, float("inf"))))


if __name__ == "__main__":
    main()
