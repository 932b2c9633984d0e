"""What is doubtful stands on the panel with its reason and can be chosen all the same."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.ui.controls.combo import Combo
from editor.ui.controls.message import Message
from editor.ui.panel.panel import Panel
from tests.fakes.forms import CATALOG, form
from tests.fakes.unfolding import unfold
from tests.widget.panel import conftest

ACEDATA = CATALOG.provider("acedata")


@pytest.fixture
def panel(qtbot: QtBot) -> Panel:
    made = Panel()
    qtbot.addWidget(made)
    made.resize(320, 1200)
    unfold(made)
    made.show()
    return made


def show(panel: Panel, model: str, **settings: object) -> None:
    conftest.show(panel, form("acedata", model, settings=settings))


def words(panel: QWidget, name: str) -> str:
    found = panel.findChild(Message, name)
    return found.words if found and found.isVisible() else ""


def test_a_doubtful_field_is_on_and_says_why_it_is_left_alone(panel: Panel) -> None:
    show(panel, "gpt-image-2")
    for name in ("partial_images", "input_fidelity", "async"):
        field = ACEDATA.model("gpt-image-2").field(name)
        assert field
        assert field.doubt
        assert words(panel, f"row-{name}-limit") == field.doubt
        control = panel.findChild(QWidget, f"field-{name}")
        assert control
        assert control.isEnabled()


def test_a_field_without_a_doubt_says_nothing(panel: Panel) -> None:
    show(panel, "gpt-image-1.5")
    assert words(panel, "row-input_fidelity-limit") == ""


def test_a_doubtful_model_is_marked_and_says_why(panel: Panel) -> None:
    show(panel, "gpt-image-2")
    assert words(panel, "model-status") == ""
    show(panel, "dall-e-3")
    assert words(panel, "model-status") == ACEDATA.model("dall-e-3").doubt


def test_the_sizes_that_a_provider_names_are_offered(panel: Panel) -> None:
    show(panel, "gpt-image-2")
    offered = panel.findChild(Combo, "field-size-list")
    assert offered
    values = [offered.itemData(at) for at in range(offered.count())]
    field = ACEDATA.model("gpt-image-2").field("size")
    assert values == ["auto", *field.usual, "own"]  # type: ignore[union-attr]  # it has a size
    assert len(values) == 17
