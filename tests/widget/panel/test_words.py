"""The words of the panel fit at every width and have all been looked up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.capability.sentence import Sentence
from editor.edits.check import Trouble
from editor.ui.panel.panel import Panel
from tests.fakes.forms import form
from tests.fakes.pseudo_locale import PseudoLocale, untranslated
from tests.fakes.unfolding import unfold
from tests.widget.panel.conftest import MODELS, show

LEFT = Qt.MouseButton.LeftButton


def all_open(panel: Panel) -> None:
    unfold(panel)
    QApplication.processEvents()


@pytest.mark.parametrize("width", [280, 320, 420])
@pytest.mark.parametrize("language", ["en", "pseudo"])
def test_nothing_is_wider_than_the_panel(
    request: pytest.FixtureRequest, qtbot: QtBot, width: int, language: str
) -> None:
    if language == "pseudo":
        request.getfixturevalue("pseudo")
    panel = Panel()
    qtbot.addWidget(panel)
    panel.setFixedWidth(width)
    panel.resize(width, 900)
    show(panel, form(model="gpt-image-2.6-flare", settings={"size": "1000x700"}))
    all_open(panel)
    panel.show()
    QApplication.processEvents()
    QApplication.processEvents()
    inside = panel.viewport().width()
    body = panel.widget()
    assert body.width() == inside
    for one in body.findChildren(QWidget):
        if one.isVisible():
            right = one.mapTo(body, one.rect().topRight()).x()
            assert right < inside, one.objectName()


@pytest.mark.parametrize(("provider", "model"), MODELS)
def test_every_word_of_the_panel_is_looked_up(
    pseudo: PseudoLocale, qtbot: QtBot, provider: str, model: str
) -> None:
    trouble = Trouble(
        "size", Sentence("sides must be multiples of {multiple}", multiple=16), "auto"
    )
    panel = Panel()
    qtbot.addWidget(panel)
    show(panel, form(provider, model, troubles=(trouble,)))
    all_open(panel)
    assert untranslated(panel, frozenset({"Dec"})) == []
