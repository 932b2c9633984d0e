"""Stops: what is told of a job that was let go of after its last byte was out."""

from __future__ import annotations

CLOSED = (
    "You closed the connection after the request was sent, so it may be charged; "
    "nothing is sent again by itself."
)
SLEPT = (
    "This computer slept while the provider worked, so the answer is lost. "
    "It may have been charged; nothing is sent again."
)
LEFT_RUNNING = (
    "{host} goes on working on it and may charge it; it is collected when Frisket looks again."
)
