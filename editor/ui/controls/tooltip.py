"""Tooltips: what a control does, its keys, and the reason when it is off."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

_MARKUP = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>"))


def describe(widget: QWidget, label: str, *, keys: str = "", reason: str = "") -> None:
    """Name a control for eyes and screen readers; foreign words stay plain text.

    keys: portable key names such as "Ctrl+E". reason: why the control is off, or "".
    """
    widget.setAccessibleName(label)
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    widget.setAccessibleDescription(reason)
    first = f"{label}  ({shown})" if shown else label
    widget.setToolTip(plain("\n".join(line for line in (first, reason) if line)))


def plain(words: str) -> str:
    """The same words as a tooltip that wraps and never reads them as markup."""
    for sign, instead in _MARKUP:
        words = words.replace(sign, instead)
    return f"<qt>{words}</qt>" if words else ""
