"""Answers without a provider: a round that nobody carries out, and whatever arrives for it."""

from __future__ import annotations

from editor.edits.events import Picture
from editor.edits.framing import Framed, frame
from editor.edits.job import Job
from editor.edits.request import EditRequest
from editor.imaging.codec import encode_png
from editor.imaging.geometry import Size
from editor.session.jobs import Arrival
from editor.session.session import Session
from tests.fakes.joining import noise
from tests.fakes.living import until

ANSWER = encode_png(noise(Size(48, 32)))


def begun(session: Session, round: str = "round", count: int = 2) -> tuple[Job, ...]:
    """A round whose jobs nobody carries out."""
    held, base, plane = session.document.target, session.document.base, session.painting.plane
    assert held is not None
    assert base is not None
    assert plane is not None
    request = EditRequest(
        base, plane.snapshot(), "a kite", "openai", "gpt-image-2", base=held.base_digest
    )
    jobs = session.jobs.announce(round, (request,) * count)
    session.gallery.begin(held.slot, round, jobs)
    return jobs


def framed(session: Session, job: Job) -> Framed:
    return frame(job.request, session.form.state.catalog.model("openai", "gpt-image-2"))


def arrive(
    session: Session, job: Job, data: bytes = ANSWER, seconds: float = 1.0, **facts: object
) -> None:
    """Let the answer of a job come."""
    arrival = Arrival(job, Picture(0, data, facts), framed(session, job).placement, seconds)
    session.jobs.arrived.emit(arrival)


async def joined(session: Session, id: str) -> None:
    def there() -> bool:
        entry = session.gallery.find(id)
        return entry is not None and entry.joined is not None

    await until(session.gallery.changed, there)
