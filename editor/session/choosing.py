"""Choosing among answers: keep, star, reject, take one anyway, ask for one again."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from editor.capability.provider import Model
from editor.capability.speed import at_speed, is_draft
from editor.edits.framing import usual
from editor.edits.job import State
from editor.edits.request import EditRequest, Frame
from editor.edits.variant import Variant
from editor.errors import InputProblem
from editor.imaging.geometry import NOWHERE
from editor.mask.derive import bounds
from editor.project.project import Rejection
from editor.session.entries import Entry
from editor.session.ground import instead_of, without
from editor.session.moments import now
from editor.session.notice import Notice
from editor.session.parts import Parts
from editor.session.rejecting import rejected
from editor.session.rounds import Group, judged

ANEW = "{label} is asked once more, at Final: a new picture, not the same one sharper."


class Choosing(QObject):
    """Acts on the entries of the target by their ids; told carries a Notice."""

    told = Signal(object)

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._keeping: set[str] = set()

    def can(self, id: str) -> frozenset[str]:
        """What can be done with an entry: commands by their ids."""
        entry = self._parts.gallery.find(id)
        if entry is None:
            return frozenset()
        found = set()
        if entry.variant is not None:
            found |= {"star", "reject"}
        if entry.joined is not None and not self.is_kept(entry):
            found.add("keep")
        if entry.stale:
            found.add("anyway")
        job = self._parts.jobs.job(entry.job)
        if entry.variant is None and job is not None and job.state is State.UNKNOWN:
            found.add("look")
        wish = self._wish(entry)
        if wish is not None:
            found |= {"again", "copy-wish"}
            if entry.variant is not None and is_draft(wish.model, wish.request.settings):
                found.add("again-final")
        return frozenset(found)

    def allowed(self) -> frozenset[str]:
        """What can be done with the entry on the stage, or else with the current one."""
        entry = self.chosen
        return self.can(entry.id) if entry else frozenset()

    @property
    def chosen(self) -> Entry | None:
        """The entry that commands go to: the one on the stage, or else the current one."""
        state = self._parts.gallery.state
        return state.entry or state.at(state.current)

    def replaces(self, entry: Entry) -> str:
        """What keeping an entry puts it in the place of: "v2", or "" for nothing.

        The kept edit of a rejected variant is "the kept edit".
        """
        held = self._parts.document.target
        last = instead_of(held, entry) if held is not None else None
        if last is None or last.variant == entry.id:
            return ""
        entries = self._parts.gallery.state.entries
        number = next((n for n, one in enumerate(entries, 1) if one.id == last.variant), 0)
        return f"v{number}" if number else self.tr("the kept edit")

    def is_kept(self, entry: Entry) -> bool:
        """Whether an entry is what was kept last, so that keeping it changes nothing."""
        held = self._parts.document.target
        return held is not None and bool(held.kept) and held.kept[-1].variant == entry.id

    async def keep(self) -> None:
        """Make the shown answer part of the picture, in the place of one of its round.

        Until it is, it stays on the stage. Raises Problem; it is still there then.
        """
        gallery = self._parts.gallery
        entry, number = gallery.state.entry, gallery.state.shown
        if entry is None or entry.variant is None or entry.id in self._keeping:
            return
        self._keeping.add(entry.id)
        try:
            if not self.is_kept(entry):
                await self._parts.finishing.keep(entry, self._title(entry, number))
        finally:
            self._keeping.remove(entry.id)
        seen = gallery.state.entry
        if seen is not None and seen.id == entry.id and self.is_kept(entry):
            gallery.leave()

    def _title(self, entry: Entry, number: int | None) -> str:
        """What keeping an entry is called in the history."""
        if other := self.replaces(entry):
            return self.tr("Replace {other} by v{number}").format(other=other, number=number)
        return self.tr("Keep v{number}").format(number=number)

    def star(self, id: str) -> None:
        """Star an answer, or take its star away."""
        entry = self._answer(id)
        if entry is not None:
            self._parts.gallery.mark(id, starred=not entry.starred)

    def reject(self, id: str) -> None:
        """Put an answer out of sight; one step of undo."""
        entry, gallery = self._answer(id), self._parts.gallery
        if entry is None or entry.rejected:
            return
        number = next(n for n, one in enumerate(gallery.state.entries, 1) if one.id == entry.id)
        title = self.tr("Reject v{number}").format(number=number)
        slot, rejection = gallery.slot_of(entry.round), Rejection(entry.id, title, now())
        self._parts.store.stepped(slot, rejection)
        gallery.mark(id, rejected=True)
        self._parts.timeline.push(rejected(gallery, slot, rejection))

    def take_anyway(self, id: str) -> None:
        """Take an answer as made for the base as it is now."""
        entry, held = self._answer(id), self._parts.document.target
        if entry is not None and held is not None:
            base = without(held, instead_of(held, entry)).base_digest
            self._parts.gallery.mark(id, anyway=base, stale=False)

    def prompt_of(self, id: str) -> str:
        """The prompt that an answer was asked for with, "" when there was none."""
        entry = self._parts.gallery.find(id)
        round = self._parts.rounds.of(entry.round) if entry else None
        return round.prompt if round else ""

    async def redo(self, id: str, *, final: bool = False) -> None:
        """Send the wish of an entry again, on the picture as it is now.

        final: at the speed of that name, which is told to give a new picture. Raises Problem.
        """
        entry = self._parts.gallery.find(id)
        wish, held = self._wish(entry) if entry else None, self._parts.document.target
        if entry is None or wish is None or held is None:
            return
        request, chosen = wish.request, self._parts.rounds.chosen(entry.round)
        if final:
            settings = at_speed(wish.model, request.settings, "final")
            frame = usual("final", request.frame if chosen else None)
            wish = replace(wish, request=replace(request, settings=settings, frame=frame))
            self.told.emit(Notice("info", ANEW, {"label": wish.model.label}))
        rounds, asked = self._parts.rounds, wish
        sent = rounds.references(entry.round)
        price = await asyncio.to_thread(_price, wish)
        await self._parts.spending.guard(
            price, lambda: rounds.begin(held.slot, [asked], sent, chosen=chosen)
        )

    def model_of(self, entry: Entry) -> Model | None:
        """The model that was asked.

        None for an answer made elsewhere, a lost request, or a provider that is offered no more.
        """
        provider, model = self.asked_of(entry)
        if provider in {"", "elsewhere"}:
            return None
        try:
            return self._parts.form.state.catalog.model(provider, model)
        except InputProblem:
            return None

    def asked_of(self, entry: Entry) -> tuple[str, str]:
        """The ids of the provider and the model that were asked, "" where nobody knows."""
        job = self._parts.jobs.job(entry.job)
        asked = entry.variant or (job.request if job else None)
        return (asked.provider, asked.model) if asked is not None else ("", "")

    def _wish(self, entry: Entry) -> Group | None:
        """What an entry was asked for; None when nobody knows.

        An answer is asked for once more on the base as it is now, what brought none exactly as
        it was. Of a request that an earlier run left without an answer, the mask is not known.
        """
        held, base = self._parts.document.target, self._parts.document.base
        round, job = self._parts.rounds.of(entry.round), self._parts.jobs.job(entry.job)
        asked: Variant | EditRequest | None = entry.variant
        if asked is None and job is not None and job.state.ended and job.request.provider:
            asked = job.request
        if held is None or base is None or round is None or asked is None:
            return None
        if isinstance(asked, EditRequest):
            source, digest, settings = asked.source, asked.base, asked.settings
        else:
            source, digest, settings = base, held.base_digest, asked.requested
        request = EditRequest(
            source=source,
            coverage=asked.coverage,
            prompt=round.prompt,
            plea=round.plea,
            provider=asked.provider,
            model=asked.model,
            settings=settings,
            frame=Frame(round.frame),
            window=None if round.window.empty else round.window,
            base=digest,
        )
        return Group(request, self._parts.form.state.catalog.model(asked.provider, asked.model), 1)

    def _answer(self, id: str) -> Entry | None:
        entry = self._parts.gallery.find(id)
        return entry if entry is not None and entry.variant is not None else None


def _price(wish: Group) -> float | None:
    """USD for one answer; None when nobody knows."""
    coverage = wish.request.coverage
    return judged([wish], NOWHERE if coverage is None else bounds(coverage))[1]
