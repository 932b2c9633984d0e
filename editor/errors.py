"""Problem and its kinds: everything that can go wrong and that the person can act on.

Problem
|- InputProblem      a file, mask or argument cannot be used          exit 3
|- TableError        the capability table contradicts itself          exit 1
|- ProviderRefused   the provider said no; nothing was charged        exit 4
|- OutcomeUnknown    asked, never heard; it may have been charged     exit 5
|  |- AnswerUnusable an answer came whole and cannot be used; kept    exit 5
|  '- StillRunning   the provider works on it under a name we hold     exit 5
|- NotSent           nothing left this computer                       exit 6
|- CannotWrite       the disk refused; what was there is still there  exit 8
'- ProjectDamaged    parts of a project file do not match their hash  exit 3

Everything else is a bug: it keeps its traceback and ends with exit 1.
"""

from __future__ import annotations


class Problem(Exception):
    """Something the person can act on, as one sentence that is fit to show.

    template: English sentence with {named} places; it is the key of the translation, so it
    is never built from pieces. values: what fills the places, already safe to show.
    details: foreign words (a provider's, a library's); shown only as plain text on request.
    """

    exit_code = 3

    def __init__(self, template: str, /, *, details: str = "", **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values
        self.details = details

    def __str__(self) -> str:
        return self.template.format(**self.values)


class Counted(tuple[Problem, ...]):
    """Things that a sentence counts up: a value of which each part is translated by itself."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(map(str, self))


class InputProblem(Problem):
    """A file, mask or argument cannot be used; nothing has changed."""


class TableError(Problem):
    """The capability table contradicts itself; the sentence names provider, model and field."""

    exit_code = 1


class ProviderRefused(Problem):
    """The provider said no before doing the work; nothing was charged."""

    exit_code = 4


class OutcomeUnknown(Problem):
    """The request was sent whole and no usable answer came; it may have been charged."""

    exit_code = 5


class AnswerUnusable(OutcomeUnknown):
    """An answer came whole and no picture can be taken from it; it is kept as it came."""


class StillRunning(OutcomeUnknown):
    """The provider works on it under a name that is in the ledger; it can be asked for again."""


class NotSent(Problem):
    """The request did not leave this computer whole; nothing was charged."""

    exit_code = 6


class CannotWrite(Problem):
    """The disk refused a file; what was there before is still there."""

    exit_code = 8


class ProjectDamaged(Problem):
    """Parts of a project do not match their hash; everything else can be opened."""
