"""What can be heard from a running job; the last event is always one of End."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.errors import Problem


@dataclass(frozen=True, slots=True)
class Started:
    """The engine has begun; nothing may have left this computer yet."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the work that can be counted is done: 0.0 to 1.0. Upload, or offline work.

    total: bytes of the upload, 0 for other work.
    """

    fraction: float
    total: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """The last byte of the request is out; from now on it may be charged."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider works on it under this name and can be asked again."""

    task: str


@dataclass(frozen=True, slots=True)
class Limited:
    """The provider asked to wait; the same request goes out again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Preview:
    """An unfinished picture as encoded bytes, for the eyes only."""

    index: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture as encoded bytes, with what the provider said about it.

    facts: effective values and usage, named as the provider names them ("size", "usage", ...).
    """

    index: int
    data: bytes = field(repr=False)
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything asked for has arrived."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Stopped by the person before the last byte was out; nothing was charged."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Ended without a picture; nothing is left open."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent whole and not answered: it may have been charged."""

    problem: Problem


End = Finished | Cancelled | Failed | Unknown
Event = Started | Progress | Sent | Accepted | Limited | Preview | Picture | End
