"""Provider state: which providers there are, which can be asked, and what is said of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.capability.card import Card
from editor.capability.provider import Provider
from editor.errors import Problem
from editor.preferences.secrets import Where
from editor.providers.checking import Verdict


@dataclass(frozen=True, slots=True)
class ProvidersState:
    """All that the provider panel shows.

    providers: those with an address, in their order; chosen: the one that is shown. keys: where
    each key is, as far as that is known. unfit: those whose key was refused since it was kept.
    used: ids of those that were used, the last one first. addresses: base URLs of the person's
    own. wrong: what is wrong with the address. refused: what is wrong with the typed key.
    trouble: why the panel came by itself; waiting: edits that wait for that. told: a sentence
    about where the key is kept. verdict: of the test, None before it. busy: what is under way,
    "keep" or "test". local: the project asks nobody. broken: profiles of the person's own that
    cannot be read.
    """

    providers: tuple[Provider, ...]
    chosen: Provider
    keys: Mapping[str, Where] = field(default_factory=dict)
    unfit: frozenset[str] = frozenset()
    used: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""
    refused: Problem | None = None
    trouble: Problem | None = None
    waiting: int = 0
    told: str = ""
    verdict: Verdict | None = None
    busy: str = ""
    card: Card = field(default_factory=Card)
    local: bool = False
    broken: tuple[str, ...] = ()

    @property
    def key(self) -> Where | None:
        """Where the key of the shown provider is."""
        return self.keys.get(self.chosen.id)

    @property
    def ready(self) -> bool:
        """Whether the shown provider can be asked."""
        return self._can_be_asked(self.chosen)

    @property
    def reader(self) -> Provider | None:
        """The provider that would read a prompt now; None where one is to be added.

        Of those that can be asked it is the one that was used last, else the first.
        """
        able = [one for one in self.providers if self._can_be_asked(one)]
        able = [one for one in able if one.id not in self.unfit and not self.local]
        used = {id: at for at, id in enumerate(self.used)}
        return min(able, key=lambda one: used.get(one.id, len(used)), default=None)

    def _can_be_asked(self, provider: Provider) -> bool:
        keyed = provider.auth == "none" or provider.id in self.keys
        return keyed and bool(provider.base_url)
