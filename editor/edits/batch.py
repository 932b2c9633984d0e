"""One wish for several variants as requests for one each, which run side by side."""

from __future__ import annotations

from dataclasses import replace

from editor.edits.request import EditRequest


def split(request: EditRequest, count: int) -> tuple[EditRequest, ...]:
    """As many requests for a single picture; each has its own state, price and stop."""
    settings = {name: value for name, value in request.settings.items() if name != "count"}
    return (replace(request, settings=settings),) * count
