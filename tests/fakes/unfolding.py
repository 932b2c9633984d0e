"""Unfolding: the parts of the panel as a person has opened them."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from editor.ui.panel.panel import Panel


def unfold(panel: Panel, *names: str) -> None:
    """Open these parts and fold the others, also those of models that are shown later.

    Without names all of them.
    """
    for name in panel._open:
        panel._open[name] = name in names or not names
        head = panel.findChild(QToolButton, f"section-{name}-head")
        if head is not None:
            head.setChecked(panel._open[name])
