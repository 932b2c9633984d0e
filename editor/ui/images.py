"""Pixels in memory as QImages; the only file that lets Qt look at memory it does not own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    import numpy as np
    from numpy.typing import NDArray

    from editor.imaging.raster import Raster


def image(raster: Raster) -> QImage:
    """Show a raster; the image keeps its pixels alive and shares them."""
    return wrapped(raster.pixels)


def wrapped(pixels: NDArray[np.uint8]) -> QImage:
    """Show (rows, cols, 4) BGRA or (rows, cols) of table entries without a copy.

    Qt itself takes any buffer for any size, so the memory is checked here: rows must be
    contiguous and as long as Qt will read them. Raises ValueError.
    """
    rows, cols = pixels.shape[:2]
    depth = 4 if pixels.ndim == 3 else 1
    stride = pixels.strides[0]
    inner = pixels.strides[1:] == ((4, 1) if depth == 4 else (1,))
    if pixels.dtype.itemsize != 1 or not inner or stride < cols * depth or not rows or not cols:
        raise ValueError("this memory cannot be shown as a picture")
    if depth == 4 and stride % 4:
        raise ValueError("rows of a picture must begin at whole pixels")
    kind = _opaque_or_not(pixels) if depth == 4 else QImage.Format.Format_Indexed8
    return QImage(pixels.data, cols, rows, stride, kind)


def _opaque_or_not(pixels: NDArray[np.uint8]) -> QImage.Format:
    """RGB32 is drawn several times faster than ARGB32, so alpha is only told where there is."""
    opaque = bool((pixels[..., 3] == 255).all())
    return QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32
