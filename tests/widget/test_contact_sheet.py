"""The contact sheet can be drawn: every sample has a picture, and states differ where they must."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.fakes.pseudo_locale import PseudoLocale, untranslated
from tests.widget.contact_sheet import drawn
from tests.widget.samples import samples

SAMPLES = {f"{sample.title}: {sample.state}": sample for sample in samples()}
SPELLED = frozenset(
    {"GPT Image 2", "PNG", "portrait.frisket", "shop.frisket", "Dec"}
    | {"openai", "https://api.openai.com/v1", "https://…/v1", "api.example.com", "0.3%", "$0."}
    | {"https://platform.openai.com/api-keys", "my-server", "engines", "FRISKET_KEY_OPENAI"}
    | {"Ctrl+Enter", "Ctrl+O", "Shift+Esc"}
    | {f"({key})" for key in "BELMWORHZ"}
    | {"Z)"}
)
"""What is nobody's to translate."""


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


def test_no_sample_has_a_word_that_was_not_looked_up(pseudo: PseudoLocale) -> None:
    found = []
    for sample in samples():
        widget = sample.make()
        found += untranslated(widget, SPELLED)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName():
            found.append(f"{sample.title} has no name")
        widget.deleteLater()
    assert found == []
