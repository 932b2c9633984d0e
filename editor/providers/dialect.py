"""The nouns of one provider exchange, and what a dialect must be able to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from editor.capability.provider import Model, Provider
from editor.edits.events import Event
from editor.edits.framing import Framed


class Part(NamedTuple):
    """One part of a multipart form: a text value, or a named file when it has a filename."""

    name: str
    content: str | bytes
    filename: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request to make, as plain data; the transport alone adds the key.

    url: absolute. purpose: "submit" is the paid POST; "poll" and "fetch" cost nothing and
    may be asked again. wait: seconds to wait before it goes out. facts: what an earlier answer
    said of the picture that this call fetches, or of the task that it asks for. poll: where a
    task that comes of it is asked for, "" when nobody knows.
    """

    method: Literal["GET", "POST"]
    url: str
    json: Mapping[str, object] | None = None
    form: Sequence[Part] = ()
    purpose: Literal["submit", "poll", "fetch"] = "submit"
    wait: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    poll: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing heard back: a whole body, or one server-sent event of a stream.

    status: HTTP status. event: the event's name, "" for a whole body. last: nothing more
    comes for this call; a stream ends with a last message without data.
    """

    call: Call
    data: bytes = field(repr=False)
    status: int = 200
    event: str = ""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    last: bool = True


class Dialect(Protocol):
    """How one family of providers speaks. Pure: no network, no clock, no state."""

    def encode(self, edit: Framed, provider: Provider, model: Model) -> Sequence[Call]:
        """The calls that ask for this edit. Raises InputProblem for what cannot be sent."""
        ...

    def decode(self, message: Message) -> Iterator[Call | Event]:
        """What the message means: news for the job, or a further call to make.

        Never yields an End. Raises ProviderRefused or OutcomeUnknown.
        """
        ...

    def resume(self, provider: Provider, task: str) -> Call | None:
        """The call that asks for a task accepted earlier; None when nobody knows how."""
        ...
