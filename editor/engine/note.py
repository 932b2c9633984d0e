"""Note: one line of the ledger, the states it goes through, and what a restart makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class State(Enum):
    """How far a paid request got; what is written is never ahead of what was done."""

    INTENT = "intent"
    LIMITED = "limited"
    SENDING = "sending"
    SENT = "sent"
    ACCEPTED = "accepted"
    RECEIVED = "received"
    STORED = "stored"
    SHOWN = "shown"
    REFUSED = "refused"
    NOT_SENT = "not-sent"
    UNKNOWN = "unknown"
    UNUSABLE = "paid-unusable"
    ABANDONED = "abandoned"


class Restart(Enum):
    """What the next start does with a request."""

    OFFER = "offered again"
    POLL = "polled on"
    FINISH = "finished from disk"
    ASK = "unknown, the person decides"
    THERE = "there"


AFTER_RESTART: Mapping[State, tuple[State, Restart]] = MappingProxyType(
    {
        State.INTENT: (State.INTENT, Restart.OFFER),
        State.LIMITED: (State.LIMITED, Restart.OFFER),
        State.SENDING: (State.NOT_SENT, Restart.OFFER),
        State.SENT: (State.UNKNOWN, Restart.ASK),
        State.ACCEPTED: (State.ACCEPTED, Restart.POLL),
        State.RECEIVED: (State.RECEIVED, Restart.FINISH),
        State.STORED: (State.STORED, Restart.FINISH),
        State.SHOWN: (State.SHOWN, Restart.THERE),
        State.REFUSED: (State.REFUSED, Restart.THERE),
        State.NOT_SENT: (State.NOT_SENT, Restart.THERE),
        State.UNKNOWN: (State.UNKNOWN, Restart.ASK),
        State.UNUSABLE: (State.UNUSABLE, Restart.THERE),
        State.ABANDONED: (State.ABANDONED, Restart.THERE),
    }
)
"""State a request is in after a restart, and what is done with it."""

_BEFORE_SENT = frozenset({State.INTENT, State.LIMITED, State.SENDING})

MAY_BE_CHARGED = frozenset(
    {State.SENT, State.ACCEPTED, State.RECEIVED, State.UNKNOWN, State.UNUSABLE}
)
"""States after the last byte and before a picture is safe."""

MAY_FOLLOW: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.INTENT: frozenset(),
        State.LIMITED: _BEFORE_SENT | {State.SENT},
        State.SENDING: _BEFORE_SENT,
        State.SENT: _BEFORE_SENT,
        State.ACCEPTED: MAY_BE_CHARGED,
        State.RECEIVED: MAY_BE_CHARGED,
        State.STORED: MAY_BE_CHARGED,
        State.SHOWN: frozenset({State.STORED}),
        State.REFUSED: _BEFORE_SENT | MAY_BE_CHARGED,
        State.NOT_SENT: _BEFORE_SENT,
        State.UNKNOWN: MAY_BE_CHARGED,
        State.UNUSABLE: MAY_BE_CHARGED,
        State.ABANDONED: _BEFORE_SENT,
    }
)
"""States after which each state may come: what was sent can never become not sent."""

PICTURE_IS_SAFE = frozenset({State.STORED, State.SHOWN})
NOTHING_LEFT = frozenset({State.SHOWN, State.REFUSED, State.NOT_SENT, State.ABANDONED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is about to be asked for. No key, no header, no prompt.

    job: its id. provider, model: ids in the table. host: where it goes. request: SHA-256 of
    what is asked. price: USD as estimated, None when unknown. asset: of `frisket edit`, the file
    that the finished picture was to be; "" for who goes on with it at the next start.
    """

    job: str
    provider: str
    model: str
    host: str
    request: str
    price: float | None = None
    asset: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the ledger.

    made: UTC in ISO 8601. task: the provider's name for it. template, values: of the Problem
    it ended with. told: the person has been told that it may have been charged.
    """

    id: str
    made: str
    asked: Asked
    state: State = State.INTENT
    task: str = ""
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    told: bool = False
