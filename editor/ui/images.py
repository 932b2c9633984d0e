"""Pixels in memory as QImages; the only file that lets Qt look at memory it does not own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    import numpy as np
    from numpy.typing import NDArray

    from editor.imaging.raster import Raster


def image(raster: Raster) -> QImage:
    """Show a raster; the image keeps its pixels alive and shares them."""
    return colours(raster.pixels)


def colours(bgra: NDArray[np.uint8], *, opaque: bool = False) -> QImage:
    """Show (rows, cols, 4) BGRA with straight alpha without a copy.

    opaque: alpha is 255 everywhere, which is drawn several times faster.
    """
    kind = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32
    return _wrapped(bgra, 4, kind)


def levels(coverage: NDArray[np.uint8], table: Sequence[int]) -> QImage:
    """Show (rows, cols) as entries of a table of 256 ARGB colours without a copy.

    Every write to the coverage is seen. Tint it anew with setColorTable and never copy the
    image: while two share the memory, Qt detaches one of them and it goes stale.
    """
    shown = _wrapped(coverage, 1, QImage.Format.Format_Indexed8)
    shown.setColorTable(list(table))
    return shown


def _wrapped(pixels: NDArray[np.uint8], depth: int, kind: QImage.Format) -> QImage:
    """Qt believes whatever size it is told of a memory, so the memory is checked here."""
    rows, cols = pixels.shape[:2]
    assert pixels.dtype.name == "uint8"
    assert pixels.shape[2:] == ((depth,) if depth > 1 else ())
    assert pixels.flags.c_contiguous
    assert pixels.nbytes >= rows * cols * depth > 0
    return QImage(pixels.data, cols, rows, cols * depth, kind)
