"""Learning: what providers really honour, counted from the answers that come in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtCore import QObject, Signal

from editor.capability.card import Card, answered, learnt, unverified
from editor.capability.catalog import Catalog
from editor.capability.provider import Model
from editor.compose.leaking.leak import Leak
from editor.edits.effect import honoured
from editor.edits.job import Job, State
from editor.edits.variant import Variant
from editor.engine import cards
from editor.errors import InputProblem
from editor.providers.refusal import VERIFY
from editor.session.entries import Entry
from editor.session.gallery import Gallery
from editor.session.jobs import Jobs
from editor.session.leaks import Leaks
from editor.session.newest import Newest


class Learning(QObject):
    """Keeps one Card for each provider and writes them down; changed carries a provider's id."""

    changed = Signal(str)

    def __init__(
        self,
        gallery: Gallery,
        jobs: Jobs,
        leaks: Leaks,
        catalog: Callable[[], Catalog],
        spawn: Callable[..., object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._gallery = gallery
        self._catalog = catalog
        self._file = Newest(cards.save, spawn, "keep what was learnt")
        self._cards: dict[str, Card] = {}
        self._new: set[str] = set()
        self._pictures: Counter[str] = Counter()
        jobs.arrived.connect(lambda arrival: self._pictures.update([arrival.job.id]))
        gallery.added.connect(self._came)
        leaks.found.connect(self._measured)
        jobs.changed.connect(self._ended)

    async def restore(self) -> None:
        """Read what was learnt before."""
        before = await asyncio.to_thread(cards.load)
        self._cards = {**before, **self._cards}

    def of(self, provider: str) -> Card:
        """What is known of a provider."""
        return self._cards.get(provider, Card())

    def obeyed(self, provider: str, *, obeyed: bool) -> None:
        """Take in whether an answer kept to its mask."""
        self._become(provider, learnt(self.of(provider), {"mask": obeyed}, _today()))

    def _came(self, entry: Entry, _: bytes) -> None:
        variant = entry.variant
        model = self._model(variant) if variant else None
        if variant is None or model is None:
            return
        self._new.add(entry.id)
        card = answered(self.of(variant.provider), variant.model)
        self._become(variant.provider, learnt(card, honoured(model, variant), _today()))

    def _measured(self, id: str, leak: Leak) -> None:
        entry = self._gallery.find(id)
        if id not in self._new or entry is None or entry.variant is None:
            return
        self._new.discard(id)
        model = self._model(entry.variant)
        if model is not None and model.mask:
            self.obeyed(entry.variant.provider, obeyed=not leak.ignored)

    def _ended(self, job: Job) -> None:
        if job.state is State.DONE:
            self._counted(job)
        problem = job.problem
        if job.state is State.FAILED and problem is not None and problem.template == VERIFY:
            request = job.request
            card = unverified(self.of(request.provider), request.model, _today())
            self._become(request.provider, card)

    def _counted(self, job: Job) -> None:
        """Learn whether as many pictures came as were asked for; one of one shows nothing."""
        provider, came = job.request.provider, self._pictures.pop(job.id, 0)
        asked = int(job.request.settings.get("count", 1))
        if came and (asked, came) != (1, 1):
            card = learnt(self.of(provider), {"count": came == asked}, _today())
            self._become(provider, card)

    def _model(self, variant: Variant) -> Model | None:
        """The model that was asked; None for this computer and for what was made elsewhere."""
        try:
            provider = self._catalog().provider(variant.provider)
            return provider.model(variant.model) if provider.engine == "remote" else None
        except InputProblem:
            return None

    def _become(self, provider: str, card: Card) -> None:
        if card != self.of(provider):
            self._cards[provider] = card
            self._file.keep(dict(self._cards))
            self.changed.emit(provider)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
