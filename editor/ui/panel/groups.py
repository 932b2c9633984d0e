"""Where each field of a model stands on the panel: the order is written by hand and never moves."""

from __future__ import annotations

from dataclasses import dataclass

from editor.capability.field import Field
from editor.capability.provider import Model

_MAIN = ("size", "quality", "count")
_OUTPUT = ("background", "output_format", "output_compression", "stream", "partial_images")
_ELSEWHERE = ("prompt",)
"""The prompt has a bar of its own under the canvas."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The fields of one model. missing: those it never gets, each with its reason in `off`."""

    main: tuple[Field, ...]
    output: tuple[Field, ...]
    advanced: tuple[Field, ...]
    missing: tuple[Field, ...]


def grouped(model: Model) -> Groups:
    """Sort the fields of a model; what nobody gave a place stands under Advanced."""
    live = [field for field in model.fields if not field.off]
    placed = {*_MAIN, *_OUTPUT, *_ELSEWHERE}
    return Groups(
        main=_picked(live, _MAIN),
        output=_picked(live, _OUTPUT),
        advanced=tuple(field for field in live if field.name not in placed),
        missing=tuple(field for field in model.fields if field.off),
    )


def _picked(fields: list[Field], names: tuple[str, ...]) -> tuple[Field, ...]:
    known = {field.name: field for field in fields}
    return tuple(known[name] for name in names if name in known)
