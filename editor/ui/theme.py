"""Colours, sizes, type and motion by name, read from resources/themes.

How to use it. Ask at the moment of painting, never at construction, so that a change of theme
needs nothing but a repaint:

    theme = current()
    painter.fillRect(rect, theme.colours.panel)
    painter.setFont(theme.font("label"))
    layout.setSpacing(theme.sizes.near)

A colour, a size or a duration that is written down anywhere else in the shell is a mistake.
`style.apply()` is called once at the start and again when the person changes the theme; Qt then
sends PaletteChange to every widget. Icons are drawn in a token's colour by `editor.ui.icons`.
Durations are 0 under reduced motion: an animation of 0 ms is a jump, no other flag is needed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from editor.preferences.places import resource

Role = Literal["body", "strong", "label", "label-strong", "hud", "title"]
_PROPERTY = "frisketTheme"


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour by its role; see reference values in dark.toml.

    panel, raised, field: grounds. hairline: decoration only. outline: what makes a control
    recognisable, 3:1 on every ground. text, secondary, disabled: words. accent: lines and
    focus. primary: the one filled button. chip: the ground of numbers on the picture.
    """

    surround: QColor
    surround_black: QColor
    surround_white: QColor
    panel: QColor
    raised: QColor
    field: QColor
    hairline: QColor
    outline: QColor
    text: QColor
    secondary: QColor
    disabled: QColor
    accent: QColor
    primary: QColor
    primary_hover: QColor
    primary_pressed: QColor
    on_primary: QColor
    hover: QColor
    pressed: QColor
    selected: QColor
    warn: QColor
    error: QColor
    ok: QColor
    chip: QColor
    on_chip: QColor
    on_chip_warn: QColor
    checker_low: QColor
    checker_high: QColor

    def __getattribute__(self, name: str) -> object:
        """Hand out copies: a QColor can be changed in place, a token must not."""
        value: object = object.__getattribute__(self, name)
        return QColor(value) if type(value) is QColor else value

    def named(self, name: str) -> QColor:
        """The colour of a token given by name. Raises AttributeError for an unknown one."""
        return cast("QColor", getattr(self, name))


@dataclass(frozen=True, slots=True)
class Sizes:
    """Every length in logical pixels; see common.toml."""

    small: int
    near: int
    apart: int
    far: int
    tools: int
    panel: int
    panel_least: int
    panel_most: int
    strip: int
    tile_width: int
    tile_height: int
    fact_line: int
    hint_line: int
    prompt_widest: int
    prompt: int
    prompt_lines: int
    prompt_gap: int
    row: int
    radius: int
    target: int
    icon: int
    icon_button: int
    toast: int
    label_column: int


@dataclass(frozen=True, slots=True)
class Type:
    """Text heights in logical pixels, and the faces preferred to DejaVu."""

    body: int
    label: int
    hud: int
    title: int
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Motion:
    """Durations in milliseconds, 0 under reduced motion."""

    fold: int
    fade: int
    shimmer: int


@dataclass(frozen=True, slots=True)
class Overlay:
    """The look of the mask. painting, resting: opacity 0..1; hatch_above: zoom factor."""

    painting: float
    resting: float
    hatch_above: float
    colour: str
    presets: Mapping[str, QColor]


@dataclass(frozen=True, slots=True)
class Theme:
    """One look, whole and frozen."""

    name: str
    colours: Colours
    sizes: Sizes
    type: Type
    motion: Motion
    overlay: Overlay

    def font(self, role: Role) -> QFont:
        """The application's face in the size and weight of a role, with tabular figures."""
        return QFont(_font(role, QApplication.font().family(), self.type))


def names() -> tuple[str, ...]:
    """The themes there are, the default first."""
    return ("dark", "light")


def current() -> Theme:
    """The theme that was applied last; dark before that."""
    app = QCoreApplication.instance()
    found = app.property(_PROPERTY) if app else None
    return found if isinstance(found, Theme) else load("dark")


def wear(app: QApplication, theme: Theme) -> None:
    """Make this the theme that everybody asks for from now on."""
    app.setProperty(_PROPERTY, theme)


@cache
def load(name: str, still: bool = False) -> Theme:
    """Read a theme. still: reduced motion. Raises KeyError when there is none of that name."""
    if name not in names():
        raise KeyError(name)
    shared, own = _read("common"), _read(name)
    overlay = dict(shared["overlay"])
    presets = {key: QColor(value) for key, value in overlay.pop("presets").items()}
    type_ = dict(shared["type"])
    return Theme(
        name=name,
        colours=Colours(**{key: QColor(value) for key, value in own["colours"].items()}),
        sizes=Sizes(**shared["sizes"]),
        type=Type(families=tuple(type_.pop("families")), **type_),
        motion=Motion(**{key: 0 if still else ms for key, ms in shared["motion"].items()}),
        overlay=Overlay(presets=presets, **overlay),
    )


def tokens(theme: Theme) -> dict[str, str]:
    """Every colour and size as text for the style sheet: "panel" as #AARRGGBB, "row" as "28"."""
    colours = {
        field.name: theme.colours.named(field.name).name(QColor.NameFormat.HexArgb)
        for field in fields(Colours)
    }
    lengths = {field.name: str(getattr(theme.sizes, field.name)) for field in fields(Sizes)}
    kinds = {f"{role}_text": str(getattr(theme.type, role)) for role in ("body", "label", "title")}
    return {**lengths, **colours, **kinds}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("themes", f"{name}.toml").read_text("utf-8"))


@cache
def _font(role: Role, family: str, type_: Type) -> QFont:
    font = QFont(QApplication.font())
    size = "body" if role == "strong" else role.removesuffix("-strong")
    font.setPixelSize(getattr(type_, size))
    heavy = role in {"strong", "label-strong", "title"}
    font.setWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
    return font
