"""The quiet line, its panel, the amber price and the question, in the window."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from editor.preferences.purchases import Purchase, Purchases
from editor.session.session import Session
from editor.ui.controls.button import Button
from editor.ui.controls.scrub_number import ScrubNumber
from editor.ui.controls.switch import Switch
from editor.ui.panel.spent import month_name, question
from editor.ui.spending import SpendingPanel
from editor.ui.window import Window
from tests.fakes.living import Live, opened, paint, scene, until, wish
from tests.fakes.provider import Provider

NOVEMBER = date(2026, 11, 28)


def test_the_question_names_month_sum_and_cap() -> None:
    assert month_name(NOVEMBER) == "November"
    assert question(21.4, 20.0, NOVEMBER) == "This would bring November to $21.40 of $20."
    assert question(2.0, 1.5, NOVEMBER) == "This would bring November to $2.00 of $1.50."
    assert "nobody knows" in question(None, 20.0, NOVEMBER)


async def ready(session: Session, folder: Path) -> None:
    await opened(session, scene(folder / "photo.png"))
    paint(session)
    wish(session)
    session.sending.judge()


def test_limits_are_chosen_in_the_panel_and_kept(live: Live, tmp_path: Path) -> None:
    async def script(window: Window, session: Session) -> None:
        await ready(session, tmp_path)
        assert window.spent.isVisible()
        assert window.spent.button.text().startswith("Spent: $0.00 here, $0.00 in ")
        window.spent.button.click()
        panel = window.findChild(SpendingPanel)
        assert panel.isVisible()
        assert not panel.isModal()
        assert "your limit" not in window.stage.prompt.send.toolTip()
        panel.findChild(ScrubNumber, "spending-dear").changed.emit(0.001)
        assert "your limit of $0.001" in window.stage.prompt.send.toolTip()
        panel.findChild(ScrubNumber, "spending-cap").changed.emit(12.5)
        assert session.spending.cap == 12.5
        panel.findChild(Switch, "spending-notify").click()
        kept = window.preferences
        assert (kept.dear, kept.cap, kept.notify) == (0.001, 12.5, False)
        panel.findChild(Button, "spending-close").click()
        assert not panel.isVisible()

    live.show(script)


def test_the_question_is_answered_beside_the_button(
    live: Live, paid: Provider, tmp_path: Path
) -> None:
    async def script(window: Window, session: Session) -> None:
        await ready(session, tmp_path)
        session.spending.cap = 0.001
        window.stage.prompt.attempt()
        await until(session.spending.asked, lambda: session.spending.question is not None)
        prompt = window.stage.prompt
        assert prompt.hint.words.startswith("This would bring ")
        (anyway,) = (b for b in prompt.findChildren(Button) if b.isVisible())
        assert anyway.text() == "Edit anyway"
        session.form.set_prompt("a blue kite")
        assert not prompt.hint.words.startswith("This would bring ")
        session.sending.judge()
        prompt.attempt()
        await until(session.spending.asked, lambda: session.spending.question is not None)
        (anyway,) = (b for b in prompt.findChildren(Button) if b.isVisible())
        anyway.click()
        await until(session.gallery.changed, lambda: bool(session.gallery.state.entries))
        await until(session.jobs.changed, lambda: session.jobs.running == 0)
        assert prompt.hint.words == ""

    live.show(script)
    assert len(paid.log) == 1


def test_who_comes_back_to_the_window_sees_what_was_spent_elsewhere(
    live: Live, qapp: QApplication
) -> None:
    async def script(window: Window, session: Session) -> None:
        others = Purchases()
        others.add(Purchase(datetime.now(UTC).isoformat(), "x", "openai", "m", price=0.9))
        others.close()
        assert "$0.90" not in window.spent.button.text()
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
        assert "$0.00 here, $0.90 in " in window.spent.button.text()

    live.show(script)
