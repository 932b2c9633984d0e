"""A process that paints, asks and stores until it is killed, and an oracle for what must be left.

The process tells of everything before it begins (told) and when it is promised (acked); the
oracle repeats the same strokes in memory. A kill may come anywhere in between.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from editor.engine.ledger import Ledger
from editor.engine.note import AFTER_RESTART, Asked, Restart
from editor.errors import Problem
from editor.mask.history import History
from editor.project.store import Store
from editor.project.tables import STROKES_KEPT
from tests.fakes.project import SIZE, Painted, add_picture, keep, random_rect, variant

MOST_OPERATIONS = 400

Sabotage = str
"""A promise the process breaks, so that the oracle must notice: "stroke", "sent", "stored"."""


@dataclass(slots=True)
class Tally:
    """What went wrong over all kills; all zero but kills, acked and charged."""

    kills: int = 0
    acked: int = 0
    charged: int = 0
    strokes_lost: int = 0
    unreadable: int = 0
    results_lost: int = 0
    charged_twice: int = 0
    last: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        return self.strokes_lost + self.unreadable + self.results_lost + self.charged_twice


def mask_operations(chance: np.random.Generator, painted: Painted) -> Iterator[str]:
    """Change the mask step by step, the same way for the same chance and mask."""
    while True:
        pick = chance.random()
        if pick < 0.15 and painted.history.can_undo:
            painted.history.undo()
            yield "undo"
        elif pick < 0.25 and painted.history.can_redo:
            painted.history.redo()
            yield "redo"
        else:
            edit = painted.plane.edit()
            edit.region(random_rect(chance))[:] = int(chance.integers(0, 256))
            patch = edit.commit()
            if patch:
                painted.history.push(patch)
                yield "stroke"


def state_of(painted: Painted) -> tuple[str, int, int]:
    """What of a mask must be the same after a kill; the oldest strokes may be final by then."""
    digest = hashlib.sha256(painted.plane.pixels.tobytes()).hexdigest()
    undo, redo = len(painted.history.undo_steps), len(painted.history.redo_steps)
    return digest, min(undo, STROKES_KEPT // 2), redo


def read_mask(store: Store) -> Painted:
    stored = store.mask("a", SIZE)
    painted = Painted("a", stored.plane)
    painted.history = History(stored.plane, stored.undo, stored.redo)
    return painted


class _Worker:
    """The process that is killed. Every message is (word, number or id)."""

    def __init__(self, say: Connection, store: Store, seed: int, sabotage: Sabotage) -> None:
        self._say = say
        self._store = store
        self._chance = np.random.default_rng(seed)
        self._seed = seed
        self._sabotage = sabotage
        self._ledger = Ledger()
        self._ledger.adopt()
        self._painted = read_mask(store)

    def work(self) -> None:
        masks = mask_operations(np.random.default_rng(self._seed + 1), self._painted)
        self._tell("ready", 0)
        number = 0
        for turn in range(MOST_OPERATIONS):
            pick = self._chance.random()
            if pick < 0.8:
                number += 1
                self._tell("told", number)
                self._mask(next(masks), number)
            elif pick < 0.9:
                self._request(turn)
            else:
                self._other(pick, turn)

    def _mask(self, what: str, number: int) -> None:
        store, painted = self._store, self._painted
        history = painted.history
        if what == "stroke":
            patch = history.undo_steps[-1]
            ticket = store.stroke("a", patch, painted.plane.current(patch))
        else:
            done = what == "redo"
            inverse = history.undo_steps[-1] if done else history.redo_steps[-1]
            now = painted.plane.current(inverse)
            ticket = store.stroke_moved("a", inverse, now, done=done)
        if self._sabotage == "stroke":
            self._tell("acked", number)
        ticket.add_done_callback(lambda _: self._tell("acked", number))

    def _request(self, turn: int) -> None:
        """One paid request, from the intent to the picture in the project."""
        job = f"job {self._seed} {turn}"
        answer = np.random.default_rng(turn).bytes(3000)
        entry = self._ledger.open(Asked(job, "p", "m", "h", "0"))
        entry.sending(100)
        if self._sabotage != "sent":
            entry.sent()
        self._tell("charged", job)
        entry.spool.write(answer)
        entry.spool.sync()
        if self._sabotage == "sent":
            return
        entry.received()
        self._tell("received", job)
        if self._chance.random() < 0.3:
            return
        ticket = self._store.variant(variant(job, "a", None), "a", answer)
        if self._sabotage != "stored":
            ticket.result()
        entry.stored()
        self._tell("stored", job)
        entry.shown()

    def _other(self, pick: float, turn: int) -> None:
        store = self._store
        if pick < 0.93:
            store.form({"prompt": "word " * (turn % 50)})
        elif pick < 0.96:
            keep(store, "nobody", f"v{turn}", np.random.default_rng(turn).bytes(20_000))
        elif len(store._slots) < 5:
            add_picture(store, f"p{self._seed}-{turn}", bytes([turn % 256]) * 1_200_000)
        else:
            store.arrange([*store._slots[:1], *store._slots[2:]], step=True)

    def _tell(self, word: str, what: int | str) -> None:
        self._say.send((word, what))


def _main(say: Connection, home: str, path: str, seed: int, sabotage: Sabotage) -> None:
    os.environ["FRISKET_HOME"] = home
    _Worker(say, Store.open(Path(path)), seed, sabotage).work()
    say.send(("end", 0))
    os._exit(0)


class Killer:
    """Starts the process on one project again and again, kills it, and looks at what is left."""

    def __init__(self, path: Path, seed: int = 0, sabotage: Sabotage = "") -> None:
        self.tally = Tally()
        self._path = path
        self._chance = np.random.default_rng(seed)
        self._sabotage = sabotage
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._ledger = Ledger()
        self._heard: list[tuple[str, Any]] = []
        store = Store.create()
        add_picture(store, "a", b"picture a" * 1000)
        store.save_as(path).result()
        store.close()
        self._before = Painted("a")

    def close(self) -> None:
        self._ledger.close()

    def kill(self) -> None:
        """Let it work, kill it at a random moment, check."""
        seed = int(self._chance.integers(2**31))
        self._run(seed, int(self._chance.integers(1, 120)))
        self.tally.kills += 1
        self._check_project(seed)
        self._check_ledger()

    def _run(self, seed: int, messages: int) -> None:
        hear, say = self._context.Pipe(duplex=False)
        arguments = (say, os.environ["FRISKET_HOME"], str(self._path), seed, self._sabotage)
        process = self._context.Process(target=_main, args=arguments)
        process.start()
        say.close()
        self._heard = []
        try:
            while len(self._heard) < messages:
                self._heard.append(hear.recv())
            # Now and then a little later, in the middle of what is not told.
            hear.poll(float(self._chance.random()) * 0.003)
            process.kill()
            while True:
                self._heard.append(hear.recv())
        except (EOFError, OSError):
            process.join()
        hear.close()
        process.close()

    def _last(self, word: str) -> int:
        return max((number for told, number in self._heard if told == word), default=0)

    def _all(self, word: str) -> list[str]:
        return [id for told, id in self._heard if told == word]

    def _check_project(self, seed: int) -> None:
        acked, told = self._last("acked"), self._last("told")
        self.tally.acked += acked
        states = [state_of(self._before)]
        operations = mask_operations(np.random.default_rng(seed + 1), self._before)
        for _ in range(told):
            next(operations)
            states.append(state_of(self._before))
        try:
            store = Store.open(self._path)
        except Problem as problem:
            self.tally.unreadable += 1
            self.tally.last.append(f"unreadable: {problem}")
            return
        # A picture that was not kept whole is one sentence and no damage.
        lost = sum(loss.what == "picture" for loss in store.opened.losses)
        if max(len(store.opened.notes), len(store.opened.losses)) > lost:
            self.tally.unreadable += 1
            self.tally.last.append(f"damaged: {store.opened.losses}")
        self._before = read_mask(store)
        if state_of(self._before) not in states[acked:]:
            self.tally.strokes_lost += 1
            self.tally.last.append(f"{acked} acked of {told}, found another mask")
        answers = {variant.job: variant.answer for variant in store.opened.project.variants}
        for job in self._all("stored"):
            digest = answers.get(f"job of {job}")
            expected = np.random.default_rng(int(job.split()[2])).bytes(3000)
            if digest is None or store.read(digest) != expected:
                self.tally.results_lost += 1
                self.tally.last.append(f"{job} was stored and is not there")
        self._forget_some(store)
        store.close()

    def _forget_some(self, store: Store) -> None:
        """Keep the project small enough for a thousand rounds."""
        if len(store._slots) > 3:
            store.arrange(store._slots[:1])

    def _check_ledger(self) -> None:
        self._ledger.adopt()
        notes = {note.asked.job: note for note in self._ledger.notes()}
        for job in self._all("charged"):
            self.tally.charged += 1
            note = notes.get(job)
            if note is None or note.state.value in {"not-sent", "intent", "abandoned"}:
                self.tally.charged_twice += 1
                self.tally.last.append(f"{job} was charged and would be sent again")
        for job in self._all("received"):
            note = notes.get(job)
            expected = np.random.default_rng(int(job.split()[2])).bytes(3000)
            if note is None or self._ledger.raw(note) != expected:
                self.tally.results_lost += 1
                self.tally.last.append(f"{job} was received and is not on the disk")
            elif AFTER_RESTART[note.state][1] not in {Restart.FINISH, Restart.THERE}:
                self.tally.results_lost += 1
                self.tally.last.append(f"{job} was received and would be asked about")
