"""Providers: the keys and addresses of those that can be asked, and how a key is tried out."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from editor.capability.catalog import load
from editor.capability.offered import offered
from editor.capability.provider import Model, Provider
from editor.edits.job import Job, State
from editor.engine.check import checked
from editor.engine.choose import NO_KEY
from editor.errors import InputProblem, Problem
from editor.preferences.addresses import complaint, tidy
from editor.preferences.secrets import (
    Where,
    checked_key,
    forget_key,
    keep_key,
    key_for,
    key_name,
    look_up,
)
from editor.providers.checking import REFUSED, remembering
from editor.providers.refusal import FORBIDDEN, KEY, SHUT
from editor.session.form import Form
from editor.session.jobs import Jobs
from editor.session.learning import Learning
from editor.session.provider_state import ProvidersState
from editor.transport.scrub import register

log = logging.getLogger(__name__)


class Providers(QObject):
    """One state and one signal, which the panel shows.

    kept carries a provider, its own address, whether its key is in the keyring and whether that
    was refused. used carries the ids of those that were used, the last one first. wanted asks
    for the panel. held carries a provider and why its queue waits, where no panel tells of it.
    """

    changed = Signal(object)
    kept = Signal(str, str, bool, bool)
    used = Signal(object)
    wanted = Signal()
    held = Signal(str, object)

    def __init__(
        self, form: Form, jobs: Jobs, learning: Learning, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._jobs = jobs
        self._learning = learning
        self._paused: dict[str, Problem] = {}
        remote = _remote(form)
        self.state = ProvidersState(remote, remote[0], broken=_broken(form))
        form.changed.connect(lambda _: self._follow())
        learning.changed.connect(lambda _: self._follow())
        jobs.changed.connect(self._look)
        jobs.paused.connect(self._stop)
        jobs.resumed.connect(self._go_on)

    def begin(
        self,
        keyed: tuple[str, ...],
        addresses: Mapping[str, str],
        unfit: tuple[str, ...] = (),
        used: tuple[str, ...] = (),
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Know what an earlier start left behind. keyed: those whose key is in the keyring.

        unfit: those of them whose key was refused, which says nothing of one from the
        environment. used: the one that was used last first.
        """
        keys: dict[str, Where] = dict.fromkeys(keyed, "keyring")
        for provider in self.state.providers:
            if environ.get(key_name(provider.id), "").strip():
                keys[provider.id] = "environment"
        refused = frozenset(id for id in unfit if keys.get(id) == "keyring")
        self._become(keys=keys, addresses=dict(addresses), unfit=refused, used=used)
        self._use(self._form.state.provider)

    def open(self, id: str = "", trouble: Problem | None = None) -> None:
        """Ask for the panel, at a provider where one is named; trouble: why."""
        known = {provider.id for provider in self.state.providers}
        if id not in known:
            form = self._form.state
            id = self.state.chosen.id if form.offline else form.provider.id
        self._choose(id, trouble)
        self.wanted.emit()

    def leave(self) -> None:
        """The panel is closed: what it said is said."""
        self._become(trouble=None, waiting=0, refused=None, verdict=None, told="", wrong="")

    def choose(self, id: str) -> None:
        """Show another provider."""
        if id != self.state.chosen.id:
            self._choose(id)

    def use_words(self) -> bool:
        """Take the reader; ask for one where there is none. Whether there was one."""
        if not self._form.state.offline:
            return True
        if reader := self.state.reader:
            self._form.set_provider(reader.id)
            return True
        self.open()
        return False

    def use(self) -> None:
        """Take the shown provider for the next edits."""
        self._form.set_provider(self.state.chosen.id)

    def judge_address(self, typed: str) -> None:
        """Say what is wrong with an address while it is typed."""
        self._become(wrong=complaint(typed))

    async def set_address(self, typed: str) -> None:
        """Ask the shown provider at this address; "" for its own. A wrong one is not taken."""
        provider, url = self.state.chosen, tidy(typed)
        wrong = complaint(url)
        self._become(wrong=wrong)
        if wrong or url == self.state.addresses.get(provider.id, ""):
            return
        others = {id: kept for id, kept in self.state.addresses.items() if id != provider.id}
        self._become(addresses={**others, provider.id: url} if url else others, verdict=None)
        self._doubt(provider.id, refused=False)  # another host refused it
        self._tell_kept(provider.id)
        await self.reload()

    async def add(self, id: str) -> None:
        """Show a profile that has just been written."""
        await self.reload()
        if any(one.id == id for one in self.state.providers):
            self._choose(id)
            await self.look()

    async def drop(self, id: str) -> None:
        """Offer a profile no more that has just been removed, and forget its key."""
        told = await asyncio.to_thread(forget_key, id)
        self._note(id, None)
        self._doubt(id, refused=False)
        self._tell_kept(id)
        await self.reload()
        self._choose(self.state.chosen.id)
        self._become(told=told)

    async def reload(self) -> None:
        """Read the table anew, with the person's own profiles and addresses."""
        catalog = await asyncio.to_thread(load)
        self._form.set_catalog(offered(catalog, self.state.addresses))

    async def look(self) -> None:
        """Find out where the key of the shown provider is."""
        id = self.state.chosen.id
        try:
            found = await asyncio.to_thread(look_up, id)
        except InputProblem as problem:
            self._become(refused=problem)
            return
        self._note(id, found.where if found else None)

    async def keep(self, typed: str) -> None:
        """Use what was pasted as the key of the shown provider, keep it, and try it out."""
        provider = self.state.chosen
        try:
            key = checked_key(typed, "the key")
        except InputProblem as problem:
            self._become(refused=problem)
            return
        if key is None:
            return
        register(key.reveal())
        self._become(refused=None, verdict=None, busy="keep")
        told = await asyncio.to_thread(keep_key, provider.id, key)
        # What waits goes on when the person says so; where nothing does, the trouble is over.
        trouble = self.state.trouble if self.state.waiting else None
        self._become(busy="", told=told, trouble=trouble)
        self._doubt(provider.id, refused=False)
        await self.look()
        self._tell_kept(provider.id)
        if self._form.state.offline and not self._form.state.local and self.state.ready:
            self._form.set_provider(provider.id)
        await self.test()

    async def forget(self) -> None:
        """Let go of the key of the shown provider."""
        provider = self.state.chosen
        self._become(busy="keep")
        told = await asyncio.to_thread(forget_key, provider.id)
        self._become(busy="", told=told, verdict=None)
        self._doubt(provider.id, refused=False)
        await self.look()
        self._tell_kept(provider.id)

    async def test(self) -> None:
        """Try the key of the shown provider by what costs nothing."""
        provider, model = self.state.chosen, self.model
        if self._form.state.local or not self.state.ready or self.state.busy:
            return
        self._become(busy="test", verdict=None)
        try:
            key = await asyncio.to_thread(key_for, provider.id)
            verdict = await self._jobs.ask(lambda: checked(provider, model, key), "test a key")
        finally:
            self._become(busy="")
        if verdict.mood != "error" or verdict.template == REFUSED:
            self._doubt(provider.id, refused=verdict.mood == "error")
        if provider.id == self.state.chosen.id:
            missing = model.id in self.state.card.unverified
            self._become(verdict=remembering(verdict, unverified=missing))
            log.info("a key was tried: %s", verdict.template)

    def resume(self) -> None:
        """Let the edits go on that wait for the shown provider."""
        self._jobs.resume(self.state.chosen.id)

    @property
    def model(self) -> Model:
        """The model that is tried out: the one in use, or the first of the shown provider."""
        form, provider = self._form.state, self.state.chosen
        return form.model if form.provider.id == provider.id else provider.models[0]

    def _choose(self, id: str, trouble: Problem | None = None) -> None:
        """Show a provider; what its edits wait for is told as long as they do."""
        chosen = next(one for one in self.state.providers if one.id == id)
        waiting = self._jobs.waiting(id)
        if waiting:
            trouble = trouble or self._paused.get(id)
        self._become(
            chosen=chosen,
            trouble=trouble,
            waiting=waiting if trouble else 0,
            card=self._learning.of(id),
            verdict=None,
            refused=None,
            told="",
            wrong="",
        )

    def _follow(self) -> None:
        """Keep to the table and to what was learnt."""
        remote, id = _remote(self._form), self.state.chosen.id
        chosen = next((one for one in remote if one.id == id), remote[0])
        self._become(
            providers=remote,
            chosen=chosen,
            card=self._learning.of(chosen.id),
            local=self._form.state.local,
            broken=_broken(self._form),
        )
        self._use(self._form.state.provider)

    def _look(self, job: Job) -> None:
        """Ask for a key where an edit failed for want of one; count those that wait."""
        if job.state is State.DONE:
            self._doubt(job.request.provider, refused=False)
        if job.problem is not None and job.problem.template == NO_KEY:
            self.open(job.request.provider, job.problem)
        elif self.state.trouble is not None:
            self._become(waiting=self._jobs.waiting(self.state.chosen.id))

    def _stop(self, id: str, problem: Problem) -> None:
        """The queue of a provider waits; come up where the key or the account is to blame."""
        if problem.template in {KEY, FORBIDDEN}:
            self._doubt(id, refused=True)
        if problem.template in SHUT:
            self._paused[id] = problem
            self.open(id, problem)
        else:
            self.held.emit(id, problem)

    def _go_on(self, id: str) -> None:
        self._paused.pop(id, None)
        if id == self.state.chosen.id:
            self._become(trouble=None, waiting=0)

    def _note(self, id: str, where: Where | None) -> None:
        keys = {other: place for other, place in self.state.keys.items() if other != id}
        self._become(keys={**keys, id: where} if where else keys)

    def _doubt(self, id: str, *, refused: bool) -> None:
        """Note what was found of the key of a provider, also for the next start."""
        if refused is not (id in self.state.unfit):
            self._become(unfit=self.state.unfit ^ {id})
            self._tell_kept(id)

    def _use(self, provider: Provider) -> None:
        """Note which provider is chosen for edits."""
        if provider.engine == "remote" and self.state.used[:1] != (provider.id,):
            others = tuple(id for id in self.state.used if id != provider.id)
            self._become(used=(provider.id, *others))
            self.used.emit(self.state.used)

    def _tell_kept(self, id: str) -> None:
        address = self.state.addresses.get(id, "")
        keyed, unfit = self.state.keys.get(id) == "keyring", id in self.state.unfit
        self.kept.emit(id, address, keyed, keyed and unfit)

    def _become(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]  # named by field
        if state != self.state:
            self.state = state
            self.changed.emit(state)


def _remote(form: Form) -> tuple[Provider, ...]:
    return tuple(one for one in form.state.catalog.providers if one.engine == "remote")


def _broken(form: Form) -> tuple[str, ...]:
    """The names of profiles that the table had to leave out."""
    places = (str(problem.values["place"]) for problem in form.state.catalog.broken)
    return tuple(place.partition("/")[0].removesuffix(".toml") for place in places)
