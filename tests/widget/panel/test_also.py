"""Further models of a round: offered, listed, left out again, and counted on the button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.capability.sentence import Sentence
from editor.edits.check import Trouble
from editor.ui.controls.combo import Combo
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.message import Message
from editor.ui.panel.cost import offer
from editor.ui.panel.panel import Panel
from tests.fakes.forms import form

OLDER, MINI = ("openai", "gpt-image-1.5"), ("openai", "gpt-image-1-mini")


def offered(panel: Panel) -> list[str]:
    combo = panel.findChild(Combo, "also-add")
    assert combo is not None
    return [str(combo.itemData(at)) for at in range(combo.count())]


def listed(panel: Panel) -> list[str]:
    """The models that can be left out."""
    buttons = panel.findChildren(IconButton)
    return [one.accessibleName() for one in buttons if one.objectName().startswith("also-")]


def test_models_that_are_asked_are_listed_and_the_others_offered(
    panel: Panel, qtbot: QtBot
) -> None:
    panel.show_form(form())
    assert listed(panel) == []
    assert "openai/gpt-image-2" not in offered(panel)
    assert {f"{place}/{model}" for place, model in (OLDER, MINI)} <= set(offered(panel))
    panel.show_form(form(also=(OLDER, MINI)))
    assert listed(panel) == ["Do not ask GPT Image 1.5", "Do not ask GPT Image 1 Mini"]
    assert "openai/gpt-image-1.5" not in offered(panel)
    panel.show_form(form(also=(MINI,)))
    qtbot.waitUntil(lambda: listed(panel) == ["Do not ask GPT Image 1 Mini"])


def test_a_model_is_added_and_left_out(panel: Panel, qtbot: QtBot) -> None:
    panel.show_form(form(also=(MINI,)))
    combo = panel.findChild(Combo, "also-add")
    assert combo is not None
    with qtbot.waitSignal(panel.also_chosen) as heard:
        combo.chosen.emit("openai/gpt-image-1.5")
    assert heard.args == [OLDER, True]
    with qtbot.assertNotEmitted(panel.also_chosen):
        combo.chosen.emit("")
    button = panel.findChild(IconButton, "also-openai-gpt-image-1-mini")
    assert button is not None
    with qtbot.waitSignal(panel.also_chosen) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == [MINI, False]


def test_nobody_else_is_asked_on_this_computer(panel: Panel) -> None:
    panel.show_form(form("offline"))
    QApplication.processEvents()
    combo = panel.findChild(Combo, "also-add")
    assert combo is not None
    assert not combo.isVisible()


def test_what_a_further_model_refuses_stands_beside_it(panel: Panel) -> None:
    wrong = Trouble("also", Sentence("{label} takes no pictures.", label="GPT Image 1.5"))
    panel.show_form(form(also=(OLDER,), troubles=(wrong,)))
    QApplication.processEvents()
    message = panel.findChild(Message, "row-also-message")
    assert message is not None
    assert message.isVisible()


def test_the_button_counts_the_answers_of_all_models() -> None:
    assert offer(form(also=(OLDER,), price=0.2), 1.0).words == "Edit ×2"
    assert offer(form(also=(OLDER, MINI), count=3, price=0.2), 1.0).spoken.startswith("Edit ×9")
