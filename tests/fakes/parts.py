"""Parts: a widget inside another one, by its name."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

Kind = TypeVar("Kind", bound=QWidget)


def part(widget: QWidget, kind: type[Kind], name: str) -> Kind:
    """The part of this kind and name, which must be there."""
    found = widget.findChild(kind, name)
    assert isinstance(found, kind), name
    return found
