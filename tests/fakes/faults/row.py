"""One row of the table of faults, and how an edit may end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from editor.edits.events import End, Failed, Finished, Unknown
from editor.engine.note import State
from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown, Problem, ProviderRefused
from editor.transport.intake import USUAL, Deadlines
from tests.fakes.faults.carriers import CARRIERS, CARRYING, Carrier, Stage
from tests.fakes.faults.server import Act

EVER = 1_000_000


@dataclass(frozen=True)
class Ending:
    """end: kind of the last event. sentence: its template, "" for any of the catalogue.

    state: of the ledger's line.
    """

    end: type[End]
    kind: type[Problem] | None = None
    sentence: str = ""
    state: State = State.RECEIVED


DONE = Ending(Finished)


def unknown(sentence: str = "") -> Ending:
    """It may have been charged and nobody knows."""
    return Ending(Unknown, OutcomeUnknown, sentence, State.UNKNOWN)


def unusable(sentence: str = "") -> Ending:
    """An answer came that is no picture; it is kept."""
    return Ending(Failed, AnswerUnusable, sentence, State.UNUSABLE)


def refused(sentence: str = "") -> Ending:
    """The provider said no."""
    return Ending(Failed, ProviderRefused, sentence, State.REFUSED)


def not_sent(sentence: str = "") -> Ending:
    """It did not leave whole."""
    return Ending(Failed, NotSent, sentence, State.NOT_SENT)


@dataclass(frozen=True)
class Row:
    """id: as in the table of faults; name: which of its cases. ends: by carrier.

    stage: the request whose answer goes wrong, "answer" for the one that carries the picture.
    times: how often it goes wrong. posts, charges: at the server, in the end. noise: side of a
    picture too large for the buffers of sockets. least, most: seconds of the loop it may take.
    """

    id: str
    name: str
    act: Act
    ends: Mapping[Carrier, Ending]
    stage: Stage | Literal["answer"] = "answer"
    times: int = EVER
    whole: bool = True
    charge: bool = True
    posts: int = 1
    charges: int = 1
    deadlines: Deadlines = field(default=USUAL)
    noise: int = 0
    base: str = ""
    least: float = 0.0
    most: float = 120.0

    def stage_of(self, carrier: Carrier) -> Stage:
        """Where it goes wrong for a carrier."""
        return CARRYING[carrier] if self.stage == "answer" else self.stage


def each(ending: Ending, *carriers: Carrier, **others: Ending) -> dict[Carrier, Ending]:
    """The same ending for these carriers, for all when none is named; others by name."""
    found: dict[Carrier, Ending] = dict.fromkeys(carriers or CARRIERS, ending)
    return found | others  # type: ignore[return-value]  # the names are carriers
