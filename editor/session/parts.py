"""Parts: what one open project is made of, for those that act on many of its parts."""

from __future__ import annotations

from dataclasses import dataclass

from editor.decoding.pool import Pool
from editor.project.store import Store
from editor.session.branches import Branches
from editor.session.chronicle import Chronicle
from editor.session.document import Document
from editor.session.finishing import Finishing
from editor.session.form import Form
from editor.session.gallery import Gallery
from editor.session.jobs import Jobs
from editor.session.painting import Painting
from editor.session.rounds import Rounds
from editor.session.spending import Spending
from editor.session.timeline import Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The objects of one session; it owns and wires them."""

    form: Form
    store: Store
    pool: Pool
    timeline: Timeline
    painting: Painting
    jobs: Jobs
    document: Document
    gallery: Gallery
    branches: Branches
    finishing: Finishing
    chronicle: Chronicle
    rounds: Rounds
    spending: Spending
