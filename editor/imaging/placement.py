"""Placement: which window of the source was sent, at what scale, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from editor.imaging.geometry import Rect, Size


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an answer belongs.

    window: the rectangle of the source that was sent, in source pixels. It may reach beyond the
    source where no legal size fits into it: there the edge is repeated in what is sent, and the
    answer is cut off. sent: the size at which it was sent; equal to window.size when nothing was
    resampled.
    """

    window: Rect
    sent: Size

    @property
    def scale(self) -> tuple[float, float]:
        """Sent pixels per source pixel, across and down."""
        size = self.window.size
        return self.sent.width / size.width, self.sent.height / size.height
