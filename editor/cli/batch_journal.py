"""BatchJournal: how far each picture of a batch got, durable before anything depends on it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from editor.errors import InputProblem, Problem
from editor.storage.lines import Lines
from editor.storage.lock import FileLock

NAME = "batch.journal"
"""In the folder of the results."""

FORMAT = 1
HEAD = '{"batch":'
"""How the line begins that says of which recipe a batch is."""

HERE_ALREADY = (
    "{folder} holds a batch already: go on with it by --resume, or choose another folder."
)
OTHER_RECIPE = "The batch in {folder} was begun with another recipe; choose another folder."
DAMAGED = "The journal of the batch in {folder} is damaged; choose another folder."
AT_WORK = "Another batch is at work in {folder}; nothing was begun."


class State(Enum):
    """How far a picture got; what is written is never ahead of what was done."""

    ASKED = "asked"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of one picture.

    file: its absolute path. job: under which the ledger has the request, "" for none. asset:
    name of the finished picture. price: USD. changed: protected pixels. code: exit code of
    what went wrong, which sentence tells.
    """

    file: str
    state: State
    job: str = ""
    asset: str = ""
    price: float | None = None
    changed: int | None = None
    code: int = 0
    sentence: str = ""


class BatchJournal:
    """The journal of one folder, held by one process. lines: the last one of each file.

    recipe: digest of the recipe's bytes. Raises InputProblem when the folder holds another
    batch, or this one without resume; CannotWrite.
    """

    def __init__(self, folder: Path, recipe: str, *, resume: bool) -> None:
        path = folder / NAME
        self._lock = FileLock(path.with_suffix(".lock"))
        if not self._lock.acquire():
            raise InputProblem(AT_WORK, folder=folder.name)
        try:
            self._file = Lines(path)
        except Problem:
            self._release()
            raise
        try:
            begun = any(not text.startswith(HEAD) for text in self._file.read)
            if begun and not resume:
                raise InputProblem(HERE_ALREADY, folder=folder.name)
            self.lines = self._known(json.dumps({"batch": FORMAT, "recipe": recipe}), folder)
        except Problem:
            self.close()
            raise

    def put(self, line: Line) -> None:
        """Write down how far a picture got; durable on return. Raises CannotWrite."""
        self._file.append(json.dumps({**asdict(line), "state": line.state.value}))
        self.lines[line.file] = line

    def close(self) -> None:
        """Let go; the file stays, so that --resume knows what is done."""
        self._file.close()
        self._release()

    def _known(self, head: str, folder: Path) -> dict[str, Line]:
        """What the file holds, whose newest head has to be this one.

        A batch that ended before it asked for anything left nothing but its head behind.
        """
        heads = [text for text in self._file.read if text.startswith(HEAD)]
        lines = self._file.read[len(heads) :]
        if not lines and heads[-1:] != [head]:
            self._file.append(head)
        elif heads[-1:] != [head]:
            raise InputProblem(OTHER_RECIPE, folder=folder.name)
        return dict(_line(text, folder) for text in lines)

    def _release(self) -> None:
        self._lock.path.unlink(missing_ok=True)
        self._lock.release()


def _line(text: str, folder: Path) -> tuple[str, Line]:
    try:
        values = json.loads(text)
        line = Line(**{**values, "state": State(values["state"])})
    except (ValueError, TypeError, KeyError) as fault:
        raise InputProblem(DAMAGED, folder=folder.name, details=str(fault)) from fault
    return line.file, line
