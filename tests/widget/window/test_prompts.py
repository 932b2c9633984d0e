"""Earlier prompts in the window: Alt+Up in the prompt, and a list that fills it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from editor.edits.prompt import PLEA
from editor.project.project import Round
from editor.session.session import Session
from editor.ui.controls.tile_face import NO_BADGE
from editor.ui.panel.earlier import Earlier
from editor.ui.theme import current
from editor.ui.window import Window
from tests.fakes.living import Live, opened, scene, until


def test_earlier_prompts_are_walked_and_chosen(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        session.form.set_model("openai", "gpt-image-2")
        for number, prompt in enumerate(("a red kite", "a blue kite")):
            session.prompts.add(Round(str(number), "s", "openai", "gpt-image-2", prompt))
        text = window.stage.prompt.text
        QTest.keyClick(text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert session.form.state.prompt == "a blue kite"
        window.actions_by_id["prompts"].trigger()
        (earlier,) = window.findChildren(Earlier)
        assert earlier.isVisible()
        QTest.keyClicks(earlier.search, "red")
        QTest.keyClick(earlier.search, Qt.Key.Key_Return)
        assert session.form.state.prompt == text.toPlainText() == "a red kite"
        window.actions_by_id["prompts"].trigger()
        assert window.findChildren(Earlier) == [earlier]
        earlier.hide()

    live.show(script)


def marked(window: Window) -> list[tuple[str, str]]:
    """Each marked part of the prompt with the name of its colour."""
    block = window.stage.prompt.text.document().firstBlock()
    names = {current().colours.accent.name(): "accent", current().colours.warn.name(): "warn"}
    return [
        (
            block.text()[part.start : part.start + part.length],
            names[part.format.foreground().color().name()],
        )
        for part in block.layout().formats()
    ]


def test_references_are_offered_after_an_at_sign_and_marked(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in ("photo", "lamp", "chair")]

    async def script(window: Window, session: Session) -> None:
        await opened(session, *paths)
        session.form.set_model("openai", "gpt-image-2")
        text = window.stage.prompt.text
        window.activateWindow()
        text.setFocus()
        QTest.keyClicks(text, "the hat of @")
        entries = text.list.model()
        assert [entries.index(row, 0).data() for row in range(entries.rowCount())] == [
            "@1  lamp.png",
            "@2  chair.png",
        ]
        assert text.list.isVisible()
        QTest.keyClick(text.list, Qt.Key.Key_Down)
        QTest.keyClick(text.list, Qt.Key.Key_Return)
        assert session.form.state.prompt == "the hat of @2 "
        assert not text.list.isVisible()
        QTest.keyClicks(text, "and @7 on me@1")
        assert marked(window) == [("@2", "accent"), ("@7", "warn")]
        session.document.remove(session.document.references[1].slot)
        assert marked(window) == [("@2", "warn"), ("@7", "warn")]
        QTest.keyClicks(text, " @")
        assert text.list.isVisible()
        QTest.keyClick(text.list, Qt.Key.Key_Escape)
        assert not text.list.isVisible()
        assert text.hasFocus()

    live.show(script)


def test_a_picture_for_later_has_no_number_and_takes_none(live: Live, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in ("photo", "lamp", "chair")]

    async def script(window: Window, session: Session) -> None:
        await opened(session, *paths)
        later, reference = session.document.pictures[1:]
        session.document.use_as_references([later.slot], reference=False)
        strip = window.strip.pictures
        assert strip.tile(later.slot).face.number == NO_BADGE
        assert strip.tile(reference.slot).face.number == 1

    live.show(script)


def test_the_sentence_that_keeps_the_rest_is_seen_and_worded(live: Live) -> None:
    async def script(window: Window, session: Session) -> None:
        prompt = window.stage.prompt
        assert not prompt.plead.isVisible()
        session.form.set_model("openai", "gpt-image-2")
        assert not prompt.plea.isVisible()
        prompt.plead.click()
        assert prompt.plea.isVisible()
        assert session.form.state.plea == prompt.plea.value() == PLEA
        text = prompt.plea.text
        text.selectAll()
        QTest.keyClicks(text, "Keep her face.")
        QTest.keyClick(text, Qt.Key.Key_Return)
        assert session.form.state.plea == "Keep her face."
        one, asked = text.height(), prompt.height()
        long = "Keep her face, her hands and the letters on the sign as they are. " * 2
        QGuiApplication.clipboard().setText(long.replace(". ", ".\n"))
        text.selectAll()
        text.paste()
        QGuiApplication.clipboard().clear()
        assert session.form.state.plea_words == long.strip()
        assert text.height() > one
        assert text.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        await until(prompt.grew, lambda: prompt.height() > asked)
        prompt.plead.click()
        assert not prompt.plea.isVisible()

    live.show(script)
