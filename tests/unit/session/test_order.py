"""Tiles have the order they had, whenever their answers came."""

from __future__ import annotations

from editor.edits.job import State
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.project.project import Project, Round, StoredJob, StoredVariant
from editor.session.entries import Entry
from editor.session.order import as_before

PLACE = Placement(Rect(0, 0, 1, 1), Size(1, 1))


def variant(id: str, round: str, job: str = "") -> StoredVariant:
    return StoredVariant(id, job, round, "slot", "answer", PLACE, "", "openai", "m")


def test_rounds_stay_together_and_in_the_order_of_their_jobs() -> None:
    jobs = [("a1", "a"), ("a2", "a"), ("b1", "b"), ("b2", "b"), ("b3", "b")]
    project = Project(
        rounds=tuple(Round(id, "slot", "openai", "m") for id in ("a", "b")),
        jobs=tuple(StoredJob(id, round, "slot", State.DONE) for id, round in jobs),
        variants=(
            variant("dropped", "x"),
            variant("a2", "a", "a2"),
            variant("pasted", "y"),
            variant("again", "z"),
            variant("b3", "b", "b3"),
            variant("a1", "a", "a1"),
            variant("b1", "b", "b1"),
            variant("last", "w"),
        ),
    )
    entries = [Entry(one.id, one.round, one.job) for one in project.variants]
    entries.append(Entry("b2", "b", "b2"))
    assert [entry.id for entry in as_before(entries, project)] == [
        "last",
        "b1",
        "b2",
        "b3",
        "again",
        "pasted",
        "a1",
        "a2",
        "dropped",
    ]
