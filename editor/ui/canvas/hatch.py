"""The hatch: slanting lines through a mask, for eyes to which its tint says little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from editor.ui.viewport import Viewport

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    import numpy as np
    from numpy.typing import NDArray

HATCH = 12
"""Distance of the hatch's lines in logical pixels."""


def hatch(coverage: NDArray[np.uint8], seen: QRect, viewport: Viewport) -> NDArray[np.uint8]:
    """The coverage under slanting lines, 0 between them, for a rectangle of the pane.

    coverage: the whole mask. Returns (rows, cols) of device pixels. Lines that Qt draws with a
    picture as their ink take ten times as long.
    """
    import numpy as np

    ratio, scale = viewport.ratio, viewport.zoom * viewport.ratio
    size, (height, width) = seen.size() * ratio, coverage.shape
    lines = np.zeros((size.height(), size.width()), np.uint8)
    # The pane's first pixels, counted from the picture's corner.
    left, top = (
        round((side - corner) * ratio)
        for side, corner in zip((seen.left(), seen.top()), viewport.origin, strict=True)
    )
    cols = ((left + np.arange(size.width()) + 0.5) // scale).clip(0, width - 1).astype(int)
    rows = ((top + np.arange(size.height()) + 0.5) // scale).clip(0, height - 1).astype(int)
    period = round(HATCH * ratio)
    for row in range(period):
        for thick in range(max(1, int(ratio))):
            col = (thick - left - top - row) % period
            here = slice(row, None, period), slice(col, None, period)
            lines[here] = coverage[np.ix_(rows[here[0]], cols[here[1]])]
    return lines
