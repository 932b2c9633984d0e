"""Chronicle: what was done to a picture and what was asked for it, in one order, with times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.session.timeline import Step, Timeline

if TYPE_CHECKING:  # the first window is painted before any pixels are worked on
    from editor.project.project import Round

_LONGEST = 60
"""Characters of a prompt in its title."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the History list.

    made: None for what an earlier run did. done: False for what was taken back. round: id of
    a round, which is no step and cannot be taken back; "" for a step. kept: the sentence that
    followed its prompt.
    """

    title: str
    made: datetime | None = None
    done: bool = True
    round: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class _Met:
    """When a step or a round was met, and after how many others."""

    what: Step | Round
    number: int
    made: datetime | None


class Chronicle(QObject):
    """Listens to the timeline and to rounds; changed says that there are other rows.

    clock: tells the time, in UTC.
    """

    changed = Signal()

    def __init__(
        self,
        timeline: Timeline,
        parent: QObject | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._clock = clock
        self._count = 0
        self._rounds: list[_Met] = []
        self._steps: dict[int, _Met] = {}
        timeline.changed.connect(self._look)

    def restore(self, rounds: Sequence[Round]) -> None:
        """Know the rounds of a project, and that its steps were done by an earlier run."""
        for round in sorted(rounds, key=lambda round: round.made):
            self._rounds.append(self._met(round, _read(round.made)))
        self.meet_earlier()
        self.changed.emit()

    def meet_earlier(self) -> None:
        """Know that the steps which are new in the timeline were done by an earlier run."""
        self._meet_steps(None)

    def add(self, round: Round) -> None:
        """A round was begun."""
        self._rounds.append(self._met(round, _read(round.made)))
        self.changed.emit()

    def rows(self, slot: str) -> list[Row]:
        """What was done to a picture and to the order of pictures, oldest first."""
        self._meet_steps(self._clock())
        found = [met for met in self._rounds if met.what.slot == slot]
        for step in self._timeline.steps:
            if step.slot in {slot, ""} and step.title:
                found.append(self._steps[id(step)])
        return [self._row(met) for met in sorted(found, key=lambda met: met.number)]

    def _look(self) -> None:
        self._meet_steps(self._clock())
        self.changed.emit()

    def _meet_steps(self, made: datetime | None) -> None:
        """Number the steps that are new, in the timeline's order; forget those that are gone."""
        known = self._steps
        self._steps = {
            id(step): known.get(id(step)) or self._met(step, made) for step in self._timeline.steps
        }

    def _met(self, what: Step | Round, made: datetime | None) -> _Met:
        self._count += 1
        return _Met(what, self._count, made)

    def _row(self, met: _Met) -> Row:
        if isinstance(met.what, Step):
            return Row(met.what.title, met.made, met.what.done)
        prompt = " ".join(met.what.prompt.split())
        if len(prompt) > _LONGEST:
            prompt = f"{prompt[: _LONGEST - 1]}…"
        asked = self.tr("Ask for: {prompt}") if prompt else self.tr("Remove what is painted")
        title = asked.format(prompt=prompt)
        return Row(title, met.made, round=met.what.id, kept=met.what.kept)


def _read(made: str) -> datetime | None:
    try:
        return datetime.fromisoformat(made)
    except ValueError:
        return None
