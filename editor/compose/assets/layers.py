"""Layers: the source, its kept edits and its answers apart, for programs that work in layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from editor.compose.blend import Joined
from editor.compose.patch import NativePatch
from editor.imaging.psd import Layer, background
from editor.imaging.raster import Native

_FULL = 65535
_STEP = 257
# Between the levels of 8 bits, at 16.


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An answer that becomes a layer.

    name: of the layer. join: puts it into any picture of the source's size. shown: whether
    the exported picture shows it.
    """

    name: str
    join: Callable[[Native], Joined]
    shown: bool


def layers(
    source: Native,
    name: str,
    kept: Sequence[tuple[str, NativePatch]],
    answers: Iterable[Answer],
) -> tuple[Layer, ...]:
    """The layers of a picture, from the lowest up.

    name: of the source's layer. kept: titles and edits, in order; their layers are exact and
    shown. Answers come with their blend mask.
    """
    edits = [_edit(title, patch) for title, patch in kept]
    return (background(source, name), *edits, *(apart(each, source) for each in answers))


def apart(answer: Answer, source: Native) -> Layer:
    """One answer told apart from what lies under it: its own colours, and how far they count.

    Joined once with black and once with white, it lets as much white through as the mask
    leaves; what it adds to black is its colour. At 16 bits that gives back the very samples
    and the very mask. Source: Smith and Blinn, Blue screen matting, 1996.
    """
    on_black, on_white = (answer.join(_even(source, level)).patch for level in (0, _FULL))
    black = on_black.samples.astype(np.int64)
    through = on_white.samples[..., 0].astype(np.int64) - black[..., 0]
    mask = ((_FULL - through + _STEP // 2) // _STEP).clip(0, 255)
    share = np.maximum(mask, 1)[..., None]
    colour = ((black * 255 + share * _STEP // 2) // (share * _STEP)).clip(0, 255).astype(np.uint8)
    painted = on_black.painted & (mask > 0)
    colour[~painted] = 0
    samples = colour if source.depth == 8 else colour.astype(np.uint16) * np.uint16(_STEP)
    hidden = np.where(painted, mask, 0).astype(np.uint8)
    return Layer(answer.name, on_black.rect, samples, hidden, answer.shown)


def _edit(title: str, patch: NativePatch) -> Layer:
    return Layer(title, patch.rect, patch.samples, patch.painted.astype(np.uint8) * np.uint8(255))


def _even(source: Native, level: int) -> Native:
    """A picture of one grey, of the source's size and in its profile, which takes no memory."""
    rows, cols = source.samples.shape[:2]
    return Native(np.broadcast_to(np.uint16(level), (rows, cols, 3)), source.profile)
