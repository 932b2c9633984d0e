"""Tooltips: what a control does, its keys, and the reason when it is off."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

_WHOLE = 60
"""Characters of a line up to which it is never broken; Qt would make a narrow column of it."""


def describe(widget: QWidget, label: str, *, keys: str = "", reason: str = "") -> None:
    """Name a control for eyes and screen readers; foreign words stay plain text.

    keys: portable names such as "Ctrl+E", or the sign on one key, or "". reason: why the control
    is off, or "".
    """
    widget.setAccessibleName(label)
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    widget.setAccessibleDescription(reason)
    first = f"{label}  ({shown})" if shown else label
    widget.setToolTip(plain("\n".join(line for line in (first, reason) if line)))


def plain(words: str) -> str:
    """The same words as a tooltip that never reads them as markup; only a long line wraps."""
    lines = "".join(_line(line) for line in words.splitlines() if line)
    return f"<qt>{lines}</qt>" if lines else ""


def _line(words: str) -> str:
    whole = ' style="white-space: pre"' if len(words) <= _WHOLE else ""
    return f"<div{whole}>{escape(words)}</div>"
