"""Shelves: the entries of every picture in their order, as plain values."""

from __future__ import annotations

from dataclasses import replace

from editor.edits.variant import Variant
from editor.session.entries import Entry


class Shelves:
    """One row of entries for each picture, those of the newest round first."""

    def __init__(self) -> None:
        self._by_slot: dict[str, tuple[Entry, ...]] = {}
        self._slot_of_round: dict[str, str] = {}

    def put(self, slot: str, round: str, *entries: Entry) -> None:
        """Put the entries of one round before those of earlier ones."""
        self._slot_of_round[round] = slot
        self._by_slot[slot] = (*entries, *self._by_slot.get(slot, ()))

    def put_beside(self, entry: Entry) -> None:
        """Put a further picture of one answer behind the earlier ones, whenever it comes."""
        slot, variant = self._slot_of_round[entry.round], entry.variant
        assert variant is not None
        before = self._by_slot[slot]
        last = max(at for at, each in enumerate(before) if _comes_before(each, variant))
        self._by_slot[slot] = (*before[: last + 1], entry, *before[last + 1 :])

    def restore(self, slot: str, entries: tuple[Entry, ...]) -> None:
        """Put these in the place of all that a picture had."""
        self._by_slot[slot] = entries
        for entry in entries:
            self._slot_of_round[entry.round] = slot

    def find(self, id: str) -> Entry | None:
        """The entry of a variant or of a job, of any picture."""
        entries = (entry for known in self._by_slot.values() for entry in known)
        return next((entry for entry in entries if id in {entry.id, entry.job}), None)

    def slot_of(self, round: str) -> str:
        """The picture that a round edits, "" for an unknown round."""
        return self._slot_of_round.get(round, "")

    def seen(self, slot: str) -> tuple[Entry, ...]:
        """The entries of a picture that were not rejected."""
        return tuple(entry for entry in self._by_slot.get(slot, ()) if not entry.rejected)

    def change(self, id: str, **changes: object) -> Entry | None:
        """The entry of a variant or of a job with other values by their names, None without one."""
        entry = self.find(id)
        if entry is None:
            return None
        after = replace(entry, **changes)  # type: ignore[arg-type]  # named by field
        self._replace(entry, after)
        return after

    def remove(self, id: str) -> Entry | None:
        """Take an entry away for good; None without one."""
        gone = self.find(id)
        if gone is not None:
            self._replace(gone)
        return gone

    def _replace(self, entry: Entry, *others: Entry) -> None:
        slot = self._slot_of_round[entry.round]
        row = self._by_slot[slot]
        at = row.index(entry)  # entries are compared by who they are
        self._by_slot[slot] = (*row[:at], *others, *row[at + 1 :])


def _comes_before(entry: Entry, variant: Variant) -> bool:
    """Whether an entry is an earlier answer of the same job; the first has the job's own name."""
    same = variant.job in {entry.job, entry.variant.job if entry.variant else ""}
    return same and (len(entry.id), entry.id) < (len(variant.id), variant.id)
