"""Framing: which window of the picture is sent, at what size, and everything ready to be sent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from editor.capability.field import Extent, Value, parsed_size, written_size
from editor.capability.limits import Anything, Fixed, Free, Limits
from editor.capability.provider import Model, Preset
from editor.edits import windows
from editor.edits.opaque import opaque
from editor.edits.own_window import own_window
from editor.edits.prompt import spelled, with_plea
from editor.edits.request import EditRequest, Frame
from editor.imaging.geometry import NOWHERE, Rect, Size, whole
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.imaging.resample import resized
from editor.imaging.window import seen
from editor.mask.derive import bounds, sent_mask
from editor.mask.plane import Coverage

SAME_SHAPE = 0.02
"""Proportions within 2 % are the same: providers round sides to their grid."""

OTHER_SHAPE = (
    "The answer has another shape than what was sent: "
    "it lies in the middle of it, and around it the picture stays."
)

_BALANCED = (1 / 2, 1 / 4, windows.TIGHT_CONTEXT)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Framed:
    """A request as it is sent.

    request: with the whole prompt in the words of providers. source: the window at the sent size,
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
    The window holds the box, its sent size is legal, and both its sides have one scale. It is
    the whole picture when that is chosen or fits the model's native area (but not when tight),
    otherwise the smallest one at 1:1 that has the context which the frame stands for. It lies in
    the picture, unless only one that leaves it a little is legal at 1:1, or none inside holds
    the box in a legal shape.
    """
    if box.empty:
        box, frame = whole(picture), Frame.WHOLE
    match limits.sizes:
        case Anything():
            share = windows.TIGHT_CONTEXT if frame is Frame.TIGHT else _BALANCED[0]
            want = windows.with_context(box, share, picture)
            want = whole(picture) if frame is Frame.WHOLE else want
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
    """The model's limits; a size that was chosen is the only one, else a window is no thumbnail."""
    size, rule = parsed_size(settings.get("size", "")), model.limits.sizes
    if size:
        return replace(model.limits, sizes=Fixed((size,)))
    if isinstance(rule, Free) and rule.least < model.limits.least:
        return replace(model.limits, sizes=replace(rule, least=model.limits.least))
    return model.limits


def placement_of(request: EditRequest, model: Model, box: Rect) -> Placement:
    """The window of a request. box: what is painted, which need not be looked for again."""
    limits = limits_for(model, request.settings)
    if request.window is not None:
        return own_window(limits.sizes, request.source.size, box, request.window)
    return window(request.source.size, box, limits, request.frame)


def frame(request: EditRequest, model: Model) -> Framed:
    """Everything of a request in the form in which the model gets it.

    Takes some 10 ms for each megapixel sent: call it off the GUI thread.
    """
    box = NOWHERE if request.coverage is None else bounds(request.coverage)
    placement = placement_of(request, model, box)
    settings = dict(request.settings)
    if isinstance(model.field("size"), Extent):
        settings["size"] = written_size(placement.sent)
    return Framed(
        request=replace(request, prompt=_wording(request), plea=""),
        placement=placement,
        source=_sent(request.source, placement),
        mask=_mask(request, model, placement),
        references=tuple(_fitted(reference, model.limits) for reference in request.references),
        settings=settings,
    )


def _wording(request: EditRequest) -> str:
    """Everything that the model is told, in the words of providers."""
    return spelled(with_plea(request.prompt, request.plea), len(request.references))


def _free(rule: Free, picture: Size, box: Rect, frame: Frame, native: int) -> Placement:
    every = whole(picture)
    if frame is Frame.WHOLE:
        found = windows.beyond(rule, picture, every, rule.most)
        return found or windows.most_of(rule, picture, box)
    if frame is Frame.BALANCED and picture.area <= native:
        if trimmed := windows.trimmed(rule, picture, box):
            return trimmed
        if found := windows.beyond(rule, picture, every, rule.most):
            return found
        if max(picture) <= rule.ratio * min(picture):
            return windows.most_of(rule, picture, box)
    wants = _wants(picture, box, frame)
    close = windows.close(box, picture)
    tries = [(want, native) for want in wants] + [(wants[-1], rule.most), (close, rule.most)]
    for want, most in tries:
        if found := windows.unscaled(rule, picture, want, most):
            return found
    for want in (*wants, close):
        if found := windows.beyond(rule, picture, want, rule.most):
            return found
    return windows.scaled(rule, picture, wants[-1])


def _fixed(rule: Fixed, picture: Size, box: Rect, frame: Frame, native: int) -> Placement:
    every = whole(picture)
    if frame is Frame.WHOLE or (frame is Frame.BALANCED and picture.area <= native):
        if found := windows.beyond(rule, picture, every, math.inf):
            return found
        if widest := windows.widest(rule, picture, box):
            return widest
        if frame is Frame.WHOLE:
            return windows.around(rule, picture, every)
    wants = _wants(picture, box, frame)
    close = windows.close(box, picture)
    for want in (*wants, close):
        if found := windows.of_shape(rule, picture, want, 1.0, 1.0):
            return found
    if found := windows.beyond(rule, picture, wants[-1], math.inf):
        return found
    tries = [(want, 1.0) for want in (*wants, close)] + [(wants[-1], math.inf), (box, math.inf)]
    for want, most in tries:
        if found := windows.of_shape(rule, picture, want, 0.0, most):
            return found
    return windows.around(rule, picture, box)


def _wants(picture: Size, box: Rect, frame: Frame) -> list[Rect]:
    """What should be seen, most first; around a thin mask a square before a strip."""
    shares = [windows.TIGHT_CONTEXT] if frame is Frame.TIGHT else _BALANCED
    wants = [windows.with_context(box, share, picture) for share in shares]
    return [*(windows.squared(want, box, picture) for want in wants), wants[-1]]


def _sent(picture: Raster, placement: Placement) -> Raster:
    """A window of a picture as it is sent: opaque, beyond the picture its edge repeated.

    Scaled where it must be: averaged over areas when it shrinks, else by cubic convolution.
    """
    return resized(opaque(Raster(seen(picture.pixels, placement.window))), placement.sent)


def _mask(request: EditRequest, model: Model, placement: Placement) -> Coverage | None:
    if request.coverage is None or not model.mask:
        return None
    window = placement.window
    mask = sent_mask(request.coverage, window, placement.sent, model.limits.grow)
    # Some providers refuse a mask that keeps nothing; none at all asks for the same.
    everything = request.coverage[window.clipped(request.source.size).rows_cols].all()
    return None if (everything or mask.min()) and not model.needs_mask else mask


def _fitted(reference: Raster, limits: Limits) -> Raster:
    """A reference within the longest side and, even if it did not compress, within the bytes."""
    size = reference.size
    bound = math.sqrt(limits.picture_bytes / (4 * size.area)) if limits.picture_bytes else 1.0
    factor = min(1.0, limits.side / max(size), bound)
    fitted = Size(max(int(size.width * factor), 1), max(int(size.height * factor), 1))
    return _sent(reference, Placement(whole(size), fitted))


def _unlike(one: Size, other: Size) -> float:
    return abs(math.log(one.width * other.height / (one.height * other.width)))
