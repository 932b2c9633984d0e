"""File names as they may stand in a sentence."""

from __future__ import annotations

import unicodedata

LONGEST = 48
"""Characters of a name that a sentence has room for."""


def shown_name(name: str) -> str:
    """Make a file name one line without hidden signs, cut in the middle when it is long."""
    clean = "".join("\N{REPLACEMENT CHARACTER}" if _hidden(sign) else sign for sign in name)
    if len(clean) <= LONGEST:
        return clean
    end = LONGEST // 3
    return f"{clean[: LONGEST - end - 1]}…{clean[-end:]}"


def _hidden(sign: str) -> bool:
    """Whether a character is a control, a direction mark, a surrogate or a line break."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
