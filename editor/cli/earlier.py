"""Earlier: requests of runs that ended before they could tell what came of them, told once."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from editor.capability.catalog import Catalog
from editor.cli.collecting import Left, collect, comes_later, left_by
from editor.cli.delivery import Places, free_beside, made
from editor.cli.output import Output
from editor.cli.settling import keep_unusable, settle, were_told
from editor.cli.spending import Spending
from editor.compose.recipes.recipe_folder import suffix_of
from editor.decoding.pool import Pool
from editor.edits.events import Picture
from editor.engine.exchange import NOWHERE_TO_ASK
from editor.engine.ledger import Ledger
from editor.engine.note import Note, State
from editor.errors import CannotWrite, Problem
from editor.storage.atomic import write

EARLIER = "An edit sent to {host} on {when} ({what}) "
NEVER = "never brought its picture; it may have been charged and is not sent again."
CAME = (
    "was answered; the paid answer is now in {paths}, and frisket compose puts it into its picture."
)
COLLECTED = (
    "was collected without paying again; the answer is now in {paths}, "
    "and frisket compose puts it into its picture."
)
ACCEPTED = (
    "was accepted as {task}; it may be charged and is not sent again, "
    "and {host} knows it by that name."
)
COMES = "was accepted as {task}; the next edit that finds it done collects it without paying again."
LINKED = "was answered with a link; the next edit that reaches it collects it without paying again."
IN_VAIN = "brought no picture, and what came of it is kept in {raw}: {problem}"
NO_PICTURE = (
    "was answered without a whole picture; it may have been charged, is not sent again, "
    "and what came of it is kept in {raw}."
)

DAYS = 7
"""How long what was told of is asked for; providers keep tasks and links for less."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs left open. What the window goes on with at its start is left to it.

    catalog: providers where this run asks them. asks: this run asks a provider, so that it may
    ask for those too.
    """

    ledger: Ledger
    catalog: Catalog
    pool: Pool
    spending: Spending
    output: Output
    asks: bool

    def tell(self, own: Container[str] = ()) -> None:
        """Hand over what came, tell of the rest, and not again. own: jobs told of elsewhere.

        What the disk refuses to take stays in the ledger, and the next run tries again.
        """
        young = datetime.now(UTC) - timedelta(days=DAYS)
        again = [
            note for note in self.ledger.waiting() if datetime.fromisoformat(note.made) > young
        ]
        notes = {note.id: note for note in (*self.ledger.untold(), *again)}
        for note in sorted(notes.values(), key=lambda note: note.made):
            if note.asked.job not in own:
                try:
                    self._tell(note)
                except CannotWrite as problem:
                    self.output.problem(problem)

    def _tell(self, note: Note) -> None:
        """Say first, write down afterwards: what is cut between is said once more."""
        left = self._left(note) if note.asked.asset else Left()
        pictures, came, problem = left.pictures, CAME, None
        if left.at_the_provider and self.asks:
            came = COLLECTED
            pictures, problem = collect(self.catalog, self.ledger, note, left)
        if note.asked.asset and (pictures or not note.told):
            self.spending.earlier(note, pictures[0] if pictures else None)
        if pictures:
            paths = [str(_written(note, picture)) for picture in pictures]
            self._say(note, came, paths=" and ".join(paths))
            settle(self.ledger, note.asked.job)
        elif left.at_the_provider and comes_later(problem):
            self._comes_later(note, left.task, problem)
        else:
            self._came_to_nothing(note, problem)

    def _comes_later(self, note: Note, task: str, problem: Problem | None) -> None:
        """It is as it was, whatever came of asking; it is said once."""
        state = State.ACCEPTED if task else State.RECEIVED
        if not note.told:
            nowhere = problem is not None and problem.template == NOWHERE_TO_ASK
            self._say(note, LINKED if not task else ACCEPTED if nowhere else COMES, task=task)
        self.ledger.write(replace(note, state=state, task=task, told=True))

    def _came_to_nothing(self, note: Note, problem: Problem | None) -> None:
        raw = str(self.ledger.raw_path(note))
        if problem is not None:
            self._say(note, IN_VAIN, raw=raw, problem=str(problem))
        elif note.state is State.RECEIVED:
            self._say(note, NO_PICTURE, raw=raw)
            keep_unusable(self.ledger, note.asked.job)
        else:
            self._say(note, NEVER)
        were_told(self.ledger, [note.asked.job])

    def _left(self, note: Note) -> Left:
        """What its raw answer holds, and the provider's name for what it still works on."""
        try:
            provider = self.catalog.provider(note.asked.provider)
            return left_by(self.ledger, note, provider, self.pool)
        except Problem:
            return Left(task=note.task)  # its profile is gone meanwhile

    def _say(self, note: Note, sentence: str, **values: str) -> None:
        host, when = note.asked.host, _when(note.made)
        template = EARLIER + sentence
        self.output.note(template.format(host=host, when=when, what=_what(note), **values))


def _written(note: Note, picture: Picture) -> Path:
    """Where an answer is now: beside the place that its finished picture was to have."""
    asset = Path(note.asked.asset)
    made(asset.parent)
    places = Places.of(free_beside(asset), suffix_of(picture.data))
    write(places.answer, picture.data)
    return places.answer


def _when(made: str) -> str:
    """To the minute, on this computer's clock."""
    return f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d at %H:%M}"


def _what(note: Note) -> str:
    price = "" if note.asked.price is None else f", about ${note.asked.price:.3f}"
    return f"{note.asked.model}{price}"
