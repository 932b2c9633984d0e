"""Earlier: requests of runs that ended before they could tell what came of them, told once."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from editor.capability.catalog import Catalog
from editor.cli.delivery import Places, free_beside, made
from editor.cli.output import Output
from editor.cli.settling import keep_unusable, settle, were_told
from editor.cli.spending import Spending
from editor.compose.recipes.recipe_folder import suffix_of
from editor.decoding.pool import Pool
from editor.edits.events import Picture
from editor.engine.ledger import Ledger
from editor.engine.note import Note, State
from editor.engine.remains import recovered, task_in
from editor.errors import CannotWrite, InputProblem, Problem
from editor.providers.table import dialect
from editor.storage.atomic import write

EARLIER = "An edit sent to {host} on {when} ({what}) "
NEVER = "never brought its picture; it may have been charged and is not sent again."
CAME = (
    "was answered before Frisket ended; the answer is paid and now in {paths}, "
    "and frisket compose puts it into its picture."
)
ACCEPTED = (
    "was accepted as {task} before Frisket ended; it may be charged and is not sent again, "
    "and {host} knows it by that name."
)
NO_PICTURE = (
    "was answered without a whole picture before Frisket ended; it may have been charged, "
    "is not sent again, and what came of it is kept in {raw}."
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs left open. What the window goes on with at its start is left to it."""

    ledger: Ledger
    catalog: Catalog
    pool: Pool
    spending: Spending
    output: Output

    def tell(self, own: Container[str] = ()) -> None:
        """Hand over what came, tell of the rest, and not again. own: jobs told of elsewhere.

        What the disk refuses to take stays in the ledger, and the next run tries again.
        """
        for note in self.ledger.untold():
            if note.asked.job not in own:
                try:
                    self._tell(note)
                except CannotWrite as problem:
                    self.output.problem(problem)

    def _tell(self, note: Note) -> None:
        """Say first, write down afterwards: what is cut between is said once more."""
        pictures, task = self._left(note) if note.asked.asset else ((), "")
        if note.asked.asset:
            self.spending.earlier(note, pictures[0] if pictures else None)
        if pictures:
            paths = [str(_written(note, picture)) for picture in pictures]
            self._say(note, CAME, paths=" and ".join(paths))
            settle(self.ledger, note.asked.job)
        elif task:
            self._say(note, ACCEPTED, task=task)
            self.ledger.entry(note).accepted(task)
            were_told(self.ledger, [note.asked.job])
        elif note.state is State.RECEIVED:
            self._say(note, NO_PICTURE, raw=str(self.ledger.raw_path(note)))
            keep_unusable(self.ledger, note.asked.job)
        else:
            self._say(note, NEVER)
            were_told(self.ledger, [note.asked.job])

    def _left(self, note: Note) -> tuple[tuple[Picture, ...], str]:
        """The pictures in its raw answer, and the provider's name for what it still works on."""
        try:
            provider = self.catalog.provider(note.asked.provider)
            speech, url = dialect(provider.dialect), provider.url(provider.path)
        except Problem:
            return (), note.task  # its profile is gone meanwhile
        raw = self.ledger.raw(note)
        pictures = recovered(raw, speech, url)
        whole = all(self._opens(picture) for picture in pictures)
        return pictures if whole else (), note.task or task_in(raw, speech, url)

    def _opens(self, picture: Picture) -> bool:
        """Whether it is whole; one behind a link may be cut, and then the link is needed."""
        try:
            self.pool.open(picture.data, "")
        except InputProblem:
            return False
        return True

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
