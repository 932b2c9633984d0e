"""Fits made by hand, for tests of what looks at a whole answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.compose.fitting.fit import Fit
from editor.compose.fitting.placed import matrix
from editor.compose.fitting.report import Report
from editor.edits.variant import Variant


def fit_of(
    variant: Variant, to_answer: NDArray[np.float64] | None = None, report: Report | None = None
) -> Fit:
    """The fit of an answer that lies where its placement says, or where the matrix says."""
    nothing = np.zeros((0, 0, 4), np.uint8)
    window = variant.placement.window
    return Fit(
        rect=window,
        plain=nothing,
        matched=nothing,
        to_answer=matrix(variant.placement, variant.raster.size)
        if to_answer is None
        else to_answer,
        report=report or Report(),
        window=window,
    )
