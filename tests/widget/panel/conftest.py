"""The panel as wide as it is at first, and every model that it may show."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.session.form_state import FormState
from editor.ui.panel.panel import Panel
from tests.fakes.forms import CATALOG

MODELS = [
    pytest.param(provider.id, model.id, id=f"{provider.id}/{model.id}")
    for provider in CATALOG.providers
    for model in provider.models
]


@pytest.fixture
def panel(qtbot: QtBot) -> Panel:
    made = Panel()
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    return made


def show(panel: Panel, state: FormState) -> None:
    """New rows are shown by their layout a moment later."""
    panel.show_form(state)
    QApplication.processEvents()
