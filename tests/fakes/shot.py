"""What a widget looks like now, as an array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


def pixels(widget: QWidget) -> NDArray[np.uint8]:
    """Draw a widget and hand out (rows, cols, 4) BGRA, one for each logical pixel."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()
