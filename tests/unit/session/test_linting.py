"""What is odd about the mask is known when the pen rests, and mended in one step of undo."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from editor.imaging.geometry import Rect
from editor.mask import lint
from editor.mask.lint import Finding
from editor.session.linting import REST, Report
from editor.session.loop import finish
from editor.session.session import Session
from tests.fakes.living import Live, opened, paint, until

PATIENCE = 60.0
"""Seconds that looking may take on a busy machine."""


async def odd(session: Session, *, pinholes: bool = False) -> Report:
    """Paint a large square with specks beside it, and wait for what is told of it."""
    plane = session.painting.plane
    assert plane is not None
    coverage = np.zeros((plane.size.height, plane.size.width), np.uint8)
    coverage[100:200, 150:300] = 255
    coverage[20:24, 20:24] = 255
    if pinholes:
        coverage[150:153, 200:203] = 0
    session.painting.load(coverage)
    await until(session.linting.changed, lambda: session.linting.report is not None)
    assert session.linting.report is not None
    return session.linting.report


def found(report: Report | None) -> set[str]:
    return {finding.template for finding in report.findings} if report else set()


def test_a_rested_pen_brings_the_share_and_what_is_odd(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        assert session.linting.report is None
        report = await odd(session)
        assert report.share == pytest.approx((100 * 150 + 16) / (480 * 320))
        assert lint.SPECKS in found(report)
        assert report.warnings == 1

    live.run(script)


def test_a_fix_is_one_step_of_undo_and_is_looked_at_anew(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        report = await odd(session, pinholes=True)
        before = session.painting.plane.pixels.copy()
        for template in (lint.SPECKS, lint.PINHOLES):
            (finding,) = [one for one in report.findings if one.template == template]
            session.linting.fix(finding)
            await until(
                session.linting.changed,
                lambda gone=template: gone not in found(session.linting.report),
            )
        whole = np.zeros_like(before)
        whole[100:200, 150:300] = 255
        assert np.array_equal(session.painting.plane.pixels, whole)
        session.undo()
        session.undo()
        assert np.array_equal(session.painting.plane.pixels, before)

    live.run(script)


def test_a_mask_is_widened_beyond_where_it_was(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        await odd(session)
        session.linting.fix(Finding(lint.EDGE, fix=(("grow", 8),)))
        await finish(PATIENCE)
        assert session.painting.plane.box == Rect(12, 12, 308, 208)

    live.run(script)


@pytest.mark.parametrize(("template", "fixed"), [(lint.BORDER, True), (lint.LARGE, False)])
def test_a_mask_leaves_the_border_or_is_inverted_as_one_step(
    live: Live, photo: Path, template: str, fixed: bool
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        plane = session.painting.plane
        coverage = np.zeros((320, 480), np.uint8)
        coverage[: 100 if fixed else 300] = 255
        session.painting.load(coverage)
        await until(session.linting.changed, lambda: session.linting.report is not None)
        (finding,) = [one for one in session.linting.report.findings if one.template == template]
        session.linting.fix(finding)
        await finish(PATIENCE)
        wanted = 255 - coverage
        if fixed:
            wanted = np.zeros_like(coverage)
            wanted[8:100, 8:-8] = 255
        assert np.array_equal(plane.pixels, wanted)
        session.undo()
        assert np.array_equal(plane.pixels, coverage)

    live.run(script)


def test_what_is_only_tried_is_looked_at_as_long_as_it_is_seen(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        first = await odd(session)
        reshaping = session.masking.reshaping
        reshaping.begin("grow")
        for by in (20, 40):
            reshaping.set_by(by)
            await until(reshaping.working, lambda: not reshaping._busy)
            seen = np.count_nonzero(session.painting.plane.pixels) / (480 * 320)
            assert seen > first.share
            await until(
                session.linting.changed, lambda seen=seen: session.linting.report.share == seen
            )
        reshaping.drop()
        await until(session.linting.changed, lambda: session.linting.report == first)

    live.run(script)


def test_nothing_is_told_of_an_empty_mask_or_of_no_picture(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        await session.linting.look()
        assert session.linting.report is None
        await opened(session, photo)
        await odd(session)
        session.painting.clear()
        assert session.linting.report is None
        session.linting.fix(Finding(lint.FULL))
        assert session.painting.plane.is_empty

    live.run(script)


def test_what_was_found_of_an_older_mask_is_not_told(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(session: Session) -> None:
        await opened(session, photo)
        await odd(session)
        told: list[Report | None] = []
        session.linting.changed.connect(told.append)

        async def slow(work: object, *given: object) -> Report:
            paint(session)
            return Report(0.5)

        with monkeypatch.context() as patch:
            patch.setattr("editor.session.linting.in_thread", slow)
            await session.linting.look()
        assert told == []

    live.run(script)


def test_closed_it_looks_no_more(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        looked: list[Report | None] = []
        session.linting.changed.connect(looked.append)
        await opened(session, photo)
        session.linting.close()
        paint(session)
        await asyncio.sleep(2 * REST / 1000)
        assert looked == []

    live.run(script)
