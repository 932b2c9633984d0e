"""Tuning: sliders, a picked spill and the brush change how the shown answer is joined."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.compose.fitting.report import Report
from editor.errors import InputProblem
from editor.session.entries import Entry
from editor.session.session import Session
from editor.session.tuned import Tuned, Way
from editor.session.tuning import UNCHANGED, _told
from tests.fakes.living import Live, offered, opened, paint, redrawn, until


def shown(session: Session) -> Entry:
    entry = session.gallery.state.entry
    assert entry is not None
    return entry


def told(session: Session) -> list[Tuned | None]:
    heard: list[Tuned | None] = []
    session.tuning.changed.connect(heard.append)
    return heard


async def joined_anew(session: Session, before: Entry) -> None:
    await until(session.gallery.tuned, lambda: shown(session).joined is not before.joined)


def test_an_edge_and_a_match_are_told_and_joined(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        heard = told(session)
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        session.gallery.show(1)
        before = shown(session)
        usual = before.recipe.feather
        session.tuning.set_edge(usual + 9)
        await joined_anew(session, before)
        now = heard[-1]
        assert now is not None
        assert (now.edge, now.edge_auto, now.match_auto) == (usual + 9, False, True)
        assert not np.array_equal(shown(session).joined.pixels, before.joined.pixels)
        session.tuning.set_match(0.0)
        session.tuning.set_edge(None)
        await until(session.gallery.tuned, lambda: shown(session).recipe.match == 0.0)
        now = heard[-1]
        assert now is not None
        assert (now.edge_auto, now.match, now.match_auto) == (True, 0.0, False)
        session.gallery.leave()
        assert heard[-1] is None
        session.tuning.set_edge(3.0)
        session.tuning.set_match(0.5)
        session.tuning.undo()
        assert session.gallery.find("v1").recipe.match == 0.0

    live.run(script)


def test_an_answer_with_less_detail_than_the_photo_is_told_of() -> None:
    plain, dull = Report(), Report(detail=0.384)
    assert [notice.template for notice in _told(plain)] == [plain.template]
    done, detail = _told(dull)
    assert (done.template, done.values) == (dull.template, dull.values)
    assert detail.template.format(**detail.values) == "Detail 38 % of the photo"


def test_what_was_tuned_is_there_after_a_restart(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        session.gallery.show(1)
        before = shown(session)
        session.tuning.set_match(0.25)
        await joined_anew(session, before)

    async def again(session: Session) -> None:
        entry = session.gallery.find("v1")
        assert entry is not None
        assert entry.recipe.match == 0.25

    live.run(script)
    live.run(again, live.path)


def test_a_shadow_is_let_through_and_counted(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        heard = told(session)
        await opened(session, photo)
        paint(session)
        before = await redrawn(session)
        with pytest.raises(InputProblem) as refused:
            await session.tuning.pick(40, 40)
        assert refused.value.template == UNCHANGED
        session.tuning.set_way(Way.PICK)
        await session.tuning.pick(300, 178)
        await joined_anew(session, before)
        now = heard[-1]
        assert now is not None
        assert now.widened > 200
        assert now.way is Way.PICK
        await until(session.tuning.changed, lambda: session.tuning.outline is not None)
        outline = session.tuning.outline
        assert outline is not None
        assert outline.pixels[178, 300] > 0
        proof = shown(session).proof
        assert proof is not None
        assert proof[0] == 0
        assert proof[1] == before.proof[1] - now.widened
        session.tuning.undo()
        await until(session.gallery.tuned, lambda: shown(session).spread == (0, 0))
        assert session.tuning.outline is None

    live.run(script)


def test_the_brush_widens_and_narrows_and_is_undone(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        heard = told(session)
        await opened(session, photo)
        paint(session)
        await redrawn(session)
        tuning = session.tuning
        mine = session.painting.plane.snapshot()
        assert not tuning.travel(back=True)
        tuning.set_way(Way.BRUSH)
        await until(tuning.changed, lambda: tuning.outline is not None)
        tuning.painting.set_brush(diameter=20, hardness=1.0)
        tuning.painting.begin(300, 178)
        tuning.painting.end()
        await tuning.brushed()
        await until(tuning.changed, lambda: heard[-1] is not None and heard[-1].widened > 100)
        tuning.painting.begin(240, 160, erase=True)
        tuning.painting.end()
        await tuning.brushed()
        await until(tuning.changed, lambda: heard[-1] is not None and heard[-1].narrowed > 100)
        session.undo()
        await tuning.brushed()
        await until(tuning.changed, lambda: heard[-1] is not None and heard[-1].narrowed == 0)
        session.redo()
        await tuning.brushed()
        await until(tuning.changed, lambda: heard[-1] is not None and heard[-1].narrowed > 100)
        assert np.array_equal(session.painting.plane.pixels, mine)
        session.gallery.leave()
        assert tuning.way is Way.OFF
        await tuning.brushed()
        await tuning.pick(1, 1)

    live.run(script)
