"""The view commands over a live session: keys, zoom, the way back, and work done elsewhere."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from editor.compose import difference as measuring
from editor.session.entries import Entry
from editor.session.ground import lies_on
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.gallery.compare import BESIDE, DIFFERENCE, DIVIDER, GRID, VIEWS
from editor.ui.gallery.linked import Linked
from editor.ui.picture import Picture
from editor.ui.stage import EDIT
from editor.ui.window import Window
from tests.fakes.living import Live, offered, opened, paint, until

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEYS = {Key.Key_F7: GRID, Key.Key_F8: BESIDE, Key.Key_F9: DIVIDER, Key.Key_F10: DIFFERENCE}


async def with_answers(session: Session, photo: Path, count: int = 2) -> None:
    await opened(session, photo)
    paint(session)
    for number in range(count):
        await offered(session, f"v{number}", 40 + 10 * number)


def marked(window: Window) -> list[str]:
    return [view for view in VIEWS if window.actions_by_id[view].isChecked()]


def seen(window: Window) -> list[tuple[float, tuple[float, float]]]:
    """Zoom and centre of everything that shows the picture now."""
    stage = window.stage
    found = {
        (viewport.zoom, viewport.centre)
        for part in stage.compare.findChildren(Linked)
        if part.isVisible()
        for viewport in part.viewports
    }
    if stage.canvas.isVisible():
        found.add((stage.canvas.viewport.zoom, stage.canvas.viewport.centre))
    return list(found)


def press(window: Window, key: Qt.Key, modifiers: object = None) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers or Qt.KeyboardModifier.NoModifier)


def test_each_key_shows_its_view_and_takes_it_back(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        window.stage.canvas.setFocus()
        for key, view in KEYS.items():
            press(window, key)
            assert (window.stage.view, marked(window)) == (view, [view])
            assert window.focusWidget() is window.stage.compare
        press(window, Key.Key_F10)
        assert (window.stage.view, marked(window)) == (EDIT, [])
        assert window.focusWidget() is window.stage.canvas

    live.show(script)


def test_no_view_and_no_answer_moves_the_picture(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        viewport = window.stage.canvas.viewport
        viewport.zoom_at(3.0, 200, 150)
        viewport.pan(31, -17)
        here = (viewport.zoom, viewport.centre)
        window.stage.canvas.setFocus()
        for key in (*KEYS, Key.Key_F10):
            press(window, key)
            for digit in (Key.Key_1, Key.Key_2, Key.Key_0, Key.Key_1):
                press(window, digit)
                assert seen(window) == [here]
        assert window.stage.view == EDIT

    live.show(script)


def test_the_change_is_zoomed_to_in_every_view(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        rect = session.gallery.state.entries[0].joined.rect
        middle = ((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2)
        window.stage.canvas.setFocus()
        for key in (Key.Key_F7, Key.Key_F8, Key.Key_F9, Key.Key_F10, Key.Key_F10):
            window.actions_by_id["fit"].trigger()
            press(window, Key.Key_1, CTRL | ALT)
            ((_, centre),) = seen(window)
            assert centre == pytest.approx(middle)
            lead = window.stage.lead
            left, top = lead.to_pane(rect.left, rect.top)
            right, bottom = lead.to_pane(rect.right, rect.bottom)
            assert min(left, top) >= 0
            assert right <= lead.pane[0]
            assert bottom <= lead.pane[1]
            press(window, key)
        session.gallery.leave()
        window.actions_by_id["fit"].trigger()
        window.actions_by_id["zoom-change"].trigger()
        assert seen(window)[0][1] == pytest.approx(middle)

    live.show(script)


def test_zoom_goes_on_from_what_the_view_shows(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo, count=5)
        window.actions_by_id["grid"].trigger()
        lead = window.stage.lead
        assert lead is not window.stage.canvas.viewport
        before = lead.zoom
        window.actions_by_id["zoom-in"].trigger()
        assert lead.zoom == pytest.approx(min(before * 1.25, 1.0) if before < 1 else before * 1.25)
        window.actions_by_id["zoom-out"].trigger()
        window.actions_by_id["zoom-mask"].trigger()
        box = session.painting.plane.box
        assert lead.centre == pytest.approx(
            ((box.left + box.right) / 2, (box.top + box.bottom) / 2), abs=1
        )
        session.painting.clear()
        window.actions_by_id["zoom-mask"].trigger()

    live.show(script)


def test_escape_first_takes_back_what_was_moved_alone(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        window.actions_by_id["beside"].trigger()
        lead, shown = window.stage.lead, session.gallery.state.shown
        lead.pan_alone(20, 10)
        press(window, Key.Key_Escape)
        assert not lead.aside
        assert shown
        assert session.gallery.state.shown == shown
        press(window, Key.Key_Escape)
        assert (session.gallery.state.shown, window.stage.view) == (None, BESIDE)
        press(window, Key.Key_Escape)
        assert window.stage.view == EDIT
        press(window, Key.Key_Escape)
        assert window.focusWidget() is window.stage.canvas

    live.show(script)


def test_two_originals_are_never_the_beginning(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        session.gallery.show(0)
        window.actions_by_id["divider"].trigger()
        assert session.gallery.state.shown == 1

    live.show(script)


def test_tiles_give_the_keyboard_to_a_view(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        window.strip.results.focus("v1")
        press(window, Key.Key_F9)
        assert window.focusWidget() is window.stage.compare
        press(window, Key.Key_Left)
        assert window.stage.compare.divider.place < 0.5
        press(window, Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
        assert not window.stage.compare.divider.upright

    live.show(script)


def test_the_grid_borrows_the_keys_of_the_pages(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editor.ui.gallery.grid.PAGE", 2)

    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo, count=3)
        actions, compare = window.actions_by_id, window.stage.compare

        def keys(id: str) -> list[str]:
            return [keys.toString() for keys in actions[id].shortcuts()]

        assert (keys("next-picture"), keys("page-next")) == (["PgDown"], [])
        assert not actions["page-next"].isEnabled()
        window.stage.canvas.setFocus()
        press(window, Key.Key_F7)
        assert (keys("next-picture"), keys("page-next")) == ([], ["PgDown"])
        assert actions["page-next"].isEnabled()
        press(window, Key.Key_PageDown)
        assert compare._pages.at == 1
        press(window, Key.Key_PageUp)
        assert compare._pages.at == 0
        assert session.document.target is not None
        press(window, Key.Key_F8)
        assert (keys("next-picture"), keys("page-next")) == (["PgDown"], [])

    live.show(script)


def test_a_difference_is_measured_once_and_not_by_the_window(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[object] = []
    real = measuring.difference

    def counted(*values: object) -> object:
        measured.append(values[1])
        return real(*values)

    monkeypatch.setattr(measuring, "difference", counted)

    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        window.actions_by_id["difference"].trigger()
        view = window.stage.compare.difference
        assert measured == []
        assert "Comparing" in view.accessibleDescription()
        await finish()
        assert "Outside: 0 of" in view.accessibleDescription()
        for number in (2, 1, 2, 0, 1):
            session.gallery.show(number)
            await finish()
        window.actions_by_id["difference"].trigger()
        window.actions_by_id["difference"].trigger()
        await finish()
        first, second = (entry.joined for entry in session.gallery.state.entries)
        assert measured == [first, second]
        assert "Inside the mask" in view.accessibleDescription()

    live.show(script)


def test_a_large_answer_is_made_ready_by_another_thread(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editor.ui.picture.QUICK", 0)
    laid: list[tuple[object, int]] = []
    real = Picture.lay

    def lay(self: Picture, answer: object) -> None:
        laid.append((answer, threading.get_ident()))
        real(self, answer)

    monkeypatch.setattr(Picture, "lay", lay)

    async def script(window: Window, session: Session) -> None:
        await with_answers(session, photo)
        await finish()
        layers = window.stage.canvas._layers
        for number in (2, 1):
            session.gallery.show(number)
            await finish()
            assert layers.answer is session.gallery.state.entries[number - 1].joined
        window.actions_by_id["grid"].trigger()
        await finish()
        panes = [p for p in window.stage.compare.findChildren(Linked) if p.isVisible()]
        assert all(pane._look.picture is not None for pane in panes)
        assert [pane._look.shown.title for pane in panes] == ["Original", "v1", "v2"]
        answers = [answer for answer, _ in laid]
        assert len(answers) == len(set(answers)) == 2

    live.show(script)
    assert threading.get_ident() not in [thread for _, thread in laid]


def test_after_it_was_kept_an_answer_is_compared_with_what_was_before(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        entry = await offered(session, "v1", 200)
        window.actions_by_id["difference"].trigger()
        await finish()
        view = window.stage.compare.difference
        before = view.accessibleDescription()
        assert "Inside the mask: 0 of" not in before
        await session.finishing.keep(entry, "Keep v1")
        await until(session.gallery.changed, lambda: _joined_anew(session, entry))
        session.gallery.show(1)
        await finish()
        assert view.accessibleDescription() == before

    live.show(script)


def _joined_anew(session: Session, entry: Entry) -> bool:
    now = session.gallery.state.at(1)
    held = session.document.target
    return now is not None and held is not None and bool(held.kept) and lies_on(held, now)
