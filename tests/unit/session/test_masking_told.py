"""A tool that could do nothing says so, instead of seeming to be dead."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import numpy as np
import pytest

from editor.imaging.geometry import Point, Size
from editor.mask.plane import Coverage
from editor.session.masking import Masking
from editor.session.notice import Notice
from editor.session.painting import Painting
from editor.session.timeline import Timeline
from tests.fakes.objects import scene

SIZE = Size(320, 240)


def half() -> Coverage:
    coverage = np.zeros((SIZE.height, SIZE.width), np.uint8)
    coverage[:, :160] = 255
    return coverage


@pytest.mark.parametrize(("x", "told"), [(160, 0), (40, 1), (280, 1), (-300, 1)])
def test_refining_where_there_is_no_rim_is_told(qapp: object, x: int, told: int) -> None:
    painting = Painting()
    painting.turn_to("a", SIZE)
    painting.load(half())
    painting.set_brush(diameter=40, hardness=1.0)
    document = SimpleNamespace(base=scene(half(), grain=2))
    masking = Masking(document, painting, Timeline(), lambda work, name: work.close())
    masking.close()
    heard: list[Notice] = []
    masking.told.connect(heard.append)
    asyncio.run(masking.draw("refine", [Point(x, 60), Point(x, 180)], "new"))
    assert len(heard) == told
    assert all("rim of what is painted" in notice.template for notice in heard)
