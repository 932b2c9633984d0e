"""The request as it stands: judged after every change, priced, and refused by its field."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.capability.price import estimate
from editor.edits.framing import limits_for, window
from editor.edits.request import Frame
from editor.errors import InputProblem, Problem
from editor.imaging.codec import encode_png
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.session.session import Session
from editor.session.timeline import Kind
from tests.fakes.answering import ANSWER
from tests.fakes.drawn import answered as answered_by_chat
from tests.fakes.drawn import drawn, tinted
from tests.fakes.living import Live, answered, opened, paint, scene, until, wish
from tests.fakes.provider import Provider


def test_the_request_is_judged_by_itself_after_every_change(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        assert session.form.state.troubles == ()
        await opened(session, photo)
        await until(session.form.changed, lambda: bool(session.form.state.trouble("mask")))
        paint(session)
        await until(session.form.changed, lambda: not session.form.state.troubles)
        assert session.form.state.price == 0.0
        session.form.set_model("openai", "gpt-image-2")
        await until(session.form.changed, lambda: bool(session.form.state.trouble("prompt")))
        session.form.set_prompt("a red kite")
        await until(session.form.changed, lambda: not session.form.state.troubles)
        session.document.remove(session.painting.slot)
        await until(session.sending.framed, lambda: session.sending.placement is None)
        assert (session.form.state.price, session.form.state.pictures) == (None, 0)

    live.run(script)


def test_the_price_is_that_of_each_variant_times_their_number(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "abc"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        wish(session)
        prices = {}
        for count in (1, 4):
            session.form.set_count(count)
            session.sending.judge()
            prices[count] = session.form.state.price
        placement, state = session.sending.placement, session.form.state
        assert placement is not None
        assert prices[1] == estimate(state.model, state.settings, placement.sent, 3)
        assert prices[4] == pytest.approx(4 * prices[1])
        slots = [held.slot for held in session.document.pictures]
        session.document.use_as_references(slots[1:], reference=False)
        session.sending.judge()
        assert session.form.state.pictures == 1
        assert session.form.state.price < prices[4]

    live.run(script)


def test_a_chosen_frame_counts_and_a_draft_is_tight(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "large.png", (2600, 2000))

    async def script(session: Session) -> None:
        await opened(session, path)
        paint(session, 1300, 1000)
        wish(session)
        plane, model = session.painting.plane, session.form.state.model
        assert plane is not None

        def placed() -> Placement:
            session.sending.judge()
            assert session.sending.placement is not None
            return session.sending.placement

        def expected(frame: Frame) -> Placement:
            limits = limits_for(model, session.form.state.settings)
            return window(plane.size, plane.box, limits, frame)

        assert placed() == expected(Frame.TIGHT)
        session.form.set_preset("final")
        assert placed() == expected(Frame.BALANCED)
        session.form.set_preset("draft")
        session.form.set_frame("whole")
        assert placed() == expected(Frame.WHOLE)
        assert placed().window == Rect(-4, 0, 2604, 2000)

    live.run(script)


def test_what_stands_in_the_way_is_told_by_its_field_and_nothing_is_sent(
    live: Live, photo: Path, paid: Provider
) -> None:
    wanted: list[str] = []

    async def script(session: Session) -> None:
        session.wanted.connect(wanted.append)
        await session.send()
        await opened(session, photo)
        wish(session, prompt="")
        await session.send()
        paint(session)
        await session.send()
        session.form.set_prompt("like @3")
        await session.send()
        assert session.gallery.state.entries == ()

    live.run(script)
    assert wanted == ["mask", "prompt", "prompt"]
    assert paid.log == []


def test_nothing_but_the_target_leaves_for_work_on_this_computer(
    live: Live, tmp_path: Path
) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        session.form.set_prompt("like @7")
        session.form.set_count(4)
        await answered(session)
        assert session.form.state.pictures == 1
        assert len(session.gallery.state.entries) == 1
        assert session.form.state.price == 0.0

    live.run(script)


def test_what_gets_sent_is_the_framed_picture(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        assert await session.sending.what_gets_sent() is None
        await opened(session, photo)
        paint(session)
        session.sending.judge()
        sent = await session.sending.what_gets_sent()
        assert sent is not None
        assert sent.size == session.sending.placement.sent
        part = session.document.base.pixels[session.sending.placement.window.rows_cols]
        assert np.array_equal(sent.pixels, part)

    live.run(script)


def test_a_picture_from_elsewhere_needs_a_mask(live: Live, photo: Path) -> None:
    async def script(session: Session) -> None:
        with pytest.raises(InputProblem, match=r"Paint what x\.png may change first"):
            await session.take_result(ANSWER, "x.png")
        await opened(session, photo)
        with pytest.raises(InputProblem, match="Paint what"):
            await session.take_result(ANSWER, "x.png")
        paint(session)
        with pytest.raises(InputProblem):
            await session.take_result(b"nothing", "x.png")
        assert session.gallery.state.entries == ()

    live.run(script)


def test_a_picture_from_elsewhere_goes_where_it_belongs(live: Live, tmp_path: Path) -> None:
    source = drawn(Size(600, 900), 3, 120)
    window = Rect(0, 150, 600, 750)
    photo, answer = tmp_path / "photo.png", tinted(answered_by_chat(source, window, Size(512, 512)))
    photo.write_bytes(encode_png(source))
    notes: list[Problem] = []

    async def script(session: Session) -> None:
        session.sending.noted.connect(notes.append)
        await opened(session, photo)
        paint(session)
        await session.take_result(encode_png(answer), "chat.png")
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        assert session.gallery.state.entry.variant.placement == Placement(window, Size(512, 512))

    live.run(script)
    assert notes == []


def test_a_picture_of_another_shape_is_centred_and_said(live: Live, tmp_path: Path) -> None:
    photo, odd = scene(tmp_path / "photo.png"), scene(tmp_path / "odd.png", (200, 300))
    notes: list[Problem] = []

    async def script(session: Session) -> None:
        session.sending.noted.connect(notes.append)
        await opened(session, photo)
        paint(session)
        session.form.set_frame("whole")
        await session.take_result(odd.read_bytes(), "odd.png")
        await until(session.gallery.changed, lambda: session.gallery.state.entry is not None)
        variant = session.gallery.state.entry.variant
        assert (variant.provider, variant.placement.sent) == ("elsewhere", (200, 300))
        middle = (variant.placement.window.left + variant.placement.window.right) / 2
        assert abs(middle - 240) <= 1
        steps = [step.kind for step in session.timeline.steps]
        assert steps == [Kind.SLOTS, Kind.STROKE]

    live.run(script)
    assert "another shape" in str(notes[0])
