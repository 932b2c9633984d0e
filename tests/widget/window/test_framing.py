"""The dashed window in the whole program: said, drawn by hand, moved by keys, given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton

from editor.capability.price import estimate
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.session.session import Session
from editor.ui.window import Window
from editor.ui.wiring.framing import STEPS, Framing
from tests.fakes.living import Live, opened, paint, scene
from tests.widget.canvas.conftest import Hand

SENT = Placement(Rect(0, 0, 1024, 640), Size(1024, 640))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return scene(tmp_path / "photo.png", (2600, 2000))


async def painted(session: Session, photo: Path) -> Placement:
    """A stroke that would be sent; where from."""
    await opened(session, photo)
    paint(session, 1300, 1000)
    session.form.set_model("openai", "gpt-image-2")
    session.sending.judge()
    assert session.sending.placement is not None
    return session.sending.placement


def corner(window: Window, x: int, y: int) -> tuple[float, float]:
    """A picture position on the canvas."""
    return window.stage.canvas.viewport.to_pane(x, y)


def test_the_words_of_the_window_stand_above_a_grown_prompt(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        window.resize(1000, 800)
        framing = Framing(window, session)
        await painted(session, photo)
        session.form.set_frame("whole")
        session.sending.judge()
        framing.show(session.sending.placement)
        stage = window.stage
        before = stage.canvas.frame.region().boundingRect()
        assert stage.canvas.rect().contains(before)
        stage.prompt.text.setPlainText("one\ntwo\nthree\nfour\nfive")
        stage.show_view(stage.view)
        grown = stage.prompt.geometry()
        assert grown.height() > 100
        words = stage.canvas.frame.region().boundingRect()
        assert not words.intersects(grown)
        assert stage.canvas.rect().contains(words)
        for bar in (stage.options, stage.lint):
            assert bar.isHidden() or not words.intersects(bar.geometry())

    live.show(script)


def test_what_would_be_sent_is_told_in_words(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(window: Window, session: Session) -> None:
        framing = Framing(window, session)
        assert framing.words(None) == ""
        session.form.set_model("openai", "gpt-image-2")
        state = session.form.state
        cost = estimate(state.model, state.settings, SENT.sent, 1)
        assert cost is not None
        assert framing.words(SENT) == f"send 1024 × 640  1:1  ${cost:.3f}"
        twice = Placement(Rect(0, 0, 480, 320), Size(960, 640))
        assert framing.words(twice).startswith("send 960 × 640  200 %  $")
        monkeypatch.setattr(session.sending, "price_of", lambda _: None)
        assert framing.words(SENT).endswith("  unknown price")

    live.show(script)


def test_it_is_shown_only_when_something_would_be_sent(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        frame = window.stage.canvas.frame
        await opened(session, photo)
        paint(session)
        session.sending.judge()
        assert not frame.shown
        session.form.set_model("openai", "gpt-image-2")
        session.sending.judge()
        assert frame.shown
        session.gallery.show(0)
        assert not frame.shown
        session.gallery.leave()
        assert frame.shown
        session.painting.clear()
        session.sending.judge()
        assert not frame.shown

    live.show(script)


def test_a_handle_draws_a_window_of_its_own(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        before = await painted(session, photo)
        hand, panel = Hand(window.stage.canvas), window.panel
        at = corner(window, before.window.right, before.window.bottom)
        hand.press(at)
        hand.move((at[0] + 40, at[1] + 30))
        assert session.sending.placement == before
        hand.release((at[0] + 40, at[1] + 30))
        after = session.sending.placement
        assert after is not None
        assert after.window[:2] == before.window[:2]
        assert after.window.right > before.window.right
        assert session.form.state.window == after.window
        own = panel.findChild(QRadioButton, "frame-own")
        assert own is not None
        assert own.isChecked()
        tight = panel.findChild(QRadioButton, "frame-tight")
        assert tight is not None
        tight.click()
        session.sending.judge()
        assert session.sending.placement == before
        own.click()
        assert session.form.state.window == before.window

    live.show(script)


def test_escape_while_drawing_gives_it_up(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        before = await painted(session, photo)
        canvas = window.stage.canvas
        hand = Hand(canvas)
        at = corner(window, before.window.left, before.window.top)
        hand.press(at)
        hand.move((at[0] - 60, at[1] - 60))
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        hand.move((at[0] - 90, at[1] - 90))
        hand.release((at[0] - 90, at[1] - 90))
        assert session.form.state.window is None
        assert session.sending.placement == before
        assert session.painting.plane.box.size.width < 200

    live.show(script)


def test_own_without_anything_to_send_changes_nothing(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        session.form.set_model("openai", "gpt-image-2")
        own = window.panel.findChild(QRadioButton, "frame-own")
        assert own is not None
        own.click()
        assert session.form.state.window is None
        assert not own.isChecked()
        for command in STEPS:
            window.actions_by_id[command].trigger()

    live.show(script)


def test_commands_widen_move_and_reset(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        before = (await painted(session, photo)).window
        actions = window.actions_by_id

        def after(command: str) -> Rect:
            actions[command].trigger()
            assert session.sending.placement is not None
            return session.sending.placement.window

        assert after("frame-wider").size.area > before.size.area
        assert after("frame-narrower").size.area == before.size.area
        assert after("frame-right").left == before.left + before.size.width // 8
        assert after("frame-left") == before
        assert after("frame-down").top > before.top
        assert after("frame-up") == before
        assert session.form.state.window is not None
        assert after("frame-reset") == before
        assert session.form.state.window is None

    live.show(script)


def test_painting_goes_on_across_the_line_and_starts_beside_it(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        placement = await painted(session, photo)
        hand = Hand(window.stage.canvas)
        x, y = corner(window, placement.window.left, placement.window.top)
        quarter = (corner(window, placement.window.right, 0)[0] - x) / 4
        hand.drag((x + quarter, y), (x + quarter + 10, y + 4))
        assert session.form.state.window is None
        assert session.painting.plane.box.top <= placement.window.top
        window.stage.canvas.set_tool("hand")
        session.sending.judge()
        moved = session.sending.placement
        x, y = corner(window, moved.window.left, moved.window.top)
        hand.mouse(QEvent.Type.MouseMove, (x + quarter, y))
        assert window.stage.canvas.cursor().shape() is Qt.CursorShape.SizeAllCursor
        hand.drag((x + quarter, y), (x + quarter + 9, y + 9))
        assert session.form.state.window is not None
        assert QPoint(*session.form.state.window.size) == QPoint(*moved.window.size)

    live.show(script)
