"""PseudoLocale: a language that shows at a glance which words were never looked up."""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtCore import QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

OPEN, CLOSE = "⟦", "⟧"

_ACCENTS = str.maketrans(
    "aceinosuyzACEINOSUYZ",
    "åçéîñöšûýžÅÇÉÎÑÖŠÛÝŽ",
)
_PLACE = re.compile(r"(\{[^}]*\}|&|%n)")
_LOOKED_UP = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_SILENT = re.compile(r"[\W\d_]*")
"""Words without a letter need no translation."""


class PseudoLocale(QTranslator):
    """Accents every word, makes it a third longer and puts brackets around it."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return accented(sourceText) if sourceText else ""


def accented(words: str) -> str:
    """The words as the pseudo-locale shows them; {places} stay what they are."""
    parts = _PLACE.split(words)
    changed = "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    return f"{OPEN}{changed}{'·' * round(letters / 3)}{CLOSE}"


def untranslated(root: QWidget, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Every visible or spoken text below this widget that did not pass a look-up.

    allowed: words that are nobody's to translate, such as names of models and formats.
    """
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        found += [(widget.objectName(), text) for text in _texts(widget)]
    found += [(action.objectName(), action.text()) for action in root.findChildren(QAction)]
    return [f"{name}: {text}" for name, text in found if _foreign(text, allowed)]


def _texts(widget: QWidget) -> list[str]:
    tip = unescape(re.sub(r"<[^>]*>", "\n", widget.toolTip()))
    texts = [widget.accessibleName(), widget.accessibleDescription(), *tip.split("\n")]
    if isinstance(widget, QLabel | QAbstractButton):
        texts.append(widget.text())
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        texts.append(widget.placeholderText())
    if isinstance(widget, QComboBox):
        texts += [widget.itemText(at) for at in range(widget.count())]
    if isinstance(widget, QMenu):
        texts.append(widget.title())
    return texts


def _foreign(text: str, allowed: frozenset[str]) -> bool:
    for known in sorted(allowed, key=len, reverse=True):
        text = text.replace(known, "")
    found, bare = 1, text
    while found:  # words that were looked up may stand within such words
        bare, found = _LOOKED_UP.subn("", bare)
    return _SILENT.fullmatch(bare) is None
