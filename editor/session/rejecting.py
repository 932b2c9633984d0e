"""Rejecting: putting an answer out of sight, as it is taken back and done again."""

from __future__ import annotations

from editor.project.project import Rejection
from editor.session.gallery import Gallery
from editor.session.moments import moment
from editor.session.timeline import Kind, Step


def rejected(gallery: Gallery, slot: str, rejection: Rejection, *, done: bool = True) -> Step:
    """The step of a rejection, of now or of an earlier run."""
    id = rejection.variant
    return Step(
        Kind.REJECT,
        slot,
        lambda: gallery.mark(id, rejected=False),
        lambda: gallery.mark(id, rejected=True),
        rejection.title,
        done,
        made=moment(rejection.made),
    )
