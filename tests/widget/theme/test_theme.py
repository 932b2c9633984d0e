"""Tokens: complete, typed, legible."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from editor.ui import style, theme
from editor.ui.theme import Colours

TEXT = 4.5
CONTROL = 3.0

GROUNDS = ("panel", "raised", "field")

TEXT_PAIRS = [
    *[(words, ground) for words in ("text", "secondary") for ground in GROUNDS],
    *[(tone, ground) for tone in ("warn", "error", "ok", "accent") for ground in GROUNDS],
    *[("text", ground) for ground in ("hover", "pressed", "selected", "surround")],
    *[("secondary", ground) for ground in ("hover", "surround")],
    *[("on_primary", ground) for ground in ("primary", "primary_hover", "primary_pressed")],
]

CONTROL_PAIRS = [
    *[(line, ground) for line in ("outline", "accent") for ground in (*GROUNDS, "surround")],
    ("primary", "panel"),
    ("primary", "field"),
    ("accent", "selected"),
    ("error", "field"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(top: QColor, ground: QColor) -> QColor:
    """A translucent colour on an opaque one."""
    share = top.alphaF()
    parts = zip(
        (top.redF(), top.greenF(), top.blueF()),
        (ground.redF(), ground.greenF(), ground.blueF()),
        strict=True,
    )
    return QColor.fromRgbF(*(share * a + (1 - share) * b for a, b in parts))


@pytest.mark.parametrize("name", theme.names())
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_text_is_legible(name: str, words: str, ground: str) -> None:
    colours = theme.load(name).colours
    assert contrast(colours.named(words), colours.named(ground)) >= TEXT


@pytest.mark.parametrize("name", theme.names())
@pytest.mark.parametrize(("line", "ground"), CONTROL_PAIRS)
def test_controls_are_recognisable(name: str, line: str, ground: str) -> None:
    colours = theme.load(name).colours
    assert contrast(colours.named(line), colours.named(ground)) >= CONTROL


@pytest.mark.parametrize("name", theme.names())
@pytest.mark.parametrize("under", ["#000000", "#777777", "#FFFFFF", "#FF3B30"])
def test_a_chip_is_legible_on_any_picture(name: str, under: str) -> None:
    colours = theme.load(name).colours
    ground = over(colours.chip, QColor(under))
    assert contrast(colours.on_chip, ground) >= TEXT
    assert contrast(colours.on_chip_warn, ground) >= CONTROL


@pytest.mark.parametrize("name", theme.names())
def test_the_surround_is_neutral(name: str) -> None:
    colours = theme.load(name).colours
    for token in ("surround", "surround_black", "surround_white"):
        colour = colours.named(token)
        assert colour.red() == colour.green() == colour.blue(), token


def test_both_themes_have_every_colour_and_share_the_rest() -> None:
    dark, light = map(theme.load, theme.names())
    assert dark.sizes == light.sizes
    assert dark.overlay == light.overlay
    for field in fields(Colours):
        assert dark.colours.named(field.name).isValid(), field.name
        assert light.colours.named(field.name).isValid(), field.name


def test_the_overlay_names_one_of_its_presets() -> None:
    overlay = theme.load("dark").overlay
    assert overlay.colour in overlay.presets
    assert 0 < overlay.painting < overlay.resting < 1


def test_a_colour_that_is_handed_out_does_not_change_the_token() -> None:
    colours = theme.load("dark").colours
    colours.panel.setRed(255)
    assert colours.panel.name() == "#262626"


def test_an_unknown_theme_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme.load("sepia")


def test_the_applied_theme_is_the_current_one(qapp: QApplication) -> None:
    assert theme.current().name == "dark"
    light = style.apply(qapp, "light")
    assert theme.current() is light
    assert qapp.palette().window().color() == light.colours.panel


def test_before_any_theme_the_current_one_is_dark(qapp: QApplication) -> None:
    qapp.setProperty("frisketTheme", None)
    assert theme.current().name == "dark"


def test_under_reduced_motion_nothing_takes_time(qapp: QApplication) -> None:
    still = style.apply(qapp, "dark", still=True).motion
    assert (still.fold, still.fade, still.shimmer) == (0, 0, 0)
    assert theme.load("dark").motion.fold > 0


def test_fonts_have_the_sizes_and_two_weights() -> None:
    shown = theme.current()
    sizes = {role: shown.font(role).pixelSize() for role in ("body", "label", "hud", "title")}
    assert sizes == {"body": 13, "label": 12, "hud": 11, "title": 15}
    weights = {shown.font(role).weight() for role in ("body", "strong", "label-strong", "title")}
    assert weights == {QFont.Weight.Normal, QFont.Weight.DemiBold}


def test_figures_are_tabular() -> None:
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(theme.current().font("label"))
    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


def test_the_face_is_never_the_fallback_of_a_bare_system(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontDatabase

    better = any(QFontDatabase.hasFamily(face) for face in theme.current().type.families)
    if not better:
        pytest.skip("neither Inter nor Noto Sans is installed")
    assert not QFontInfo(qapp.font()).family().startswith("DejaVu")


def test_every_token_reaches_the_style_sheet_as_text() -> None:
    tokens = theme.tokens(theme.load("dark"))
    assert tokens["panel"] == "#ff262626"
    assert tokens["row"] == "28"
    assert tokens["body_text"] == "13"
