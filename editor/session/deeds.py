"""Deeds: what the History list calls a change of a mask."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from editor.mask.deed import Deed, Laying, Name

_T = QT_TRANSLATE_NOOP

_TITLES: Mapping[Name, object] = {
    "": _T("Deeds", "Mask"),
    "brush": _T("Deeds", "Brush"),
    "erase": _T("Deeds", "Erase"),
    "lasso": _T("Deeds", "Lasso"),
    "rectangle": _T("Deeds", "Rectangle"),
    "ellipse": _T("Deeds", "Ellipse"),
    "wand": _T("Deeds", "Wand"),
    "object": _T("Deeds", "Object select"),
    "refine": _T("Deeds", "Refine edge"),
    "all": _T("Deeds", "Mask all"),
    "none": _T("Deeds", "Clear mask"),
    "invert": _T("Deeds", "Invert"),
    "import": _T("Deeds", "Import mask"),
    "paste": _T("Deeds", "Paste mask"),
    "last": _T("Deeds", "Last mask"),
    "transparent": _T("Deeds", "Mask what is transparent"),
    "extend": _T("Deeds", "Mask the new area"),
    "mend": _T("Deeds", "Fix mask"),
    "grow": _T("Deeds", "Grow {by} px"),
    "shrink": _T("Deeds", "Shrink {by} px"),
    "feather": _T("Deeds", "Feather {by} px"),
    "smooth": _T("Deeds", "Smooth {by} px"),
    "harden": _T("Deeds", "Harden the rim"),
    "fill-holes": _T("Deeds", "Fill holes up to {by} px"),
    "drop-specks": _T("Deeds", "Drop specks up to {by} px"),
}

_HOW: Mapping[Laying, object] = {
    "add": _T("Deeds", "{deed}, add"),
    "subtract": _T("Deeds", "{deed}, subtract"),
}


def title_of(deed: Deed) -> str:
    """The words for what was done, in the language of the window."""
    title = _translated(_TITLES[deed.name]).format(by=deed.by)
    return _translated(_HOW[deed.how]).format(deed=title) if deed.how in _HOW else title


def _translated(words: object) -> str:
    return QCoreApplication.translate("Deeds", str(words))
