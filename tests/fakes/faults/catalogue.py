"""The sentences of the program, gathered from where they are written, and what one must be."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re

import editor.engine
import editor.providers
import editor.storage
import editor.transport
from editor.errors import Problem

LONGEST = 160
"""Characters of one sentence."""

_SAFE = re.compile(
    "charged|safe|not opened|kept|nothing was sent|not sent|sent again|saved|goes on|collected|held"
)


@functools.cache
def sentences() -> frozenset[str]:
    """Every constant of the packages that speak of traffic, as templates."""
    found: set[str] = set()
    for package in (editor.engine, editor.providers, editor.storage, editor.transport):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            values = vars(importlib.import_module(module.name)).items()
            found |= {value for name, value in values if name.isupper() and isinstance(value, str)}
    return frozenset(found)


def complaints(problem: Problem) -> list[str]:
    """What is wrong with the words of a problem."""
    text, wrong = str(problem), []
    if problem.template not in sentences():
        wrong.append("not of the catalogue")
    if len(text) > LONGEST or not text.endswith("."):
        wrong.append("not one short sentence")
    if re.search(r"Error\b(?! \()|Exception|Traceback|<\w+>|/tmp|\bNone\b", text):
        wrong.append("speaks of the machine")
    if not _SAFE.search(text):
        wrong.append("does not say what is safe")
    return [f"{each}: {text}" for each in wrong]
