"""Face: what a tile shows, and the words of its fact line."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QImage

from editor.ui.language import brief, duration, megabytes, money


class Kind(Enum):
    """What a tile stands for: the states of a job, one kind for each thing it can say."""

    PICTURE = "picture"
    ORIGINAL = "original"
    QUEUED = "queued"
    PAUSED = "paused"
    LIMITED = "limited"
    SENDING = "sending"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    WORKING = "working"
    LEFT = "left"
    ARRIVING = "arriving"
    DONE = "done"
    REFUSED = "refused"
    UNSENT = "unsent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    STOPPED = "stopped"

    @property
    def open(self) -> bool:
        """Whether something is still to come, so that there is something to stop."""
        return self in _OPEN

    @property
    def failed(self) -> bool:
        """Whether it ended without a picture and without doubt."""
        return self in {Kind.REFUSED, Kind.UNSENT, Kind.FAILED}

    @property
    def moving(self) -> bool:
        """Whether work is under way now, which the shimmer shows."""
        return self in _OPEN - {Kind.QUEUED, Kind.PAUSED, Kind.LIMITED, Kind.LEFT}


_OPEN = {
    Kind.QUEUED,
    Kind.PAUSED,
    Kind.LIMITED,
    Kind.SENDING,
    Kind.WAITING,
    Kind.ACCEPTED,
    Kind.WORKING,
    Kind.LEFT,
    Kind.ARRIVING,
}


NO_BADGE = -1
"""The number of a picture that has none."""


@dataclass(frozen=True, slots=True)
class Face:
    """Everything one tile shows.

    number: the badge and the digit key; 0 for the original, NO_BADGE for none. picture: a result,
    a preview or a source, of any size; None while there is none. fraction: 0..1 of what can be
    counted. total: bytes that are sent, 0 when unknown. seconds: since the start, until the next
    try (LIMITED), or in all (DONE). typical: median seconds of like calls, 0 when unknown. price:
    US dollars, None when unknown. leak: share of protected pixels that the model redrew, 0..1,
    None when not measured. words: the facts of a PICTURE, the reason of UNKNOWN and of what
    failed, or where a DONE one was made. stale: made before the last change. starred: by the
    person. facts: of a result, one a line of the tooltip. group: what the tiles beside it have
    in common, "" when nothing sets them apart from others.
    """

    kind: Kind
    number: int = 0
    picture: QImage | None = field(default=None, compare=False)
    fraction: float = 0.0
    total: int = 0
    seconds: float = 0.0
    typical: float = 0.0
    price: float | None = None
    leak: float | None = None
    words: str = ""
    stale: bool = False
    starred: bool = False
    facts: tuple[str, ...] = ()
    group: str = ""

    @property
    def joining(self) -> bool:
        """Whether its answer is here and is still being joined into the picture."""
        return self.kind is Kind.DONE and self.picture is None

    @property
    def moving(self) -> bool:
        """Whether work is under way now, here or elsewhere."""
        return self.kind.moving or self.joining

    @property
    def progress(self) -> float:
        """0..1, only where it is true: counted work, or elapsed over typical; else 0."""
        if self.kind in {Kind.SENDING, Kind.WORKING}:
            return min(max(self.fraction, 0.0), 1.0)
        if self.kind in {Kind.WAITING, Kind.ACCEPTED} and self.typical > 0:
            return min(self.seconds / self.typical, 1.0)
        return 0.0


_PLAIN = {
    Kind.ORIGINAL: QT_TRANSLATE_NOOP("Tile", "Original"),
    Kind.QUEUED: QT_TRANSLATE_NOOP("Tile", "Queued"),
    Kind.PAUSED: QT_TRANSLATE_NOOP("Tile", "Paused"),
    Kind.LEFT: QT_TRANSLATE_NOOP("Tile", "May still come"),
    Kind.ARRIVING: QT_TRANSLATE_NOOP("Tile", "Arriving"),
    Kind.REFUSED: QT_TRANSLATE_NOOP("Tile", "Refused"),
    Kind.UNSENT: QT_TRANSLATE_NOOP("Tile", "Not sent"),
    Kind.FAILED: QT_TRANSLATE_NOOP("Tile", "Failed"),
    Kind.UNKNOWN: QT_TRANSLATE_NOOP("Tile", "May be charged"),
    Kind.STOPPED: QT_TRANSLATE_NOOP("Tile", "Stopped"),
}

_TIMED = {
    Kind.LIMITED: QT_TRANSLATE_NOOP("Tile", "Again in {time}"),
    Kind.WAITING: QT_TRANSLATE_NOOP("Tile", "Waiting {time}"),
    Kind.ACCEPTED: QT_TRANSLATE_NOOP("Tile", "Working {time}"),
}

_COUNTED = {
    Kind.SENDING: QT_TRANSLATE_NOOP("Tile", "Sending {percent} %"),
    Kind.WORKING: QT_TRANSLATE_NOOP("Tile", "Working {percent} %"),
}


_UNDER_WAY = {
    Kind.SENDING: QT_TRANSLATE_NOOP("Tile", "Sending"),
    Kind.WAITING: QT_TRANSLATE_NOOP("Tile", "Waiting"),
    Kind.ACCEPTED: QT_TRANSLATE_NOOP("Tile", "Working at the provider"),
    Kind.WORKING: QT_TRANSLATE_NOOP("Tile", "Working here"),
}


def under_way(face: Face) -> str:
    """What is going on, for a tile that has no picture yet; "" where nothing is."""
    words = _UNDER_WAY.get(face.kind)
    if face.joining:
        words = QT_TRANSLATE_NOOP("Tile", "Joining")
    return _tr(words) if words else ""


def fact(face: Face) -> str:
    """The line under the picture: the state, or the facts of what came."""
    kind = face.kind
    if kind is Kind.SENDING and face.total:
        sent = f"{face.progress * face.total / 1e6:.1f}"
        words = _tr(QT_TRANSLATE_NOOP("Tile", "{sent} of {total}"))
        return words.format(sent=sent, total=megabytes(face.total))
    if kind in {Kind.WAITING, Kind.ACCEPTED} and face.typical:
        words = _tr(QT_TRANSLATE_NOOP("Tile", "{time} (typical {typical})"))
        return words.format(time=duration(face.seconds), typical=brief(face.typical))
    if kind in _PLAIN:
        return _tr(_PLAIN[kind])
    said = under_way(face) if face.picture is None else ""  # above the line, in large
    if kind in _TIMED:
        words = "{time}" if said else _tr(_TIMED[kind])
        return words.format(time=duration(face.seconds))
    if kind in _COUNTED:
        words = "{percent} %" if said else _tr(_COUNTED[kind])
        return words.format(percent=int(face.progress * 100))
    return face.words or _result(face)


def stopping(face: Face) -> str:
    """What the button of an open tile does, and what that means for the bill."""
    if face.kind is Kind.LEFT:
        words = QT_TRANSLATE_NOOP("Tile", "Close it: it may be charged, and its picture is lost")
        return _tr(words)
    if face.kind in {Kind.WAITING, Kind.ACCEPTED}:
        words = QT_TRANSLATE_NOOP("Tile", "Stop waiting: it may be charged, its picture is kept")
        return _tr(words)
    return _tr(QT_TRANSLATE_NOOP("Tile", "Stop"))


def spoken(face: Face) -> str:
    """The tile in words for a screen reader and for the tooltip's first line."""
    if face.kind is Kind.ORIGINAL:
        return fact(face)
    words = _tr(QT_TRANSLATE_NOOP("Tile", "Variant {number}: {fact}"))
    if face.kind is Kind.PICTURE:
        if face.number == NO_BADGE:
            return fact(face)
        words = _tr(QT_TRANSLATE_NOOP("Tile", "Picture {number}: {fact}"))
    elif face.starred:
        words = _tr(QT_TRANSLATE_NOOP("Tile", "Variant {number}, starred: {fact}"))
    told = fact(face)
    if face.picture is None or face.total or face.typical:  # the line may be numbers alone
        told = ", ".join(filter(None, (under_way(face), told)))
    return words.format(number=face.number, fact=told)


def remarks(face: Face) -> str:
    """What the tooltip adds: the whole reason, facts, what is out of date."""
    lines = [face.words] if face.kind.failed or face.kind is Kind.UNKNOWN else []
    lines += face.facts
    if face.stale:
        lines.append(_tr(QT_TRANSLATE_NOOP("Tile", "Made before your last change")))
    return "\n".join(line for line in lines if line)


def _result(face: Face) -> str:
    parts = [] if face.price is None else [money(face.price)]
    parts.append(face.words or brief(face.seconds))
    if face.leak is not None:
        parts.append(f"{face.leak * 100:.0f} %")  # whole, or the line is too long for a tile
    return "  ".join(parts)


def _tr(words: str | object) -> str:
    return QCoreApplication.translate("Tile", str(words))
