"""The contact sheet can be drawn: every sample has a picture, and states differ where they must."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

import editor.ui
from editor.ui import style
from editor.ui.theme import current
from tests.fakes.pseudo_locale import PseudoLocale, untranslated
from tests.widget.canvas.conftest import rgb
from tests.widget.contact_sheet import drawn
from tests.widget.samples import samples

SAMPLES = {f"{sample.title}: {sample.state}": sample for sample in samples()}
SPELLED = frozenset(
    {"GPT Image 2", "PNG", "portrait.frisket", "shop.frisket", "Dec"}
    | {"openai", "https://api.openai.com/v1", "https://…/v1", "api.example.com", "0.3%", "$0."}
    | {"https://platform.openai.com/api-keys", "my-server", "engines", "FRISKET_KEY_OPENAI"}
    | {"Ctrl+Enter", "Shift+Esc", "Flux", "portrait_edit.png", "1024x1024"}
    | {
        "AVIF",
        "JPEG",
        "OpenRaster",
        "PSD",
        "TIFF",
        "WebP",
        "gpt-image-2",
        "model",
        "prompt",
        "size",
    }
    | {"6000 × 4000", "O)", "C)"}
    | {f"({key})" for key in "BELMWORHZ"}
    | {"Z)"}
)
"""What is nobody's to translate."""

WHOLE = {"Canvas", "Compare", "DifferenceView", "Divider", "Pane", "Stage", "TornOff", "Window"}
"""What is seen with pictures in a whole window, and so not on the sheet."""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_drawn(name: str) -> None:
    image = drawn(SAMPLES[name], 1.0)
    assert image.width() > 8
    assert image.height() > 8


@pytest.mark.parametrize(
    "title",
    [
        *("IconButton", "Button", "Segmented", "Combo", "ScrubNumber", "Switch on", "TextField"),
        *("Tile", "ChoiceTile", "KeyField", "CodeText"),
    ],
)
@pytest.mark.parametrize("state", ["focus", "off"])
def test_a_state_can_be_told_from_rest(title: str, state: str) -> None:
    rest, other = (drawn(SAMPLES[f"{title}: {one}"], 1.0) for one in ("rest", state))
    if (title, state) == ("Tile", "off"):
        assert rest == other  # a tile is never off
    else:
        assert rest != other


@pytest.mark.parametrize("look", ["dark", "light"])
def test_nothing_stands_out_of_what_is_off(look: str, qapp: QApplication) -> None:
    """But of a tile and a chip, which never are, and of a text whose faults are still read."""
    style.apply(qapp, look, still=True)
    colours = current().colours
    ground, most = np.array(colours.panel.getRgb()[:3]), colours.disabled.getRgb()[:3]
    off = [one for one in samples() if one.state == "off"]
    bright = [
        sample.title
        for sample in off
        if np.abs(rgb(drawn(sample, 1.0)).astype(int) - ground).max() > abs(most - ground).max()
    ]
    assert bright == ["Tile", "LintChip", "CodeText"]


@pytest.mark.parametrize("state", ["hover", "pressed"])
@pytest.mark.parametrize(
    "title",
    [
        *("IconButton", "IconButton checked", "IconButton small", "Button"),
        *("Segmented", "Switch on", "Switch off", "Section", "ChoiceTile", "Slider"),
    ],
)
def test_what_is_under_the_pointer_or_pressed_can_be_told_from_rest(title: str, state: str) -> None:
    rest, other = (drawn(SAMPLES[f"{title}: {one}"], 1.0) for one in ("rest", state))
    assert rest != other


@pytest.mark.parametrize("title", ["Button link", "Button quiet", "DragButton", "Combo", "Tile"])
def test_what_is_under_the_pointer_can_be_told_from_rest(title: str) -> None:
    rest, hover = (drawn(SAMPLES[f"{title}: {one}"], 1.0) for one in ("rest", "hover"))
    assert rest != hover


def test_no_sample_has_a_word_that_was_not_looked_up(pseudo: PseudoLocale) -> None:
    found = []
    for sample in samples():
        widget = sample.make()
        found += untranslated(widget, SPELLED)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName():
            found.append(f"{sample.title} has no name")
        widget.deleteLater()
    assert found == []


def controls() -> Iterator[type[QWidget]]:
    """Every widget of ours that others may use."""
    for found in pkgutil.walk_packages(editor.ui.__path__, "editor.ui."):
        module = importlib.import_module(found.name)
        for name, known in inspect.getmembers(module, inspect.isclass):
            ours = known.__module__ == module.__name__ and not name.startswith("_")
            if ours and issubclass(known, QWidget):
                yield known


def test_every_control_is_on_the_sheet() -> None:
    seen: set[type] = set()
    for sample in samples():
        widget = sample.make()
        for part in (widget, *widget.findChildren(QWidget)):
            seen.update(type(part).__mro__)
        widget.deleteLater()
    shown = {known.__name__ for known in seen}
    bases = {base.__name__ for known in controls() for base in known.__mro__[1:]}
    missing = {known.__name__ for known in controls()} - shown - bases
    assert missing == WHOLE
