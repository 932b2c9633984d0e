"""One control for each kind of field: it shows the value and reports one that is legal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QRadioButton
from pytestqt.qtbot import QtBot

from editor.capability.catalog import load
from editor.capability.field import (
    Choice,
    Extent,
    Field,
    Flag,
    Number,
    Text,
    Value,
    Whole,
    complaint,
)
from editor.capability.limits import Fixed
from editor.imaging.geometry import Size
from editor.ui.controls.combo import Combo
from editor.ui.controls.scrub_number import ScrubNumber
from editor.ui.controls.segmented import Segmented
from editor.ui.controls.switch import Switch
from editor.ui.controls.text_field import TextField
from editor.ui.language import word
from editor.ui.panel.count import CountControl
from editor.ui.panel.extent import ExtentControl
from editor.ui.panel.fields import Control, control, show

LEFT = Qt.MouseButton.LeftButton
FIELDS = [
    pytest.param(field, id=f"{provider.id}/{model.id}/{field.name}")
    for provider in load().providers
    for model in provider.models
    for field in model.fields
    if not isinstance(field, Choice) or len(field.choices) > 1
]


def change(qtbot: QtBot, made: Control) -> None:
    """Do what a person does to get another value."""
    made.show()
    match made:
        case Segmented():
            values = [one.objectName() for one in made.findChildren(QRadioButton)]
            other = next(name for name in values if not name.endswith(f"-{made.value()}"))
            segment = made.findChild(QRadioButton, other)
            assert segment is not None
            qtbot.mouseClick(segment, LEFT)
        case Combo():
            at = (made.currentIndex() + 1) % made.count()
            made.setCurrentIndex(at)
            made.activated.emit(at)
        case ScrubNumber():
            before = made.value()
            made.step_by(1)
            if made.value() == before:
                made.step_by(-1)
        case Switch():
            qtbot.mouseClick(made, LEFT)
        case TextField():
            qtbot.keyClicks(made, "x")
        case ExtentControl():
            change(qtbot, made._list)
        case CountControl():
            change(qtbot, made._few)


@pytest.mark.parametrize("field", FIELDS)
def test_it_shows_what_it_is_given_and_reports_what_it_shows(qtbot: QtBot, field: Field) -> None:
    heard: list[tuple[str, Value]] = []
    made = control(field, field.default, lambda name, value: heard.append((name, value)))
    qtbot.addWidget(made)
    assert made.value() == field.default
    assert heard == []
    assert made.objectName() == f"field-{field.name}"
    change(qtbot, made)
    name, value = heard[-1]
    assert name == field.name
    assert type(value) is type(field.default)
    assert value == made.value() != field.default
    assert complaint(field, value) == ""
    show(made, field.default)
    assert made.value() == field.default
    assert len(heard) == 1


@pytest.mark.parametrize("field", FIELDS)
def test_it_can_be_off_with_a_reason(qtbot: QtBot, field: Field) -> None:
    made = control(field, field.default, lambda name, value: None)
    qtbot.addWidget(made)
    made.set_off("Not with this.")
    parts = [made, *made.children()]
    assert any("Not with this." in getattr(part, "toolTip", str)() for part in parts)
    made.set_off("")
    assert made.isEnabled()


COMMON = {"name": "n", "label": "N"}
KINDS: list[tuple[Field, type[Control]]] = [
    (Choice(choices=("a", "b"), default="a", **COMMON), Segmented),
    (Choice(choices=tuple("abcde"), default="a", **COMMON), Combo),
    (Whole(minimum=0, maximum=9, default=1, **COMMON), ScrubNumber),
    (Number(minimum=0, maximum=1, default=0.5, step=0.05, **COMMON), ScrubNumber),
    (Flag(default=False, **COMMON), Switch),
    (Text(default="", **COMMON), TextField),
    (Extent(**COMMON), ExtentControl),
]


@pytest.mark.parametrize(("field", "kind"), KINDS)
def test_each_kind_has_its_control(qtbot: QtBot, field: Field, kind: type[Control]) -> None:
    made = control(field, field.default, lambda name, value: None)
    qtbot.addWidget(made)
    assert isinstance(made, kind)


def test_a_fraction_keeps_its_digits(qtbot: QtBot) -> None:
    heard: list[Value] = []
    field = Number(minimum=0, maximum=1, default=0.5, step=0.05, **COMMON)
    made = control(field, 0.5, lambda name, value: heard.append(value))
    qtbot.addWidget(made)
    assert isinstance(made, ScrubNumber)
    made.step_by(1)
    assert heard == [pytest.approx(0.55)]


def test_a_count_control_can_be_shown_a_value(qtbot: QtBot) -> None:
    made = CountControl("c", "Count", Whole(minimum=1, maximum=10, default=1, **COMMON))
    qtbot.addWidget(made)
    show(made, 3)
    assert made.value() == 3


def test_values_have_words_for_people() -> None:
    assert word("jpeg") == "JPEG"
    assert word("xhigh") == "Extra high"
    assert word("low") == "Low"


def test_a_fixed_rule_offers_its_sizes_and_nothing_else(qtbot: QtBot) -> None:
    field = Extent(rule=Fixed((Size(1024, 1024), Size(1536, 1024))), **COMMON)
    made = ExtentControl("size", "Size", field)
    qtbot.addWidget(made)
    values = [made._list.itemData(at) for at in range(made._list.count())]
    assert values == ["auto", "1024x1024", "1536x1024"]


@pytest.fixture
def extent(qtbot: QtBot) -> ExtentControl:
    field = load().model("openai", "gpt-image-2").field("size")
    assert isinstance(field, Extent)
    made = ExtentControl("size", "Size", field)
    qtbot.addWidget(made)
    made.show()
    return made


def pick(extent: ExtentControl, value: str) -> None:
    at = extent._list.findData(value)
    assert at >= 0
    extent._list.setCurrentIndex(at)
    extent._list.activated.emit(at)


def test_an_own_size_is_typed_and_reported_even_when_illegal(
    qtbot: QtBot, extent: ExtentControl
) -> None:
    heard: list[str] = []
    extent.changed.connect(heard.append)
    assert not extent._sides.isVisible()
    pick(extent, "own")
    assert heard == ["1024x1024"]
    assert extent._sides.isVisible()
    extent._width.show_value(1000)
    extent._height._field.setValue(700)
    assert heard[-1] == "1000x700"
    assert extent._list.value() == "own"


def test_an_own_size_that_is_in_the_list_stays_one_of_ones_own(extent: ExtentControl) -> None:
    pick(extent, "own")
    extent.show_value("1536x1024")
    assert extent._sides.isVisible()
    extent.show_value("auto")
    assert not extent._sides.isVisible()
    extent.show_value("1536x1024")
    assert not extent._sides.isVisible()


def test_sides_step_along_the_grid_of_the_model(extent: ExtentControl) -> None:
    pick(extent, "own")
    extent._width.step_by(1)
    assert extent.value() == "1040x1024"


def test_more_than_four_variants_come_from_a_list(qtbot: QtBot) -> None:
    made = CountControl("c", "Variants", Whole(minimum=1, maximum=10, default=1, **COMMON))
    qtbot.addWidget(made)
    made.show()
    heard: list[int] = []
    made.changed.connect(heard.append)
    qtbot.mouseClick(made._more, LEFT)
    menu = made.findChild(QMenu, "c-menu")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [str(n) for n in range(5, 11)]
    menu.actions()[1].trigger()
    menu.close()
    assert heard == [6]
    assert made._more.text() == "6"
    assert made._few.value() == ""
    made.show_value(2)
    assert made._few.value() == "2"
    assert made._more.text() == ""
    assert made._more.accessibleName() == "More variants"


def test_a_model_with_few_variants_offers_no_more(qtbot: QtBot) -> None:
    made = CountControl("c", "Variants", Whole(minimum=1, maximum=3, default=1, **COMMON))
    qtbot.addWidget(made)
    made.show()
    assert not made._more.isVisible()
    assert len(made.findChildren(QRadioButton)) == 3
