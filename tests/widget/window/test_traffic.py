"""What can be done about a request, in the menu of its tile, and about a queue that waits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from editor.edits.job import State
from editor.errors import Problem
from editor.session.loop import finish
from editor.session.session import Session
from editor.ui.controls.button import Button
from editor.ui.controls.tile_face import Kind
from editor.ui.window import Window
from tests.fakes.acting import Play
from tests.fakes.living import Live, opened, paint, scene, until, wish
from tests.fakes.provider import Provider


def menu_of(window: Window, id: str) -> dict[str, str]:
    """Open the menu of a tile: its entries by name, with their words."""
    window.strip.results.menu.emit(id, QPoint(10, 10))
    menus = [menu for menu in window.findChildren(QMenu, "traffic-menu") if menu.isVisible()]
    assert len(menus) == 1
    found = {act.objectName(): act.text() for act in menus[0].actions()}
    menus[0].hide()
    return found


def choose(window: Window, id: str, entry: str) -> None:
    window.strip.results.menu.emit(id, QPoint(10, 10))
    (menu,) = (menu for menu in window.findChildren(QMenu, "traffic-menu") if menu.isVisible())
    (act,) = (act for act in menu.actions() if act.objectName() == entry)
    act.trigger()
    menu.hide()


async def sent(window: Window, session: Session, folder: Path, count: int) -> list[str]:
    """Send a round of which four requests are out; the ids of its jobs."""
    await opened(session, scene(folder / "photo.png"))
    paint(session)
    wish(session, count=count)
    await session.send()
    jobs = [entry.job for entry in session.gallery.state.entries]
    await until(
        session.jobs.changed, lambda: sum(session.jobs.job(id).sent for id in jobs) == min(count, 4)
    )
    return jobs


def test_what_is_out_can_be_left_or_closed_and_both_say_what_it_costs(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    paid.always(Play(hold="head"))

    async def script(window: Window, session: Session) -> None:
        one, two = await sent(window, session, tmp_path, 2)
        words = menu_of(window, one)
        assert list(words) == ["traffic-leave", "traffic-abort"]
        assert "charged" in words["traffic-leave"]
        assert "charged" in words["traffic-abort"]
        choose(window, one, "traffic-leave")
        assert window.strip.results.tile(one).face.kind is Kind.LEFT
        assert list(menu_of(window, one)) == ["traffic-abort"]
        choose(window, two, "traffic-abort")
        await until(session.jobs.changed, lambda: session.jobs.job(two).state is State.UNKNOWN)
        paid.release()
        await until(session.jobs.changed, lambda: session.jobs.job(one).state is State.DONE)
        window.strip.results.menu.emit(one, QPoint(0, 0))
        assert not any(menu.isVisible() for menu in window.findChildren(QMenu, "traffic-menu"))

    live.show(script)


def test_what_is_queued_changes_its_place_or_goes(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    paid.always(Play(hold="head"))

    async def script(window: Window, session: Session) -> None:
        jobs = await sent(window, session, tmp_path, 7)
        queued = [id for id in jobs if not session.jobs.job(id).sent]
        assert list(menu_of(window, queued[0])) == ["traffic-front", "traffic-back", "traffic-drop"]
        choose(window, queued[0], "traffic-back")
        choose(window, queued[2], "traffic-front")
        choose(window, queued[1], "traffic-drop")
        await until(session.jobs.changed, lambda: session.jobs.job(queued[1]).state.ended)
        assert session.jobs.job(queued[1]).state is State.CANCELLED
        window.actions_by_id["stop-queued"].trigger()
        await until(session.jobs.changed, lambda: session.jobs.running == 4)
        paid.release()
        await until(session.jobs.changed, lambda: session.jobs.running == 0)

    live.show(script)
    assert len(paid.log) == 4


def test_a_paused_queue_says_why_and_offers_to_go_on(live: Live) -> None:
    problem = Problem("{host} fails again.", host="a.example", details="req_7")
    gone: list[str] = []

    async def script(window: Window, session: Session) -> None:
        session.jobs.resume = gone.append
        session.jobs.waiting = lambda provider: 2
        session.jobs.paused.emit("openai", problem)
        (toast,) = window.stage.toasts.shown()
        assert toast.words == "a.example fails again."
        assert [one.text() for one in toast.findChildren(Button)][:2] == ["Resume", "Stop queued"]
        toast.acted.emit("resume")
        assert gone == ["openai"]
        session.jobs.resumed.emit("openai")
        assert window.stage.toasts.shown() == []
        toast.acted.emit("resume")
        assert gone == ["openai"]
        session.jobs.paused.emit("openai", problem)
        window.stage.toasts.acted.emit("stop-queued")
        assert window.stage.toasts.shown() == []
        session.jobs.waiting = lambda provider: 0
        session.jobs.paused.emit("openai", problem)
        assert window.stage.toasts.shown() == []  # its tile says why

    live.show(script)


def test_an_unknown_end_offers_to_look_again_or_to_send_again(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    paid.play(Play(cut=3000))
    looked: list[str] = []

    async def look(id: str) -> None:
        looked.append(id)

    async def script(window: Window, session: Session) -> None:
        session.look_again = look
        (job,) = await sent(window, session, tmp_path, 1)
        await until(session.jobs.changed, lambda: session.jobs.job(job).state is State.UNKNOWN)
        assert {"look", "again"} <= session.choosing.can(job)
        assert window.actions_by_id["look"].isEnabled()
        window.strip.results.chosen.emit(job)
        (toast,) = window.stage.toasts.shown()
        labels = [button.text() for button in toast.findChildren(Button)]
        assert labels[:2] == ["Look again", "Send again (may be charged twice)"]
        toast.acted.emit("look")
        await finish()
        assert looked == [job]
        toast.acted.emit("again")
        await until(session.gallery.changed, lambda: len(session.gallery.state.entries) == 2)
        await until(session.jobs.changed, lambda: session.jobs.running == 0)

    live.show(script)
    assert len(paid.log) == 2
