"""Star, reject, replace, redo: by keys, by the menu bar and by the menu of a tile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from editor.session.loop import finish
from editor.session.session import Session
from editor.ui import printed
from editor.ui.gallery.group import GroupMark
from editor.ui.window import Window
from tests.fakes.acting import Play
from tests.fakes.answering import arrive, begun, joined
from tests.fakes.living import Live, answered, idle, offered, opened, paint, until, wish
from tests.fakes.provider import Provider
from tests.fakes.shot import pixels
from tests.fakes.windowed import result

Key = Qt.Key


def menu_of(window: Window, id: str) -> dict[str, str]:
    """The entries of a tile's menu as it opens, by their names; it closes again."""
    window.strip.results.menu.emit(id, QPoint(20, 20))
    menus = [menu for menu in window.findChildren(QMenu, "result-menu") if menu.isVisible()]
    entries = {act.objectName(): act.text() for menu in menus for act in menu.actions()}
    for menu in menus:
        menu.close()
    return {name: text for name, text in entries.items() if name}


def choose(window: Window, id: str, name: str) -> None:
    """Take an entry of a tile's menu."""
    window.strip.results.menu.emit(id, QPoint(20, 20))
    (menu,) = [menu for menu in window.findChildren(QMenu, "result-menu") if menu.isVisible()]
    (act,) = [act for act in menu.actions() if act.objectName() == name]
    menu.close()
    act.trigger()


def caption(window: Window) -> str:
    """What the stage says that it shows."""
    return window.stage.canvas.chrome._words["caption"]


def test_a_star_is_given_by_its_key_to_what_is_shown(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        for id in ("a", "b"):
            await offered(session, id, 90)
        session.gallery.show(2)
        QTest.keyClick(window.stage.canvas, Key.Key_S)
        assert result(window, "a").face.starred
        assert "starred" in result(window, "a").accessibleName()
        assert not result(window, "b").face.starred
        window.actions_by_id["star"].trigger()
        assert not result(window, "a").face.starred

    live.show(script)


def test_reject_goes_on_to_the_next_and_undo_brings_it_back(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        for id in ("a", "b", "c"):
            await offered(session, id, 90)
        window.strip.results.focus("b")
        QTest.keyClick(result(window, "b"), Key.Key_Delete)
        assert window.strip.results.tile("b") is None
        assert window.focusWidget() is result(window, "c")
        window.actions_by_id["undo"].trigger()
        assert window.strip.results.tile("b") is not None
        window.actions_by_id["redo"].trigger()
        assert window.strip.results.tile("b") is None

    live.show(script)


def test_enter_says_what_it_replaces(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        for job in begun(session, count=2):
            arrive(session, job)
            await joined(session, job.id)
        canvas = window.stage.canvas
        canvas.setFocus()
        session.gallery.show(2)
        assert "Enter keeps" in caption(window)
        QTest.keyClick(canvas, Key.Key_Return)
        await until(session.finishing.kept, lambda: len(session.document.target.kept) == 1)
        QTest.keyClick(canvas, Key.Key_1)
        assert "Enter replaces v2 by v1" in caption(window)
        QTest.keyClick(canvas, Key.Key_2)
        assert "which is kept" in caption(window)
        QTest.keyClick(canvas, Key.Key_1)
        QTest.keyClick(canvas, Key.Key_Return)
        first = session.gallery.state.entries[0].id
        await until(
            session.finishing.kept, lambda: session.document.target.kept[-1].variant == first
        )
        assert len(session.document.target.kept) == 1

    live.show(script)


def test_a_tile_tells_keys_as_they_are_printed(
    live: Live, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(window: Window) -> dict[str, str]:
        return {name: text.partition("\t")[2] for name, text in menu_of(window, "v1").items()}

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "v1", 90)
        assert told(window) == {"result-keep": "Enter", "result-star": "S", "result-reject": "Del"}
        monkeypatch.setattr(printed, "signs", lambda: {39: "Ы"})
        assert told(window)["result-star"] == "Ы"

    live.show(script)


def test_a_tile_offers_what_it_allows(live: Live, photo: Path, paid: Provider) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "elsewhere", 90)
        assert set(menu_of(window, "elsewhere")) == {
            "result-keep",
            "result-star",
            "result-reject",
        }
        wish(session)
        await answered(session)
        id = session.gallery.state.entries[0].id
        assert set(menu_of(window, id)) == {
            "result-keep",
            "result-star",
            "result-reject",
            "result-again",
            "result-again-final",
            "result-copy-wish",
        }
        choose(window, id, "result-star")
        assert result(window, id).face.starred
        assert "Remove" in menu_of(window, id)["result-star"]
        choose(window, id, "result-copy-wish")
        assert QGuiApplication.clipboard().text() == "a red kite"
        choose(window, "elsewhere", "result-keep")
        await until(session.finishing.kept, lambda: len(session.document.target.kept) == 1)
        assert session.document.target.kept[0].variant == "elsewhere"
        assert menu_of(window, "original") == {}

    live.show(script)


def test_redo_and_redo_at_final_send_the_same_wish(live: Live, photo: Path, paid: Provider) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session)
        await answered(session)
        id = session.gallery.state.entries[0].id
        session.form.set_prompt("something else")
        for name, count in (("again", 2), ("again-final", 3)):
            session.gallery.show(count - 1)
            assert window.actions_by_id[name].isEnabled()
            choose(window, id, f"result-{name}")
            await until(session.jobs.changed, lambda: session.jobs.running == 1)
            await until(session.jobs.changed, lambda: session.jobs.running == 0)
            await until(
                session.gallery.changed,
                lambda count=count: (
                    sum(entry.joined is not None for entry in session.gallery.state.entries)
                    == count
                ),
            )

    live.show(script)
    assert [seen.texts["prompt"] for seen in paid.log] == ["a red kite"] * 3
    assert [seen.texts["quality"] for seen in paid.log] == ["low", "low", "high"]
    assert any("a new picture, not the same one sharper" in notice.template for notice in live.told)


def test_what_was_made_before_the_last_change_is_taken_or_asked_for_again(
    live: Live, photo: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "old", 60)
        session.gallery.leave()
        await session.finishing.keep(await offered(session, "new", 90), "Keep")

        def stale() -> bool:
            return result(window, "old").face.stale

        await until(session.gallery.changed, stale)
        session.gallery.show(2)
        assert window.actions_by_id["anyway"].isEnabled()
        window.actions_by_id["anyway"].trigger()
        assert not stale()
        assert not window.actions_by_id["anyway"].isEnabled()

    live.show(script)


def test_answers_of_several_models_are_grouped_by_their_names(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        begun(session, "alone", 2)
        slot = session.painting.slot
        request = session.jobs.of_round("alone")[0].request
        other = replace(request, model="gpt-image-1.5")
        jobs = session.jobs.announce("round", (request, request, other))
        session.gallery.begin(slot, "round", jobs)
        marks = window.strip.results.findChildren(GroupMark)
        assert [mark.words for mark in marks] == ["GPT Image 2", "GPT Image 1.5"]

    live.show(script)


@pytest.mark.parametrize(
    ("refuse", "words"),
    [("moderation", "Sen&d again"), ("server", "Sen&d again (may be charged twice)")],
)
def test_what_brought_nothing_is_sent_again(
    live: Live, photo: Path, paid: Provider, refuse: str, words: str
) -> None:
    paid.play(Play(refuse=refuse))

    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        wish(session)
        await session.send()
        await idle(session)
        id = session.gallery.state.entries[0].id
        assert menu_of(window, id)["result-again"] == words

    live.show(script)


def test_the_grid_shows_stars_too(live: Live, photo: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await opened(session, photo)
        paint(session)
        await offered(session, "a", 90)
        window.actions_by_id["grid"].trigger()
        await finish()
        plain = pixels(window.stage.compare)
        session.choosing.star("a")
        await finish()
        changed = np.argwhere((pixels(window.stage.compare) != plain).any(axis=2))
        assert 0 < len(changed) < 3000
        session.choosing.star("a")
        await finish()
        assert np.array_equal(pixels(window.stage.compare), plain)

    live.show(script)
