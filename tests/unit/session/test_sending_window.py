"""The window that a person drew: tried without a change, kept for its picture, sent."""

from __future__ import annotations

from pathlib import Path

from editor.imaging.geometry import Rect, Size
from editor.session.session import Session
from tests.fakes.living import Live, opened, paint, scene, until


def test_a_drawn_window_is_tried_first_and_then_sent(live: Live, tmp_path: Path) -> None:
    path = scene(tmp_path / "large.png", (2600, 2000))

    async def script(session: Session) -> None:
        sending, form = session.sending, session.form
        assert sending.drawn(Rect(0, 0, 9, 9)) is None
        sending.frame_by(Rect(0, 0, 9, 9))
        assert form.state.windows == {}
        await opened(session, path)
        paint(session, 1300, 1000)
        form.set_model("openai", "gpt-image-2")
        sending.judge()
        before = sending.placement
        tried = sending.drawn(Rect(800, 600, 1830, 1400), (0, 0))
        assert tried is not None
        assert tried.window == Rect(800, 600, 1824, 1400)
        assert sending.placement == before
        sending.frame_by(Rect(800, 600, 1830, 1400), (0, 0))
        assert sending.placement == tried
        assert form.state.window == tried.window
        framed = await sending.what_gets_sent()
        assert framed is not None
        assert framed.size == Size(1024, 800)
        assert sending.price_of(tried) == form.state.price
        sending.frame_by(None)
        assert sending.placement == before

    live.run(script)


def test_each_picture_has_its_own(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png", (1300, 1000)) for name in "ab"]

    async def script(session: Session) -> None:
        await opened(session, *paths)
        paint(session)
        session.form.set_model("openai", "gpt-image-2")
        session.sending.frame_by(Rect(0, 0, 1024, 640))
        first, second = (held.slot for held in session.document.pictures)
        session.document.move(second, 0)
        await until(session.painting.turned, lambda: session.painting.slot == second)
        assert session.form.state.window is None
        session.document.move(first, 0)
        await until(session.painting.turned, lambda: session.painting.slot == first)
        assert session.form.state.window == Rect(0, 0, 1024, 640)
        for slot in (first, second):
            session.document.remove(slot)
        assert session.form.state.slot == ""

    live.run(script)
