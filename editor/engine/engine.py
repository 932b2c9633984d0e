"""Engine: whatever can carry out an edit, a provider far away or OpenCV at home."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from editor.edits.events import Event
from editor.edits.framing import Framed


class Engine(Protocol):
    """Carries out one framed request and tells what happens; never yields an End.

    The runner writes the End: Finished when the stream is exhausted, Failed or Unknown for a
    Problem that is raised, Cancelled when the task was cancelled before anything was sent.
    The first event is Started; what an engine does before it, it does while the job still waits
    its turn.
    """

    def run(self, edit: Framed, job: str) -> AsyncGenerator[Event, None]:
        """Do the work; job is the id under which the ledger keeps it."""
        ...
