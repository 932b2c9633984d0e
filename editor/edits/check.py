"""Every reason why a request would fail, found before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from editor.capability.field import Value, closest, complaint
from editor.capability.provider import Model
from editor.capability.sentence import Sentence
from editor.capability.values import effective
from editor.edits.prompt import mentioned, with_plea
from editor.edits.request import EditRequest
from editor.mask.plane import Coverage

_BAND = 64
# Rows looked at together.


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason, beside the field it belongs to.

    field: a field's name, or "mask" or "pictures". fix: the value that would do, None when
    only the person can tell.
    """

    field: str
    sentence: Sentence
    fix: Value | None = None


def problems(request: EditRequest, model: Model) -> tuple[Trouble, ...]:
    """Every reason why the model would refuse this request; () when it may be sent."""
    return (*_asked(request, model), *_set(request, model))


def _asked(request: EditRequest, model: Model) -> Iterator[Trouble]:
    limits = model.limits
    if model.needs_mask and request.coverage is None:
        yield Trouble("mask", Sentence("Paint what may change."))
    elif request.coverage is not None and not _painted(request.coverage):
        yield Trouble("mask", Sentence("The mask is empty: paint what may change."))
    if model.needs_prompt and not request.prompt.strip():
        yield Trouble("prompt", Sentence("Write what should be there instead."))
    prompt = model.field("prompt")
    wording = with_plea(request.prompt, request.plea)
    if prompt and not prompt.off and (reason := complaint(prompt, wording)):
        yield Trouble("prompt", reason)
    for number in mentioned(wording):
        if not 1 <= number <= len(request.references):
            sentence = Sentence("There is no reference {number} to speak of.", number=number)
            yield Trouble("prompt", sentence)
    pictures = 1 + len(request.references)
    if pictures > limits.pictures:
        sentence = Sentence(
            "These are {pictures} pictures, and {label} takes {most}.",
            label=model.label,
            most=limits.pictures,
            pictures=pictures,
        )
        yield Trouble("pictures", sentence)


def _painted(coverage: Coverage) -> bool:
    """Whether anything is; looks no further than the first rows where something is."""
    return any(coverage[top : top + _BAND].any() for top in range(0, len(coverage), _BAND))


def _set(request: EditRequest, model: Model) -> Iterator[Trouble]:
    for field in model.fields:
        value = request.settings.get(field.name, field.default)
        if value == field.default:
            continue
        if field.off:
            yield Trouble(field.name, Sentence(field.off), field.default)
        elif reason := complaint(field, value):
            yield Trouble(field.name, reason, closest(field, value))
    values = effective(model, request.settings)
    if values.get("background") == "transparent" and values.get("output_format") == "jpeg":
        sentence = Sentence("JPEG has no transparency: take PNG or WebP, or another background.")
        yield Trouble("output_format", sentence, "png")
