"""Chronicle: what was done to a picture and what was asked for it, in one order, with times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from editor.session.moments import moment
from editor.session.timeline import Step, Timeline

if TYPE_CHECKING:  # the first window is painted before any pixels are worked on
    from editor.project.project import Kept, Round

_LONGEST = 60
"""Characters of a prompt in its title."""

_EARLIER = 0
"""Number of all that an earlier run did, which its times put in order."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the History list.

    made: None for what an earlier run did at a time that nobody knows. done: False for what
    was taken back. round: id of a round, which is no step and cannot be taken back. plea: the
    sentence that followed its prompt. edit: id of a kept edit that no step leads to any more;
    one can go back to it. round and edit are "" for a step. there: False for a kept edit that
    is not in the picture as it is now.
    """

    title: str
    made: datetime | None = None
    done: bool = True
    round: str = ""
    plea: str = ""
    edit: str = ""
    there: bool = True


class _Met(NamedTuple):
    """After how many others something was met in this run, and when."""

    number: int
    made: datetime | None


class _Line(NamedTuple):
    met: _Met
    row: Row


class Chronicle(QObject):
    """Listens to the timeline and to rounds; changed says that there are other rows.

    kept_on: all edits that were ever kept on a picture. clock: tells the time, in UTC.
    """

    changed = Signal()

    def __init__(
        self,
        timeline: Timeline,
        kept_on: Callable[[str], Sequence[Kept]],
        parent: QObject | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._kept_on = kept_on
        self._clock = clock
        self._count = _EARLIER
        self._rounds: list[tuple[Round, _Met]] = []
        self._steps: dict[int, _Met] = {}
        self._edits: dict[str, _Met] = {}
        timeline.changed.connect(self._look)

    def restore(self, rounds: Sequence[Round]) -> None:
        """Know the rounds of a project, and that an earlier run did what the timeline holds."""
        self._rounds += [(round, _Met(_EARLIER, moment(round.made))) for round in rounds]
        self._steps = {id(step): _Met(_EARLIER, step.made) for step in self._timeline.steps}
        self.changed.emit()

    def add(self, round: Round) -> None:
        """A round was begun."""
        self._count += 1
        self._rounds.append((round, _Met(self._count, moment(round.made))))
        self.changed.emit()

    def rows(self, slot: str) -> list[Row]:
        """What was done to a picture and to the order of pictures, oldest first.

        Of the pictures that it was made of, and that were made of it, only what undo or redo
        comes by.
        """
        self._meet()
        steps = self._timeline.along(slot)
        there = {one: self._there(one) for one in {slot, *(step.slot for step in steps)}}
        led_to = {step.move.after for step in steps if step.move and not step.move.back}
        lines = [self._step_line(step, there[step.slot]) for step in steps if step.title]
        others = [self._round_line(*known) for known in self._rounds if known[0].slot == slot]
        left = [edit for edit in self._kept_on(slot) if edit.id not in led_to]
        others += [self._edit_line(edit, there[slot]) for edit in left]
        return [line.row for line in _in_order(lines, others)]

    def _there(self, slot: str) -> set[str]:
        """Ids of the kept edits that are in a picture as it is now."""
        at = self._timeline.at(slot)
        return {at}.union(*(edit.under for edit in self._kept_on(slot) if edit.id == at))

    def _look(self) -> None:
        self._meet()
        self.changed.emit()

    def _meet(self) -> None:
        """Number the steps that are new, in the timeline's order; forget those that are gone."""
        known, self._steps = self._steps, {}
        for step in self._timeline.steps:
            met = known.get(id(step)) or self._met()
            self._steps[id(step)] = met
            if step.move is not None and not step.move.back:
                self._edits[step.move.after] = met

    def _met(self) -> _Met:
        self._count += 1
        return _Met(self._count, self._clock())

    def _step_line(self, step: Step, there: set[str]) -> _Line:
        met = self._steps[id(step)]
        seen = step.move is None or step.move.after in there
        return _Line(met, Row(step.title, met.made, step.done, there=seen))

    def _edit_line(self, kept: Kept, there: set[str]) -> _Line:
        """A kept edit that undo left behind, where its step was."""
        met = self._edits.get(kept.id) or _Met(_EARLIER, moment(kept.made))
        return _Line(met, Row(kept.title, met.made, edit=kept.id, there=kept.id in there))

    def _round_line(self, round: Round, met: _Met) -> _Line:
        prompt = " ".join(round.prompt.split())
        if len(prompt) > _LONGEST:
            prompt = f"{prompt[: _LONGEST - 1]}…"
        asked = self.tr("Ask for: {prompt}") if prompt else self.tr("Remove what is painted")
        title = asked.format(prompt=prompt)
        return _Line(met, Row(title, met.made, round=round.id, plea=round.plea))


def _in_order(steps: Sequence[_Line], others: Sequence[_Line]) -> list[_Line]:
    """All lines, oldest first: those of earlier runs by their times, then by their numbers.

    steps: in the order of the timeline; of many of them nobody knows the time.
    """
    dated = [line for line in others if line.met.number == _EARLIER]
    dated.sort(key=_time)
    found: list[_Line] = []
    for line in steps:
        if line.met.number == _EARLIER:
            while dated and line.met.made and _time(dated[0]) <= _time(line):
                found.append(dated.pop(0))
            found.append(line)
    late = [line for line in (*steps, *others) if line.met.number != _EARLIER]
    return [*found, *dated, *sorted(late, key=lambda line: line.met.number)]


def _time(line: _Line) -> float:
    return line.met.made.timestamp() if line.met.made else 0.0
