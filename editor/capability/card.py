"""Card: what a provider really honours, learnt from its answers and dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from editor.capability.sentence import Sentence

MEMORY = 20
"""Answers that an aspect is judged by; older ones weigh half, for gateways change."""

LABELS: Mapping[str, str] = {
    "size": "size",
    "count": "number of pictures",
    "quality": "quality",
    "output_format": "file format",
    "usage": "usage",
    "mask": "mask",
}
"""What can be learnt, in the order in which it is told."""

HONOURED, IGNORED = "{label} honoured", "{label} ignored"
PARTLY = "{label} ignored in {ignored} of {all}"
TOLD, UNTOLD = "usage told", "usage not told"
PARTLY_TOLD = "usage not told in {ignored} of {all}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Answers that did what was asked, and those that did not."""

    honoured: int = 0
    ignored: int = 0

    def counted(self, *, honoured: bool) -> Tally:
        """One answer more."""
        weight = 2 if self.honoured + self.ignored >= MEMORY else 1
        kept = Tally(self.honoured // weight, self.ignored // weight)
        if honoured:
            return replace(kept, honoured=kept.honoured + 1)
        return replace(kept, ignored=kept.ignored + 1)


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one provider.

    seen: day of the newest answer. tallies: by the keys of LABELS. unverified: models that
    were refused because the organisation is not verified.
    """

    seen: date | None = None
    tallies: Mapping[str, Tally] = field(default_factory=dict, hash=False)
    unverified: tuple[str, ...] = ()


def learnt(card: Card, found: Mapping[str, bool], day: date) -> Card:
    """Take in what one answer honoured (True) or ignored, by the keys of LABELS."""
    if not found:
        return card
    tallies = dict(card.tallies)
    for name, honoured in found.items():
        tallies[name] = tallies.get(name, Tally()).counted(honoured=honoured)
    return replace(card, seen=day, tallies=tallies)


def answered(card: Card, model: str) -> Card:
    """A model did the work, so nothing is missing for it any more."""
    return replace(card, unverified=tuple(one for one in card.unverified if one != model))


def unverified(card: Card, model: str, day: date) -> Card:
    """A model was refused because the organisation is not verified."""
    others = answered(card, model).unverified
    return replace(card, seen=day, unverified=(*others, model))


def words(card: Card) -> tuple[Sentence, ...]:
    """What is known, a few words for each aspect."""
    return tuple(_words(name, card.tallies[name]) for name in LABELS if name in card.tallies)


def stored(card: Card) -> dict[str, object]:
    """The card as JSON takes it."""
    return {
        "seen": card.seen.isoformat() if card.seen else "",
        "tallies": {name: [one.honoured, one.ignored] for name, one in card.tallies.items()},
        "unverified": list(card.unverified),
    }


def restored(told: Mapping[str, object]) -> Card:
    """The card that was stored. Raises ValueError, TypeError or KeyError for what is none."""
    tallies, models = told["tallies"], told["unverified"]
    if not isinstance(tallies, dict) or not isinstance(models, list):
        raise TypeError("not a card")
    return Card(
        seen=date.fromisoformat(str(told["seen"])) if told["seen"] else None,
        tallies={name: Tally(*map(int, tallies[name])) for name in LABELS if name in tallies},
        unverified=tuple(map(str, models)),
    )


def _words(name: str, tally: Tally) -> Sentence:
    full, none, partly = (HONOURED, IGNORED, PARTLY) if name != "usage" else _USAGE
    told = {} if name == "usage" else {"label": LABELS[name]}
    if not tally.ignored:
        return Sentence(full, **told)
    if not tally.honoured:
        return Sentence(none, **told)
    return Sentence(partly, **told, ignored=tally.ignored, all=tally.honoured + tally.ignored)


_USAGE = (TOLD, UNTOLD, PARTLY_TOLD)
