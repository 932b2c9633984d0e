"""Where a provider honours a number, one request brings all the variants of a round."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor.capability.catalog import Catalog, load
from editor.edits.job import State
from editor.edits.request import EditRequest
from editor.session.rounds import groups_of
from editor.session.session import Session
from tests.fakes.living import Live, idle, opened, paint, until
from tests.fakes.provider import KEY, Provider

PLACE = load().provider("openai-compatible")


def test_one_request_brings_several_answers(
    live: Live, photo: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISKET_KEY_OPENAI_COMPATIBLE", KEY)
    mine = replace(PLACE, base_url=provider.base_for(PLACE), count="native")
    live.catalog = Catalog((*load().providers[:1], mine))

    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        form, plane, base = session.form, session.painting.plane, session.document.base
        assert plane is not None
        assert base is not None
        form.set_provider(mine.id)
        form.set_count(3)
        request = EditRequest(base, plane.snapshot(), "a kite", mine.id, "gpt-image-1", base="b")
        groups = groups_of(request, form.state)
        assert [(group.count, len(group.requests())) for group in groups] == [(3, 1)]
        await session.rounds.begin(session.painting.slot, groups)
        await idle(session)
        gallery = session.gallery
        await until(gallery.changed, lambda: len(gallery.state.entries) == 3)
        await until(gallery.changed, lambda: all(each.joined for each in gallery.state.entries))
        (job,) = session.jobs.of_round(gallery.state.entries[0].round)
        assert job.state is State.DONE
        assert [each.id for each in gallery.state.entries] == [job.id, f"{job.id}-2", f"{job.id}-3"]
        variants = [each.variant for each in gallery.state.entries]
        assert {each.job for each in variants if each} == {job.id}
        assert {each.effective["pictures"] for each in variants if each} == {3}
        assert len({each.raster.pixels.tobytes() for each in variants if each}) == 3

    live.run(script)
    (seen,) = [each for each in provider.log if each.digest]
    assert seen.texts["n"] == "3"
    assert sum(provider.charges.values()) == 1

    async def again(session: Session) -> None:
        gallery = session.gallery
        await until(gallery.changed, lambda: len(gallery.state.entries) == 3)

    live.run(again, live.path)
