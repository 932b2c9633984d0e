"""Framing: which window of the picture is sent, at what size, and everything ready to be sent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

import numpy as np

from editor.capability.catalog import Model, Preset
from editor.capability.field import Extent, Value, parsed_size, written_size
from editor.capability.limits import Anything, Fixed, Free, Limits, nearest
from editor.edits import windows
from editor.edits.opaque import opaque
from editor.edits.prompt import spelled
from editor.edits.request import EditRequest, Frame
from editor.imaging.geometry import NOWHERE, Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.imaging.resample import resized
from editor.mask.derive import bounds, sent_mask
from editor.mask.plane import Coverage

SAME_SHAPE = 0.02
"""Proportions within 2 % are the same: providers round sides to their grid."""

OTHER_SHAPE = (
    "The answer has another shape than what was sent: "
    "it lies in the middle of it, and around it the picture stays."
)

_BALANCED = (1 / 2, 1 / 4, windows.TIGHT_CONTEXT)


@dataclass(frozen=True, slots=True, eq=False)
class Framed:
    """A request as it is sent.

    request: with the prompt in the words of providers. source: the window at the sent size,
    opaque. mask: binary, of the same size, 255 edit; None when the model gets none.
    references: as sent. settings: with the size written out.
    """

    request: EditRequest
    placement: Placement
    source: Raster
    mask: Coverage | None
    references: tuple[Raster, ...] = ()
    settings: Mapping[str, Value] = field(default_factory=dict)


def usual(preset: Preset, chosen: Frame | None) -> Frame:
    """The frame of a preset: a draft is tight, unless the person chose a frame."""
    if chosen is not None:
        return chosen
    return Frame.TIGHT if preset == "draft" else Frame.BALANCED


def window(picture: Size, box: Rect, limits: Limits, frame: Frame) -> Placement:
    """The part of a picture to send for a mask, and the size at which to send it.

    box: what is painted, inside the picture; an empty one asks for the whole picture.
    The window lies inside the picture and holds the box; its sent size is legal. It is the
    whole picture when that is chosen or fits the model's native area (but not when tight),
    otherwise the smallest one at 1:1 that has the context which the frame stands for.
    """
    if box.empty:
        box, frame = whole(picture), Frame.WHOLE
    match limits.sizes:
        case Anything():
            want = whole(picture) if frame is Frame.WHOLE else _wants(picture, box, frame)[0]
            return Placement(want, want.size)
        case Free() as rule:
            return _free(rule, picture, box, frame, limits.native)
        case Fixed() as rule:
            return _fixed(rule, picture, box, frame, limits.native)
        case _:
            assert_never(limits.sizes)


def taken(placement: Placement, answer: Size) -> tuple[Placement, str]:
    """Where an answer made elsewhere belongs, and a sentence when it does not quite fit.

    It is taken as the window that would have been sent. One of another shape is centred on
    that window, as large as it goes; around it the picture stays.
    """
    size = placement.window.size
    if min(_unlike(answer, size), _unlike(answer, placement.sent)) <= SAME_SHAPE:
        return Placement(placement.window, answer), ""
    factor = min(size.width / answer.width, size.height / answer.height)
    part = Size(max(round(answer.width * factor), 1), max(round(answer.height * factor), 1))
    left = placement.window.left + (size.width - part.width) // 2
    top = placement.window.top + (size.height - part.height) // 2
    centred = Rect(left, top, left + part.width, top + part.height)
    return Placement(centred, answer), OTHER_SHAPE


def limits_for(model: Model, settings: Mapping[str, Value]) -> Limits:
    """The model's limits; a size that was chosen is the only one."""
    size = parsed_size(settings.get("size", ""))
    return replace(model.limits, sizes=Fixed((size,))) if size else model.limits


def frame(request: EditRequest, model: Model) -> Framed:
    """Everything of a request in the form in which the model gets it.

    Takes some 10 ms for each megapixel sent: call it off the GUI thread.
    """
    size = request.source.size
    box = NOWHERE if request.coverage is None else bounds(request.coverage)
    placement = window(size, box, limits_for(model, request.settings), request.frame)
    settings = dict(request.settings)
    if isinstance(model.field("size"), Extent):
        settings["size"] = written_size(placement.sent)
    return Framed(
        request=replace(request, prompt=spelled(request.prompt, len(request.references))),
        placement=placement,
        source=_sent(request.source, placement),
        mask=_mask(request, model, placement),
        references=tuple(_fitted(reference, model.limits) for reference in request.references),
        settings=settings,
    )


def _free(rule: Free, picture: Size, box: Rect, frame: Frame, native: int) -> Placement:
    if frame is Frame.WHOLE:
        return windows.most_of(rule, picture, box)
    if frame is Frame.BALANCED and picture.area <= native:
        if trimmed := windows.trimmed(rule, picture, box):
            return trimmed
        if max(picture) <= rule.ratio * min(picture):
            return windows.most_of(rule, picture, box)
    wants = _wants(picture, box, frame)
    close = windows.with_context(box, 0, picture)
    tries = [(want, native) for want in wants] + [(wants[-1], rule.most), (close, rule.most)]
    for want, most in tries:
        if found := windows.unscaled(rule, picture, want, most):
            return found
    return windows.scaled(rule, picture, wants[-1])


def _fixed(rule: Fixed, picture: Size, box: Rect, frame: Frame, native: int) -> Placement:
    if frame is Frame.WHOLE or (frame is Frame.BALANCED and picture.area <= native):
        if widest := windows.widest(rule, picture, box):
            return widest
        if frame is Frame.WHOLE:
            return Placement(whole(picture), nearest(rule, picture))
    wants = _wants(picture, box, frame)
    close = windows.with_context(box, 0, picture)
    tries = [(want, 1.0) for want in (*wants, close)] + [(wants[-1], math.inf), (box, math.inf)]
    for want, most in tries:
        if found := windows.of_shape(rule, picture, want, most):
            return found
    return Placement(wants[-1], nearest(rule, wants[-1].size))


def _wants(picture: Size, box: Rect, frame: Frame) -> list[Rect]:
    """What should be seen, most first."""
    shares = [windows.TIGHT_CONTEXT] if frame is Frame.TIGHT else _BALANCED
    return [windows.with_context(box, share, picture) for share in shares]


def _sent(picture: Raster, placement: Placement) -> Raster:
    """A window of a picture as it is sent: opaque, and scaled where it must be."""
    part = np.ascontiguousarray(picture.pixels[placement.window.rows_cols])
    return resized(opaque(Raster(part)), placement.sent)


def _mask(request: EditRequest, model: Model, placement: Placement) -> Coverage | None:
    if request.coverage is None or not model.mask:
        return None
    grow = model.limits.grow
    mask = sent_mask(request.coverage, placement.window, placement.sent, grow)
    # Some providers refuse a mask that keeps nothing; none at all asks for the same.
    return None if mask.min() and not model.needs_mask else mask


def _fitted(reference: Raster, limits: Limits) -> Raster:
    """A reference within the longest side and, even if it did not compress, within the bytes."""
    size = reference.size
    bound = math.sqrt(limits.picture_bytes / (4 * size.area)) if limits.picture_bytes else 1.0
    factor = min(1.0, limits.side / max(size), bound)
    fitted = Size(max(int(size.width * factor), 1), max(int(size.height * factor), 1))
    return _sent(reference, Placement(whole(size), fitted))


def _unlike(one: Size, other: Size) -> float:
    return abs(math.log(one.width * other.height / (one.height * other.width)))
