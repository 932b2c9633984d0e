"""Shifts: a first guess of few large pieces, each moved as a whole, with the seams least seen.

Source: He and Sun, Statistics of patch offsets for image completion, 2012; the labels are
found by belief propagation in sweeps after Tappen and Freeman, 2003, instead of graph cuts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.imaging import cv
from editor.imaging.removal.field import Field
from editor.imaging.removal.patches import REACH, WEIGHTS
from editor.imaging.removal.peel import thinned

LABELS = 40
"""Pieces to choose from; He and Sun found 60 to be plenty for whole photographs."""

_MOST_COMPARED = 3000
_MOST_PEAKS = 400
_LEAST_SHARE = 0.12
# A shift that reaches known pixels from less of the hole than this is of no use.
_SWEEPS = 4
_IMPOSSIBLE = np.float32(2e4)
_RIM = 5
# Side of the square around a pixel whose known pixels tell how well a shift continues them.

Shift = tuple[int, int]
"""Rows down and columns across to the source."""

Costs = NDArray[np.float32]


def shift(field: Field, chance: np.random.Generator) -> None:
    """Fill the hole of a field from few shifts, and give a double to each of its targets."""
    chosen = dominant(field)
    rows, cols = np.divmod(field.inside, field.cols)
    box = (slice(rows.min(), rows.max() + 1), slice(cols.min(), cols.max() + 1))
    seen, alone = _views(field, chosen, box)
    labels = propagated(seen, alone, field.hole[box])
    steps = np.array([down * field.cols + across for down, across in chosen])
    doubles = field.inside + steps[labels[rows - box[0].start, cols - box[1].start]]
    doubles = np.clip(doubles, 0, field.hole.size - 1)
    field.nearest[field.inside] = doubles
    field.flat[field.inside] = field.flat[doubles]
    field.assign(field.nearest[field.targets], chance)


def dominant(field: Field) -> list[Shift]:
    """The shifts by which similar patches of the known picture most often lie apart."""
    places = thinned(field.sources, _MOST_COMPARED)
    vectors = field.vectors[places]
    apart = (vectors * vectors).sum(axis=1) - 2 * vectors @ vectors.T
    rows, cols = np.divmod(places, field.cols)
    down, across = rows - rows[:, None], cols - cols[:, None]
    near = max(3, int(np.sqrt(len(field.inside)) / 3))
    apart[(np.abs(down) < near) & (np.abs(across) < near)] = np.inf
    double = apart.argmin(axis=1)
    each = np.arange(len(places))
    return _useful(field, _peaks(field, down[each, double], across[each, double]))


def propagated(seen: Costs, alone: Costs, hole: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The label of each pixel for which pieces and seams together cost little.

    seen: (rows, cols, labels, channels), what each label would show. alone: (rows, cols,
    labels), what a label costs a pixel by itself. A seam costs what the two labels beside it
    would show differently on both of its sides.
    """
    squares = (seen * seen).sum(axis=3)
    apart = squares[..., :, None] + squares[..., None, :] - 2 * seen @ seen.swapaxes(2, 3)
    seam = np.sqrt(np.maximum(apart, 0))
    told = [np.zeros_like(alone) for _ in _WAYS]
    for _ in range(_SWEEPS):
        for way, heard in _WAYS.items():
            ways = [_turned(told[other], way) for other in heard]
            _tell(_turned(alone, way), _turned(seam, way), _turned(hole, way), ways)
    labels: NDArray[np.intp] = (alone + np.add.reduce(told)).argmin(axis=2)
    return labels


def _tell(alone: Costs, seam: Costs, hole: NDArray[np.bool_], told: list[Costs]) -> None:
    """Row by row, tell the next one what each of its labels would cost this one.

    told: the messages of this way, which are written, and of the two ways across.
    """
    for row in range(len(alone) - 1):
        belief = alone[row] + told[0][row] + told[1][row] + told[2][row]
        message = (belief[..., None] + seam[row] + seam[row + 1]).min(axis=1)
        message -= message.min(axis=1, keepdims=True)
        told[0][row + 1] = message * (hole[row] & hole[row + 1])[:, None]


_DOWN, _UP, _RIGHT, _LEFT = range(4)
_WAYS = {
    _RIGHT: (_RIGHT, _DOWN, _UP),
    _LEFT: (_LEFT, _DOWN, _UP),
    _DOWN: (_DOWN, _RIGHT, _LEFT),
    _UP: (_UP, _RIGHT, _LEFT),
}


def _turned(array: NDArray[Any], way: int) -> NDArray[Any]:
    """The array as seen when this way is called down; a view."""
    if way in (_RIGHT, _LEFT):
        array = array.swapaxes(0, 1)
    return array[::-1] if way in (_UP, _LEFT) else array


def _peaks(field: Field, down: NDArray[np.intp], across: NDArray[np.intp]) -> list[Shift]:
    """The most frequent shifts and their opposites, most frequent first."""
    rows, cols = field.hole.shape
    counts = np.zeros((2 * rows + 1, 2 * cols + 1), np.float32)
    np.add.at(counts, (rows + down, cols + across), 1)
    counts = cv.gaussian(counts + counts[::-1, ::-1], 1.0)
    wide = cv.dilate(counts, np.ones((3, 3), np.uint8))
    ys, xs = np.nonzero((counts >= wide) & (counts > 0))
    order = np.argsort(-counts[ys, xs], kind="stable")[:_MOST_PEAKS]
    return [(int(ys[at]) - rows, int(xs[at]) - cols) for at in order]


def _useful(field: Field, shifts: list[Shift]) -> list[Shift]:
    """The first shifts that bring known pixels to enough of the hole."""
    rows, cols = np.divmod(field.inside, field.cols)
    known = _known(field)
    chosen = []
    for down, across in shifts:
        if float(_taken(known, rows + down, cols + across).mean()) > _LEAST_SHARE:
            chosen.append((down, across))
        if len(chosen) == LABELS:
            break
    return chosen


def _known(field: Field) -> NDArray[np.float32]:
    """1 where the picture is known, 0 in the hole and in the padding."""
    known = np.zeros(field.hole.shape, np.float32)
    inner = slice(REACH, -REACH)
    known[inner, inner] = ~field.hole[inner, inner]
    return known


def _taken(
    values: NDArray[np.float32], rows: NDArray[np.intp], cols: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Values at some places, 0 beyond the grid."""
    height, width = values.shape
    fits = (rows >= 0) & (rows < height) & (cols >= 0) & (cols < width)
    taken: NDArray[np.float32] = values[rows * fits, cols * fits] * fits
    return taken


def _views(field: Field, chosen: list[Shift], box: tuple[slice, slice]) -> tuple[Costs, Costs]:
    """What each shift would show in the box, and what it costs a pixel by itself.

    By itself a shift costs how badly it continues the known pixels near the rim, and very
    much where it leads to nothing known.
    """
    weighted, known = field.channels * WEIGHTS, _known(field)
    near = cv.box(known, _RIM)
    seen, alone = [], []
    for down, across in chosen:
        moved = np.roll(weighted, (-down, -across), (0, 1))
        there = np.roll(known, (-down, -across), (0, 1)) * _within(known.shape, down, across)
        apart = ((moved - weighted) ** 2).sum(axis=2) * known * there
        both = cv.box(known * there, _RIM)
        unlike = np.where(both > 0, cv.box(apart, _RIM) / np.maximum(both, 1e-6), _IMPOSSIBLE)
        cost = np.sqrt(unlike * np.minimum(near * _RIM, 2))
        seen.append(moved[box])
        alone.append(np.where(there > 0, cost, _IMPOSSIBLE)[box])
    return np.stack(seen, axis=2), np.stack(alone, axis=2)


def _within(shape: tuple[int, ...], down: int, across: int) -> NDArray[np.float32]:
    """1 where a shift stays on the grid, 0 where rolling has come round."""
    rows, cols = (np.arange(length) for length in shape)
    fits = [
        (at + by >= 0) & (at + by < n)
        for at, by, n in zip((rows, cols), (down, across), shape, strict=True)
    ]
    return np.outer(*fits).astype(np.float32)
