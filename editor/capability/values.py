"""Values of fields: what is in force and why not, and the names on the wire."""

from __future__ import annotations

from collections.abc import Mapping

from editor.capability.field import Field, Value
from editor.capability.provider import Model
from editor.capability.sentence import NOTHING, Sentence


def effective(model: Model, settings: Mapping[str, Value]) -> dict[str, Value]:
    """Every field of the model with the value it has; settings of other models are left out."""
    return {field.name: settings.get(field.name, field.default) for field in model.fields}


def why_off(field: Field, model: Model, settings: Mapping[str, Value]) -> Sentence:
    """Why the field is not sent with these settings, or "" when it is in force."""
    if field.off:
        return Sentence(field.off)
    values = effective(model, settings)
    for name, allowed in field.only_with.items():
        other = model.field(name)
        if other is not None and values[name] not in allowed:
            words = " or ".join(map(_written, allowed))
            return Sentence("Only with {label}: {words}.", label=other.label, words=words)
    return NOTHING


def on_the_wire(model: Model, settings: Mapping[str, Value]) -> dict[str, Value]:
    """What is sent: fields in force whose value is not their default, by the provider's names."""
    values = effective(model, settings)
    return {
        field.wire or field.name: values[field.name]
        for field in model.fields
        if values[field.name] != field.default and not why_off(field, model, settings)
    }


def _written(value: Value) -> str:
    return str(value) if not isinstance(value, bool) else "on" if value else "off"
