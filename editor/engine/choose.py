"""Which engine carries out the edits of a model, ready to run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from editor.capability.price import estimate
from editor.capability.provider import Model, Provider
from editor.edits.events import Event
from editor.edits.framing import Framed
from editor.engine.engine import Engine
from editor.engine.entry import Entry
from editor.engine.ledger import Ledger
from editor.engine.note import Asked, Note
from editor.engine.runner import spawn
from editor.errors import NotSent
from editor.preferences.secrets import Secret, key_for
from editor.providers.dialect import Call

if TYPE_CHECKING:
    from editor.engine.remote import RemoteEngine

NO_KEY = "There is no key for {provider}, so nothing was sent. Add one, or put it into {variable}."
LOCAL = (
    "This project stays on this computer, so nothing was sent to {provider}. "
    "Work offline, or let it go in the File menu."
)
ODD_BASE = (
    "{provider} has no address that can be asked, so nothing was sent. "
    "Give it one that begins with https://."
)
MOVED = (
    "{host} works on it, and {provider} is asked at another address now; "
    "it is collected once that is {host} again."
)


def engine_for(
    provider: Provider,
    model: Model,
    ledger: Ledger,
    environ: Mapping[str, str] = os.environ,
    *,
    local: bool = False,
    asset: str = "",
) -> Engine:
    """Make the engine; it may run any number of jobs of this model.

    environ: where keys are. local: nothing may leave this computer. asset: see Asked. Raises
    NotSent when it would, or when the key or the address is missing, InputProblem when the key
    cannot be sent, TableError for a dialect that does not exist.
    """
    # Imported when needed: the first window is up before the network and OpenCV are.
    if provider.engine == "offline":
        from editor.engine.offline import OfflineEngine

        return OfflineEngine(model)
    if local:
        raise NotSent(LOCAL, provider=provider.label)
    return _remote(provider, model, ledger, environ, asset)


def collected(
    provider: Provider,
    model: Model,
    ledger: Ledger,
    note: Note,
    environ: Mapping[str, str] = os.environ,
    *,
    once: bool = False,
) -> Callable[[], AsyncGenerator[Event, None]]:
    """Ask on after the task of a note, when called; once: no longer than for one question.

    Raises as engine_for, and NotSent where the provider has another address than it had.
    """
    from editor.transport.addresses import origin

    engine, host = _remote(provider, model, ledger, environ), note.asked.host
    if origin(provider.base_url).host != host:
        raise NotSent(MOVED, host=host, provider=provider.label)
    patience = {"seconds": 0.0} if once else {}
    return lambda: engine.resume(ledger.entry(note), **patience)


def fetched(
    provider: Provider,
    model: Model,
    ledger: Ledger,
    note: Note,
    links: Sequence[Call],
    environ: Mapping[str, str] = os.environ,
) -> Callable[[], AsyncGenerator[Event, None]]:
    """Get what the answer to a request links to, when called. Raises as engine_for."""
    engine = _remote(provider, model, ledger, environ)
    return lambda: engine.fetch(ledger.entry(note), links)


def _remote(
    provider: Provider,
    model: Model,
    ledger: Ledger,
    environ: Mapping[str, str],
    asset: str = "",
) -> RemoteEngine:
    import numpy as np

    from editor.engine.remote import RemoteEngine
    from editor.providers.table import dialect
    from editor.transport.addresses import origin
    from editor.transport.http import HttpTransport

    try:
        host = origin(provider.base_url).host
    except ValueError:
        raise NotSent(ODD_BASE, provider=provider.label) from None
    _key(provider, environ)  # whoever has none is told before anything waits

    def opened(job: str, edit: Framed) -> Entry:
        return ledger.open(replace(_asked(job, edit, provider, model, host), asset=asset))

    def connect(entry: Entry) -> HttpTransport:
        # The key may have been changed while the job waited.
        return HttpTransport(provider, _key(provider, environ), entry, spawn)

    chance = np.random.default_rng().random
    return RemoteEngine(provider, model, dialect(provider.dialect), opened, connect, chance)


def _key(provider: Provider, environ: Mapping[str, str]) -> Secret | None:
    if provider.auth == "none":
        return None
    key = key_for(provider.id, environ)
    if key is None:
        raise NotSent(NO_KEY, provider=provider.label, variable=provider.key_name)
    return key


def _asked(job: str, edit: Framed, provider: Provider, model: Model, host: str) -> Asked:
    price = estimate(model, edit.settings, edit.placement.sent, 1 + len(edit.references))
    wanted = int(edit.settings.get("count", 1)) if provider.count == "native" else 1
    return Asked(
        job=job,
        provider=provider.id,
        model=model.id,
        host=host,
        request=_digest(edit),
        price=None if price is None else price * wanted,
    )


def _digest(edit: Framed) -> str:
    """SHA-256 of everything that is asked, so that the prompt itself need not be kept."""
    digest = hashlib.sha256(repr((edit.request.prompt, sorted(edit.settings.items()))).encode())
    for raster in (edit.source, *edit.references):
        digest.update(raster.pixels.data)
    if edit.mask is not None:
        digest.update(edit.mask.data)
    return digest.hexdigest()
