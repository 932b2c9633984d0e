"""What the tiles of the strip show, made from pictures, jobs and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from editor.errors import NotSent, ProviderRefused
from editor.ui.controls.tile_face import NO_BADGE, Face, Kind
from editor.ui.images import image
from editor.ui.language import by, grouped, label, sentence, word

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.edits.effect import Effect
    from editor.edits.job import Job
    from editor.imaging.geometry import Size
    from editor.session.entries import Entry
    from editor.session.held import Held


class Known(NamedTuple):
    """What is known of an answer beside its pixels.

    model: its label. leak: share of what lies around its mask that it changed visibly, None
    where that was not measured. effects: what became of its settings. held: its queue is paused.
    """

    model: str = ""
    leak: float | None = None
    effects: tuple[Effect, ...] = ()
    held: bool = False


_ENDED = {"unknown": Kind.UNKNOWN, "cancelled": Kind.STOPPED}
_CLOCKED = {Kind.LIMITED, Kind.WAITING, Kind.ACCEPTED}


def picture_face(held: Held, number: int, *, target: bool = False) -> Face:
    """A picture of the project: the target, a reference by its number, or one for later."""
    words = held.name
    if target:
        words, number = QCoreApplication.translate("Tile", "Target"), NO_BADGE
    elif not held.reference:
        words, number = QCoreApplication.translate("Tile", "Next"), NO_BADGE
    return Face(Kind.PICTURE, number, image(held.shown or held.thumb), words=words)


def original_face(held: Held) -> Face:
    return Face(Kind.ORIGINAL, 0, image(held.thumb))


def entry_face(
    entry: Entry,
    number: int,
    job: Job | None,
    seconds: float,
    typical: float,
    known: Known | None = None,
) -> Face:
    """An answer, or the job that it is awaited from."""
    known = known or Known()
    picture = image(entry.tile) if entry.tile else None
    if entry.variant is not None:
        return Face(
            Kind.DONE,
            number,
            picture,
            seconds=entry.variant.seconds,
            price=entry.variant.price,
            leak=known.leak,
            words=_tr("Made elsewhere") if entry.variant.provider == "elsewhere" else "",
            stale=entry.stale,
            starred=entry.starred,
            facts=facts_of(entry, known),
        )
    if job is None:
        return Face(Kind.ARRIVING, number, picture)
    kind = _ENDED.get(job.state.value) or _failed_kind(job) or _open_kind(job, held=known.held)
    words = sentence(job.problem) if job.problem else ""
    clocked = kind in _CLOCKED  # another one would be shown anew at each beat for nothing
    return Face(
        kind,
        number,
        picture,
        fraction=job.progress,
        total=job.total,
        seconds=seconds if clocked else 0.0,
        typical=typical if clocked else 0.0,
        words=words,
        facts=(_tr("Nobody waits for it; it is kept when it comes"),) if job.left else (),
    )


def facts_of(entry: Entry, known: Known) -> tuple[str, ...]:
    """What a tile has no room for: the model, what came against what was asked for, the leak."""
    variant = entry.variant
    if variant is None:
        return ()
    size, asked = variant.raster.size, variant.placement.sent
    words = _size(size)
    if size != asked:
        words = _tr("{size}, asked for {asked}").format(size=words, asked=_size(asked))
    settings = [_setting(effect) for effect in known.effects if effect.name != "size"]
    told = ""
    if known.leak is not None:
        told = _tr("{share} of what is around the mask came back changed; the original stays")
        told = told.format(share=f"{known.leak * 100:.1f} %")
    facts = (known.model, words, *settings, _used(variant.effective.get("usage")), told)
    return tuple(fact for fact in facts if fact)


def _setting(effect: Effect) -> str:
    """One setting as it came, and as it was asked for where that is another."""
    words = _tr("{label}: {came}")
    if not effect.honoured:
        words = _tr("{label}: {came}, asked for {asked}")
    return words.format(label=label(effect.label), came=word(effect.came), asked=word(effect.asked))


def _used(usage: object) -> str:
    """How much the provider says it took."""
    total = usage.get("total_tokens") if isinstance(usage, Mapping) else None
    return _tr("{count} tokens").format(count=grouped(total)) if isinstance(total, int) else ""


def _size(size: Size) -> str:
    return by(*size)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Tile", words)


def _failed_kind(job: Job) -> Kind | None:
    """How a job failed: by the provider's word, before it was sent, or here."""
    if job.state.value != "failed":
        return None
    if isinstance(job.problem, ProviderRefused):
        return Kind.REFUSED
    return Kind.UNSENT if isinstance(job.problem, NotSent) else Kind.FAILED


def _open_kind(job: Job, *, held: bool) -> Kind:
    if job.state.value == "done":
        return Kind.ARRIVING
    if job.state.value == "waiting":
        return Kind.LIMITED if job.wait else Kind.PAUSED if held else Kind.QUEUED
    if job.left:
        return Kind.LEFT
    if job.request.provider == "offline":
        return Kind.WORKING
    if job.task:
        return Kind.ACCEPTED
    return Kind.WAITING if job.sent else Kind.SENDING
