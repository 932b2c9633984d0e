"""Sentence: text fit to show that still knows its template, so that the shell can translate it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Sentence(str):
    """A short reason with its places filled; "" means that there is none.

    template: the English words with {named} places, the key of the translation.
    values: what fills the places.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str = "", /, **values: object) -> Sentence:
        """Fill the places of the template."""
        sentence = super().__new__(cls, template.format(**values))
        sentence.template = template
        sentence.values = MappingProxyType(values)
        return sentence


NOTHING = Sentence()
