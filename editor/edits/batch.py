"""One wish for several variants as the requests for them, which run side by side."""

from __future__ import annotations

from dataclasses import replace

from editor.edits.request import EditRequest


def split(request: EditRequest, count: int, *, together: bool = False) -> tuple[EditRequest, ...]:
    """As many requests for a single picture; each has its own state, price and stop.

    together: one request for all of them, where the provider honours their number.
    """
    settings = {name: value for name, value in request.settings.items() if name != "count"}
    if together and count > 1:
        return (replace(request, settings={**settings, "count": count}),)
    return (replace(request, settings=settings),) * count
