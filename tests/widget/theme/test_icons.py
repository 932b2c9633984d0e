"""The line set: one weight, one grid, any colour, sharp at any ratio."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter

from editor.preferences.places import resource
from editor.ui import icons, theme

SHELL = Path(__file__).resolve().parents[3] / "editor" / "ui"


def colours_of(image: QImage) -> set[str]:
    """Every colour that is at least half opaque."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() > 127}


@pytest.mark.parametrize("name", icons.names())
def test_it_is_drawn_by_the_rules_of_the_set(name: str) -> None:
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    assert 'viewBox="0 0 20 20"' in source
    assert 'stroke-width="1.75"' in source
    assert source.count("stroke-width") == 1
    assert 'stroke-linejoin="round"' in source
    assert not re.search(r"#[0-9a-fA-F]{3}", source)


@pytest.mark.parametrize("name", icons.names())
def test_it_takes_the_colour_and_the_ratio(name: str) -> None:
    drawn = icons.pixmap(name, QColor("#FF0000"), 2.0)
    assert drawn.size() == QSize(40, 40)
    assert drawn.devicePixelRatio() == 2.0
    found = colours_of(drawn.toImage())
    assert found
    assert all(QColor(colour).green() < 8 for colour in found)


@pytest.mark.parametrize("name", icons.names())
def test_it_stays_on_its_grid(name: str) -> None:
    image = icons.pixmap(name, QColor("#FFFFFF"), 4.0).toImage()
    edge = image.width() - 1
    rim = [image.pixelColor(at, side).alpha() for at in range(edge) for side in (0, edge)]
    rim += [image.pixelColor(side, at).alpha() for at in range(edge) for side in (0, edge)]
    assert max(rim) == 0


def test_an_active_tool_is_filled() -> None:
    line = icons.pixmap("brush", QColor("#FFFFFF"), 2.0).toImage()
    full = icons.pixmap("brush", QColor("#FFFFFF"), 2.0, filled=True).toImage()
    assert line != full


def test_the_same_icon_is_drawn_once() -> None:
    one = icons.pixmap("undo", QColor("#ABCDEF"))
    assert icons.pixmap("undo", QColor("#ABCDEF")).cacheKey() == one.cacheKey()


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("unicorn", QColor("#FFFFFF"))


def test_painting_puts_it_in_the_middle() -> None:
    image = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    icons.paint(painter, "stop", QRect(0, 0, 60, 60), QColor("#00FF00"))
    painter.end()
    assert image.pixelColor(10, 10).alpha() == 0
    assert image.pixelColor(25, 30).alpha() > 0


def test_an_icon_for_menus_follows_the_theme() -> None:
    icon = icons.icon("open")
    dark = colours_of(icon.pixmap(20, 20).toImage())
    assert theme.current().colours.text.name() in dark
    off = colours_of(icon.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage())
    assert theme.current().colours.disabled.name() in off
    assert not QIcon(icon).isNull()


def test_an_icon_for_menus_paints_itself() -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    icons.icon("stop").paint(painter, QRect(0, 0, 20, 20))
    painter.end()
    assert colours_of(image)


def test_every_icon_that_the_shell_names_exists() -> None:
    named = set()
    for path in SHELL.rglob("*.py"):
        source = path.read_text("utf-8")
        named |= set(re.findall(r'icon="([a-z-]+)"', source))
        named |= set(re.findall(r'icons\.\w+\(\s*(?:painter, )?"([a-z-]+)"', source))
    assert named <= set(icons.names())
    assert "open" in named
