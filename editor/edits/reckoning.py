"""Reckoning: what a request should cost, and what its answer did, as purchases."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from editor.capability.catalog import Catalog
from editor.capability.field import Value, written_size
from editor.capability.price import estimate
from editor.capability.values import effective
from editor.edits.job import Job
from editor.edits.request import EditRequest
from editor.errors import InputProblem, OutcomeUnknown
from editor.imaging.geometry import Size
from editor.preferences.purchases import Purchase

FREE = frozenset({"", "offline", "elsewhere"})
"""Providers that nothing is paid to."""


class Wanted(NamedTuple):
    """What was asked of whom. sent: size of the picture that went out, None when unknown."""

    provider: str
    model: str
    settings: Mapping[str, Value]
    sent: Size | None


def reckoned(catalog: Catalog, made: str, job: str, wanted: Wanted, pictures: int = 1) -> Purchase:
    """What it should cost by the table; unknown for a model that is in it no more.

    made: when, UTC in ISO 8601. pictures: how many are sent.
    """
    provider, id, settings, sent = wanted
    quality, price = str(settings.get("quality", "")), None
    with contextlib.suppress(InputProblem):
        model = catalog.model(provider, id)
        quality = str(effective(model, settings).get("quality", ""))
        price = estimate(model, settings, sent, pictures) if sent else None
    if price is not None:  # one request for several asks for their number
        price *= int(settings.get("count", 1))
    size = written_size(sent) if sent else ""
    return Purchase(made, job, provider, id, size, quality, price=price, sure=False)


def awaited(
    catalog: Catalog, made: str, job: str, request: EditRequest, sent: Size | None
) -> Purchase:
    """A request that was sent, as it is reckoned while no answer has come."""
    wanted = Wanted(request.provider, request.model, request.settings, sent)
    return reckoned(catalog, made, job, wanted, 1 + len(request.references))


def answered(
    asked: Purchase, price: float | None, facts: Mapping[str, object], seconds: float
) -> Purchase:
    """The same once it was answered. price: USD of one picture by the answer's own facts."""
    whole = whole_price(price, facts)
    exact = whole is not None
    whole = whole if exact else asked.price
    return replace(asked, seconds=round(seconds, 1), price=whole, exact=exact, sure=True)


def whole_price(price: float | None, facts: Mapping[str, object]) -> float | None:
    """USD of an answer, of which each picture costs this much."""
    pictures = facts.get("pictures")
    several = pictures if isinstance(pictures, int) and pictures > 0 else 1
    return None if price is None else price * several


def in_vain(job: Job) -> bool:
    """Whether a job has ended without a picture and may have been charged all the same."""
    return isinstance(job.problem, OutcomeUnknown) and job.request.provider not in FREE
