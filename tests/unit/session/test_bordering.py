"""The borders of the two masks follow the mask, while they are wanted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.mask.plane import MaskPlane
from editor.session.bordering import Borders, _found
from editor.session.loop import finish
from editor.session.session import Session
from tests.fakes.living import Live, opened, until, wish

PATIENCE = 60.0
"""Seconds that looking may take on a busy machine."""


def around(lines: tuple[np.ndarray, ...]) -> tuple[float, float, float, float]:
    points = np.concatenate(lines)
    return (*points.min(axis=0), *points.max(axis=0))


async def painted(session: Session) -> None:
    plane = session.painting.plane
    assert plane is not None
    coverage = np.zeros((plane.size.height, plane.size.width), np.uint8)
    coverage[100:200, 150:300] = 255
    session.painting.load(coverage)


def test_the_blend_mask_ends_inside_and_the_sent_mask_outside_of_the_paint(
    live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        told: list[Borders | None] = []
        session.bordering.changed.connect(told.append)
        await opened(session, photo)
        wish(session)
        await painted(session)
        await finish(PATIENCE)
        assert told == []
        session.bordering.show(on=True)
        await until(session.bordering.changed, lambda: bool(told and told[-1] and told[-1].sent))
        found = told[-1]
        left, top, right, bottom = around(found.blend)
        assert 150 < left < 175
        assert 100 < top < 125
        assert 275 < right < 300
        assert 175 < bottom < 200
        grow = session.form.state.model.limits.grow
        placement = session.sending.placement
        scale = placement.window.size.width / placement.sent.width
        assert around(found.sent) == pytest.approx(
            (150 - grow * scale, 100 - grow * scale, 300 + grow * scale, 200 + grow * scale),
            abs=1.5,
        )
        session.painting.clear()
        await until(session.bordering.changed, lambda: told[-1] is None)
        session.bordering.show(on=False)
        assert told[-1] is None

    live.run(script)


def test_without_a_provider_that_gets_pictures_only_the_blend_mask_ends_anywhere(
    live: Live, photo: Path
) -> None:
    async def script(session: Session) -> None:
        told: list[Borders | None] = []
        session.bordering.changed.connect(told.append)
        await opened(session, photo)
        session.form.set_provider("offline")
        session.bordering.show(on=True)
        await painted(session)
        await until(session.bordering.changed, lambda: bool(told and told[-1]))
        assert told[-1].sent == ()
        assert len(told[-1].blend) == 1

    live.run(script)


def test_lines_lie_on_the_picture_whatever_size_is_sent() -> None:
    plane = MaskPlane(Size(400, 300))
    with plane.edit() as edit:
        edit.region(Rect(100, 100, 200, 180))[:] = 255
        edit.commit()
    alone = _found(plane.draft(), None, 0)
    assert not alone.sent
    both = _found(plane.draft(), Placement(Rect(50, 50, 350, 250), Size(600, 400)), 8)
    left, top, right, bottom = around(both.sent)
    assert 90 < left < 100 < 200 < right < 210
    assert 90 < top < 100 < 180 < bottom < 190
    assert around(both.blend) == around(alone.blend)
