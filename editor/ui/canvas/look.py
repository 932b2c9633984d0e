"""Look: how mask and brush are shown, as a value, and the colour that is seen best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QColor

from editor.ui.theme import current

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.imaging.raster import Raster

View = Literal["overlay", "mono", "cut-out"]

VIEWS: tuple[View, ...] = ("overlay", "mono", "cut-out")
"""The mask as a tint, in black and white, and what it covers alone; one key goes through them."""

AUTO = "auto"
"""The colour that is seen best on the picture."""

COLOURS = ("red", "green", "blue", "yellow", AUTO)

SAMPLES = 20
"""Places across and down by which a picture is judged, within a few milliseconds."""


@dataclass(frozen=True, slots=True)
class MaskLook:
    """How mask and brush are shown.

    colour: one of COLOURS. opacity: of the tint at rest, 0.0 to 1.0. protected: what is kept has
    the tint, not what may change. precise: the brush is a cross hair of one pixel.
    """

    view: View = "overlay"
    colour: str = "red"
    opacity: float = 0.45
    protected: bool = False
    precise: bool = False

    def strength(self, *, painting: bool) -> float:
        """How strong the tint is; fainter while painting, to see what is painted over."""
        theme = current().overlay
        return self.opacity * theme.painting / theme.resting if painting else self.opacity

    def table(self, colour: QColor, *, painting: bool) -> list[int]:
        """An ARGB colour for each coverage. colour: of the tint."""
        if self.view == "mono":
            return [0xFF000000 | level * 0x010101 for level in range(256)]
        if self.view == "cut-out":
            return [(255 - level) << 24 for level in range(256)]
        rgb, strength = colour.rgb() & 0xFFFFFF, self.strength(painting=painting)
        order = range(255, -1, -1) if self.protected else range(256)
        return [(round(level * strength) << 24) | rgb for level in order]

    @property
    def everywhere(self) -> bool:
        """Whether something is drawn where nothing is painted as well."""
        return self.protected or self.view != "overlay"


def colour_on(look: MaskLook, picture: Raster | None) -> QColor:
    """The colour of the tint on this picture."""
    presets = current().overlay.presets
    if look.colour != AUTO or picture is None:
        return presets.get(look.colour, presets["red"])
    import numpy as np

    from editor.imaging.vision import seen_best

    rows, cols = picture.pixels.shape[:2]
    part = picture.pixels[:: max(rows // SAMPLES, 1), :: max(cols // SAMPLES, 1), 2::-1]
    tints = [np.array([tone.redF(), tone.greenF(), tone.blueF()]) for tone in presets.values()]
    best = seen_best(part.reshape(-1, 3) / 255, tints, look.opacity)
    return list(presets.values())[best]
